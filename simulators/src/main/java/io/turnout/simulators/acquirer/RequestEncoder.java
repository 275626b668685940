package io.turnout.simulators.acquirer;

import io.turnout.codecs.sbe.acquirer.BooleanType;
import io.turnout.codecs.sbe.acquirer.FollowUpRequestEncoder;
import io.turnout.codecs.sbe.acquirer.HeartbeatEncoder;
import io.turnout.codecs.sbe.acquirer.LogonEncoder;
import io.turnout.codecs.sbe.acquirer.LogoutEncoder;
import io.turnout.codecs.sbe.acquirer.LogoutReason;
import io.turnout.codecs.sbe.acquirer.MessageHeaderEncoder;
import io.turnout.codecs.sbe.acquirer.PanEntryMode;
import io.turnout.codecs.sbe.acquirer.PaymentRequestEncoder;
import io.turnout.codecs.sbe.acquirer.PaymentStatusRequestEncoder;
import io.turnout.codecs.sbe.acquirer.PinEntryCapability;
import io.turnout.codecs.sbe.acquirer.PosCondition;
import io.turnout.codecs.sbe.acquirer.ReversalReason;
import io.turnout.codecs.sbe.acquirer.ReversalRequestEncoder;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Merchant;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes whole frames of the acquirer protocol into one reused buffer; each method returns the length of its frame. */
final class RequestEncoder {

