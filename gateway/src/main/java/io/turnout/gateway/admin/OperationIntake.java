package io.turnout.gateway.admin;

import io.turnout.codecs.iso8583.Luhn;
import io.turnout.codecs.sbe.admin.BooleanType;
import io.turnout.codecs.sbe.admin.DecideDecoder;
import io.turnout.codecs.sbe.admin.OperationIdDecoder;
import io.turnout.codecs.sbe.admin.SubmitCardCommandDecoder;
import io.turnout.codecs.sbe.admin.SubmitCommandDecoder;
import io.turnout.codecs.sbe.engine.BlockCardDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.OpenAccountDecoder;
import io.turnout.codecs.sbe.engine.OperationDecision;
import io.turnout.codecs.sbe.engine.PanTokenDecoder;
import io.turnout.codecs.sbe.engine.SubmitOperationEncoder;
import io.turnout.codecs.sbe.engine.UnblockCardDecoder;
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
    private static final int NO_TOKEN = -1;

    /** What became of a request. */
    enum Outcome {
        /** The switch has it. */
        OFFERED,
        /** The switch has no room now; nothing is left behind. */
        NO_ROOM,
        /** The command is longer than one may be. */
        COMMAND_TOO_LONG,
        /** The command has no place for a card's token. */
        NO_CARD_COMMAND,
        /** It is no card number. */
        INVALID_CARD_NUMBER
    }

    private final CardVault vault;
    private final CommandPublisher commands;
    private final UnsafeBuffer pan = new UnsafeBuffer(new byte[LONGEST_PAN]);
    private final MessageHeaderDecoder nested = new MessageHeaderDecoder();

    OperationIntake(final CardVault vault, final CommandPublisher commands) {
        this.vault = vault;
        this.commands = commands;
    }

    Outcome submit(final long sessionId, final long operatorId, final SubmitCommandDecoder request) {
        final int length = request.commandLength();
        if (length > SubmitOperationEncoder.commandLength()) {
            return Outcome.COMMAND_TOO_LONG;
        }
        final SubmitOperationEncoder operation = commands.submitOperation(sessionId, operatorId)
                .createdAtNs(request.createdAtNs())
                .effectiveSequence(request.effectiveSequence());
        putId(operation, request.operationId());
        putReason(operation, request.buffer(), request.offset() + SubmitCommandDecoder.reasonEncodingOffset());
        putCommand(operation, request.buffer(), request.limit() + SubmitCommandDecoder.commandHeaderLength(), length);
        return offer();
    }

    Outcome submit(final long sessionId, final long operatorId, final SubmitCardCommandDecoder request) {
        final int length = request.commandLength();
        if (length > SubmitOperationEncoder.commandLength()) {
            return Outcome.COMMAND_TOO_LONG;
        }
        final int commandAt = request.limit() + SubmitCardCommandDecoder.commandHeaderLength();
        final int tokenAt = tokenAt(request.buffer(), commandAt, length);
        if (tokenAt == NO_TOKEN) {
            return Outcome.NO_CARD_COMMAND;
        }
        request.skipCommand();
        if (!protect(request)) {
            return Outcome.INVALID_CARD_NUMBER;
        }
        final SubmitOperationEncoder operation = commands.submitOperation(sessionId, operatorId)
                .createdAtNs(request.createdAtNs())
                .effectiveSequence(request.effectiveSequence());
        putId(operation, request.operationId());
        putReason(operation, request.buffer(), request.offset() + SubmitCardCommandDecoder.reasonEncodingOffset());
        putCommand(operation, request.buffer(), commandAt, length);
        final int at = operation.offset() + SubmitOperationEncoder.commandEncodingOffset() + tokenAt;
        operation.buffer().putLong(at, vault.tokenHigh(), SubmitOperationEncoder.BYTE_ORDER);
        operation.buffer().putLong(at + Long.BYTES, vault.tokenLow(), SubmitOperationEncoder.BYTE_ORDER);
        return offer();
    }

    Outcome decide(final long sessionId, final long operatorId, final DecideDecoder request) {
        final OperationDecision decision = request.approvedRaw() == BooleanType.TRUE.value()
                ? OperationDecision.APPROVE
                : OperationDecision.REJECT;
        return commands.decideOperation(sessionId, operatorId, request, decision) ? Outcome.OFFERED : Outcome.NO_ROOM;
    }

    private Outcome offer() {
        return commands.offerSubmitOperation() ? Outcome.OFFERED : Outcome.NO_ROOM;
    }

    /** Computes the token of the card; answers false when the digits are none. */
    private boolean protect(final SubmitCardCommandDecoder request) {
        final int length = request.panLength();
        if (length < SHORTEST_PAN || length > LONGEST_PAN) {
            return false;
        }
        request.getPan(pan, 0, length);
        final boolean isCardNumber = isCardNumber(length);
        if (isCardNumber) {
            vault.protect(pan, 0, length);
        }
        pan.setMemory(0, LONGEST_PAN, (byte) 0);
        return isCardNumber;
    }

    private boolean isCardNumber(final int length) {
        for (int i = 0; i < length; i++) {
            if (pan.getByte(i) < '0' || pan.getByte(i) > '9') {
                return false;
            }
        }
        return Luhn.isValid(pan, 0, length);
    }

    /** Where the token stands in a command with its header, or {@link #NO_TOKEN}. */
    private int tokenAt(final DirectBuffer buffer, final int commandAt, final int length) {
        final int header = MessageHeaderDecoder.ENCODED_LENGTH;
        if (length < header) {
            return NO_TOKEN;
        }
        final int at = header
                + switch (nested.wrap(buffer, commandAt).templateId()) {
                    case BlockCardDecoder.TEMPLATE_ID -> BlockCardDecoder.panTokenEncodingOffset();
                    case UnblockCardDecoder.TEMPLATE_ID -> UnblockCardDecoder.panTokenEncodingOffset();
                    case OpenAccountDecoder.TEMPLATE_ID -> OpenAccountDecoder.panTokenEncodingOffset();
                    default -> length;
                };
        return at + PanTokenDecoder.ENCODED_LENGTH <= length ? at : NO_TOKEN;
    }

    private static void putId(final SubmitOperationEncoder operation, final OperationIdDecoder id) {
        operation.operationId().high(id.high()).low(id.low());
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
