package io.turnout.gateway.iso;

import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.codecs.iso8583.ResponseCodes;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** ISO 8583:1987. */
final class Iso1987 implements IsoVersion {

    /** Of DE12, hhmmss. */
    static final int LOCAL_TIME_LENGTH = 6;

    private static final NeededField[] NEEDED = {
        new NeededField(IsoFields.PAN, 19),
        new NeededField(IsoFields.PROCESSING_CODE, 6),
        new NeededField(IsoFields.AMOUNT, 12),
        new NeededField(IsoFields.TRANSMISSION_DATE_TIME, 10),
        new NeededField(IsoFields.STAN, 6),
        new NeededField(IsoFields.LOCAL_TIME, 6),
        new NeededField(IsoFields.LOCAL_DATE, 4),
        new NeededField(IsoFields.EXPIRY, 4),
        new NeededField(IsoFields.SETTLEMENT_DATE, 4),
        new NeededField(IsoFields.MERCHANT_TYPE, 4),
        new NeededField(IsoFields.POS_ENTRY_MODE, 3),
        new NeededField(IsoFields.CARD_SEQUENCE, 3),
        new NeededField(IsoFields.POS_CONDITION, 2),
        new NeededField(IsoFields.ACQUIRING_INSTITUTION, 11),
        new NeededField(IsoFields.TRACK2, 37),
        new NeededField(IsoFields.RETRIEVAL_REFERENCE, 12),
        new NeededField(IsoFields.APPROVAL_CODE, 6),
        new NeededField(IsoFields.RESPONSE_CODE, 2),
        new NeededField(IsoFields.TERMINAL_ID, 8),
        new NeededField(IsoFields.MERCHANT_ID, 15),
        new NeededField(IsoFields.MERCHANT_NAME_AND_PLACE, 40),
        new NeededField(IsoFields.CURRENCY, 3),
        new NeededField(IsoFields.NETWORK_CODE, 3),
        new NeededField(IsoFields.ORIGINAL_DATA, 42),
        new NeededField(IsoFields.REPLACEMENT_AMOUNTS, 42),
    };

    private static final int VERSION = 1000;
    private static final int NETWORK_REQUEST = 800;
    private static final long TIME = 1_000_000;
    private static final int MONTH_AND_DAY = 10_000;
    private static final int RECONCILE_ERROR = 9115;
    private static final int APPROVED = 0;

    /** Of DE90 and of DE95. */
    private static final int DIGITS_LENGTH = 42;

    private static final int STAN_OFFSET = 4;
    private static final int TIME_OFFSET = STAN_OFFSET + 6;
    private static final int INSTITUTION_OFFSET = TIME_OFFSET + 10;
    private static final int FORWARDER_OFFSET = INSTITUTION_OFFSET + 11;
    private static final int REPLACEMENT_AMOUNT_LENGTH = 12;

    private final UnsafeBuffer digits = new UnsafeBuffer(new byte[DIGITS_LENGTH]);

    @Override
    public NeededField[] needed() {
        return NEEDED;
    }

    @Override
    public boolean hasFunctionCode() {
        return false;
    }

    @Override
    public int mti(final int mtiOf1987) {
        return mtiOf1987;
    }

    @Override
    public int mtiOf1987(final int mti) {
        return mti < VERSION ? mti : NOT_OF_VERSION;
    }

    @Override
    public int networkRequest() {
        return NETWORK_REQUEST;
    }

    @Override
    public long reversalAmount(final long amountMinor, final long replacementAmountMinor) {
        return amountMinor;
    }

    @Override
    public void putLocalDateTime(final IsoEncoder encoder, final long ccyymmddhhmmss) {
        encoder.putLong(IsoFields.LOCAL_TIME, ccyymmddhhmmss % TIME)
                .putLong(IsoFields.LOCAL_DATE, ccyymmddhhmmss / TIME % MONTH_AND_DAY);
    }

    @Override
    public void putSettlementDate(final IsoEncoder encoder, final long ccyymmdd) {
        if (ccyymmdd != 0) {
            encoder.putLong(IsoFields.SETTLEMENT_DATE, ccyymmdd % MONTH_AND_DAY);
        }
    }

    @Override
    public void putMerchantType(final IsoEncoder encoder, final int merchantCategory) {
        encoder.putLong(IsoFields.MERCHANT_TYPE, merchantCategory);
    }