    private static final int FRAME_HEADER_BYTES = SwitchFrameFormat.HEADER_BYTES;
    private static final long FUTURE_NS = 86_400_000_000_000L;
    private static final short NO_CARD_SEQUENCE = 255;
    private static final byte[] NO_KSN = new byte[PaymentRequestEncoder.pinKsnLength()];
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] OFFLINE_APPROVAL = "OFFLIN".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_APPROVAL = "      ".getBytes(StandardCharsets.US_ASCII);

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SwitchFrameFormat.LONGEST_FRAME_BYTES]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final LogonEncoder logon = new LogonEncoder();
    private final HeartbeatEncoder heartbeat = new HeartbeatEncoder();
    private final LogoutEncoder logout = new LogoutEncoder();
    private final PaymentRequestEncoder payment = new PaymentRequestEncoder();
    private final FollowUpRequestEncoder followUp = new FollowUpRequestEncoder();
    private final PaymentStatusRequestEncoder status = new PaymentStatusRequestEncoder();
    private final ReversalRequestEncoder reversal = new ReversalRequestEncoder();
    private final LocalClock clock = new LocalClock();
    private final byte[] terminalId;
    private final byte[] merchantId;
    private final byte[] merchantName;
    private final byte[] merchantCity;
    private final byte[] merchantCountry;
    private final int merchantCategory;

    RequestEncoder(final Merchant merchant) {
        terminalId = blankFilled(merchant.terminalId(), PaymentRequestEncoder.terminalIdLength());
        merchantId = blankFilled(merchant.merchantId(), PaymentRequestEncoder.merchantIdLength());
        merchantName = blankFilled(merchant.name(), PaymentRequestEncoder.merchantNameLength());
        merchantCity = blankFilled(merchant.city(), PaymentRequestEncoder.merchantCityLength());
        merchantCountry = blankFilled(merchant.country(), PaymentRequestEncoder.merchantCountryLength());
        merchantCategory = merchant.category();
    }

    /** The frame written last. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    int logon(final int acquirerId, final int heartbeatIntervalMs, final byte[] credential) {
        logon.wrapAndApplyHeader(buffer, FRAME_HEADER_BYTES, header)
                .acquirerId(acquirerId)
                .heartbeatIntervalMs(heartbeatIntervalMs)
                .putCredential(credential, 0, credential.length);
        return frame(logon.limit());
    }

    int heartbeat(final long nowNs) {
        heartbeat.wrapAndApplyHeader(buffer, FRAME_HEADER_BYTES, header).sentAtNs(nowNs);
        return frame(heartbeat.limit());
    }

    int logout() {
        logout.wrapAndApplyHeader(buffer, FRAME_HEADER_BYTES, header).reason(LogoutReason.REQUESTED);
        return frame(logout.limit());
    }

    /**
     * A payment request; the same arguments give the same bytes.
     *
     * @param surchargeMinor added to the amount of the plan; above 0 to make a conflicting request
     */
    int payment(final PaymentPlan plan, final long createdAtNs, final long surchargeMinor) {
        final PanEntryMode entryMode = entryMode(plan);
        payment.wrapAndApplyHeader(buffer, FRAME_HEADER_BYTES, header);
        payment.clientReference().high(plan.runKey).low(plan.reference);
        payment.createdAtNs(plan.fault == Fault.CREATED_IN_FUTURE ? createdAtNs + FUTURE_NS : createdAtNs)
                .amountMinor(plan.amountMinor + surchargeMinor)
                .localDateTime(clock.localDateTime(createdAtNs))
                .currency(plan.currency)
                .currencyExponent((short) plan.exponent)
                .transactionType(plan.type)
                .expiry(plan.expiry)
                .cardSequence(NO_CARD_SEQUENCE)
                .panEntryMode(entryMode)
                .pinEntryCapability(plan.hasPinBlock ? PinEntryCapability.PIN_POSSIBLE : PinEntryCapability.NO_PIN)
                .posCondition(entryMode == PanEntryMode.E_COMMERCE ? PosCondition.E_COMMERCE : PosCondition.NORMAL)
                .merchantCategory(merchantCategory)
                .putTerminalId(terminalId, 0)
                .putMerchantId(merchantId, 0)
                .putMerchantName(merchantName, 0)
                .putMerchantCity(merchantCity, 0)
                .putMerchantCountry(merchantCountry, 0)
                .putRetrievalReference(plan.rrn, 0)
                .destinationAccountId(plan.destinationAccountId)
                .advice(plan.advice ? BooleanType.TRUE : BooleanType.FALSE)
                .putApprovalCode(plan.advice ? OFFLINE_APPROVAL : NO_APPROVAL, 0)
                .sourceAccountId(plan.sourceAccountId)
                .putPinKsn(NO_KSN, 0, NO_KSN.length);
        payment.putPan(plan.pan, 0, plan.panLength)
                .putTrack2(plan.track2, 0, plan.track2Length)
                .putPinBlock(plan.pinBlock, 0, plan.hasPinBlock ? PaymentPlan.PIN_BLOCK_BYTES : 0)
                .putSecurityCode(plan.securityCode, 0, plan.hasSecurityCode ? PaymentPlan.SECURITY_CODE_DIGITS : 0)
                .putIccData(NOTHING, 0, 0);
        return frame(payment.limit());
    }

    /** A payment or follow-up; the same arguments give the same bytes. */
    int request(
            final PaymentPlan plan, final long createdAtNs, final long originalCreatedAtNs, final long surchargeMinor) {
        return plan.isFollowUp()
                ? followUp(plan, createdAtNs, originalCreatedAtNs, surchargeMinor)
                : payment(plan, createdAtNs, surchargeMinor);
    }

    private int followUp(
            final PaymentPlan plan, final long createdAtNs, final long originalCreatedAtNs, final long surchargeMinor) {
        followUp.wrapAndApplyHeader(buffer, FRAME_HEADER_BYTES, header);
        followUp.clientReference().high(plan.runKey).low(plan.reference);
        followUp.originalClientReference().high(plan.runKey).low(plan.originalReference);
        followUp.createdAtNs(createdAtNs)
                .originalCreatedAtNs(originalCreatedAtNs)
                .amountMinor(plan.amountMinor + surchargeMinor)
                .localDateTime(clock.localDateTime(createdAtNs))
                .transactionType(plan.type)
                .advice(plan.advice ? BooleanType.TRUE : BooleanType.FALSE)
                .putRetrievalReference(plan.rrn, 0);
        return frame(followUp.limit());
    }

    /** A status inquiry. */
    int status(final PaymentPlan plan, final long createdAtNs) {
        status.wrapAndApplyHeader(buffer, FRAME_HEADER_BYTES, header).createdAtNs(createdAtNs);
        status.clientReference().high(plan.runKey).low(plan.reference);
        return frame(status.limit());
    }

    /**
     * The reversal of a payment; its client reference is the payment's with the first half inverted.
     *
     * @param originalCreatedAtNs of the payment
     * @param createdAtNs of the reversal
     */
    int reversal(final PaymentPlan plan, final long originalCreatedAtNs, final long createdAtNs) {
        reversal.wrapAndApplyHeader(buffer, FRAME_HEADER_BYTES, header);
        reversal.clientReference().high(~plan.runKey).low(plan.reference);
        reversal.createdAtNs(createdAtNs);
        reversal.originalClientReference().high(plan.runKey).low(plan.reference);
        reversal.originalCreatedAtNs(originalCreatedAtNs)
                .reason(ReversalReason.CUSTOMER_CANCELLATION)
                .replacementAmountMinor(plan.replacementMinor);
        return frame(reversal.limit());
    }

    private int frame(final int limit) {
        buffer.putInt(0, limit, ByteOrder.BIG_ENDIAN);
        buffer.putShort(
                SwitchFrameFormat.ENCODING_TYPE_OFFSET, (short) SwitchFrameFormat.ENCODING_TYPE, ByteOrder.BIG_ENDIAN);
        return limit;
    }

    private static PanEntryMode entryMode(final PaymentPlan plan) {
        if (plan.track2Length > 0) {
            return PanEntryMode.MAGNETIC_STRIPE_COMPLETE;
        }
        return plan.hasSecurityCode ? PanEntryMode.E_COMMERCE : PanEntryMode.MANUAL;
    }

    private static byte[] blankFilled(final String text, final int length) {
        final byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) ' ');
        final byte[] characters = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(characters, 0, bytes, 0, Math.min(length, characters.length));
        return bytes;
    }
}
