package io.turnout.gateway.admin;

import io.turnout.codecs.sbe.admin.AdminLogonDecoder;
import io.turnout.codecs.sbe.admin.DecideDecoder;
import io.turnout.codecs.sbe.admin.InquireLinksDecoder;
import io.turnout.codecs.sbe.admin.InquireMessagesDecoder;
import io.turnout.codecs.sbe.admin.MessageHeaderDecoder;
import io.turnout.codecs.sbe.admin.SubmitCardCommandDecoder;
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
    private final SubmitCardCommandDecoder cardCommand = new SubmitCardCommandDecoder();
    private final DecideDecoder decide = new DecideDecoder();
    private final InquireLinksDecoder inquireLinks = new InquireLinksDecoder();
    private final InquireMessagesDecoder inquireMessages = new InquireMessagesDecoder();

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
                isWhole(length, AdminLogonDecoder.BLOCK_LENGTH, 0, 1)
                        ? session.onLogon(logon.wrapAndApplyHeader(buffer, offset, header))
                        : session.onMalformed();
            case SubmitCommandDecoder.TEMPLATE_ID ->
                isWhole(length, SubmitCommandDecoder.BLOCK_LENGTH, 1, 0)
                        ? session.onSubmit(submit.wrapAndApplyHeader(buffer, offset, header))
                        : session.onMalformed();
            case SubmitCardCommandDecoder.TEMPLATE_ID ->
                isWhole(length, SubmitCardCommandDecoder.BLOCK_LENGTH, 1, 1)
                        ? session.onCardCommand(cardCommand.wrapAndApplyHeader(buffer, offset, header))
                        : session.onMalformed();
            case DecideDecoder.TEMPLATE_ID ->
                isWhole(length, DecideDecoder.BLOCK_LENGTH, 0, 0)
                        ? session.onDecide(decide.wrapAndApplyHeader(buffer, offset, header))
                        : session.onMalformed();
            case InquireLinksDecoder.TEMPLATE_ID ->
                isWhole(length, InquireLinksDecoder.BLOCK_LENGTH, 0, 0)
                        ? session.onInquireLinks(inquireLinks.wrapAndApplyHeader(buffer, offset, header))
                        : session.onMalformed();
            case InquireMessagesDecoder.TEMPLATE_ID ->
                isWhole(length, InquireMessagesDecoder.BLOCK_LENGTH, 0, 0)
                        ? session.onInquireMessages(inquireMessages.wrapAndApplyHeader(buffer, offset, header))
                        : session.onMalformed();
            default -> session.onUnknownTemplate();
        };
    }

    /**
     * Whether the block and the variable-length fields lie inside the message.
     *
     * @param longData fields with a length of two bytes; they come first
     * @param shortData fields with a length of one byte
     */
    private boolean isWhole(final int length, final int shortestBlockLength, final int longData, final int shortData) {
        int position = MessageHeaderDecoder.ENCODED_LENGTH + header.blockLength();
        boolean whole = header.blockLength() >= shortestBlockLength && position <= length;
        for (int i = 0; i < longData + shortData && whole; i++) {
            final int prefix = i < longData ? Short.BYTES : Byte.BYTES;
            whole = position + prefix <= length;
            if (whole) {
                final int dataLength = dataLength(header.offset() + position, prefix);
                position += prefix + dataLength;
                whole = (prefix == Short.BYTES || dataLength <= LONGEST_SHORT_DATA) && position <= length;
            }
        }
        return whole;
    }

    private int dataLength(final int at, final int prefix) {
        return prefix == Short.BYTES
                ? header.buffer().getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF
                : header.buffer().getByte(at) & 0xFF;
    }
}
