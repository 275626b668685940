package io.turnout.simulators.acquirer;

import io.turnout.codecs.sbe.acquirer.BooleanType;
import io.turnout.codecs.sbe.acquirer.FollowUpRequestDecoder;
import io.turnout.codecs.sbe.acquirer.HeartbeatDecoder;
import io.turnout.codecs.sbe.acquirer.LogonAckEncoder;
import io.turnout.codecs.sbe.acquirer.LogonDecoder;
import io.turnout.codecs.sbe.acquirer.LogonRejectEncoder;
import io.turnout.codecs.sbe.acquirer.LogonRejectReason;
import io.turnout.codecs.sbe.acquirer.LogoutDecoder;
import io.turnout.codecs.sbe.acquirer.MessageHeaderDecoder;
import io.turnout.codecs.sbe.acquirer.MessageHeaderEncoder;
import io.turnout.codecs.sbe.acquirer.Outcome;
import io.turnout.codecs.sbe.acquirer.PaymentRequestDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentResponseEncoder;
import io.turnout.codecs.sbe.acquirer.PaymentState;
import io.turnout.codecs.sbe.acquirer.PaymentStatusRequestDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentStatusResponseEncoder;
import io.turnout.codecs.sbe.acquirer.RejectEncoder;
import io.turnout.codecs.sbe.acquirer.RejectReason;
import io.turnout.codecs.sbe.acquirer.ReversalRequestDecoder;
import io.turnout.codecs.sbe.acquirer.ReversalResponseEncoder;
import io.turnout.codecs.sbe.acquirer.TransactionType;
import io.turnout.gateway.net.ConnectionHandler;
import io.turnout.simulators.Connector;
import io.turnout.simulators.FakeConnection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** A switch in memory, as little of it as an acquirer can see. What it does with a request is the test's choice. */
final class FakeSwitch implements Connector {

    /** What to do with a payment request; the occasion counts how often this key has come, from 1. */
    @FunctionalInterface
    interface Reaction {
        void on(FakeConnection connection, Request request, int occasion);
    }

    /** A payment request as it arrived. */
    record Request(
            ByteBuffer frame,
            long high,
            long low,
            long createdAtNs,
            long amountMinor,
            int currency,
            String rrn,
            String pan,
            String track2,
            int pinBlockBytes,
            String securityCode,
            long localDateTime) {}

    /** A follow-up as it arrived. */
    record FollowUp(
            long low,
            long createdAtNs,
            long originalLow,
            long originalCreatedAtNs,
            TransactionType type,
            long amountMinor,
            boolean advice) {}

    static final int HEADER = 6;

    final List<FakeConnection> connections = new ArrayList<>();
    final List<Request> requests = new ArrayList<>();
    final List<FollowUp> followUps = new ArrayList<>();
    final List<TransactionType> types = new ArrayList<>();
    final List<Long> replacements = new ArrayList<>();
    int statusRequests;
    int statusResultCode;
    boolean limitingStatus;
    final List<byte[]> reversals = new ArrayList<>();
    final Map<Long, Integer> occasions = new LinkedHashMap<>();
    int attempts;
    int heartbeats;
    int logouts;
    boolean refusing;
    boolean refusingLogon;
    boolean ignoringReversals;
    int maximumInFlight = 1000;
    int pieceBytes = Integer.MAX_VALUE;
    String lastCredential = "";
    Reaction reaction = (connection, request, occasion) -> approve(connection, request);
    long nowNs;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final Map<Long, Long> paymentIds = new LinkedHashMap<>();

    @Override
    public void connect(final ConnectionHandler handler) {
        attempts++;
        if (refusing) {
            handler.onDisconnected(nowNs);
        } else {
            connections.add(new FakeConnection(handler, nowNs));
        }
    }

    /** Takes what the acquirer sent. */
    void poll(final long newNowNs) {
        nowNs = newNowNs;
        for (final FakeConnection connection : List.copyOf(connections)) {
            final byte[] bytes = connection.takeSent();
            for (int offset = 0; offset < bytes.length; ) {
                final int length = new UnsafeBuffer(bytes).getInt(offset, ByteOrder.BIG_ENDIAN);
                onFrame(connection, Arrays.copyOfRange(bytes, offset, offset + length));
                offset += length;
            }
        }
        connections.removeIf(connection -> !connection.isOpen());
    }

    void approve(final FakeConnection connection, final Request request) {
        answer(connection, request, Outcome.APPROVED, 0, "A1B2C3");
    }

    void decline(final FakeConnection connection, final Request request) {
        answer(connection, request, Outcome.DECLINED, 1016, "      ");
    }

