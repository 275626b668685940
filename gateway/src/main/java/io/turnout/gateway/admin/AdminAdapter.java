package io.turnout.gateway.admin;

import io.turnout.codecs.sbe.admin.AdminLogonDecoder;
import io.turnout.codecs.sbe.admin.DecideDecoder;
import io.turnout.codecs.sbe.admin.MessageHeaderDecoder;
import io.turnout.codecs.sbe.admin.SubmitCardBlockDecoder;
import io.turnout.codecs.sbe.admin.SubmitCommandDecoder;
import io.turnout.gateway.net.FrameReader.Verdict;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Decodes what operators say and hands it to their session. A message is handed over only when its bytes hold all it
 * announces. Used by one thread for all sessions.
 */
final class AdminAdapter {

    private static final int LONGEST_SHORT_DATA = 254;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final AdminLogonDecoder logon = new AdminLogonDecoder();
    private final SubmitCommandDecoder submit = new SubmitCommandDecoder();
    private final SubmitCardBlockDecoder cardBlock = new SubmitCardBlockDecoder();
    private final DecideDecoder decide = new DecideDecoder();

    Verdict onMessage(final AdminSession session, final DirectBuffer buffer, final int offset, final int length) {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH) {
            return session.onMalformed();
        }
        header.wrap(buffer, offset);
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
            return session.onUnknownTemplate();
        }
        return switch (header.templateId()) {
            case AdminLogonDecoder.TEMPLATE_ID ->
                isWhole(length, AdminLogonDecoder.BLOCK_LENGTH, Byte.BYTES)
                        ? session.onLogon(logon.wrapAndApplyHeader(buffer, offset, header))
                        : session.onMalformed();
            case SubmitCommandDecoder.TEMPLATE_ID ->
                isWhole(length, SubmitCommandDecoder.BLOCK_LENGTH, Short.BYTES)
                        ? session.onSubmit(submit.wrapAndApplyHeader(buffer, offset, header))
                        : session.onMalformed();
            case SubmitCardBlockDecoder.TEMPLATE_ID ->
                isWhole(length, SubmitCardBlockDecoder.BLOCK_LENGTH, Byte.BYTES)
                        ? session.onCardBlock(cardBlock.wrapAndApplyHeader(buffer, offset, header))
                        : session.onMalformed();
            case DecideDecoder.TEMPLATE_ID ->
                isWhole(length, DecideDecoder.BLOCK_LENGTH, 0)
                        ? session.onDecide(decide.wrapAndApplyHeader(buffer, offset, header))
                        : session.onMalformed();
            default -> session.onUnknownTemplate();
        };
    }

    /**
     * Whether the block and the one variable-length field lie inside the message.
     *
     * @param prefixLength bytes of the field's length: 1, 2, or 0 when there is no such field
     */
    private boolean isWhole(final int length, final int shortestBlockLength, final int prefixLength) {
        final int data = MessageHeaderDecoder.ENCODED_LENGTH + header.blockLength();
        if (header.blockLength() < shortestBlockLength || data + prefixLength > length) {
            return false;
        }
        final int at = header.offset() + data;
        return switch (prefixLength) {
            case Byte.BYTES -> {
                final int dataLength = header.buffer().getByte(at) & 0xFF;
                yield dataLength <= LONGEST_SHORT_DATA && data + prefixLength + dataLength <= length;
            }
            case Short.BYTES -> {
                final int dataLength = header.buffer().getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
                yield data + prefixLength + dataLength <= length;
            }
            default -> true;
        };
    }
}
