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
        if (commandLength > buffer.capacity() - length) {
            throw new EngineCapacityException("configurationBytes", buffer.capacity());
        }
        buffer.putBytes(length, source, offset, commandLength);
        length += commandLength;
        count++;
    }

    /** Adds the definitions of another log, and none of its other commands. */
    void appendDefinitions(final CommandLog other) {
        for (int at = 0; at < other.length; at += other.lengthAt(at)) {
            if (DefinitionKeys.offset(other.templateIdAt(at)) != DefinitionKeys.NONE) {
                append(other.buffer, at);
            }
        }
    }

    /**
     * Where the command of that template stands whose key is the bytes given; {@link DefinitionKeys#NONE} if nowhere.
     */
    int find(final int templateId, final DirectBuffer key, final int keyOffset) {
        final int keyAt = DefinitionKeys.offset(templateId);
        final int keyLength = DefinitionKeys.length(templateId);
        for (int at = 0; at < length; at += lengthAt(at)) {
            if (templateIdAt(at) == templateId && isSame(blockAt(at) + keyAt, key, keyOffset, keyLength)) {
                return at;
            }
        }
        return DefinitionKeys.NONE;
    }

    /** Takes the command at an offset out; those after it move up. */
    void remove(final int offset) {
        final int next = offset + lengthAt(offset);
        buffer.putBytes(offset, buffer, next, length - next);
        length -= next - offset;
        count--;
    }

    /** Hash over all commands and their order. */
    long contentHash() {
        long hash = length;
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            hash = Hash.fold(hash, buffer.getLong(at, MessageHeaderDecoder.BYTE_ORDER));
        }
        for (; at < length; at++) {
            hash = Hash.fold(hash, buffer.getByte(at));
        }
        return hash;
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

    private boolean isSame(final int at, final DirectBuffer key, final int keyOffset, final int keyLength) {
        for (int i = 0; i < keyLength; i++) {
            if (buffer.getByte(at + i) != key.getByte(keyOffset + i)) {
                return false;
            }
        }
        return true;
    }

    private int lengthOf(final DirectBuffer source, final int offset) {
        return MessageHeaderDecoder.ENCODED_LENGTH + header.wrap(source, offset).blockLength();
    }
}
