package io.turnout.gateway.iso;

import org.agrona.MutableDirectBuffer;

/** Decimal digits in a text of fixed positions, as data elements made of parts have them. Allocates nothing. */
final class Decimals {

    private Decimals() {}

    /** Writes a number with leading zeros from one position to below another; higher digits are cut off. */
    static void put(final MutableDirectBuffer target, final int from, final int to, final long value) {
        long rest = value;
        for (int i = to - 1; i >= from; i--) {
            target.putByte(i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }
}
