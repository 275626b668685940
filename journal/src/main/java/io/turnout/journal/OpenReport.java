package io.turnout.journal;

/**
 * What opening a journal for writing found and did.
 *
 * @param lastSequence of the last valid record, or {@link Journal#NO_SEQUENCE}
 * @param unclean whether the last writer died before it could close the journal
 * @param quarantinedBytes bytes behind the last valid record, now kept in the directory {@code quarantine}
 * @param lostSequence highest sequence that can still be read in the quarantined bytes, or {@link Journal#NO_SEQUENCE};
 *     such records were never synced and stand behind a hole that the loss of power has left
 * @param scannedBytes bytes read to find the last valid record
 * @param scanNs how long that took, in nanoseconds
 */
public record OpenReport(
        long lastSequence, boolean unclean, long quarantinedBytes, long lostSequence, long scannedBytes, long scanNs) {

    private static final long NS_PER_SECOND = 1_000_000_000L;

    /** Bytes scanned in a second, or 0 when nothing was scanned. */
    public long scanBytesPerSecond() {
        return scanNs == 0 ? 0 : Math.round((double) scannedBytes * NS_PER_SECOND / scanNs);
    }
}
