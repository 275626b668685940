package io.turnout.gateway.acquirer.iso;

import io.turnout.codecs.iso8583.IsoDecoder;

/**
 * Reads what an acquirer's message of ISO 8583:1987 says, where the versions of the standard differ: which data
 * elements must be there, dates without a year, the original of a message. Used by one thread; allocates nothing.
 */
final class RequestReader {

    private static final int REPEAT_DIGIT = 1;
    private static final int ORIGINAL_STAN_OFFSET = 4;
    private static final int ORIGINAL_TIME_OFFSET = ORIGINAL_STAN_OFFSET + 6;
    private static final int ORIGINAL_INSTITUTION_OFFSET = ORIGINAL_TIME_OFFSET + 10;
    private static final int ORIGINAL_FORWARDER_OFFSET = ORIGINAL_INSTITUTION_OFFSET + 11;
    private static final int REPLACEMENT_AMOUNT_LENGTH = 12;
    private static final int DAY_BASE = 1_000_000;
    private static final int LARGEST_STAN = 999_999;

    /** Of a payment: what it must have beside the card number. */
    private static final int[] PAYMENT = {
        Fields.PROCESSING_CODE,
        Fields.AMOUNT,
        Fields.TRANSMISSION_DATE_TIME,
        Fields.STAN,
        Fields.LOCAL_TIME,
        Fields.LOCAL_DATE,
        Fields.MERCHANT_CATEGORY,
        Fields.POS_ENTRY_MODE,
        Fields.ACQUIRING_INSTITUTION,
        Fields.CURRENCY
    };
    /** Of what names an original: the rest is the original's. */
    private static final int[] FOLLOW_UP = {
        Fields.PROCESSING_CODE,
        Fields.AMOUNT,
        Fields.TRANSMISSION_DATE_TIME,
        Fields.STAN,
        Fields.LOCAL_TIME,
        Fields.LOCAL_DATE,
        Fields.ACQUIRING_INSTITUTION,
        Fields.CURRENCY
    };

    private final IsoDecoder decoder;

    RequestReader(final IsoDecoder decoder) {
        this.decoder = decoder;
    }

    /** Whether the message has what its answer needs: a trace number. */
    boolean isAnswerable() {
        final long stan = decoder.getLong(Fields.STAN);
        return stan >= 0 && stan <= LARGEST_STAN;
    }

    int mti() {
        return decoder.mti();
    }

    /** Message type of the first transmission. */
    static int withoutRepeat(final int mti) {
        return mti - mti % 2 * REPEAT_DIGIT;
    }

    /** The first data element that a payment must have and has not, or {@link Fields#NONE}. */
    int missingOfPayment() {
        final int missing = missing(PAYMENT);
        return missing != Fields.NONE ? missing : missingText(Fields.MERCHANT_ID);
    }

    /** The first data element that a follow-up must have and has not, or {@link Fields#NONE}. */
    int missingOfFollowUp() {
        return missing(FOLLOW_UP);
    }

    /** The first data element that a reversal must have and has not, or {@link Fields#NONE}. */
    int missingOfReversal() {
        final int missing = missing(FOLLOW_UP);
        return missing == Fields.NONE && !decoder.isPresent(Fields.ORIGINAL_DATA) ? Fields.ORIGINAL_DATA : missing;
    }

    long institution() {
        return decoder.getLong(Fields.ACQUIRING_INSTITUTION);
    }

    long stan() {
        return decoder.getLong(Fields.STAN);
    }

    long transmissionDateTime() {
        return decoder.getLong(Fields.TRANSMISSION_DATE_TIME);
    }

    /** When the message was made, nanoseconds since the epoch, or {@link IsoTimes#NONE}. */
    long createdAtNs(final long nowNs) {
        return IsoTimes.instantNs(transmissionDateTime(), nowNs);
    }

