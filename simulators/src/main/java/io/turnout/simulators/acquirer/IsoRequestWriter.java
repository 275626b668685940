package io.turnout.simulators.acquirer;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.codecs.iso8583.Transactions;
import io.turnout.codecs.sbe.acquirer.BooleanType;
import io.turnout.codecs.sbe.acquirer.FollowUpRequestDecoder;
import io.turnout.codecs.sbe.acquirer.MessageHeaderDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentRequestDecoder;
import io.turnout.codecs.sbe.acquirer.ReversalRequestDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes an acquirer's requests in ISO 8583:1987, framed. What follows up or reverses another names it by DE90. The
 * trace number tells payments of one second apart: three numbers for each chain, one a step.
 *
 * <p>A wrong exponent cannot be said in ISO 8583; such a request is sent with an entry mode that does not exist.
 */
final class IsoRequestWriter {

    static final int SIGN_ON = 1;
    static final int SIGN_OFF = 2;
    static final int ECHO = 301;
    static final int NETWORK_CODE = 70;

    private static final int CAPACITY = 2048;
    private static final int NETWORK = 800;
    private static final int REVERSAL_ADVICE = 420;
    private static final int STEPS = 3;
    private static final int CHAINS = 333_333;
    private static final int LARGEST_STAN = 999_999;
    private static final int NO_ENTRY_MODE = 999;
    private static final int NO_CARD_SEQUENCE = 255;
    private static final long DATE_BASE = 1_000_000L;
    private static final long YEAR_BASE = 10_000_000_000L;

