package io.turnout.security.module;

/**
 * The generations of one name.
 *
 * <pre>
 *   import        activate              activate                       grace over
 *   ───────▶ next ────────▶ current ─────────────▶ previous (graceEnd) ──────────▶ forgotten
 * </pre>
 */
final class KeySet {
    private WorkingKey next;
    private WorkingKey current;
    private WorkingKey previous;
    private long graceEndNs;

    void offer(final WorkingKey key) {
        next = key;
    }

    /** Returns the new current key, or null when there is no next one; then nothing has changed. */
    WorkingKey activate(final long nowNs, final long graceNs) {
        if (next == null) {
            return null;
        }
        previous = current;
        graceEndNs = nowNs + graceNs;
        current = next;
        next = null;
        return current;
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
