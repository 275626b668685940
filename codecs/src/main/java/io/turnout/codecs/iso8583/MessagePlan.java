package io.turnout.codecs.iso8583;

import java.util.Arrays;

/**
 * All that is known of messages with the same bitmaps before one of them is there.
 *
 * <p>The fields are divided into <em>stretches</em>: fields of fixed length, and one of variable length that ends them.
 *
 * <pre>
 *   bitmap | n6 | n12 | n10 | LL PAN | n4 | n3 | LLL text | ans8 |
 *          |------ stretch 0 --------|----- stretch 1 ----| st. 2|
 * </pre>
 *
 * Within its stretch every field has a fixed place, so a message is read by finding where its stretches begin: one
 * length for each variable field, whatever the number of fields. What must be checked is known as well: <em>runs</em>
 * of fields that are nothing but digits, each checked at once, and a few fields that are checked alone.
 *
 * <p>A <em>place</em> is a number of a stretch in the upper half and bytes from its beginning in the lower half.
 */
final class MessagePlan {
    /** The place of a field that is not there. */
    static final long ABSENT = -1;

    private static final int FIELDS = Dialect.LAST_FIELD + 1;
    private static final int LONGEST_KEY_WORDS = 6;

    /** A bit per field; bits that only announce a bitmap are not among them. */
    final long[] present = new long[MessageScanner.BITMAPS];

    /** How many bitmaps there are. */
    int bitmaps;

    /** Whether some field has to be read the slow way. */
    boolean unusual;

    /** How many stretches there are; the last one may be empty. */
    int stretches;

    /** By stretch; bytes of its fixed fields. */
    final int[] fixedBytes = new int[FIELDS];

    /** By stretch; the variable field that ends it, or 0. */
    final int[] variableFields = new int[FIELDS];

    /** By field; where its value begins. */
    final long[] places = new long[FIELDS];

    int runs;

    /** By run; where it begins. */
    final long[] runStarts = new long[FIELDS];

    /** By run; where it ends. */
    final long[] runEnds = new long[FIELDS];

    int alone;

    /** The fields that are checked one by one. */
    final int[] aloneFields = new int[FIELDS];

    int filled;

    /** Fields in runs that may have a filler nibble. */
    final int[] filledFields = new int[FIELDS];

    /** The bitmaps as they are written. */
    private final long[] key = new long[LONGEST_KEY_WORDS];

    private int keyWords;
    private int bytes;
    private boolean inRun;

    /** Whether the message has these bitmaps at the position. */
    boolean isFor(final byte[] message, final int position, final int end) {
        if (keyWords == 0 || position + keyWords * Long.BYTES > end) {
            return false;
        }
        for (int i = 0; i < keyWords; i++) {
            if (key[i] != Words.eight(message, position + i * Long.BYTES)) {
                return false;
            }
        }
        return true;
    }

    /** Becomes the plan of messages with other fields; those after one that the dialect lacks are not planned. */
    void prepare(final long[] fields, final FieldSpec[] specs, final FieldClasses classes) {
        System.arraycopy(fields, 0, present, 0, present.length);
        keyWords = 0;
        unusual = false;
        stretches = 0;
        runs = 0;
        alone = 0;
        filled = 0;
        bytes = 0;
        inRun = false;
        Arrays.fill(places, ABSENT);
        boolean known = true;
        for (int word = 0; word < fields.length; word++) {
            for (long rest = fields[word]; rest != 0 && known; rest &= ~Long.highestOneBit(rest)) {
                final int field =
                        (word << MessageScanner.FIELDS_PER_BITMAP_SHIFT) + Long.numberOfLeadingZeros(rest) + 1;
                known = specs[field] != null;
                if (known) {
                    addChecks(field, classes);
                    add(field, specs[field]);
                }
            }
        }
        endRun();
        endStretch(0);
        unusual |= !known;
    }

    /** Remembers how the bitmaps are written, so that they need not be understood the next time. */
    void remember(final byte[] message, final int position, final int bitmapCount, final int bitmapBytes) {
        bitmaps = bitmapCount;
        keyWords = bitmapCount * bitmapBytes / Long.BYTES;
        for (int i = 0; i < keyWords; i++) {
            key[i] = Words.eight(message, position + i * Long.BYTES);
        }
    }

    /** Becomes the plan of the fields of another that come before one of them. */
    void prepareBefore(final int field, final MessagePlan whole) {
        System.arraycopy(whole.places, 0, places, 0, field);
        Arrays.fill(places, field, FIELDS, ABSENT);
        final int bit = field - 1;
        final int word = bit >>> MessageScanner.FIELDS_PER_BITMAP_SHIFT;
        for (int i = 0; i < present.length; i++) {
            present[i] = i < word ? whole.present[i] : i > word ? 0 : whole.present[i] & ~(-1L >>> bit);
        }
    }

    private void add(final int field, final FieldSpec spec) {
        places[field] = here() + spec.lengthBytes;
        if (spec.isFixed()) {
            bytes += spec.fixedBytes;
        } else {
            endStretch(field);
        }
    }

    private void endStretch(final int variableField) {
        fixedBytes[stretches] = bytes;
        variableFields[stretches] = variableField;
        stretches++;
        bytes = 0;
    }

    private void addChecks(final int field, final FieldClasses classes) {
        unusual |= !FieldClasses.has(classes.usual, field);
        final boolean digits = FieldClasses.has(classes.digits, field);
        final boolean digitsAfterSign = FieldClasses.has(classes.signed, field);
        if (!digits) {
            endRun();
        }
        if (!inRun && (digits || digitsAfterSign)) {
            runStarts[runs] = here() + (digitsAfterSign ? 1 : 0);
            inRun = true;
        }
        if (FieldClasses.has(classes.alone, field)) {
            aloneFields[alone++] = field;
        }
        if (FieldClasses.has(classes.filled, field)) {
            filledFields[filled++] = field;
        }
    }

    private void endRun() {
        if (inRun) {
            runEnds[runs++] = here();
            inRun = false;
        }
    }

    /** Where the next field begins, its length included. */
    private long here() {
        return ((long) stretches << Integer.SIZE) + bytes;
    }
}
