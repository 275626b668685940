package io.turnout.gateway.issuer;

import io.turnout.codecs.iso8583.DecodeError;
import io.turnout.codecs.iso8583.IsoDecoder;
import java.util.ArrayDeque;
import java.util.List;
import org.agrona.DirectBuffer;

/** The last messages that issuers sent and nobody understood. Written by the gateway's thread, read by any. */
public final class UndecodableMessages {

    private static final int CAPACITY = 100;
    private static final int HEAD_LENGTH = 4;

    private final ArrayDeque<UndecodableMessage> messages = new ArrayDeque<>(CAPACITY);

    /** The messages, oldest first. */
    public synchronized List<UndecodableMessage> recent() {
        return List.copyOf(messages);
    }

    synchronized void add(
            final int linkId,
            final UndecodableMessage.Kind kind,
            final IsoDecoder decoder,
            final int field,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long nowNs) {
        if (messages.size() == CAPACITY) {
            messages.removeFirst();
        }
        messages.addLast(new UndecodableMessage(
                nowNs,
                linkId,
                kind,
                decoder.mti(),
                DecodeError.of(decoder.error()),
                field,
                decoder.errorOffset(),
                length,
                head(buffer, offset, length)));
    }

    private static String head(final DirectBuffer buffer, final int offset, final int length) {
        final StringBuilder text = new StringBuilder(2 * HEAD_LENGTH);
        for (int i = 0; i < Math.min(length, HEAD_LENGTH); i++) {
            final int value = buffer.getByte(offset + i) & 0xFF;
            text.append(Character.forDigit(value >> 4, 16)).append(Character.forDigit(value & 0xF, 16));
        }
        return text.toString();
    }
}
