package io.turnout.journal.disk;

import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * Reads one part of a journal, record by record, while its writer may be at work. A cursor that cannot go on stays
 * where it is and may be asked again.
 *
 * <p>Not thread-safe.
 */
public interface PartCursor extends AutoCloseable {

    /** The part. */
    ChainName name();

    /** The file that holds the next record, or would. */
    Path path();

    /** Where in that file the next record starts, or would. */
    long offset();

    /** The sequence the next record must have. */
    long nextSequence();

    /**
     * Goes to the next record.
     *
     * @return whether it is there, whole and with the right sequence
     */
    boolean next();

    /** Goes forward to this sequence, or as far in its direction as can be done without reading every record. */
    void skipTo(long sequence);

    /** Goes as far towards the end as can be done without reading every record. */
    void skipToEnd();

    /** After {@link #next} has failed: whether the writer has closed the journal here. */
    boolean isAtCleanMark();

    /** After {@link #next} has failed: whether nothing at all is written where the next record belongs. */
    boolean isMissing();

    /** After {@link #next} has failed: why this cannot be where a writer stopped or died, or null when it can. */
    String damage();

    /** Sequence of the current record. */
    long sequence();

    /** Timestamp of the current record. */
    long timestampNs();

    /** Holds the payload of the current record, until the next call of anything here. */
    DirectBuffer buffer();

    /** First byte of the payload. */
    int payloadOffset();

    /** Bytes of the payload. */
    int payloadLength();

    @Override
    void close();
}
