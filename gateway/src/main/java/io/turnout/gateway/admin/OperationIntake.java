package io.turnout.gateway.admin;

import io.turnout.codecs.iso8583.Luhn;
import io.turnout.codecs.sbe.admin.BooleanType;
import io.turnout.codecs.sbe.admin.DecideDecoder;
import io.turnout.codecs.sbe.admin.SubmitCardBlockDecoder;
import io.turnout.codecs.sbe.admin.SubmitCommandDecoder;
import io.turnout.codecs.sbe.engine.BlockCardEncoder;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.OperationDecision;
import io.turnout.codecs.sbe.engine.SubmitOperationEncoder;
import io.turnout.codecs.sbe.engine.UnblockCardEncoder;
import io.turnout.gateway.ingress.CommandPublisher;
import io.turnout.gateway.vault.CardVault;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The way of an operator's request into the switch. A card number ends here: only its token goes on. Used by one
 * thread.
 */
final class OperationIntake {

    private static final int SHORTEST_PAN = 8;
    private static final int LONGEST_PAN = 19;

    /** What became of a request. */
    enum Outcome {
        /** The switch has it. */
        OFFERED,
        /** The switch has no room now; nothing is left behind. */
        NO_ROOM,
        /** It is no card number. */
        INVALID_CARD_NUMBER
    }

    private final CardVault vault;
    private final CommandPublisher commands;
    private final UnsafeBuffer pan = new UnsafeBuffer(new byte[LONGEST_PAN]);
    private final UnsafeBuffer cardCommand =
            new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + BlockCardEncoder.BLOCK_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final BlockCardEncoder blockCard = new BlockCardEncoder();
    private final UnblockCardEncoder unblockCard = new UnblockCardEncoder();

    OperationIntake(final CardVault vault, final CommandPublisher commands) {
        this.vault = vault;
        this.commands = commands;
    }

    Outcome submit(final long sessionId, final long operatorId, final SubmitCommandDecoder request) {
        final int length = request.commandLength();
        final int commandAt = request.limit() + SubmitCommandDecoder.commandHeaderLength();
        final SubmitOperationEncoder operation = commands.submitOperation(sessionId, operatorId)
                .createdAtNs(request.createdAtNs())
                .effectiveSequence(request.effectiveSequence());
        operation
                .operationId()
                .high(request.operationId().high())
                .low(request.operationId().low());
        putReason(operation, request.buffer(), request.offset() + SubmitCommandDecoder.reasonEncodingOffset());
        putCommand(operation, request.buffer(), commandAt, length);
        return offered();
    }

    Outcome submit(final long sessionId, final long operatorId, final SubmitCardBlockDecoder request) {
        final int length = request.panLength();
        if (length < SHORTEST_PAN || length > LONGEST_PAN) {
            return Outcome.INVALID_CARD_NUMBER;
        }
        request.getPan(pan, 0, length);
        if (!isCardNumber(length)) {
            pan.setMemory(0, LONGEST_PAN, (byte) 0);
            return Outcome.INVALID_CARD_NUMBER;
        }
        vault.protect(pan, 0, length);
        pan.setMemory(0, LONGEST_PAN, (byte) 0);
        putCardCommand(request.blockedRaw() == BooleanType.TRUE.value());
        final SubmitOperationEncoder operation = commands.submitOperation(sessionId, operatorId)
                .createdAtNs(request.createdAtNs())
                .effectiveSequence(request.effectiveSequence());
        operation
                .operationId()
                .high(request.operationId().high())
                .low(request.operationId().low());
        putReason(operation, request.buffer(), request.offset() + SubmitCardBlockDecoder.reasonEncodingOffset());
        putCommand(operation, cardCommand, 0, cardCommand.capacity());
        return offered();
    }

    Outcome decide(final long sessionId, final long operatorId, final DecideDecoder request) {
        final boolean offered = commands.decideOperation(
                sessionId,
                operatorId,
                request,
                request.approvedRaw() == BooleanType.TRUE.value()
                        ? OperationDecision.APPROVE
                        : OperationDecision.REJECT);
        return offered ? Outcome.OFFERED : Outcome.NO_ROOM;
    }

    private Outcome offered() {
        return commands.offerSubmitOperation() ? Outcome.OFFERED : Outcome.NO_ROOM;
    }

    private boolean isCardNumber(final int length) {
        for (int i = 0; i < length; i++) {
            if (pan.getByte(i) < '0' || pan.getByte(i) > '9') {
                return false;
            }
        }
        return Luhn.isValid(pan, 0, length);
    }

    private void putCardCommand(final boolean blocked) {
        if (blocked) {
            blockCard
                    .wrapAndApplyHeader(cardCommand, 0, header)
                    .panToken()
                    .high(vault.tokenHigh())
                    .low(vault.tokenLow());
        } else {
            unblockCard
                    .wrapAndApplyHeader(cardCommand, 0, header)
                    .panToken()
                    .high(vault.tokenHigh())
                    .low(vault.tokenLow());
        }
    }

    private static void putReason(final SubmitOperationEncoder operation, final DirectBuffer source, final int from) {
        operation
                .buffer()
                .putBytes(
                        operation.offset() + SubmitOperationEncoder.reasonEncodingOffset(),
                        source,
                        from,
                        SubmitOperationEncoder.reasonEncodingLength());
    }

    /** What stands behind the command is wiped, because the buffer is used for everything. */
    private static void putCommand(
            final SubmitOperationEncoder operation, final DirectBuffer source, final int from, final int length) {
        final int at = operation.offset() + SubmitOperationEncoder.commandEncodingOffset();
        operation.nestedLength(length);
        operation.buffer().putBytes(at, source, from, length);
        operation.buffer().setMemory(at + length, SubmitOperationEncoder.commandLength() - length, (byte) 0);
    }
}
