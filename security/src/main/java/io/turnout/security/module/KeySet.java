package io.turnout.security.module;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The generations of one name.
 *
 * <pre>
 *   import        activate              activate                       grace over
 *   ───────▶ next ────────▶ current ─────────────▶ previous (graceEnd) ──────────▶ forgotten
 * </pre>
 */
final class KeySet {
    /** Changes of keys remembered; a link that changes its key every hour repeats none for a year. */
    private static final int USED_CAPACITY = 8 * 1024;

    private final Set<String> usedCheckValues = new LinkedHashSet<>();
    private WorkingKey next;
    private WorkingKey current;
    private WorkingKey previous;
    private long graceEndNs;

    void offer(final WorkingKey key) {
        next = key;
    }

    /** The next or the current key if it has this check value, else null. */
    WorkingKey inUse(final String checkValue) {
        if (next != null && next.description().checkValue().equals(checkValue)) {
            return next;
        }
        return current != null && current.description().checkValue().equals(checkValue) ? current : null;
    }

    /** Whether a key with this check value was the current one before. */
    boolean wasUsed(final String checkValue) {
        return usedCheckValues.contains(checkValue);
    }

    /** Returns the new current key, or null when there is no next one; then nothing has changed. */
    WorkingKey activate(final long nowNs, final long graceNs) {
        if (next == null) {
            return null;
        }
        if (current != null) {
            remember(current.description().checkValue());
        }
        previous = current;
        graceEndNs = nowNs + graceNs;
        current = next;
        next = null;
        return current;
    }

    private void remember(final String checkValue) {
        if (usedCheckValues.size() == USED_CAPACITY) {
            usedCheckValues.remove(usedCheckValues.iterator().next());
        }
        usedCheckValues.add(checkValue);
    }

    boolean discardNext() {
        final boolean had = next != null;
        next = null;
        return had;
    }

    boolean expire(final long nowNs) {
        final boolean over = previous != null && nowNs - graceEndNs >= 0;
        if (over) {
            previous = null;
        }
        return over;
    }

    /** The key of a generation, whatever the time, or null. */
    WorkingKey get(final KeyGeneration generation) {
        return switch (generation) {
            case NEXT -> next;
            case CURRENT -> current;
            case PREVIOUS -> previous;
            case NONE -> null;
        };
    }

    /** The key of a generation if it may still be used for what comes in, or null. */
    WorkingKey get(final KeyGeneration generation, final long nowNs) {
        expire(nowNs);
        return get(generation);
    }
}
