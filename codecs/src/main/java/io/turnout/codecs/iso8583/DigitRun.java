package io.turnout.codecs.iso8583;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Neighbouring numeric fields that are checked together.
 *
 * <p>Half of a payment is digits, in short fields one after the other. When a whole stretch of the message is found to
 * be digits in a few words, each of its fields is; only when it is not, the fields are looked at one by one.
 */
final class DigitRun {
    /** Of a field that is checked alone. */
    static final long NONE = -1;

    /** Of digits packed two to a byte; any other run is the zones of digits in characters. */
    static final long PACKED = 0;

    private long run = NONE;
    private int start;
    private int end;
    private int firstField;

    static long of(final ValueCheck check, final long zones) {
        return switch (check) {
            case DIGITS -> zones;
            case PACKED_DIGITS -> PACKED;
            default -> NONE;
        };
    }

    /** Whether a value may be checked with its neighbours; not when it has a filler, which need not be a digit. */
    static boolean accepts(final FieldSpec spec, final int count) {
        return spec.run != NONE && (spec.run != PACKED || (count & 1) == 0);
    }

    static boolean holdsLength(final long run, final LengthEncoding encoding) {
        return switch (encoding) {
            case ASCII -> run == Digits.ASCII_ZONES;
            case EBCDIC -> run == Digits.EBCDIC_ZONES;
            case BCD -> run == PACKED;
            case BINARY, HEX -> false;
        };
    }

    void clear() {
        run = NONE;
    }

    /** Adds a field if it continues this run; lengths that have been read are digits of their kind. */
    boolean extend(final FieldSpec spec, final int fieldStart, final int fieldEnd) {
        if (run != spec.run || end != fieldStart || !(spec.isFixed() || spec.lengthInRun)) {
            return false;
        }
        end = fieldEnd;
        return true;
    }

    /** Begins with the value of a field. */
    void begin(final FieldSpec spec, final int field, final int valueOffset, final int fieldEnd) {
        run = spec.run;
        firstField = field;
        start = valueOffset;
        end = fieldEnd;
    }

    /** The first field to be looked at alone, or {@link IsoDecoder#NO_FIELD} when all of them are digits. */
    int suspect(final UnsafeBuffer message) {
        if (run == NONE) {
            return IsoDecoder.NO_FIELD;
        }
        final boolean digits = run == PACKED
                ? Digits.arePacked(message, start, end - start)
                : Digits.areCharacters(message, start, end - start, run);
        return digits ? IsoDecoder.NO_FIELD : firstField;
    }
}
