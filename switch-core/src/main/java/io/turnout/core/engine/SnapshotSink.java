package io.turnout.core.engine;

import org.agrona.DirectBuffer;

/** Takes the records of a snapshot one by one, in order. */
@FunctionalInterface
public interface SnapshotSink {

    /**
     * @param buffer SBE header and message of schema {@code engine}; valid only during the call
     * @param offset of the SBE header
     * @param length bytes, at most {@link SwitchEngine#MAXIMUM_SNAPSHOT_RECORD_LENGTH}
     */
    void onRecord(DirectBuffer buffer, int offset, int length);
}