    @Override
    public void putEntryMode(
            final IsoEncoder encoder,
            final int panEntryMode,
            final int pinEntryCapability,
            final int posCondition,
            final boolean hasPinBlock) {
        encoder.putLong(IsoFields.POS_ENTRY_MODE, panEntryMode * 10L + pinEntryCapability);
    }

    @Override
    public void putCircumstances(
            final IsoEncoder encoder,
            final int function,
            final int reason,
            final int posCondition,
            final int merchantCategory) {
        encoder.putLong(IsoFields.POS_CONDITION, posCondition);
    }

    @Override
    public void putFunction(final IsoEncoder encoder, final int function) {
        // The message type says it all.
    }

    @Override
    public void putReconciliationDate(final IsoEncoder encoder, final long ccyymmdd) {
        // DE15 has it.
    }

    @Override
    public void putOriginalAmount(final IsoEncoder encoder, final long amountMinor) {
        // DE4 has it.
    }

    @Override
    public void putNameAndPlace(final IsoEncoder encoder, final DirectBuffer source, final int offset) {
        encoder.putAscii(IsoFields.MERCHANT_NAME_AND_PLACE, source, offset, CardAcceptor.LENGTH);
    }

    @Override
    public void putSettlementCode(final IsoEncoder encoder, final int settlementCode) {
        encoder.putLong(IsoFields.SETTLEMENT_CODE, settlementCode);
    }

    @Override
    public void putNetworkCode(final IsoEncoder encoder, final int networkCode) {
        encoder.putLong(IsoFields.NETWORK_CODE, networkCode);
    }

    @Override
    public void putOriginalData(
            final IsoEncoder encoder,
            final int mtiOf1987,
            final long stan,
            final long transmissionDateTime,
            final long localDateTime,
            final long institutionId,
            final long forwardingInstitutionId) {
        Decimals.put(digits, 0, STAN_OFFSET, mtiOf1987);
        Decimals.put(digits, STAN_OFFSET, TIME_OFFSET, stan);
        Decimals.put(digits, TIME_OFFSET, INSTITUTION_OFFSET, transmissionDateTime);
        Decimals.put(digits, INSTITUTION_OFFSET, FORWARDER_OFFSET, institutionId);
        Decimals.put(digits, FORWARDER_OFFSET, DIGITS_LENGTH, forwardingInstitutionId);
        encoder.putAscii(IsoFields.ORIGINAL_DATA, digits, 0, DIGITS_LENGTH);
    }

    /** Nothing is said of settlement amounts and fees. */
    @Override
    public void putReplacementAmount(final IsoEncoder encoder, final long amountMinor) {
        if (amountMinor != 0) {
            Decimals.put(digits, 0, REPLACEMENT_AMOUNT_LENGTH, amountMinor);
            Decimals.put(digits, REPLACEMENT_AMOUNT_LENGTH, DIGITS_LENGTH, 0);
            encoder.putAscii(IsoFields.REPLACEMENT_AMOUNTS, digits, 0, DIGITS_LENGTH);
        }
    }

    @Override
    public int responseCode(final ResponseCodes codes, final int canonical, final int mtiOf1987) {
        return codes.packed(canonical);
    }

    @Override
    public int reconciliationCode(final ResponseCodes codes, final int settlementCode) {
        final boolean differs = settlementCode == SettlementCode.OUT_OF_BALANCE;
        return codes.packed(differs ? RECONCILE_ERROR : APPROVED);
    }

    @Override
    public int networkCode(final IsoDecoder decoder) {
        return (int) Math.max(-1, decoder.getLong(IsoFields.NETWORK_CODE));
    }

    @Override
    public int networkCode(final int networkCode) {
        return networkCode;
    }

    @Override
    public long reconciliationDate(final IsoDecoder decoder, final long nearCcyymmdd) {
        return BusinessDates.nearest(decoder.getLong(IsoFields.SETTLEMENT_DATE), nearCcyymmdd);
    }

    @Override
    public int settlementCode(final IsoDecoder decoder, final ResponseCodes codes) {
        return (int) Math.max(SettlementCode.NONE, decoder.getLong(IsoFields.SETTLEMENT_CODE));
    }
}
