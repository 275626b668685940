package io.turnout.codecs.iso8583;

/**
 * Finds the fields of a message in which nothing is wrong, and gives up at the slightest doubt: all fields are located
 * first, then checked.
 */
final class FieldFinder {
    private static final int DOUBTFUL = -1;

    private final FieldSpec[] specs;
    private final FieldClasses classes;
    private final int[] starts;
    private final int[] counts;

    /**
     * @param starts written: by stretch of the plan, where it begins
     * @param counts written: by field, the units of a variable one
     */
    FieldFinder(final Dialect dialect, final FieldClasses classes, final int[] starts, final int[] counts) {
        this.specs = dialect.fields();
        this.classes = classes;
        this.starts = starts;
        this.counts = counts;
    }

    /** The end of the last field, or negative when something may be wrong. */
    int find(final MessagePlan plan, final byte[] message, final int start, final int end) {
        if (plan.unusual) {
            return DOUBTFUL;
        }
        int position = start;
        for (int i = 0; i < plan.stretches; i++) {
            starts[i] = position;
            position += plan.fixedBytes[i];
            final int field = plan.variableFields[i];
            if (field != 0) {
                position = locateVariable(field, message, position, end);
                if (position < 0) {
                    return DOUBTFUL;
                }
            }
        }
        starts[plan.stretches] = position;
        return position <= end && isAccepted(plan, message) ? position : DOUBTFUL;
    }

    private int locateVariable(final int field, final byte[] message, final int start, final int end) {
        final FieldSpec spec = specs[field];
        final int value = start + spec.lengthBytes;
        if (value > end) {
            return DOUBTFUL;
        }
        final int count = spec.lengthMask == 0
                ? ValueReader.length(spec, message, start)
                : Digits.upToFour(message, value, spec.lengthMask, spec.lengthZones);
        if (count < 0 || count > spec.maximumCount) {
            return DOUBTFUL;
        }
        counts[field] = count;
        return value + spec.valueBytes(count);
    }

    /** Checks the fields; all of them are inside the message. */
    private boolean isAccepted(final MessagePlan plan, final byte[] message) {
        for (int i = 0; i < plan.runs; i++) {
            if (!areDigits(message, at(plan.runStarts[i]), at(plan.runEnds[i]))) {
                return false;
            }
        }
        for (int i = 0; i < plan.filled; i++) {
            if (!isFilledWithZero(plan, message, plan.filledFields[i])) {
                return false;
            }
        }
        for (int i = 0; i < plan.alone; i++) {
            final int field = plan.aloneFields[i];
            if (ValueCheck.find(specs[field], message, at(plan.places[field]), counts[field]) != ValueCheck.NOTHING) {
                return false;
            }
        }
        return true;
    }

    private boolean areDigits(final byte[] message, final int start, final int end) {
        return classes.packed
                ? Digits.arePacked(message, start, end - start)
                : Digits.areCharacters(message, start, end - start, classes.zones);
    }

    /** A filler of zero is a digit like its neighbours; any other is left to the slow path. */
    private boolean isFilledWithZero(final MessagePlan plan, final byte[] message, final int field) {
        final int count = counts[field];
        if ((count & 1) == 0) {
            return true;
        }
        final int value = at(plan.places[field]);
        return specs[field].padLeft ? (message[value] & 0xF0) == 0 : (message[value + (count >> 1)] & 0x0F) == 0;
    }

    private int at(final long place) {
        return starts[(int) (place >> Integer.SIZE)] + (int) place;
    }
}