    void answer(
            final FakeConnection connection,
            final Request request,
            final Outcome outcome,
            final int resultCode,
            final String approvalCode) {
        final PaymentResponseEncoder response = new PaymentResponseEncoder();
        response.wrapAndApplyHeader(buffer, HEADER, header);
        response.clientReference().high(request.high()).low(request.low());
        response.createdAtNs(request.createdAtNs())
                .paymentId(paymentIds.computeIfAbsent(request.low(), low -> paymentIds.size() + 1L))
                .amountMinor(outcome == Outcome.APPROVED ? request.amountMinor() : 0)
                .currency(request.currency())
                .outcome(outcome)
                .resultCode(resultCode)
                .putApprovalCode(approvalCode.getBytes(StandardCharsets.US_ASCII), 0)
                .putRetrievalReference(request.rrn().getBytes(StandardCharsets.US_ASCII), 0);
        send(connection, response.limit());
    }

    void reject(final FakeConnection connection, final Request request, final RejectReason reason) {
        final RejectEncoder reject = new RejectEncoder();
        reject.wrapAndApplyHeader(buffer, HEADER, header);
        reject.clientReference().high(request.high()).low(request.low());
        reject.createdAtNs(request.createdAtNs())
                .refTemplateId(PaymentRequestDecoder.TEMPLATE_ID)
                .refFieldId(0)
                .reason(reason)
                .putText(new byte[] {'n', 'o'}, 0, 2);
        send(connection, reject.limit());
    }

    void sendBytes(final FakeConnection connection, final byte[] bytes) {
        connection.receive(bytes, pieceBytes, nowNs);
    }

    private void onFrame(final FakeConnection connection, final byte[] frame) {
        final UnsafeBuffer received = new UnsafeBuffer(frame);
        if ((received.getShort(4, ByteOrder.BIG_ENDIAN) & 0xFFFF) != 0xEB50) {
            throw new AssertionError("not the encoding of the protocol");
        }
        final MessageHeaderDecoder messageHeader = new MessageHeaderDecoder().wrap(received, HEADER);
        switch (messageHeader.templateId()) {
            case LogonDecoder.TEMPLATE_ID -> onLogon(connection, received, messageHeader);
            case PaymentRequestDecoder.TEMPLATE_ID -> onPayment(connection, received, messageHeader, frame);
            case FollowUpRequestDecoder.TEMPLATE_ID -> onFollowUp(connection, received, messageHeader, frame);
            case PaymentStatusRequestDecoder.TEMPLATE_ID -> onStatus(connection, received, messageHeader);
            case ReversalRequestDecoder.TEMPLATE_ID -> onReversal(connection, received, messageHeader, frame);
            case HeartbeatDecoder.TEMPLATE_ID -> heartbeats++;
            case LogoutDecoder.TEMPLATE_ID -> logouts++;
            default -> throw new AssertionError("templateId=" + messageHeader.templateId());
        }
    }

    private void onLogon(
            final FakeConnection connection, final UnsafeBuffer received, final MessageHeaderDecoder messageHeader) {
        final LogonDecoder logon = new LogonDecoder().wrapAndApplyHeader(received, HEADER, messageHeader);
        final byte[] credential = new byte[logon.credentialLength()];
        logon.getCredential(credential, 0, credential.length);
        lastCredential = new String(credential, StandardCharsets.US_ASCII);
        if (refusingLogon) {
            final LogonRejectEncoder refusal = new LogonRejectEncoder();
            refusal.wrapAndApplyHeader(buffer, HEADER, header).reason(LogonRejectReason.BAD_CREDENTIAL);
            send(connection, refusal.limit());
            return;
        }
        final LogonAckEncoder ack = new LogonAckEncoder();
        ack.wrapAndApplyHeader(buffer, HEADER, header)
                .sessionId(1)
                .heartbeatIntervalMs(1000)
                .maximumInFlight(maximumInFlight)
                .horizonNs(1);
        send(connection, ack.limit());
    }

