package io.turnout.core.ports;

import org.agrona.MutableDirectBuffer;

/**
 * Where the engine writes its events. Used only inside a command, by the engine's thread. Room for one command's events
 * is always there.
 */
public interface EventSink {

    /** A buffer for one event, to be written from index 0; valid until {@link #commit}. */
    MutableDirectBuffer claim();

    /**
     * Publishes the event written into the claimed buffer.
     *
     * @param eventSequence of the event, counted by the engine
     * @param commandSequence the command that caused it
     * @param timestampNs engine time
     * @param length bytes written
     */
    void commit(long eventSequence, long commandSequence, long timestampNs, int length);
}
