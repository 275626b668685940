package io.turnout.core.ports;

import org.agrona.DirectBuffer;

/** Takes events one by one. An exception stops the node. */
@FunctionalInterface
public interface EventHandler {

    /**
     * @param eventSequence order of the event in the event journal, from 1 without gaps
     * @param commandSequence the command that caused it
     * @param timestampNs engine time of that command, nanoseconds since the epoch
     * @param buffer SBE header and message of schema {@code engine}; valid only during the call
     * @param offset of the SBE header
     * @param length bytes
     */
    void onEvent(
            long eventSequence, long commandSequence, long timestampNs, DirectBuffer buffer, int offset, int length);
}
