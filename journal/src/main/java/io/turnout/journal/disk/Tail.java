package io.turnout.journal.disk;

/**
 * What lies behind the last valid record.
 *
 * @param offset first byte behind the last valid record
 * @param end behind the last byte that is not zero; the same as {@code offset} when all are zero
 * @param highestSequence highest sequence among intact records found there, or {@link #NOTHING}
 * @param syncedSequence highest sequence those records call synced, or {@link #NOTHING}
 */
public record Tail(long offset, long end, long highestSequence, long syncedSequence) {

    /** Stands for a sequence that was not found. */
    public static final long NOTHING = 0;

    /** Whether all bytes are zero. */
    public boolean isEmpty() {
        return end == offset;
    }

    /** This tail, and what was found in the part after it. */
    public Tail and(final long laterHighestSequence, final long laterSyncedSequence) {
        return new Tail(
                offset,
                end,
                Math.max(highestSequence, laterHighestSequence),
                Math.max(syncedSequence, laterSyncedSequence));
    }

    /**
     * Why the records found here cannot stand behind a missing one, or null when they can or when there are none.
     *
     * <p>When a process dies, the operating system keeps what it has written, in order: only the last record can be
     * torn. When the machine loses power, any write that was not synced can be missing while later ones are there. So
     * intact records behind a hole are damage if the machine has not been restarted since, or if one of them says that
     * the missing record had been synced.
     *
     * @param missingSequence the sequence of the record that is not there
     * @param boot the run of the machine in which these bytes were written
     */
    public String damage(final long missingSequence, final BootId boot) {
        if (highestSequence == NOTHING) {
            return null;
        }
        final String found =
                "the record is damaged or missing, but later ones up to sequence " + highestSequence + " can be read";
        if (syncedSequence >= missingSequence) {
            return found + " and it had been synced";
        }
        return boot.isSameRunAs(BootId.current()) ? found + " and no power was lost since" : null;
    }
}
