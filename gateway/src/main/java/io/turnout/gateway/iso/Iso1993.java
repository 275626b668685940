package io.turnout.gateway.iso;

import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.codecs.iso8583.ResponseCodes;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** ISO 8583:1993. */
final class Iso1993 implements IsoVersion {

    /** Of DE12, YYMMDDhhmmss. */
    static final int LOCAL_TIME_LENGTH = 12;

    private static final NeededField[] NEEDED = {
        new NeededField(IsoFields.PAN, 19),
        new NeededField(IsoFields.PROCESSING_CODE, 6),
        new NeededField(IsoFields.AMOUNT, 12),
        new NeededField(IsoFields.TRANSMISSION_DATE_TIME, 10),
        new NeededField(IsoFields.STAN, 6),
        new NeededField(IsoFields.LOCAL_TIME, 12),
        new NeededField(IsoFields.EXPIRY, 4),
        new NeededField(IsoFields.SETTLEMENT_DATE, 6),
        new NeededField(IsoFields.POS_ENTRY_MODE, 12),
        new NeededField(IsoFields.CARD_SEQUENCE, 3),
        new NeededField(IsoFields.FUNCTION_CODE, 3),
        new NeededField(IsoFields.MESSAGE_REASON, 4),
        new NeededField(IsoFields.BUSINESS_CODE, 4),
        new NeededField(IsoFields.RECONCILIATION_DATE, 6),
        new NeededField(IsoFields.ORIGINAL_AMOUNTS, 24),
        new NeededField(IsoFields.ACQUIRING_INSTITUTION, 11),
        new NeededField(IsoFields.TRACK2, 37),
        new NeededField(IsoFields.RETRIEVAL_REFERENCE, 12),
        new NeededField(IsoFields.APPROVAL_CODE, 6),
        new NeededField(IsoFields.RESPONSE_CODE, 3),
        new NeededField(IsoFields.TERMINAL_ID, 8),
        new NeededField(IsoFields.MERCHANT_ID, 15),
        new NeededField(IsoFields.MERCHANT_NAME_AND_PLACE, 99),
        new NeededField(IsoFields.CURRENCY, 3),
        new NeededField(IsoFields.ORIGINAL_DATA_OF_1993, 35),
    };

    private static final int VERSION = 1000;
    private static final int NETWORK_REQUEST = 804;
    private static final long CENTURY_OF_TIME = 1_000_000_000_000L;
    private static final int CENTURY_OF_DATE = 1_000_000;
    private static final int CLASS = 100;
    private static final int REVERSAL = 4;
    private static final int NETWORK = 8;
    private static final int APPROVED = 0;

    private static final int SIGN_ON = 801;
    private static final int SIGN_OFF = 802;
    private static final int KEY_CHANGE = 811;
    private static final int CUT_OVER = 821;
    private static final int ECHO = 831;

    private static final int REVERSAL_ACCEPTED = ResponseCodes.pack("400");
    private static final int NETWORK_ACCEPTED = ResponseCodes.pack("800");
    private static final int IN_BALANCE = ResponseCodes.pack("500");
    private static final int OUT_OF_BALANCE = ResponseCodes.pack("501");
    private static final int NOT_RECONCILED = ResponseCodes.pack("502");
    private static final int NO_TOTALS = ResponseCodes.pack("503");

    /** Two amounts of DE30. */
    private static final int ORIGINAL_AMOUNTS_LENGTH = 24;

    private static final int ORIGINAL_AMOUNT_LENGTH = 12;

    // DE56.
    private static final int STAN_OFFSET = 4;
    private static final int TIME_OFFSET = STAN_OFFSET + 6;
    private static final int LENGTH_OFFSET = TIME_OFFSET + 12;
    private static final int INSTITUTION_OFFSET = LENGTH_OFFSET + 2;
    private static final int LONGEST_INSTITUTION = 11;

    private final UnsafeBuffer text = new UnsafeBuffer(new byte[CardAcceptor.MAXIMUM_LENGTH_OF_1993]);

    @Override
    public NeededField[] needed() {
        return NEEDED;
    }

