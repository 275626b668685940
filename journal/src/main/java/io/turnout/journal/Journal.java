package io.turnout.journal;

import org.agrona.DirectBuffer;

/**
 * An append-only log of records with rising sequences.
 *
 * <p>One thread appends and flushes. {@link #sync()} may be called by one other thread at the same time. A journal owns
 * its directory through an operating-system file lock for as long as it is open for writing.
 *
 * <p>Three levels of safety: <em>appended</em> records may live in this process only; <em>flushed</em> records are in
 * the operating system's page cache and survive the death of the process; <em>synced</em> records are on the device and
 * survive the loss of power.
 *
 * <p>A {@link JournalException} from any method that writes leaves the journal unusable: the process must stop. A
 * failed sync is never repeated. An {@link IllegalArgumentException} refuses a record and changes nothing.
 */
public interface Journal extends AutoCloseable {

    /** Returned by {@link #lastSequence()} and {@link #syncedSequence()} of an empty journal. */
    long NO_SEQUENCE = 0;

    /**
     * Appends one record.
     *
     * @param sequence exactly {@code lastSequence() + 1}; of the first record of a new journal, any number from 1
     * @param timestampNs nanoseconds since the epoch; stored, not interpreted
     * @param buffer holds the payload; read before this method returns, never kept
     * @param offset first byte of the payload
     * @param length bytes of the payload, from 0 to {@link #maximumPayloadLength()}
     * @throws IllegalArgumentException when the sequence or the length is wrong
     * @throws JournalFullException when there is no room left
     */
    void append(long sequence, long timestampNs, DirectBuffer buffer, int offset, int length);

    /** Hands everything appended to the operating system. Called by the appending thread. */
    void flush();

    /**
     * Makes everything flushed before the call durable on the device.
     *
     * @return the last sequence covered
     */
    long sync();

    /** Sequence of the last record appended, or {@link #NO_SEQUENCE}. */
    long lastSequence();

    /** Sequence of the last record known to be on the device, or {@link #NO_SEQUENCE}. May be read by any thread. */
    long syncedSequence();

    /**
     * Reads flushed records in order.
     *
     * @param fromSequence first sequence wanted; reading starts at the first record stored when that is later
     * @param handler called for each record; returns false to stop
     * @return the sequence of the last record handled, or {@code fromSequence - 1} when there was none
     * @throws JournalCorruptException at the first damaged or missing record, naming file, offset and sequence
     */
    long replay(long fromSequence, RecordHandler handler);

    /** The longest payload a record can hold, in bytes. */
    int maximumPayloadLength();

    /**
     * Does work that would stall an append: prepares the next file, for instance. Called now and then by a thread other
     * than the appending one, or by that thread when it is idle.
     *
     * @return 0 when there was nothing to do
     */
    int prepare();

    /**
     * Flushes, syncs, marks the journal as cleanly closed and releases the directory. Called by the appending thread
     * when the others have stopped. A journal that has failed only releases the directory.
     */
    @Override
    void close();
}
