package io.turnout.journal;

/**
 * Follows a growing journal, record by record, from the process that writes it or from another one. Never waits.
 *
 * <p>One thread uses a tail. It holds no lock and keeps its place only in memory: a reader that must go on where it
 * stopped stores {@link #position()} with its own results and seeks there.
 */
public interface JournalTail extends AutoCloseable {

    /**
     * Result of {@link #poll}: the record wanted is missing, but later ones exist (older files were removed, or records
     * were lost). The position does not move; {@link #nextAvailableSequence()} says where reading can go on. Skipping
     * is the caller's decision.
     */
    int GAP = -1;

    /** The sequence of the next record wanted. */
    long position();

    /**
     * Chooses the next record wanted. Costs about as much as opening a file and far less than reading up to it.
     *
     * @param sequence from 1; it may lie in the future
     */
    void seek(long sequence);

    /**
     * Hands over the records that can be read now.
     *
     * @param handler called for each record; returns false to stop after it
     * @param limit most records to hand over
     * @return the number of records handed over, 0 when there is nothing new, or {@link #GAP}
     * @throws JournalCorruptException at a damaged record, naming file, offset and sequence
     */
    int poll(RecordHandler handler, int limit);

    /** After {@link #GAP}: the lowest sequence behind the gap; else the same as {@link #position()}. */
    long nextAvailableSequence();

    @Override
    void close();
}
