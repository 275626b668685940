package io.turnout.journal;

/**
 * Reads a journal that this or another process may be writing at the same time. Takes no lock and changes nothing.
 *
 * <p>One thread uses a reader. Only flushed records can be seen.
 */
public interface JournalReader extends AutoCloseable {

    /** Sequence of the first record stored, or {@link Journal#NO_SEQUENCE}. */
    long firstSequence();

    /** Sequence of the last record that can be read now, or {@link Journal#NO_SEQUENCE}. */
    long lastSequence();

    /**
     * Reads records in order, up to the last one that can be read now. A half-written record at the end is where
     * reading ends, not an error.
     *
     * @param fromSequence first sequence wanted; reading starts at the first record stored when that is later
     * @param handler called for each record; returns false to stop
     * @return the sequence of the last record handled, or {@code fromSequence - 1} when there was none
     * @throws JournalCorruptException at the first damaged or missing record, naming file, offset and sequence
     */
    long replay(long fromSequence, RecordHandler handler);

    /**
     * Follows the journal as it grows. The tail is closed by its user and may outlive this reader.
     *
     * @param fromSequence first sequence wanted; it may lie in the future
     */
    JournalTail tail(long fromSequence);

    @Override
    void close();
}
