package io.turnout.journal;

import org.agrona.DirectBuffer;

/** Takes the records of a journal one by one, in order, on the thread that reads. */
@FunctionalInterface
public interface RecordHandler {

    /**
     * @param sequence of the record
     * @param timestampNs as appended
     * @param buffer holds the payload; valid only during the call
     * @param offset first byte of the payload
     * @param length bytes of the payload
     * @return false to stop reading after this record
     */
    boolean onRecord(long sequence, long timestampNs, DirectBuffer buffer, int offset, int length);
}
