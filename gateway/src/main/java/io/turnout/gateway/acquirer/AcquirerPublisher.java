package io.turnout.gateway.acquirer;

import io.turnout.codecs.sbe.acquirer.ClientReferenceEncoder;
import io.turnout.codecs.sbe.acquirer.HeartbeatEncoder;
import io.turnout.codecs.sbe.acquirer.LogonAckEncoder;
import io.turnout.codecs.sbe.acquirer.LogonRejectEncoder;
import io.turnout.codecs.sbe.acquirer.LogonRejectReason;
import io.turnout.codecs.sbe.acquirer.LogoutEncoder;
import io.turnout.codecs.sbe.acquirer.LogoutReason;
import io.turnout.codecs.sbe.acquirer.MessageHeaderEncoder;
import io.turnout.codecs.sbe.acquirer.Outcome;
import io.turnout.codecs.sbe.acquirer.PaymentResponseEncoder;
import io.turnout.codecs.sbe.acquirer.PaymentState;
import io.turnout.codecs.sbe.acquirer.PaymentStatusResponseEncoder;
import io.turnout.codecs.sbe.acquirer.RejectEncoder;
import io.turnout.codecs.sbe.acquirer.RejectReason;
import io.turnout.codecs.sbe.acquirer.ReversalResponseEncoder;
import io.turnout.codecs.sbe.engine.ClientReferenceDecoder;
import io.turnout.codecs.sbe.engine.PaymentAnsweredDecoder;
import io.turnout.codecs.sbe.engine.PaymentStatusReportedDecoder;
import io.turnout.codecs.sbe.engine.ReversalAnsweredDecoder;
import io.turnout.gateway.net.Connection;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes what the switch says to acquirers, framed, and sends it. Used by one thread; allocates nothing. Each method
 * answers what {@link Connection#send} answers.
 */
final class AcquirerPublisher {

    private static final int BUFFER_LENGTH = 512;
    private static final int MESSAGE_OFFSET = SofhFrameFormat.HEADER_LENGTH;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[BUFFER_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final LogonAckEncoder logonAck = new LogonAckEncoder();
    private final LogonRejectEncoder logonReject = new LogonRejectEncoder();
    private final HeartbeatEncoder heartbeat = new HeartbeatEncoder();
    private final LogoutEncoder logout = new LogoutEncoder();
    private final RejectEncoder reject = new RejectEncoder();
    private final PaymentResponseEncoder paymentResponse = new PaymentResponseEncoder();
    private final ReversalResponseEncoder reversalResponse = new ReversalResponseEncoder();
    private final PaymentStatusResponseEncoder statusResponse = new PaymentStatusResponseEncoder();

    boolean logonAck(
            final Connection connection,
            final long sessionId,
            final long heartbeatIntervalMs,
            final int maximumInFlight,
            final long horizonNs) {
        logonAck.wrapAndApplyHeader(buffer, MESSAGE_OFFSET, header)
                .sessionId(sessionId)
                .heartbeatIntervalMs(heartbeatIntervalMs)
                .maximumInFlight(maximumInFlight)
                .horizonNs(horizonNs);
        return send(connection, logonAck.encodedLength());
    }

    boolean logonReject(final Connection connection, final LogonRejectReason reason) {
        logonReject.wrapAndApplyHeader(buffer, MESSAGE_OFFSET, header).reason(reason);
        return send(connection, logonReject.encodedLength());
    }

    boolean heartbeat(final Connection connection, final long nowNs) {
        heartbeat.wrapAndApplyHeader(buffer, MESSAGE_OFFSET, header).sentAtNs(nowNs);
        return send(connection, heartbeat.encodedLength());
    }

    boolean logout(final Connection connection, final LogoutReason reason) {
        logout.wrapAndApplyHeader(buffer, MESSAGE_OFFSET, header).reason(reason);
        return send(connection, logout.encodedLength());
    }

    boolean reject(final Connection connection, final RequestKey key, final RejectReason reason) {
        final byte[] text = RejectTexts.of(reason);
        reject.wrapAndApplyHeader(buffer, MESSAGE_OFFSET, header)
                .createdAtNs(key.createdAtNs())
                .refTemplateId(key.templateId())
                .refFieldId(key.fieldId())
                .reason(reason)
                .putText(text, 0, text.length);
        reject.clientReference().high(key.referenceHigh()).low(key.referenceLow());
        return send(connection, reject.encodedLength());
    }

    boolean paymentResponse(final Connection connection, final PaymentAnsweredDecoder event) {
        paymentResponse
                .wrapAndApplyHeader(buffer, MESSAGE_OFFSET, header)
                .createdAtNs(event.createdAtNs())
                .paymentId(event.paymentId())
                .amountMinor(event.amountMinor())
                .currency(event.currency())
                .outcome(Outcome.get(event.outcomeRaw()))
                .resultCode(event.resultCode())
                .balanceMinor(event.balanceMinor());
        putReference(paymentResponse.clientReference(), event.clientReference());
        buffer.putBytes(
                paymentResponse.offset() + PaymentResponseEncoder.approvalCodeEncodingOffset(),
                event.buffer(),
                event.offset() + PaymentAnsweredDecoder.approvalCodeEncodingOffset(),
                PaymentResponseEncoder.approvalCodeEncodingLength());
        buffer.putBytes(
                paymentResponse.offset() + PaymentResponseEncoder.retrievalReferenceEncodingOffset(),
                event.buffer(),
                event.offset() + PaymentAnsweredDecoder.retrievalReferenceEncodingOffset(),
                PaymentResponseEncoder.retrievalReferenceEncodingLength());
        return send(connection, paymentResponse.encodedLength());
    }

    boolean reversalResponse(final Connection connection, final ReversalAnsweredDecoder event) {
        reversalResponse
                .wrapAndApplyHeader(buffer, MESSAGE_OFFSET, header)
                .createdAtNs(event.createdAtNs())
                .paymentId(event.paymentId())
                .resultCode(event.resultCode())
                .state(PaymentState.get(event.stateRaw()));
        putReference(reversalResponse.clientReference(), event.clientReference());
        return send(connection, reversalResponse.encodedLength());
    }

    boolean paymentStatusResponse(final Connection connection, final PaymentStatusReportedDecoder event) {
        statusResponse
                .wrapAndApplyHeader(buffer, MESSAGE_OFFSET, header)
                .createdAtNs(event.createdAtNs())
                .paymentId(event.paymentId())
                .resultCode(event.resultCode())
                .state(PaymentState.get(event.stateRaw()))
                .settledMinor(event.settledMinor())
                .refundedMinor(event.refundedMinor());
        putReference(statusResponse.clientReference(), event.clientReference());
        return send(connection, statusResponse.encodedLength());
    }

    private boolean send(final Connection connection, final int blockLength) {
        final int messageLength = MessageHeaderEncoder.ENCODED_LENGTH + blockLength;
        SofhFrameFormat.putHeader(buffer, 0, messageLength);
        return connection.send(buffer, 0, MESSAGE_OFFSET + messageLength);
    }

    private static void putReference(final ClientReferenceEncoder to, final ClientReferenceDecoder from) {
        to.high(from.high()).low(from.low());
    }
}
