package io.turnout.simulators.acquirer;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.ResponseCodes;
import io.turnout.codecs.sbe.acquirer.HeartbeatEncoder;
import io.turnout.codecs.sbe.acquirer.LogonAckEncoder;
import io.turnout.codecs.sbe.acquirer.LogonRejectEncoder;
import io.turnout.codecs.sbe.acquirer.LogonRejectReason;
import io.turnout.codecs.sbe.acquirer.LogoutEncoder;
import io.turnout.codecs.sbe.acquirer.LogoutReason;
import io.turnout.codecs.sbe.acquirer.MessageHeaderEncoder;
import io.turnout.codecs.sbe.acquirer.Outcome;
import io.turnout.codecs.sbe.acquirer.PaymentRequestDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentResponseEncoder;
import io.turnout.codecs.sbe.acquirer.PaymentState;
import io.turnout.codecs.sbe.acquirer.RejectEncoder;
import io.turnout.codecs.sbe.acquirer.RejectReason;
import io.turnout.codecs.sbe.acquirer.ReversalResponseEncoder;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes frames of the binary protocol out of the switch's answers in ISO 8583. The retrieval reference (DE37) tells
 * which payment is meant. Codes that say that the switch does not know the outcome become UNKNOWN.
 */
final class IsoAnswerReader {

    private static final int RETRIEVAL_REFERENCE = 37;
    private static final int APPROVAL_CODE = 38;
    private static final int AMOUNT = 4;
    private static final int CURRENCY = 49;
    private static final int ADDITIONAL_RESPONSE_DATA = 44;
    private static final int FORMAT_ERROR = 9100;
    private static final int DUPLICATE = 9113;
    private static final int TIMEOUT = 9111;
    private static final int MALFUNCTION = 9109;
    private static final int INOPERATIVE = 9107;
    private static final int HEARTBEAT_MS = 60_000;
    private static final int CAPACITY = 512;
    private static final byte[] NOTHING = new byte[0];

