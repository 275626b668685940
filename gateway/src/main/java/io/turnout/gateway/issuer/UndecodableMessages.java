package io.turnout.gateway.issuer;

import io.turnout.codecs.iso8583.DecodeError;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.gateway.iso.IsoFields;
import java.util.ArrayDeque;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The last messages that issuers sent and nobody understood, or that belong to nothing. Written by the gateway's
 * thread, read by any.
 */
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
        final boolean isDecoded = decoder.error() == 0;
        add(new UndecodableMessage(
                nowNs,
                linkId,
                kind,
                decoder.mti(),
                DecodeError.of(decoder.error()),
                field,
                decoder.errorOffset(),
                length,
                head(buffer, offset, length),
                isDecoded ? number(decoder, IsoFields.STAN) : UndecodableMessage.NONE,
                isDecoded ? number(decoder, IsoFields.TRANSMISSION_DATE_TIME) : UndecodableMessage.NONE,
                UndecodableMessage.NONE,
                0));
    }

    /** An answer that was understood, and that the switch could not believe or use. */
    synchronized void addAnswer(
            final int linkId,
            final UndecodableMessage.Kind kind,
            final long stan,
            final long transmissionDateTime,
            final int resultCode,
            final long paymentId,
            final long nowNs) {
        add(new UndecodableMessage(
                nowNs,
                linkId,
                kind,
                0,
                DecodeError.of(0),
                UndecodableMessage.NONE,
                0,
                0,
                "",
                stan,
                transmissionDateTime,
                resultCode,
                paymentId));
    }

    private void add(final UndecodableMessage message) {
        if (messages.size() == CAPACITY) {
            messages.removeFirst();
        }
        messages.addLast(message);
    }

    private static long number(final IsoDecoder decoder, final int field) {
        return Math.max(UndecodableMessage.NONE, decoder.getLong(field));
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
