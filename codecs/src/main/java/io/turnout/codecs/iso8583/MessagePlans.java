package io.turnout.codecs.iso8583;

/**
 * The plans of the messages seen last, found by their bitmaps as they are written. A partner sends few combinations of
 * fields; a message with another one costs one more pass over its fields. Used by one thread; allocates nothing after
 * its construction.
 */
final class MessagePlans {
    private static final int CAPACITY_BITS = 3;
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private final MessagePlan[] plans = new MessagePlan[1 << CAPACITY_BITS];
    private final FieldSpec[] specs;
    private final FieldClasses classes;
    private final int bitmapBytes;

    MessagePlans(final Dialect dialect, final FieldClasses classes) {
        this.specs = dialect.fields();
        this.classes = classes;
        this.bitmapBytes = dialect.message().bitmapBytes();
        for (int i = 0; i < plans.length; i++) {
            plans[i] = new MessagePlan();
        }
    }

    /** The plan of a message with these bitmaps, or that of others, which may be prepared for it. */
    MessagePlan at(final byte[] message, final int position) {
        // A bitmap in characters is two words; of a binary one, the second word is whatever follows.
        final long word = Words.eight(message, position);
        final long hash =
                (bitmapBytes == Long.BYTES ? word : word ^ Words.eight(message, position + Long.BYTES)) * GOLDEN_RATIO;
        return plans[(int) ((hash ^ (hash << Integer.SIZE)) >>> (Long.SIZE - CAPACITY_BITS))];
    }

    /** Prepares a plan for messages with these fields, whose bitmaps are written at the position. */
    void prepare(
            final MessagePlan plan, final long[] fields, final byte[] message, final int position, final int bitmaps) {
        plan.prepare(fields, specs, classes);
        plan.remember(message, position, bitmaps, bitmapBytes);
    }
}
