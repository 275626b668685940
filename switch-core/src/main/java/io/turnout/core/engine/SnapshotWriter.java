package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.SnapshotBeginEncoder;
import io.turnout.codecs.sbe.engine.SnapshotEndEncoder;
import io.turnout.codecs.sbe.engine.SnapshotIssuerEncoder;
import io.turnout.codecs.sbe.engine.SnapshotLinkEncoder;
import io.turnout.codecs.sbe.engine.SnapshotOriginalEncoder;
import io.turnout.codecs.sbe.engine.SnapshotPaymentEncoder;
import io.turnout.codecs.sbe.engine.SnapshotStatusInquirerEncoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the state as records in an order that does not depend on the layout of the tables. Built for one snapshot or
 * hash; allocates.
 */
final class SnapshotWriter {
    /** An operation is the longest record; a test keeps this true. */
    static final int MAXIMUM_LENGTH = OperationSnapshot.MAXIMUM_LENGTH;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAXIMUM_LENGTH]);
    private final EngineState state;
    private final SnapshotSink sink;

    SnapshotWriter(final EngineState state, final SnapshotSink sink) {
        this.state = state;
        this.sink = sink;
    }

    /** Writes all records but the end marker, which needs their hash. */
    void writeState() {
        begin();
        commands(state.configurations().active().commands());
        commands(state.configurations().staged().commands());
        issuers();
        links();
        payments();
        originals();
        statusInquirers();
        new OperationSnapshot(state).write(sink);
        new LedgerSnapshot(state).write(sink);
        new TotalsSnapshot(state).write(sink);
    }

    /** Writes the end marker. */
    void writeEnd(final long stateHash, final long records) {
        final SnapshotEndEncoder encoder = new SnapshotEndEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header).stateHash(stateHash).records(records);
        put(SnapshotEndEncoder.BLOCK_LENGTH);
    }

    private void begin() {
        final Configuration staged = state.configurations().staged();
        final SnapshotBeginEncoder encoder = new SnapshotBeginEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header)
                .commandSequence(state.publisher().commandSequence())
                .eventSequence(state.publisher().eventSequence())
                .timeNs(state.time().nowNs())
                .lastPaymentId(state.payments().lastPaymentId())
                .lastOrder(state.lifecycle().lastOrder())
                .forgottenUntilNs(state.retention().forgottenUntilNs())
                .configurationCommands(
                        state.configurations().active().commands().count())
                .stagedCommands(staged.commands().count())
                .issuers(state.network().issuerCount())
                .links(state.network().linkCount())
                .payments(state.payments().count())
                .stagedProblem(staged.problem().code())
                .originals(state.originals().count())
                .forgottenOperationsNs(state.operations().forgottenUntilNs())
                .operations(state.operations().count())
                .blocked(state.blocks().count())
                .stagedBy(staged.stagedBy())
                .totals(state.issuerTotals().count())
                .statusInquirers(quotas().usedCount(state.time().nowNs()));
        put(SnapshotBeginEncoder.BLOCK_LENGTH);
    }

    private void commands(final CommandLog commands) {
        for (int at = 0; at < commands.length(); at += commands.lengthAt(at)) {
            sink.onRecord(commands.buffer(), at, commands.lengthAt(at));
        }
    }

    private void issuers() {
        final SnapshotIssuerEncoder encoder = new SnapshotIssuerEncoder();
        for (int i = 0; i < state.network().issuerCount(); i++) {
            encoder.wrapAndApplyHeader(buffer, 0, header);
            state.network().issuerAt(i).save(encoder);
            put(SnapshotIssuerEncoder.BLOCK_LENGTH);
        }
    }

    private void links() {
        final SnapshotLinkEncoder encoder = new SnapshotLinkEncoder();
        for (int i = 0; i < state.network().linkCount(); i++) {
            final Link link = state.network().linkAt(i);
            encoder.wrapAndApplyHeader(buffer, 0, header)
                    .linkId(link.linkId())
                    .state(stateOf(link))
                    .latencyNs(link.pace().latencyNs())
                    .latencyAtNs(link.pace().latencyAtNs())
                    .paidUntilNs(link.pace().fullAtNs(state.time().nowNs()))
                    .service(link.service());
            put(SnapshotLinkEncoder.BLOCK_LENGTH);
        }
    }

    private static LinkState stateOf(final Link link) {
        if (!link.isUp()) {
            return LinkState.DOWN;
        }
        return link.isDegraded() ? LinkState.DEGRADED : LinkState.SIGNED_ON;
    }

    private void payments() {
        final PaymentRecord payment = new PaymentRecord(state.slab());
        final SlotOrder order = SlotOrder.byPaymentId(state.slab());
        new SnapshotPaymentEncoder().wrapAndApplyHeader(buffer, 0, header);
        for (int i = 0; i < order.count(); i++) {
            payment.wrap(order.slotAt(i))
                    .copyField(0, PaymentSlab.BLOCK_LENGTH, buffer, MessageHeaderEncoder.ENCODED_LENGTH);
            put(PaymentSlab.BLOCK_LENGTH);
        }
    }

    private void originals() {
        final OriginalTable originals = state.originals();
        final OriginalRecord original = new OriginalRecord();
        new SnapshotOriginalEncoder().wrapAndApplyHeader(buffer, 0, header);
        for (int slot = originals.first(); slot != OriginalTable.NONE; slot = originals.next(slot)) {
            originals
                    .wrap(slot, original)
                    .copyField(0, OriginalRecord.BLOCK_LENGTH, buffer, MessageHeaderEncoder.ENCODED_LENGTH);
            put(OriginalRecord.BLOCK_LENGTH);
        }
    }

    private void statusInquirers() {
        final SnapshotStatusInquirerEncoder encoder = new SnapshotStatusInquirerEncoder();
        for (int i = 0; i < quotas().count(); i++) {
            if (quotas().isUsed(i, state.time().nowNs())) {
                encoder.wrapAndApplyHeader(buffer, 0, header)
                        .paidUntilNs(quotas().paidUntilNs(i))
                        .acquirerId(quotas().acquirerId(i));
                put(SnapshotStatusInquirerEncoder.BLOCK_LENGTH);
            }
        }
    }

    private StatusQuotas quotas() {
        return state.configurations().active().statusQuotas();
    }

    private void put(final int blockLength) {
        sink.onRecord(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + blockLength);
    }
}
