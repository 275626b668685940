package io.turnout.journal.disk;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A record as it is stored. All numbers are little-endian; a record starts at a multiple of 8 in its file and is padded
 * with zeros to the next one.
 *
 * <pre>
 *   0                   4                   8
 *  +-------------------+-------------------+
 *  |      CRC-32C      |      length       |   length: header and payload, without padding
 *  +-------------------+-------------------+
 *  |               sequence                |
 *  +---------------------------------------+
 *  |              timestampNs              |
 *  +---------------------------------------+
 *  |            syncedSequence             |   what was known to be on the device at the time of writing
 *  +---------------------------------------+
 *  |        payload, then 0..7 zeros       |
 *  +---------------------------------------+
 * </pre>
 *
 * <p>The checksum (CRC-32C, RFC 3720 B.4) covers everything behind itself, padding included, so that no bit of a record
 * can change unseen. A length of 0 means that nothing was written here yet. A length of {@link #CLEAN_MARK} makes it a
 * mark of {@link #HEADER_LENGTH} bytes which says that the writer closed the journal after the record with this
 * sequence.
 *
 * <p>{@code syncedSequence} tells damage from loss: a hole at a sequence that a later record calls synced is damage; a
 * hole behind it can be what the loss of power left of writes that nobody was promised.
 *
 * <p>Not thread-safe. It holds the buffer it was wrapped around, and no state of its own.
 */
public final class RecordFlyweight {

    /** Offset of the checksum. */
    public static final int CRC_OFFSET = 0;

    /** Offset of the length, which is also the first byte the checksum covers. */
    public static final int LENGTH_OFFSET = CRC_OFFSET + Integer.BYTES;

    /** Offset of the sequence. */
    public static final int SEQUENCE_OFFSET = LENGTH_OFFSET + Integer.BYTES;

    /** Offset of the timestamp. */
    public static final int TIMESTAMP_OFFSET = SEQUENCE_OFFSET + Long.BYTES;

    /** Offset of the synced sequence. */
    public static final int SYNCED_SEQUENCE_OFFSET = TIMESTAMP_OFFSET + Long.BYTES;

    /** Bytes in front of the payload. */
    public static final int HEADER_LENGTH = SYNCED_SEQUENCE_OFFSET + Long.BYTES;

    /** Records start at multiples of this. */
    public static final int ALIGNMENT = Long.BYTES;

    /** The length that makes a record a clean mark. */
    public static final int CLEAN_MARK = -1;

    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final CRC32C checksum = new CRC32C();
    private ByteBuffer checksumView = ByteBuffer.allocate(0);

    /** Bytes that a record with this payload takes, padding included. */
    public static int recordLength(final int payloadLength) {
        return align(HEADER_LENGTH + payloadLength);
    }

    private static int align(final int length) {
        return (length + (ALIGNMENT - 1)) & -ALIGNMENT;
    }

    /** Works on these bytes from now on; offsets count from index 0 whatever the position. */
    public RecordFlyweight wrap(final ByteBuffer bytes) {
        checksumView = bytes.duplicate();
        buffer.wrap(bytes, 0, bytes.capacity());
        return this;
    }

    /** The bytes wrapped. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /**
     * Writes a record.
     *
     * @param at where it starts in the wrapped buffer
     * @return bytes written, padding included
     */
    public int encode(
            final int at,
            final long sequence,
            final long timestampNs,
            final long syncedSequence,
            final DirectBuffer source,
            final int offset,
            final int length) {
        final int unpadded = HEADER_LENGTH + length;
        final int padded = align(unpadded);
        buffer.putLong(at + padded - ALIGNMENT, 0);
        buffer.putInt(at + LENGTH_OFFSET, unpadded, LITTLE_ENDIAN);
        buffer.putLong(at + SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
        buffer.putLong(at + TIMESTAMP_OFFSET, timestampNs, LITTLE_ENDIAN);
        buffer.putLong(at + SYNCED_SEQUENCE_OFFSET, syncedSequence, LITTLE_ENDIAN);
        buffer.putBytes(at + HEADER_LENGTH, source, offset, length);
        buffer.putInt(at + CRC_OFFSET, checksum(at, padded), LITTLE_ENDIAN);
        return padded;
    }

    /**
     * Writes the mark of a clean close.
     *
     * @param at where it starts in the wrapped buffer
     * @param lastSequence of the last record, which is synced
     * @return bytes written
     */
    public int encodeCleanMark(final int at, final long lastSequence) {
        buffer.putInt(at + LENGTH_OFFSET, CLEAN_MARK, LITTLE_ENDIAN);
        buffer.putLong(at + SEQUENCE_OFFSET, lastSequence, LITTLE_ENDIAN);
        buffer.putLong(at + TIMESTAMP_OFFSET, 0, LITTLE_ENDIAN);
        buffer.putLong(at + SYNCED_SEQUENCE_OFFSET, lastSequence, LITTLE_ENDIAN);
        buffer.putInt(at + CRC_OFFSET, checksum(at, HEADER_LENGTH), LITTLE_ENDIAN);
        return HEADER_LENGTH;
    }

    private int checksum(final int at, final int recordLength) {
        checksumView.limit(at + recordLength).position(at + LENGTH_OFFSET);
        checksum.reset();
        checksum.update(checksumView);
        return (int) checksum.getValue();
    }

    /** Whether the checksum of the record that starts here and takes this many bytes is right. */
    public boolean isIntact(final int at, final int recordLength) {
        return buffer.getInt(at + CRC_OFFSET, LITTLE_ENDIAN) == checksum(at, recordLength);
    }

    /** The length field: header and payload in bytes, 0, or {@link #CLEAN_MARK}; anything at all when damaged. */
    public int length(final int at) {
        return buffer.getInt(at + LENGTH_OFFSET, LITTLE_ENDIAN);
    }

    /** Sequence of the record that starts here. */
    public long sequence(final int at) {
        return buffer.getLong(at + SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    /** Timestamp of the record that starts here. */
    public long timestampNs(final int at) {
        return buffer.getLong(at + TIMESTAMP_OFFSET, LITTLE_ENDIAN);
    }

    /** The last sequence known to be on the device when the record that starts here was written. */
    public long syncedSequence(final int at) {
        return buffer.getLong(at + SYNCED_SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }
}
