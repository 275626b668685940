package io.turnout.core.engine;

/**
 * Tells when the use of a participant's net debit cap reaches 70, 85 or 95 percent, and when it falls again.
 *
 * <p>The use is what the cap limits: posted and held debits less posted credits of the participant's total. Each total
 * has the step that was told last. It rises to the highest step reached; it falls below a step only when the use is a
 * margin below it, so that a use that swings around a step is told once. What is told is where the use stands after a
 * command; a step reached and left within one command is none. Totals are looked at in the order of their numbers, and
 * a few are told per command; the rest follows with the next ones.
 *
 * <pre>
 *   rises to a step   use ≥ cap × step / 100                  and use ≥ 1
 *   falls below it    use &lt; cap × (step − margin) / 100       or use &lt; 1
 * </pre>
 */
final class CapWatch {
    static final int MAXIMUM_TOLD = 4;
    private static final int[] STEPS = {0, 70, 85, 95};
    private static final int WHOLE_PERCENT = 100;
    private static final int WORD_SHIFT = 6;

    private final AccountTable accounts;
    private final byte[] percent;
    private final long[] totals;
    private final long[] touched;

    /** Words of {@link #touched} that may not be zero, from the first on; none when it lies behind the last. */
    private int firstTouched;

    private int lastTouched = -1;

    CapWatch(final AccountTable accounts) {
        this.accounts = accounts;
        final int numbers = accounts.capacity() + 1;
        this.percent = new byte[numbers];
        this.totals = new long[(numbers >>> WORD_SHIFT) + 1];
        this.touched = new long[totals.length];
    }

    static long bytes(final int accounts) {
        return accounts + 2L * accounts / Byte.SIZE;
    }

    static boolean isStep(final int percent) {
        for (final int step : STEPS) {
            if (step == percent) {
                return true;
            }
        }
        return false;
    }

    /** A total was opened, or taken from a snapshot with the step told last. */
    void add(final int total, final int stepPercent) {
        percent[total] = (byte) stepPercent;
        totals[total >>> WORD_SHIFT] |= 1L << total;
    }

    /** The step of a total that was told last; 0 for other accounts. */
    int percent(final int number) {
        return percent[number];
    }

    /** The use or the cap of a total may have changed. */
    void touch(final int total) {
        final int word = total >>> WORD_SHIFT;
        firstTouched = lastTouched < 0 ? word : Math.min(firstTouched, word);
        lastTouched = Math.max(lastTouched, word);
        touched[word] |= 1L << total;
    }

    /** Caps or the margin may have changed. */
    void touchAll() {
        for (int word = 0; word < totals.length; word++) {
            if (totals[word] != 0) {
                touch((word << WORD_SHIFT) + Long.numberOfTrailingZeros(totals[word]));
                touched[word] |= totals[word];
            }
        }
    }

    /** Leaves only those totals to be told whose step is not that of their use. */
    void settle(final int marginPercent) {
        tell(marginPercent, 0, null);
    }

    /** Whether something is left to be told. */
    boolean isPending() {
        return lastTouched >= 0;
    }

    /** @param marginPercent 0 = nothing is told */
    void tell(final int marginPercent, final LedgerEvents events) {
        tell(marginPercent, MAXIMUM_TOLD, events);
    }

    private void tell(final int marginPercent, final int maximum, final LedgerEvents events) {
        final int last = lastTouched;
        int told = 0;
        int word = firstTouched;
        lastTouched = -1;
        for (; word <= last; word++) {
            long bits = touched[word];
            touched[word] = 0;
            for (; bits != 0; bits &= bits - 1) {
                final int total = (word << WORD_SHIFT) + Long.numberOfTrailingZeros(bits);
                final int next = marginPercent == 0 ? percent[total] : next(total, marginPercent);
                if (next != percent[total] && told < maximum) {
                    events.capUsageChanged(total, usedMinor(total), percent[total], next);
                    percent[total] = (byte) next;
                    told++;
                } else if (next != percent[total]) {
                    touch(total);
                }
            }
        }
    }

    private int next(final int total, final int marginPercent) {
        final long usedMinor = usedMinor(total);
        final long capMinor = accounts.debitLimitMinor(total);
        int step = indexOf(percent[total]);
        while (step < STEPS.length - 1 && usedMinor >= shareMinor(capMinor, STEPS[step + 1])) {
            step++;
        }
        while (step > 0 && usedMinor < shareMinor(capMinor, Math.max(0, STEPS[step] - marginPercent))) {
            step--;
        }
        return STEPS[step];
    }

    private long usedMinor(final int total) {
        return Math.addExact(
                accounts.debitsPostedMinor(total) - accounts.creditsPostedMinor(total),
                accounts.debitsPendingMinor(total));
    }

    /** So many percent of the cap, rounded up, and at least 1. */
    private static long shareMinor(final long capMinor, final int sharePercent) {
        final long rest = capMinor % WHOLE_PERCENT * sharePercent;
        final long shareMinor = capMinor / WHOLE_PERCENT * sharePercent + (rest + WHOLE_PERCENT - 1) / WHOLE_PERCENT;
        return Math.max(1, shareMinor);
    }

    private static int indexOf(final int stepPercent) {
        int index = 0;
        while (STEPS[index] != stepPercent) {
            index++;
        }
        return index;
    }
}