    private final Framing framing;
    private final Dialect dialect;
    private final Transactions transactions;
    private final long institutionId;
    private final PaymentPlan plan;
    private final String terminalId;
    private final String merchantId;
    private final LocalClock clock = new LocalClock();
    private final IsoEncoder encoder;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CAPACITY]);
    private final UnsafeBuffer bytes = new UnsafeBuffer(0, 0);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PaymentRequestDecoder payment = new PaymentRequestDecoder();
    private final FollowUpRequestDecoder followUp = new FollowUpRequestDecoder();
    private final ReversalRequestDecoder reversal = new ReversalRequestDecoder();
    private int networkStan;

    IsoRequestWriter(final IsoForm form, final PaymentPlan plan, final AcquirerConfiguration.Merchant merchant) {
        this.framing = form.framing();
        this.dialect = form.dialect();
        this.transactions = dialect.transactions();
        this.institutionId = form.institutionId();
        this.plan = plan;
        this.terminalId = String.format("%-8s", merchant.terminalId());
        this.merchantId = String.format("%-15s", merchant.merchantId());
        this.encoder = new IsoEncoder(dialect);
    }

    /** The frame written last. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    int network(final int code) {
        networkStan = networkStan % LARGEST_STAN + 1;
        begin(NETWORK)
                .putLong(7, 101_000_000L + networkStan % 60)
                .putLong(11, networkStan)
                .putLong(NETWORK_CODE, code);
        return finish();
    }

    /** The answer to the switch's own network management. */
    int networkAnswer(final IsoDecoder request) {
        begin(NETWORK + 10)
                .putLong(7, request.getLong(7))
                .putLong(11, request.getLong(11))
                .putString(39, "00")
                .putLong(NETWORK_CODE, request.getLong(NETWORK_CODE));
        return finish();
    }

    /** @param source holds a PaymentRequest of the payment the plan made last */
    int payment(final DirectBuffer source, final int offset) {
        payment.wrapAndApplyHeader(source, offset, header);
        final int type = payment.transactionTypeRaw();
        final boolean advice = payment.adviceRaw() == BooleanType.TRUE.value();
        begin(transactions.mti(type, advice));
        putCard().putLong(3, transactions.processingCode(type)).putLong(4, payment.amountMinor());
        putTimes(payment.createdAtNs(), plan.number(), payment.localDateTime());
        encoder.putLong(14, payment.expiry()).putLong(18, payment.merchantCategory());
        final boolean wrong = plan.fault == Fault.WRONG_EXPONENT;
        encoder.putLong(22, wrong ? NO_ENTRY_MODE : payment.panEntryModeRaw() * 10L + payment.pinEntryCapabilityRaw());
        if (payment.cardSequence() != NO_CARD_SEQUENCE) {
            encoder.putLong(23, payment.cardSequence());
        }
        encoder.putLong(25, transactions.posCondition(type, payment.posConditionRaw()));
        encoder.putLong(32, institutionId);
        if (plan.track2Length > 0) {
            encoder.putAscii(35, wrap(plan.track2), 0, plan.track2Length);
        }
        putReference(plan.rrn);
        if (advice) {
            encoder.putString(38, payment.approvalCode());
        }
        putTerminal().putString(43, payment.merchantName() + payment.merchantCity() + payment.merchantCountry());
        encoder.putString(49, currency());
        if (plan.hasPinBlock) {
            encoder.putBytes(52, wrap(plan.pinBlock), 0, PaymentPlan.PIN_BLOCK_BYTES);
        }
        return finish();
    }

    /** @param source holds a FollowUpRequest of the follow-up the plan made last */
    int followUp(final DirectBuffer source, final int offset) {
        followUp.wrapAndApplyHeader(source, offset, header);
        final int type = followUp.transactionTypeRaw();
        final boolean advice = followUp.adviceRaw() == BooleanType.TRUE.value();
        begin(transactions.mti(type, advice));
        putCard().putLong(3, transactions.processingCode(type)).putLong(4, followUp.amountMinor());
        putTimes(followUp.createdAtNs(), plan.number(), followUp.localDateTime());
        encoder.putLong(25, transactions.posCondition(type, 0)).putLong(32, institutionId);
        putReference(plan.rrn);
        putTerminal().putString(49, currency());
        putOriginal(plan.originalType.value(), plan.originalNumber, followUp.originalCreatedAtNs());
        return finish();
    }

    /** @param source holds a ReversalRequest of the payment or follow-up the plan made last */
    int reversal(final DirectBuffer source, final int offset) {
        reversal.wrapAndApplyHeader(source, offset, header);
        final int type = plan.type.value();
        begin(REVERSAL_ADVICE);
        putCard().putLong(3, transactions.processingCode(type)).putLong(4, plan.amountMinor);
        putTimes(reversal.createdAtNs(), plan.number(), clock.localDateTime(reversal.originalCreatedAtNs()));
        encoder.putLong(32, institutionId);
        putReference(plan.rrn);
        putTerminal().putString(49, currency());
        putOriginal(type, plan.number(), reversal.originalCreatedAtNs());
        final long replacementMinor = reversal.replacementAmountMinor();
        if (replacementMinor > 0) {
            encoder.putString(95, String.format("%012d%030d", replacementMinor, 0));
        }
        return finish();
    }

    private IsoEncoder begin(final int mti) {
        return encoder.wrap(buffer, framing.headerLength(), CAPACITY - framing.headerLength() - framing.trailerLength())
                .begin(mti);
    }

    private int finish() {
        final int length = encoder.finish();
        if (length < 0) {
            throw new IllegalStateException(
                    "dialect " + dialect.name() + " cannot write DE" + encoder.errorField() + ", error=" + length);
        }
        return framing.write(buffer, 0, length);
    }

    private IsoEncoder putCard() {
        return encoder.putAscii(2, wrap(plan.pan), 0, plan.panLength);
    }

    /** DE7 in UTC, DE11, DE12 and DE13. */
    private void putTimes(final long createdAtNs, final long number, final long localDateTime) {
        encoder.putLong(7, transmission(createdAtNs))
                .putLong(11, stan(number))
                .putLong(12, localDateTime % DATE_BASE)
                .putLong(13, localDateTime / DATE_BASE % 10_000);
    }

    private void putReference(final byte[] reference) {
        encoder.putAscii(37, wrap(reference), 0, reference.length);
    }

    private IsoEncoder putTerminal() {
        return encoder.putString(41, terminalId).putString(42, merchantId);
    }

    private void putOriginal(final int type, final long number, final long createdAtNs) {
        encoder.putString(
                90,
                String.format(
                        "%04d%06d%010d%011d%011d",
                        transactions.mti(type, false), stan(number), transmission(createdAtNs), institutionId, 0));
    }

    private String currency() {
        return String.format("%03d", plan.currency);
    }

    private long transmission(final long createdAtNs) {
        return clock.localDateTime(createdAtNs) % YEAR_BASE;
    }

    private UnsafeBuffer wrap(final byte[] array) {
        bytes.wrap(array);
        return bytes;
    }

    private static long stan(final long number) {
        return PaymentPlan.firstOf(number) % CHAINS * STEPS + number / PaymentPlan.STEP + 1;
    }
}
