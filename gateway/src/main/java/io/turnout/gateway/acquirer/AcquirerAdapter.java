package io.turnout.gateway.acquirer;

import io.turnout.codecs.sbe.acquirer.FollowUpRequestDecoder;
import io.turnout.codecs.sbe.acquirer.HeartbeatDecoder;
import io.turnout.codecs.sbe.acquirer.LogonDecoder;
import io.turnout.codecs.sbe.acquirer.LogoutDecoder;
import io.turnout.codecs.sbe.acquirer.MessageHeaderDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentRequestDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentStatusRequestDecoder;
import io.turnout.codecs.sbe.acquirer.ReversalRequestDecoder;
import io.turnout.gateway.net.FrameReader.Verdict;
import org.agrona.DirectBuffer;

/**
 * Decodes what acquirers say and hands it to their session. A message is handed over only when its bytes hold all it
 * announces. Used by one thread for all sessions.
 */
final class AcquirerAdapter {

    private static final int LONGEST_DATA = 254;
    private static final int LOGON_DATA_FIELDS = 1;
    private static final int PAYMENT_DATA_FIELDS = 5;
    /** A version appends its fields to the block of the version before. */
    private static final int PAYMENT_BLOCK_OF_VERSION_0 = PaymentRequestDecoder.destinationAccountIdEncodingOffset();

    private static final int PAYMENT_BLOCK_OF_VERSION_1 = PaymentRequestDecoder.sourceAccountIdEncodingOffset();

    private static final int REVERSAL_BLOCK_OF_VERSION_0 =
            ReversalRequestDecoder.replacementAmountMinorEncodingOffset();

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final LogonDecoder logon = new LogonDecoder();
    private final PaymentRequestDecoder payment = new PaymentRequestDecoder();
    private final FollowUpRequestDecoder followUp = new FollowUpRequestDecoder();
    private final ReversalRequestDecoder reversal = new ReversalRequestDecoder();
    private final PaymentStatusRequestDecoder status = new PaymentStatusRequestDecoder();

    Verdict onMessage(
            final AcquirerSession session,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long nowNs) {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH) {
            return session.onMalformed(0);
        }
        header.wrap(buffer, offset);
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
            return session.onUnknownTemplate(header.templateId());
        }
        return switch (header.templateId()) {
            case LogonDecoder.TEMPLATE_ID ->
                isWhole(length, LogonDecoder.BLOCK_LENGTH, LOGON_DATA_FIELDS)
                        ? session.onLogon(logon.wrapAndApplyHeader(buffer, offset, header), nowNs)
                        : session.onMalformed(LogonDecoder.TEMPLATE_ID);
            case HeartbeatDecoder.TEMPLATE_ID -> session.onHeartbeat();
            case LogoutDecoder.TEMPLATE_ID -> session.onLogout();
            case PaymentRequestDecoder.TEMPLATE_ID ->
                isWhole(length, paymentBlockLength(), PAYMENT_DATA_FIELDS)
                        ? session.onPaymentRequest(payment.wrapAndApplyHeader(buffer, offset, header), nowNs)
                        : session.onMalformed(PaymentRequestDecoder.TEMPLATE_ID);
            case FollowUpRequestDecoder.TEMPLATE_ID ->
                isWhole(length, FollowUpRequestDecoder.BLOCK_LENGTH, 0)
                        ? session.onFollowUpRequest(followUp.wrapAndApplyHeader(buffer, offset, header), nowNs)
                        : session.onMalformed(FollowUpRequestDecoder.TEMPLATE_ID);
            case ReversalRequestDecoder.TEMPLATE_ID ->
                isWhole(length, blockLength(REVERSAL_BLOCK_OF_VERSION_0, ReversalRequestDecoder.BLOCK_LENGTH), 0)
                        ? session.onReversalRequest(reversal.wrapAndApplyHeader(buffer, offset, header), nowNs)
                        : session.onMalformed(ReversalRequestDecoder.TEMPLATE_ID);
            case PaymentStatusRequestDecoder.TEMPLATE_ID ->
                isWhole(length, PaymentStatusRequestDecoder.BLOCK_LENGTH, 0)
                        ? session.onPaymentStatusRequest(status.wrapAndApplyHeader(buffer, offset, header), nowNs)
                        : session.onMalformed(PaymentStatusRequestDecoder.TEMPLATE_ID);
            default -> session.onUnknownTemplate(header.templateId());
        };
    }

    private int paymentBlockLength() {
        final boolean isOfVersion2 = header.version() >= PaymentRequestDecoder.sourceAccountIdSinceVersion();
        return blockLength(
                PAYMENT_BLOCK_OF_VERSION_0,
                isOfVersion2 ? PaymentRequestDecoder.BLOCK_LENGTH : PAYMENT_BLOCK_OF_VERSION_1);
    }

    /** How long the block of the message's version is at least. */
    private int blockLength(final int ofVersion0, final int sinceVersion1) {
        return header.version() == 0 ? ofVersion0 : sinceVersion1;
    }

    /** Whether the block and the variable-length fields lie inside the message. Later versions may be longer. */
    private boolean isWhole(final int length, final int shortestBlockLength, final int dataFields) {
        int position = MessageHeaderDecoder.ENCODED_LENGTH + header.blockLength();
        boolean whole = header.blockLength() >= shortestBlockLength && position <= length;
        for (int i = 0; i < dataFields && whole; i++) {
            whole = position < length;
            if (whole) {
                final int dataLength = header.buffer().getByte(header.offset() + position) & 0xFF;
                position += 1 + dataLength;
                whole = dataLength <= LONGEST_DATA && position <= length;
            }
        }
        return whole;
    }
}
