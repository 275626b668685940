package io.turnout.codecs.iso8583;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a dialect writes one type of transaction: {@code pre-authorisation: 0100 000000 06}. The message type of its
 * request, the processing code (DE3), and the condition at the point of service (DE25) where the transaction has one of
 * its own. A void may be a reversal request, {@code void: 0400}: it has the processing code and the condition of what
 * it undoes.
 */
record TransactionLine(int mti, int processingCode, int posCondition) {

    /** The condition at the point of service is the terminal's. */
    static final int POS_CONDITION_AS_GIVEN = -1;

    /** The processing code is that of the payment undone. */
    static final int PROCESSING_CODE_OF_ORIGINAL = -1;

    private static final Pattern FORM = Pattern.compile("([01])([12])00 +([0-9]{6})(?: +([0-9]{2}))?");
    private static final Pattern REVERSAL = Pattern.compile("([01])400");
    private static final int VERSION = 1000;
    private static final int REVERSAL_REQUEST = 400;

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException saying what is wrong with it and what was expected
     */
    static TransactionLine parse(final String text) {
        final int bar = text.indexOf('|');
        final String line = (bar < 0 ? text : text.substring(0, bar)).strip();
        final Matcher reversal = REVERSAL.matcher(line);
        if (reversal.matches()) {
            return new TransactionLine(
                    Integer.parseInt(reversal.group(1)) * VERSION + REVERSAL_REQUEST,
                    PROCESSING_CODE_OF_ORIGINAL,
                    POS_CONDITION_AS_GIVEN);
        }
        final Matcher parts = FORM.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'" + line + "' is not a transaction (expected 0100 or 0200, of 1993 1100"
                            + " or 1200, six digits of DE3, and perhaps two of DE25)");
        }
        return new TransactionLine(
                Integer.parseInt(parts.group(1)) * VERSION + Integer.parseInt(parts.group(2)) * 100,
                Integer.parseInt(parts.group(3)),
                parts.group(4) == null ? POS_CONDITION_AS_GIVEN : Integer.parseInt(parts.group(4)));
    }

    /** Whether it is written as a reversal request. */
    boolean isReversal() {
        return mti % VERSION == REVERSAL_REQUEST;
    }

    /** The line as a dialect file has it. */
    String notation() {
        if (isReversal()) {
            return "%04d".formatted(mti);
        }
        final String condition = posCondition == POS_CONDITION_AS_GIVEN ? "" : " %02d".formatted(posCondition);
        return "%04d %06d".formatted(mti, processingCode) + condition;
    }
}
