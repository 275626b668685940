package io.turnout.journal.file;

/**
 * What lies behind the last valid record of a segment.
 *
 * @param offset first byte behind the last valid record
 * @param end behind the last byte that is not zero; the same as {@code offset} when all are zero
 * @param highestSequence highest sequence among intact records found there, or {@link #NOTHING}
 * @param syncedSequence highest sequence those records call synced, or {@link #NOTHING}
 */
record SegmentTail(long offset, long end, long highestSequence, long syncedSequence) {
    static final long NOTHING = 0;

    boolean isEmpty() {
        return end == offset;
    }

    boolean hasRecords() {
        return highestSequence != NOTHING;
    }

    /** This tail and what was found in the segment after it. */
    SegmentTail and(final long laterHighestSequence, final long laterSyncedSequence) {
        return new SegmentTail(
                offset,
                end,
                Math.max(highestSequence, laterHighestSequence),
                Math.max(syncedSequence, laterSyncedSequence));
    }

    /**
     * Why this tail cannot come from a crash, or null when it can.
     *
     * <p>When a process dies, the operating system keeps what it has written, in order: only the last record can be
     * torn. When the machine loses power, any write that was not synced can be missing while later ones are there. So
     * intact records behind a hole are damage if the machine has not been restarted since, or if one of them says that
     * the missing record had been synced.
     */
    String damage(final SegmentCursor cursor) {
        final SegmentHeader header = cursor.header();
        if (cursor.headerProblem() != null && !header.isBlank()) {
            return cursor.headerProblem();
        }
        final boolean hasHeader = cursor.headerProblem() == null;
        if (hasHeader && cursor.length() < header.segmentLength()) {
            return "the file was cut short to " + cursor.length() + " bytes";
        }
        if (!hasRecords()) {
            return null;
        }
        final String found =
                "the record is damaged or missing, but later ones up to sequence " + highestSequence + " can be read";
        if (syncedSequence >= cursor.nextSequence()) {
            return found + " and it had been synced";
        }
        if (hasHeader && header.boot().isSameRunAs(BootId.current())) {
            return found + " and no power was lost since";
        }
        return null;
    }
}
