package io.turnout.codecs.iso8583;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a dialect writes one type of transaction: {@code pre-authorisation: 0100 000000 06}. The message type of its
 * request, the processing code (DE3), and the condition at the point of service (DE25) where the transaction has one of
 * its own.
 */
record TransactionLine(int mti, int processingCode, int posCondition) {

    /** The condition at the point of service is the terminal's. */
    static final int POS_CONDITION_AS_GIVEN = -1;

    private static final Pattern FORM = Pattern.compile("0([12])00 +([0-9]{6})(?: +([0-9]{2}))?");

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException saying what is wrong with it and what was expected
     */
    static TransactionLine parse(final String text) {
        final int bar = text.indexOf('|');
        final String line = (bar < 0 ? text : text.substring(0, bar)).strip();
        final Matcher parts = FORM.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + line
                    + "' is not a transaction (expected 0100 or 0200, six digits of DE3, and perhaps two of DE25)");
        }
        return new TransactionLine(
                Integer.parseInt(parts.group(1)) * 100,
                Integer.parseInt(parts.group(2)),
                parts.group(3) == null ? POS_CONDITION_AS_GIVEN : Integer.parseInt(parts.group(3)));
    }
}