    @Override
    public boolean hasFunctionCode() {
        return true;
    }

    @Override
    public int mti(final int mtiOf1987) {
        return VERSION + mtiOf1987;
    }

    @Override
    public int mtiOf1987(final int mti) {
        return mti / VERSION == 1 ? mti - VERSION : NOT_OF_VERSION;
    }

    @Override
    public int networkRequest() {
        return NETWORK_REQUEST;
    }

    /** What stands; what stood is in DE30. */
    @Override
    public long reversalAmount(final long amountMinor, final long replacementAmountMinor) {
        return replacementAmountMinor == 0 ? amountMinor : replacementAmountMinor;
    }

    @Override
    public void putLocalDateTime(final IsoEncoder encoder, final long ccyymmddhhmmss) {
        encoder.putLong(IsoFields.LOCAL_TIME, ccyymmddhhmmss % CENTURY_OF_TIME);
    }

    @Override
    public void putSettlementDate(final IsoEncoder encoder, final long ccyymmdd) {
        if (ccyymmdd != 0) {
            encoder.putLong(IsoFields.SETTLEMENT_DATE, ccyymmdd % CENTURY_OF_DATE);
        }
    }

    @Override
    public void putMerchantType(final IsoEncoder encoder, final int merchantCategory) {
        // DE26 has it.
    }

    @Override
    public void putEntryMode(
            final IsoEncoder encoder,
            final int panEntryMode,
            final int pinEntryCapability,
            final int posCondition,
            final boolean hasPinBlock) {
        PosDataCode.put(panEntryMode, pinEntryCapability, posCondition, hasPinBlock, text);
        encoder.putAscii(IsoFields.POS_ENTRY_MODE, text, 0, PosDataCode.LENGTH);
    }

    @Override
    public void putCircumstances(
            final IsoEncoder encoder,
            final int function,
            final int reason,
            final int posCondition,
            final int merchantCategory) {
        encoder.putLong(IsoFields.FUNCTION_CODE, function);
        if (reason != MessageReason.NONE) {
            encoder.putLong(IsoFields.MESSAGE_REASON, reason);
        }
        encoder.putLong(IsoFields.BUSINESS_CODE, merchantCategory);
    }

    @Override
    public void putFunction(final IsoEncoder encoder, final int function) {
        encoder.putLong(IsoFields.FUNCTION_CODE, function);
    }

    @Override
    public void putReconciliationDate(final IsoEncoder encoder, final long ccyymmdd) {
        if (ccyymmdd != 0) {
            encoder.putLong(IsoFields.RECONCILIATION_DATE, ccyymmdd % CENTURY_OF_DATE);
        }
    }

    /** Nothing is said of the amount of reconciliation. */
    @Override
    public void putOriginalAmount(final IsoEncoder encoder, final long amountMinor) {
        if (amountMinor != 0) {
            Decimals.put(text, 0, ORIGINAL_AMOUNT_LENGTH, amountMinor);
            Decimals.put(text, ORIGINAL_AMOUNT_LENGTH, ORIGINAL_AMOUNTS_LENGTH, 0);
            encoder.putAscii(IsoFields.ORIGINAL_AMOUNTS, text, 0, ORIGINAL_AMOUNTS_LENGTH);
        }
    }

    @Override
    public void putNameAndPlace(final IsoEncoder encoder, final DirectBuffer source, final int offset) {
        final int length = CardAcceptor.putFormOf1993(source, offset, text);
        encoder.putAscii(IsoFields.MERCHANT_NAME_AND_PLACE, text, 0, length);
    }

    @Override
    public void putSettlementCode(final IsoEncoder encoder, final int settlementCode) {
        // DE39 says it.
    }

    @Override
    public void putNetworkCode(final IsoEncoder encoder, final int networkCode) {
        // DE24 has it.
    }

