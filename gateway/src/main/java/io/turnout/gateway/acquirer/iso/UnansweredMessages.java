package io.turnout.gateway.acquirer.iso;

import io.turnout.codecs.iso8583.DecodeError;
import io.turnout.codecs.iso8583.IsoDecoder;
import java.util.ArrayDeque;
import java.util.List;

/** The last messages of acquirers that could not be answered. Written by the gateway's thread, read by any. */
public final class UnansweredMessages {

    private static final int CAPACITY = 100;

    private final ArrayDeque<UnansweredMessage> messages = new ArrayDeque<>(CAPACITY);

    /** The messages, oldest first. */
    public synchronized List<UnansweredMessage> recent() {
        return List.copyOf(messages);
    }

    synchronized void add(
            final long acquirerId, final IsoDecoder decoder, final int field, final int length, final long nowNs) {
        if (messages.size() == CAPACITY) {
            messages.removeFirst();
        }
        messages.addLast(new UnansweredMessage(
                nowNs, acquirerId, decoder.mti(), DecodeError.of(decoder.error()), field, length));
    }
}
