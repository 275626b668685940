package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BlockKind;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.OperationResult;
import io.turnout.codecs.sbe.engine.OperationState;
import io.turnout.codecs.sbe.engine.SnapshotBlockedDecoder;
import io.turnout.codecs.sbe.engine.SnapshotBlockedEncoder;
import io.turnout.codecs.sbe.engine.SnapshotOperationDecoder;
import io.turnout.codecs.sbe.engine.SnapshotOperationEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Operations and the block list as records of a snapshot, both in the order in which they came. */
final class OperationSnapshot {
    /** The longest record of these, with its SBE header. */
    static final int MAXIMUM_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + SnapshotOperationEncoder.BLOCK_LENGTH;

    private final OperationTable operations;
    private final BlockList blocks;

    OperationSnapshot(final EngineState state) {
        this.operations = state.operations();
        this.blocks = state.blocks();
    }

    void write(final SnapshotSink sink) {
        final int header = MessageHeaderEncoder.ENCODED_LENGTH;
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAXIMUM_LENGTH]);
        new SnapshotOperationEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        for (int place = 0; place < operations.count(); place++) {
            final int at = place * OperationTable.BLOCK_LENGTH;
            buffer.putBytes(header, operations.buffer(), at, OperationTable.BLOCK_LENGTH);
            sink.onRecord(buffer, 0, header + OperationTable.BLOCK_LENGTH);
        }
        new SnapshotBlockedEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        final SlotOrder order = blocks.inOrder();
        for (int i = 0; i < order.count(); i++) {
            blocks.copy(order.slotAt(i), buffer, header);
            sink.onRecord(buffer, 0, header + SnapshotBlockedEncoder.BLOCK_LENGTH);
        }
    }

    /** Takes an operation in; answers false when a value in it is illegal. */
    boolean restore(final SnapshotOperationDecoder record) {
        final boolean isLegal = record.stateRaw() >= OperationState.AWAITING_APPROVAL.value()
                && record.stateRaw() <= OperationState.EXPIRED.value()
                && record.resultRaw() <= OperationResult.REFUSED.value()
                && record.nestedLength() <= SnapshotOperationDecoder.commandLength()
                && operations.count() < OperationTable.CAPACITY
                && operations.find(
                                record.operationId().high(),
                                record.operationId().low())
                        == OperationTable.NONE;
        if (isLegal) {
            operations.restore(record.buffer(), record.offset());
        }
        return isLegal;
    }

    /** Takes a blocked card, merchant or terminal in; answers false when a value in it is illegal. */
    boolean restoreBlocked(final DirectBuffer buffer, final int block) {
        final int kind = buffer.getByte(block + SnapshotBlockedDecoder.kindEncodingOffset());
        return kind >= BlockKind.CARD.value() && kind <= BlockKind.TERMINAL.value() && blocks.restore(buffer, block);
    }
}