    /** The institution as long as it is, behind its length. */
    @Override
    public void putOriginalData(
            final IsoEncoder encoder,
            final int mtiOf1987,
            final long stan,
            final long transmissionDateTime,
            final long localDateTime,
            final long institutionId,
            final long forwardingInstitutionId) {
        final int institutionLength = digits(institutionId);
        final int length = INSTITUTION_OFFSET + institutionLength;
        Decimals.put(text, 0, STAN_OFFSET, mti(mtiOf1987));
        Decimals.put(text, STAN_OFFSET, TIME_OFFSET, stan);
        Decimals.put(text, TIME_OFFSET, LENGTH_OFFSET, localDateTime % CENTURY_OF_TIME);
        Decimals.put(text, LENGTH_OFFSET, INSTITUTION_OFFSET, institutionLength);
        Decimals.put(text, INSTITUTION_OFFSET, length, institutionId);
        encoder.putAscii(IsoFields.ORIGINAL_DATA_OF_1993, text, 0, length);
    }

    private static int digits(final long number) {
        int count = 1;
        for (long rest = number / 10; rest > 0 && count < LONGEST_INSTITUTION; rest /= 10) {
            count++;
        }
        return count;
    }

    @Override
    public void putReplacementAmount(final IsoEncoder encoder, final long amountMinor) {
        // DE4 has it.
    }

    /** What is accepted has a code of its own in some classes, where the dialect knows it. */
    @Override
    public int responseCode(final ResponseCodes codes, final int canonical, final int mtiOf1987) {
        final int accepted =
                switch (mtiOf1987 / CLASS) {
                    case REVERSAL -> REVERSAL_ACCEPTED;
                    case NETWORK -> NETWORK_ACCEPTED;
                    default -> ResponseCodes.MISSING;
                };
        return canonical == APPROVED && codes.isKnown(accepted) ? accepted : codes.packed(canonical);
    }

    @Override
    public int reconciliationCode(final ResponseCodes codes, final int settlementCode) {
        return switch (settlementCode) {
            case SettlementCode.IN_BALANCE -> IN_BALANCE;
            case SettlementCode.OUT_OF_BALANCE -> OUT_OF_BALANCE;
            case SettlementCode.NOTHING_RECEIVED -> NO_TOTALS;
            default -> NOT_RECONCILED;
        };
    }

    @Override
    public int networkCode(final IsoDecoder decoder) {
        final int function = (int) Math.max(-1, decoder.getLong(IsoFields.FUNCTION_CODE));
        return switch (function) {
            case SIGN_ON -> NetworkCode.SIGN_ON;
            case SIGN_OFF -> NetworkCode.SIGN_OFF;
            case KEY_CHANGE -> NetworkCode.KEY_CHANGE;
            case CUT_OVER -> NetworkCode.CUT_OVER;
            case ECHO -> NetworkCode.ECHO;
            default -> function < 0 ? function : NetworkCode.OTHER;
        };
    }

    @Override
    public int networkCode(final int networkCode) {
        return switch (networkCode) {
            case NetworkCode.SIGN_ON -> SIGN_ON;
            case NetworkCode.SIGN_OFF -> SIGN_OFF;
            case NetworkCode.KEY_CHANGE -> KEY_CHANGE;
            case NetworkCode.CUT_OVER -> CUT_OVER;
            case NetworkCode.ECHO, NetworkCode.OTHER_ECHO -> ECHO;
            default -> networkCode;
        };
    }

    @Override
    public long reconciliationDate(final IsoDecoder decoder, final long nearCcyymmdd) {
        return BusinessDates.nearestOfYear(decoder.getLong(IsoFields.RECONCILIATION_DATE), nearCcyymmdd);
    }

    @Override
    public int settlementCode(final IsoDecoder decoder, final ResponseCodes codes) {
        final int code = ResponseCodes.raw(decoder);
        if (code == IN_BALANCE) {
            return SettlementCode.IN_BALANCE;
        }
        if (code == OUT_OF_BALANCE) {
            return SettlementCode.OUT_OF_BALANCE;
        }
        if (code == NOT_RECONCILED) {
            return SettlementCode.ERROR;
        }
        return code == NO_TOTALS ? SettlementCode.NOTHING_RECEIVED : SettlementCode.NONE;
    }
}
