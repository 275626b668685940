package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.SnapshotOriginalDecoder;
import io.turnout.codecs.sbe.engine.SnapshotOriginalEncoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One payment in the table of originals: the block of {@code SnapshotOriginal}. A flyweight: it points at one record at
 * a time and must not outlive the command.
 */
final class OriginalRecord {
    static final int BLOCK_LENGTH = SnapshotOriginalEncoder.BLOCK_LENGTH;

    private final SnapshotOriginalEncoder encoder = new SnapshotOriginalEncoder();
    private final SnapshotOriginalDecoder decoder = new SnapshotOriginalDecoder();
    private UnsafeBuffer buffer;
    private int offset;

    OriginalRecord wrap(final UnsafeBuffer recordBuffer, final int recordOffset) {
        buffer = recordBuffer;
        offset = recordOffset;
        encoder.wrap(recordBuffer, recordOffset);
        decoder.wrap(recordBuffer, recordOffset, BLOCK_LENGTH, SnapshotOriginalDecoder.SCHEMA_VERSION);
        return this;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    int offset() {
        return offset;
    }

    SnapshotOriginalEncoder encoder() {
        return encoder;
    }

    SnapshotOriginalDecoder decoder() {
        return decoder;
    }

    boolean hasKey(final long acquirer, final long referenceHigh, final long referenceLow, final long createdAt) {
        return decoder.createdAtNs() == createdAt
                && decoder.acquirerId() == acquirer
                && decoder.clientReference().low() == referenceLow
                && decoder.clientReference().high() == referenceHigh;
    }

    /** Copies a field of the block to another buffer. */
    void copyField(final int fieldOffset, final int length, final MutableDirectBuffer target, final int targetOffset) {
        target.putBytes(targetOffset, buffer, offset + fieldOffset, length);
    }
}
