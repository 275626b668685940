package io.turnout.codecs.iso8583;

import java.util.Arrays;
import java.util.List;

/**
 * One response code in a dialect file: {@code 91: 9107 9110 9112 | issuer inoperative}. The first canonical code is
 * what it means; all of them are written as this code.
 */
record ResponseCodeLine(List<Integer> allCanonical, String name) {
    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException saying what is wrong with it and what was expected
     */
    static ResponseCodeLine parse(final String text) {
        final int bar = text.indexOf('|');
        final String codes = (bar < 0 ? text : text.substring(0, bar)).strip();
        if (!codes.matches("[0-9]{4}( +[0-9]{4})*")) {
            throw new IllegalArgumentException("'" + codes + "' is not a canonical code (expected four digits)");
        }
        return new ResponseCodeLine(
                Arrays.stream(codes.split(" +")).map(Integer::valueOf).toList(),
                bar < 0 ? "" : text.substring(bar + 1).strip());
    }

    int canonical() {
        return allCanonical.get(0);
    }
}
