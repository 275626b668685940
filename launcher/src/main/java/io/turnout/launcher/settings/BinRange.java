package io.turnout.launcher.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cards of an issuer, as 8-digit prefixes.
 *
 * @param low first, 0 to 99999999
 * @param high last, included
 */
public record BinRange(int low, int high) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,8})(?:-([0-9]{1,8}))?");
    private static final int DIGITS = 8;

    /** Reads {@code 62}, {@code 400000-499999} or {@code 41111111}; empty when it has another form. */
    public static Optional<BinRange> parse(final String text) {
        final Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        final String first = matcher.group(1);
        final String last = matcher.group(2) == null ? first : matcher.group(2);
        final BinRange range = new BinRange(padded(first, '0'), padded(last, '9'));
        return first.length() == last.length() && range.low <= range.high ? Optional.of(range) : Optional.empty();
    }

    boolean overlaps(final BinRange other) {
        return low <= other.high && other.low <= high;
    }

    private static int padded(final String digits, final char filler) {
        return Integer.parseInt(digits + String.valueOf(filler).repeat(DIGITS - digits.length()));
    }
}