    private void onPayment(
            final FakeConnection connection,
            final UnsafeBuffer received,
            final MessageHeaderDecoder messageHeader,
            final byte[] frame) {
        final PaymentRequestDecoder decoder =
                new PaymentRequestDecoder().wrapAndApplyHeader(received, HEADER, messageHeader);
        final byte[] field = new byte[64];
        final String pan = text(field, decoder.getPan(field, 0, field.length));
        final String track2 = text(field, decoder.getTrack2(field, 0, field.length));
        final int pinBlockBytes = decoder.skipPinBlock();
        final String securityCode = text(field, decoder.getSecurityCode(field, 0, field.length));
        final Request request = new Request(
                ByteBuffer.wrap(frame),
                decoder.clientReference().high(),
                decoder.clientReference().low(),
                decoder.createdAtNs(),
                decoder.amountMinor(),
                decoder.currency(),
                decoder.retrievalReference(),
                pan,
                track2,
                pinBlockBytes,
                securityCode,
                decoder.localDateTime());
        requests.add(request);
        types.add(decoder.transactionType());
        reaction.on(connection, request, occasions.merge(request.low(), 1, Integer::sum));
    }

    private void onFollowUp(
            final FakeConnection connection,
            final UnsafeBuffer received,
            final MessageHeaderDecoder messageHeader,
            final byte[] frame) {
        final FollowUpRequestDecoder decoder =
                new FollowUpRequestDecoder().wrapAndApplyHeader(received, HEADER, messageHeader);
        followUps.add(new FollowUp(
                decoder.clientReference().low(),
                decoder.createdAtNs(),
                decoder.originalClientReference().low(),
                decoder.originalCreatedAtNs(),
                decoder.transactionType(),
                decoder.amountMinor(),
                decoder.advice() == BooleanType.TRUE));
        final Request request = new Request(
                ByteBuffer.wrap(frame),
                decoder.clientReference().high(),
                decoder.clientReference().low(),
                decoder.createdAtNs(),
                decoder.amountMinor(),
                156,
                decoder.retrievalReference(),
                "",
                "",
                0,
                "",
                decoder.localDateTime());
        reaction.on(connection, request, occasions.merge(request.low(), 1, Integer::sum));
    }

    private void onStatus(
            final FakeConnection connection, final UnsafeBuffer received, final MessageHeaderDecoder messageHeader) {
        final PaymentStatusRequestDecoder decoder =
                new PaymentStatusRequestDecoder().wrapAndApplyHeader(received, HEADER, messageHeader);
        statusRequests++;
        final long high = decoder.clientReference().high();
        final long low = decoder.clientReference().low();
        if (limitingStatus && statusRequests % 2 == 1) {
            final RejectEncoder reject = new RejectEncoder();
            reject.wrapAndApplyHeader(buffer, HEADER, header);
            reject.clientReference().high(high).low(low);
            reject.createdAtNs(decoder.createdAtNs())
                    .refTemplateId(PaymentStatusRequestDecoder.TEMPLATE_ID)
                    .refFieldId(0)
                    .reason(RejectReason.STATUS_RATE_LIMIT)
                    .putText(new byte[0], 0, 0);
            send(connection, reject.limit());
            return;
        }
        final PaymentStatusResponseEncoder response = new PaymentStatusResponseEncoder();
        response.wrapAndApplyHeader(buffer, HEADER, header);
        response.clientReference().high(high).low(low);
        response.createdAtNs(decoder.createdAtNs())
                .paymentId(paymentIds.getOrDefault(low, 0L))
                .resultCode(statusResultCode)
                .state(PaymentState.APPROVED)
                .settledMinor(0)
                .refundedMinor(0);
        send(connection, response.limit());
    }

    private void onReversal(
            final FakeConnection connection,
            final UnsafeBuffer received,
            final MessageHeaderDecoder messageHeader,
            final byte[] frame) {
        final ReversalRequestDecoder decoder =
                new ReversalRequestDecoder().wrapAndApplyHeader(received, HEADER, messageHeader);
        reversals.add(frame);
        replacements.add(decoder.replacementAmountMinor());
        if (ignoringReversals) {
            return;
        }
        final ReversalResponseEncoder response = new ReversalResponseEncoder();
        response.wrapAndApplyHeader(buffer, HEADER, header);
        response.clientReference()
                .high(decoder.clientReference().high())
                .low(decoder.clientReference().low());
        response.createdAtNs(decoder.createdAtNs())
                .paymentId(paymentIds.getOrDefault(
                        decoder.originalClientReference().low(), 0L))
                .resultCode(0)
                .state(PaymentState.REVERSING);
        send(connection, response.limit());
    }

    private static String text(final byte[] field, final int length) {
        return new String(field, 0, length, StandardCharsets.US_ASCII);
    }

    private void send(final FakeConnection connection, final int limit) {
        buffer.putInt(0, limit, ByteOrder.BIG_ENDIAN);
        buffer.putShort(4, (short) 0xEB50, ByteOrder.BIG_ENDIAN);
        final byte[] bytes = new byte[limit];
        buffer.getBytes(0, bytes);
        sendBytes(connection, bytes);
    }
}
