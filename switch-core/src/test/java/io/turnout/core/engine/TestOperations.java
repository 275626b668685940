package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BlockCardEncoder;
import io.turnout.codecs.sbe.engine.BlockMerchantEncoder;
import io.turnout.codecs.sbe.engine.BlockTerminalEncoder;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.DecideOperationEncoder;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.OperationDecision;
import io.turnout.codecs.sbe.engine.SetLinkServiceEncoder;
import io.turnout.codecs.sbe.engine.SubmitOperationEncoder;
import io.turnout.codecs.sbe.engine.UnblockCardEncoder;
import io.turnout.codecs.sbe.engine.UnblockMerchantEncoder;
import io.turnout.codecs.sbe.engine.UnblockTerminalEncoder;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes what operators send; each result is a copy of its own. */
final class TestOperations {
    static final String REASON = "as agreed on the telephone";
    static final String MERCHANT = "MERCHANT0000001";
    static final String TERMINAL = "TERM0001";

    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[1_024]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    DirectBuffer submit(final long id, final long operatorId, final long createdAtNs, final DirectBuffer command) {
        return submit(id, operatorId, createdAtNs, command, c -> {});
    }

    DirectBuffer submit(
            final long id,
            final long operatorId,
            final long createdAtNs,
            final DirectBuffer command,
            final Consumer<SubmitOperationEncoder> changes) {
        final SubmitOperationEncoder encoder = new SubmitOperationEncoder();
        scratch.setMemory(0, scratch.capacity(), (byte) 0);
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .createdAtNs(createdAtNs)
                .effectiveSequence(0)
                .sessionId(TestCommands.SESSION)
                .operatorId(operatorId)
                .gatewayId(TestConfiguration.GATEWAY)
                .nestedLength(command.capacity())
                .reason(padded(REASON))
                .putCommand(command, 0, Math.min(command.capacity(), SubmitOperationEncoder.commandLength()));
        encoder.operationId().high(9).low(id);
        changes.accept(encoder);
        return copy(SubmitOperationEncoder.BLOCK_LENGTH);
    }

    DirectBuffer decide(final long id, final long operatorId, final OperationDecision decision) {
        return decide(id, operatorId, decision, c -> {});
    }

    DirectBuffer decide(
            final long id,
            final long operatorId,
            final OperationDecision decision,
            final Consumer<DecideOperationEncoder> changes) {
        final DecideOperationEncoder encoder = new DecideOperationEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .sessionId(TestCommands.SESSION)
                .operatorId(operatorId)
                .gatewayId(TestConfiguration.GATEWAY)
                .decision(decision)
                .reason(padded("looked at it"));
        encoder.operationId().high(9).low(id);
        changes.accept(encoder);
        return copy(DecideOperationEncoder.BLOCK_LENGTH);
    }

    DirectBuffer blockCard(final long high, final long low) {
        final BlockCardEncoder encoder = new BlockCardEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header).panToken().high(high).low(low);
        return copy(BlockCardEncoder.BLOCK_LENGTH);
    }

    DirectBuffer unblockCard(final long high, final long low) {
        final UnblockCardEncoder encoder = new UnblockCardEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header).panToken().high(high).low(low);
        return copy(UnblockCardEncoder.BLOCK_LENGTH);
    }

    DirectBuffer blockMerchant(final long acquirerId, final String merchantId) {
        new BlockMerchantEncoder()
                .wrapAndApplyHeader(scratch, 0, header)
                .acquirerId(acquirerId)
                .merchantId(merchantId);
        return copy(BlockMerchantEncoder.BLOCK_LENGTH);
    }

    DirectBuffer unblockMerchant(final long acquirerId, final String merchantId) {
        new UnblockMerchantEncoder()
                .wrapAndApplyHeader(scratch, 0, header)
                .acquirerId(acquirerId)
                .merchantId(merchantId);
        return copy(UnblockMerchantEncoder.BLOCK_LENGTH);
    }

    DirectBuffer blockTerminal(final long acquirerId, final String merchantId, final String terminalId) {
        new BlockTerminalEncoder()
                .wrapAndApplyHeader(scratch, 0, header)
                .acquirerId(acquirerId)
                .merchantId(merchantId)
                .terminalId(terminalId);
        return copy(BlockTerminalEncoder.BLOCK_LENGTH);
    }

    DirectBuffer unblockTerminal(final long acquirerId, final String merchantId, final String terminalId) {
        new UnblockTerminalEncoder()
                .wrapAndApplyHeader(scratch, 0, header)
                .acquirerId(acquirerId)
                .merchantId(merchantId)
                .terminalId(terminalId);
        return copy(UnblockTerminalEncoder.BLOCK_LENGTH);
    }

    DirectBuffer setLinkService(final int linkId, final boolean inService) {
        new SetLinkServiceEncoder()
                .wrapAndApplyHeader(scratch, 0, header)
                .linkId(linkId)
                .inService(inService ? BooleanType.TRUE : BooleanType.FALSE);
        return copy(SetLinkServiceEncoder.BLOCK_LENGTH);
    }

    /** The command that takes a definition back. */
    DirectBuffer removal(final DirectBuffer definition) {
        final int defined = definition.getShort(2, java.nio.ByteOrder.LITTLE_ENDIAN);
        final int length = DefinitionKeys.length(defined);
        header.wrap(scratch, 0)
                .blockLength(length)
                .templateId(DefinitionKeys.removalOf(defined))
                .schemaId(MessageHeaderEncoder.SCHEMA_ID)
                .version(MessageHeaderEncoder.SCHEMA_VERSION);
        scratch.putBytes(8, definition, 8 + DefinitionKeys.offset(defined), length);
        return copy(length);
    }

    static String padded(final String text) {
        return String.format("%-64s", text);
    }

    private DirectBuffer copy(final int blockLength) {
        final byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + blockLength];
        scratch.getBytes(0, bytes);
        return new UnsafeBuffer(bytes);
    }
}
