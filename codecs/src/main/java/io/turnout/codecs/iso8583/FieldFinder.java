package io.turnout.codecs.iso8583;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds the fields of a message in which nothing is wrong, and gives up at the slightest doubt.
 *
 * <p>First all fields are located, in a loop that does nothing else; then they are checked. Half of a payment is
 * digits, in short fields one after the other, so a whole stretch of them is checked at once, in a few words. Which
 * fields are checked how is a bit per field, like the bitmap of the message itself.
 */
final class FieldFinder {
    private static final int DOUBTFUL = -1;
    private static final int SHIFT = MessageScanner.FIELDS_PER_BITMAP_SHIFT;

    private final FieldSpec[] specs;
    private final UnsafeBuffer message;
    private final long[] present;
    private final int[] offsets;
    private final int[] counts;

    /** By field: the bytes of a fixed one; negative for all others. */
    private final int[] fixedBytes = new int[Dialect.LAST_FIELD + 1];

    /** Fields the dialect has; the few unusual ones are left to the slow path. */
    private final long[] known = new long[MessageScanner.BITMAPS];

    /** Fields that are made of nothing but the usual digits of the dialect, the length included. */
    private final long[] digits = new long[MessageScanner.BITMAPS];

    /** Those of them that may have a filler nibble. */
    private final long[] filled = new long[MessageScanner.BITMAPS];

    /** Fields that are checked one by one. */
    private final long[] alone = new long[MessageScanner.BITMAPS];

    private final boolean packed;
    private final long zones;

    FieldFinder(final Dialect dialect, final MessageScanner scanner) {
        this.specs = dialect.fields();
        this.message = scanner.message;
        this.present = scanner.present;
        this.offsets = scanner.offsets;
        this.counts = scanner.counts;
        this.packed = dialect.digits() == DigitEncoding.BCD;
        this.zones = dialect.digits() == DigitEncoding.EBCDIC ? Digits.EBCDIC_ZONES : Digits.ASCII_ZONES;
        for (int field = 0; field < specs.length; field++) {
            fixedBytes[field] = -1;
            if (specs[field] != null) {
                classify(field, specs[field]);
            }
        }
    }

    private void classify(final int field, final FieldSpec spec) {
        final int word = (field - 1) >>> SHIFT;
        final long bit = Long.MIN_VALUE >>> (field - 1);
        if (spec.isUnusual()) {
            return;
        }
        known[word] |= bit;
        if (spec.isFixed()) {
            fixedBytes[field] = spec.fixedBytes;
        }
        final boolean lengthOfDigits = spec.isFixed() || spec.lengthEncoding.writesDigits(packed, zones);
        final boolean usual = spec.check == (packed ? ValueCheck.PACKED_DIGITS : ValueCheck.DIGITS)
                && (packed || spec.zones == zones)
                && lengthOfDigits;
        if (usual) {
            digits[word] |= bit;
            filled[word] |= packed && !(spec.isFixed() && (spec.maximumCount & 1) == 0) ? bit : 0;
        } else if (spec.check != ValueCheck.ANYTHING) {
            alone[word] |= bit;
        }
    }

    /** The end of the last field, or negative when something may be wrong. */
    int find(final int start) {
        int position = start;
        for (int i = 0; i < present.length && position >= 0; i++) {
            position = locate(i, position);
        }
        if (position < 0 || position > message.capacity()) {
            return DOUBTFUL;
        }
        for (int i = 0; i < present.length; i++) {
            if (present[i] != 0 && !check(i, position)) {
                return DOUBTFUL;
            }
        }
        return position;
    }

    private int locate(final int word, final int start) {
        long rest = present[word];
        if ((rest & ~known[word]) != 0) {
            return DOUBTFUL;
        }
        int position = start;
        while (rest != 0) {
            final int leadingZeros = Long.numberOfLeadingZeros(rest);
            final int field = (word << SHIFT) + leadingZeros + 1;
            rest &= Long.MAX_VALUE >>> leadingZeros;
            final int bytes = fixedBytes[field];
            if (bytes >= 0) {
                offsets[field] = position;
                position += bytes;
            } else {
                position = locateVariable(field, position);
                if (position < 0) {
                    return DOUBTFUL;
                }
            }
        }
        return position;
    }

    private int locateVariable(final int field, final int start) {
        final FieldSpec spec = specs[field];
        final int value = start + spec.lengthBytes;
        if (value > message.capacity()) {
            return DOUBTFUL;
        }
        final int count = ValueReader.length(spec, message, start);
        if (count < 0 || count > spec.maximumCount) {
            return DOUBTFUL;
        }
        offsets[field] = value;
        counts[field] = count;
        return value + spec.valueBytes(count);
    }

    /** Checks the fields of one bitmap; all of them are inside the message. */
    private boolean check(final int word, final int end) {
        final long fields = present[word];
        for (long rest = fields & alone[word]; rest != 0; rest &= ~Long.highestOneBit(rest)) {
            if (!isAccepted((word << SHIFT) + Long.numberOfLeadingZeros(rest) + 1)) {
                return false;
            }
        }
        for (long rest = fields & filled[word]; rest != 0; rest &= ~Long.highestOneBit(rest)) {
            if (!isFilledWithZero((word << SHIFT) + Long.numberOfLeadingZeros(rest) + 1)) {
                return false;
            }
        }
        long rest = fields & digits[word];
        while (rest != 0) {
            final int first = Long.numberOfLeadingZeros(rest);
            final long afterStretch = fields & ~digits[word] & (-1L >>> first);
            final int next = Long.numberOfLeadingZeros(afterStretch);
            final int stretchEnd = afterStretch == 0 ? endOf(word, end) : startOf(word, next);
            if (!areDigits(offsets[(word << SHIFT) + first + 1], stretchEnd)) {
                return false;
            }
            rest &= afterStretch == 0 ? 0 : -1L >>> next;
        }
        return true;
    }

    private boolean isAccepted(final int field) {
        return ValueCheck.find(specs[field], message, offsets[field], counts[field]) == ValueCheck.NOTHING;
    }

    /** A filler of zero is a digit like its neighbours; any other is left to the slow path. */
    private boolean isFilledWithZero(final int field) {
        final int count = counts[field];
        if ((count & 1) == 0) {
            return true;
        }
        final int offset = offsets[field];
        return specs[field].padLeft
                ? (message.getByte(offset) & 0xF0) == 0
                : (message.getByte(offset + (count >> 1)) & 0x0F) == 0;
    }

    private boolean areDigits(final int start, final int end) {
        return packed
                ? Digits.arePacked(message, start, end - start)
                : Digits.areCharacters(message, start, end - start, zones);
    }

    /** Where a field begins, its length included. */
    private int startOf(final int word, final int leadingZeros) {
        final int field = (word << SHIFT) + leadingZeros + 1;
        return offsets[field] - specs[field].lengthBytes;
    }

    /** Where the fields of one bitmap end. */
    private int endOf(final int word, final int end) {
        for (int i = word + 1; i < present.length; i++) {
            if (present[i] != 0) {
                return startOf(i, Long.numberOfLeadingZeros(present[i]));
            }
        }
        return end;
    }
}