    /** CCYYMMDDhhmmss at the terminal, or {@link IsoTimes#NONE}. */
    long localDateTime(final long nowNs) {
        final long monthToSecond = decoder.getLong(Fields.LOCAL_DATE) * DAY_BASE + decoder.getLong(Fields.LOCAL_TIME);
        return IsoTimes.withYear(monthToSecond, nowNs);
    }

    long amountMinor() {
        return decoder.getLong(Fields.AMOUNT);
    }

    int currency() {
        return (int) decoder.getLong(Fields.CURRENCY);
    }

    int processingCode() {
        return (int) decoder.getLong(Fields.PROCESSING_CODE);
    }

    /** DE22 positions 1 and 2. */
    int panEntryMode() {
        return (int) (decoder.getLong(Fields.POS_ENTRY_MODE) / 10);
    }

    /** DE22 position 3. */
    int pinEntryCapability() {
        return (int) (decoder.getLong(Fields.POS_ENTRY_MODE) % 10);
    }

    /** DE25, or that of an ordinary payment. */
    int posCondition() {
        return (int) numberOr(Fields.POS_CONDITION, 0);
    }

    int merchantCategory() {
        return (int) decoder.getLong(Fields.MERCHANT_CATEGORY);
    }

    /** A number, or this when the data element is not there. */
    long numberOr(final int field, final long otherwise) {
        final long value = decoder.getLong(field);
        return value < 0 ? otherwise : value;
    }

    /** Whether the message names an original. Zeros say that it does not. */
    boolean namesOriginal() {
        return decoder.isPresent(Fields.ORIGINAL_DATA) && originalStan() != 0;
    }

    /** Whether DE90 can be read and is of a message of this standard. */
    boolean isOriginalReadable() {
        return originalMti() > 0 && originalStan() >= 0 && originalDateTime() >= 0 && originalInstitution() >= 0;
    }

    int originalMti() {
        return (int) digits(Fields.ORIGINAL_DATA, 0, ORIGINAL_STAN_OFFSET);
    }

    long originalStan() {
        return digits(Fields.ORIGINAL_DATA, ORIGINAL_STAN_OFFSET, ORIGINAL_TIME_OFFSET);
    }

    long originalDateTime() {
        return digits(Fields.ORIGINAL_DATA, ORIGINAL_TIME_OFFSET, ORIGINAL_INSTITUTION_OFFSET);
    }

    /** DE32 of the original; this message's own when DE90 leaves it out. */
    long originalInstitution() {
        final long institution = digits(Fields.ORIGINAL_DATA, ORIGINAL_INSTITUTION_OFFSET, ORIGINAL_FORWARDER_OFFSET);
        return institution == 0 ? institution() : institution;
    }

    /** When the original was made, nanoseconds since the epoch, or {@link IsoTimes#NONE}. */
    long originalCreatedAtNs(final long nowNs) {
        return IsoTimes.instantNs(originalDateTime(), nowNs);
    }

    /** What shall stand of the original; 0 when nothing shall, {@link IsoDecoder#MISSING} when DE95 is unreadable. */
    long replacementAmountMinor() {
        return decoder.isPresent(Fields.REPLACEMENT_AMOUNTS)
                ? digits(Fields.REPLACEMENT_AMOUNTS, 0, REPLACEMENT_AMOUNT_LENGTH)
                : 0;
    }

    private int missing(final int[] fields) {
        int first = hasCardNumber() ? Fields.NONE : Fields.PAN;
        for (int i = 0; i < fields.length && first == Fields.NONE; i++) {
            first = decoder.getLong(fields[i]) < 0 ? fields[i] : Fields.NONE;
        }
        return first != Fields.NONE ? first : missingText(Fields.TERMINAL_ID);
    }

    private int missingText(final int field) {
        return decoder.isPresent(field) ? Fields.NONE : field;
    }

    private boolean hasCardNumber() {
        return decoder.isPresent(Fields.PAN) || decoder.isPresent(Fields.TRACK2);
    }

    private long digits(final int field, final int from, final int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            final int digit = decoder.characterAt(field, i) - '0';
            if (digit < 0 || digit > 9) {
                return IsoDecoder.MISSING;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