    private final ResponseCodes responseCodes;
    private final IsoDecoder decoder;
    private final PaymentPlan plan;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CAPACITY]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final LogonAckEncoder logonAck = new LogonAckEncoder();
    private final LogonRejectEncoder logonReject = new LogonRejectEncoder();
    private final HeartbeatEncoder heartbeat = new HeartbeatEncoder();
    private final LogoutEncoder logout = new LogoutEncoder();
    private final PaymentResponseEncoder payment = new PaymentResponseEncoder();
    private final ReversalResponseEncoder reversal = new ReversalResponseEncoder();
    private final RejectEncoder reject = new RejectEncoder();

    IsoAnswerReader(final Dialect dialect, final IsoDecoder decoder, final PaymentPlan plan) {
        this.responseCodes = dialect.responseCodes();
        this.decoder = decoder;
        this.plan = plan;
    }

    /** The frame made last. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    boolean isAccepted() {
        return responseCodes.canonical(decoder) == 0;
    }

    int logonAck() {
        logonAck.wrapAndApplyHeader(buffer, SwitchFrameFormat.HEADER_BYTES, header)
                .sessionId(0)
                .heartbeatIntervalMs(HEARTBEAT_MS)
                .maximumInFlight(Integer.MAX_VALUE)
                .horizonNs(0);
        return frame(logonAck.limit());
    }

    int logonReject() {
        logonReject
                .wrapAndApplyHeader(buffer, SwitchFrameFormat.HEADER_BYTES, header)
                .reason(LogonRejectReason.BAD_CREDENTIAL);
        return frame(logonReject.limit());
    }

    int heartbeat(final long nowNs) {
        heartbeat
                .wrapAndApplyHeader(buffer, SwitchFrameFormat.HEADER_BYTES, header)
                .sentAtNs(nowNs);
        return frame(heartbeat.limit());
    }

    int logout() {
        logout.wrapAndApplyHeader(buffer, SwitchFrameFormat.HEADER_BYTES, header)
                .reason(LogoutReason.SWITCH_STOPPING);
        return frame(logout.limit());
    }

    /** 0110, 0130, 0210, 0230: a PaymentResponse, or a Reject when nothing was done. */
    int payment() {
        final int resultCode = responseCodes.canonical(decoder);
        if (resultCode == DUPLICATE) {
            return reject(RejectReason.DUPLICATE_CONFLICT);
        }
        if (resultCode == FORMAT_ERROR) {
            final boolean named = decoder.isPresent(ADDITIONAL_RESPONSE_DATA);
            return reject(named ? RejectReason.INVALID_FIELD : RejectReason.DUPLICATE_CONFLICT);
        }
        final boolean approved = resultCode < ResponseCodes.FIRST_DECLINE;
        payment.wrapAndApplyHeader(buffer, SwitchFrameFormat.HEADER_BYTES, header)
                .createdAtNs(decoder.getLong(7))
                .paymentId(0)
                .amountMinor(approved ? decoder.getLong(AMOUNT) : 0)
                .currency((int) decoder.getLong(CURRENCY))
                .outcome(approved ? Outcome.APPROVED : isUnknown(resultCode) ? Outcome.UNKNOWN : Outcome.DECLINED)
                .resultCode(resultCode)
                .balanceMinor(PaymentResponseEncoder.balanceMinorNullValue());
        payment.clientReference().high(plan.runKey).low(reference());
        putText(APPROVAL_CODE, PaymentResponseEncoder.approvalCodeEncodingOffset(), 6);
        putText(RETRIEVAL_REFERENCE, PaymentResponseEncoder.retrievalReferenceEncodingOffset(), 12);
        return frame(payment.limit());
    }

    /** 0410, 0430: a ReversalResponse. */
    int reversal() {
        reversal.wrapAndApplyHeader(buffer, SwitchFrameFormat.HEADER_BYTES, header)
                .createdAtNs(decoder.getLong(7))
                .paymentId(0)
                .resultCode(responseCodes.canonical(decoder))
                .state(PaymentState.REVERSING);
        reversal.clientReference().high(~plan.runKey).low(reference());
        return frame(reversal.limit());
    }

    private int reject(final RejectReason reason) {
        reject.wrapAndApplyHeader(buffer, SwitchFrameFormat.HEADER_BYTES, header)
                .createdAtNs(decoder.getLong(7))
                .refTemplateId(PaymentRequestDecoder.TEMPLATE_ID)
                .refFieldId(0)
                .reason(reason)
                .putText(NOTHING, 0, 0);
        reject.clientReference().high(plan.runKey).low(reference());
        return frame(reject.limit());
    }

    /** Second half of the client reference of the payment that DE37 names. */
    private long reference() {
        final String rrn = decoder.getString(RETRIEVAL_REFERENCE);
        return plan.referenceOf(plan.number(rrn == null ? "" : rrn));
    }

    private void putText(final int field, final int offset, final int length) {
        final MutableDirectBuffer target = payment.buffer();
        final int at = payment.offset() + offset;
        target.setMemory(at, length, (byte) ' ');
        final int characters = Math.min(length, decoder.count(field));
        for (int i = 0; i < characters; i++) {
            target.putByte(at + i, (byte) decoder.characterAt(field, i));
        }
    }

    private int frame(final int limit) {
        buffer.putInt(0, limit, ByteOrder.BIG_ENDIAN);
        buffer.putShort(
                SwitchFrameFormat.ENCODING_TYPE_OFFSET, (short) SwitchFrameFormat.ENCODING_TYPE, ByteOrder.BIG_ENDIAN);
        return limit;
    }

    private static boolean isUnknown(final int resultCode) {
        return resultCode == TIMEOUT || resultCode == MALFUNCTION || resultCode == INOPERATIVE;
    }
}
