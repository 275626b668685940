package io.turnout.configuration;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a whole number is written in a file: bare, or with one of the units of its kind. */
final class NumberFormat {
    static final NumberFormat INTEGER = new NumberFormat("a whole number", List.of(new Unit("", 1)));

    static final NumberFormat DURATION = new NumberFormat(
            "a duration such as 250ms, 5s or 24h",
            List.of(
                    new Unit("d", 86_400_000_000_000L),
                    new Unit("h", 3_600_000_000_000L),
                    new Unit("m", 60_000_000_000L),
                    new Unit("s", 1_000_000_000L),
                    new Unit("ms", 1_000_000L),
                    new Unit("us", 1_000L),
                    new Unit("ns", 1L)));

    static final NumberFormat SIZE = new NumberFormat(
            "a size such as 512B, 64KiB or 2GiB",
            List.of(
                    new Unit("TiB", 1L << 40),
                    new Unit("GiB", 1L << 30),
                    new Unit("MiB", 1L << 20),
                    new Unit("KiB", 1L << 10),
                    new Unit("B", 1L)));

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(-?[0-9][0-9_]*)([A-Za-z]*)");

    private final String expectation;
    private final List<Unit> largestFirst;

    private NumberFormat(final String expectation, final List<Unit> largestFirst) {
        this.expectation = expectation;
        this.largestFirst = largestFirst;
    }

    String expectation() {
        return expectation;
    }

    /** The number in its smallest unit, or nothing when the text has another form or does not fit a long. */
    OptionalLong parse(final String text) {
        final Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        for (final Unit unit : largestFirst) {
            if (unit.name.equals(matcher.group(2))) {
                return scaled(matcher.group(1).replace("_", ""), unit.scale);
            }
        }
        return OptionalLong.empty();
    }

    /** Written in the largest unit that divides it, so that a range reads as its author wrote it. */
    String format(final long value) {
        for (final Unit unit : largestFirst) {
            if (value != 0 && value % unit.scale == 0) {
                return value / unit.scale + unit.name;
            }
        }
        return value + largestFirst.get(largestFirst.size() - 1).name;
    }

    private static OptionalLong scaled(final String digits, final long scale) {
        try {
            return OptionalLong.of(Math.multiplyExact(Long.parseLong(digits), scale));
        } catch (final ArithmeticException | NumberFormatException tooLarge) {
            return OptionalLong.empty();
        }
    }

    private record Unit(String name, long scale) {}
}
