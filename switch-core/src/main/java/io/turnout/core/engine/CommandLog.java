package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Encoded commands one after another, as they came: how a configuration is kept for snapshots. */
final class CommandLog {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final UnsafeBuffer buffer;
    private int length;
    private int count;

    CommandLog(final int capacityBytes) {
        this.buffer = new UnsafeBuffer(new byte[capacityBytes]);
    }

    DirectBuffer buffer() {
        return buffer;
    }

    /** Bytes in use. */
    int length() {
        return length;
    }

    /** Commands. */
    int count() {
        return count;
    }

    void clear() {
        length = 0;
        count = 0;
    }

    /** Adds a command that has a whole SBE header; what stands behind its block is left out. */
    void append(final DirectBuffer source, final int offset) {
        final int commandLength = lengthOf(source, offset);
        buffer.putBytes(length, source, offset, commandLength);
        length += commandLength;
        count++;
    }

    /** Length of the command at an offset, with its header. */
    int lengthAt(final int offset) {
        return lengthOf(buffer, offset);
    }

    /** First byte of the block of the command at an offset. */
    int blockAt(final int offset) {
        return offset + MessageHeaderDecoder.ENCODED_LENGTH;
    }

    int blockLengthAt(final int offset) {
        return header.wrap(buffer, offset).blockLength();
    }

    int versionAt(final int offset) {
        return header.wrap(buffer, offset).version();
    }

    int templateIdAt(final int offset) {
        return header.wrap(buffer, offset).templateId();
    }

    private int lengthOf(final DirectBuffer source, final int offset) {
        return MessageHeaderDecoder.ENCODED_LENGTH + header.wrap(source, offset).blockLength();
    }
}
