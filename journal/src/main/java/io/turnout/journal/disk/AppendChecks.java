package io.turnout.journal.disk;

import io.turnout.journal.Journal;

/** What every journal asks of a record before it takes it. */
public final class AppendChecks {
    private AppendChecks() {}

    /** Refuses a sequence that does not follow the last one, and a payload that no record can hold. */
    public static void require(
            final long sequence, final long lastSequence, final int length, final int maximumPayloadLength) {
        if (length < 0 || length > maximumPayloadLength) {
            throw new IllegalArgumentException(
                    "length=" + length + " maximumPayloadLength=" + maximumPayloadLength + " sequence=" + sequence);
        }
        if (lastSequence == Journal.NO_SEQUENCE ? sequence < 1 : sequence != lastSequence + 1) {
            throw new IllegalArgumentException("sequence=" + sequence + " lastSequence=" + lastSequence);
        }
    }
}
