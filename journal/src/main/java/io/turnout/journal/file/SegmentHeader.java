package io.turnout.journal.file;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.turnout.journal.disk.BootId;
import io.turnout.journal.disk.ChainName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The first bytes of a segment file. All numbers are little-endian. It fits into one sector, so that it is either there
 * or not.
 *
 * <pre>
 *   0                   4                   8
 *  +-------------------+-------------------+
 *  |            magic "TURNJRNL"           |
 *  +-------------------+-------------------+
 *  |      version      | maximumRecordLen. |
 *  +-------------------+-------------------+
 *  |                 epoch                 |
 *  +---------------------------------------+
 *  |             firstSequence             |
 *  +---------------------------------------+
 *  |              timestampNs              |   of the first record
 *  +---------------------------------------+
 *  |                 boot                  |   which run of the machine wrote this file; 16 bytes
 *  |                                       |
 *  +-------------------+-------------------+
 *  |   segmentLength   |      CRC-32C      |   of all bytes before
 *  +-------------------+-------------------+
 * </pre>
 */
final class SegmentHeader {
    static final int LENGTH = 64;

    private static final int VERSION = 1;
    private static final long MAGIC = 0x4C4E524A4E525554L;

    private static final int MAGIC_OFFSET = 0;
    private static final int VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
    private static final int MAXIMUM_RECORD_LENGTH_OFFSET = VERSION_OFFSET + Integer.BYTES;
    private static final int EPOCH_OFFSET = MAXIMUM_RECORD_LENGTH_OFFSET + Integer.BYTES;
    private static final int FIRST_SEQUENCE_OFFSET = EPOCH_OFFSET + Long.BYTES;
    private static final int TIMESTAMP_OFFSET = FIRST_SEQUENCE_OFFSET + Long.BYTES;
    private static final int BOOT_OFFSET = TIMESTAMP_OFFSET + Long.BYTES;
    private static final int SEGMENT_LENGTH_OFFSET = BOOT_OFFSET + 2 * Long.BYTES;
    private static final int CRC_OFFSET = SEGMENT_LENGTH_OFFSET + Integer.BYTES;

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(LENGTH);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final CRC32C checksum = new CRC32C();

    /** Reads what stands at the beginning of a file, which may be shorter than a header. */
    static SegmentHeader read(final FileChannel file) throws IOException {
        final SegmentHeader header = new SegmentHeader();
        final ByteBuffer bytes = header.bytes();
        while (bytes.hasRemaining() && file.read(bytes, bytes.position()) > 0) {
            // What the file does not have stays zero, which is no header either.
        }
        return header;
    }

    /** Reads what stands at the beginning of a file. */
    static SegmentHeader read(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(channel);
        }
    }

    /** All {@link #LENGTH} bytes, ready to be written or filled. */
    ByteBuffer bytes() {
        return bytes.clear();
    }

    SegmentHeader encode(
            final ChainName name,
            final long timestampNs,
            final BootId boot,
            final int maximumRecordLength,
            final int segmentLength) {
        buffer.putLong(MAGIC_OFFSET, MAGIC, LITTLE_ENDIAN);
        buffer.putInt(VERSION_OFFSET, VERSION, LITTLE_ENDIAN);
        buffer.putInt(MAXIMUM_RECORD_LENGTH_OFFSET, maximumRecordLength, LITTLE_ENDIAN);
        buffer.putLong(EPOCH_OFFSET, name.epoch(), LITTLE_ENDIAN);
        buffer.putLong(FIRST_SEQUENCE_OFFSET, name.firstSequence(), LITTLE_ENDIAN);
        buffer.putLong(TIMESTAMP_OFFSET, timestampNs, LITTLE_ENDIAN);
        buffer.putLong(BOOT_OFFSET, boot.high(), LITTLE_ENDIAN);
        buffer.putLong(BOOT_OFFSET + Long.BYTES, boot.low(), LITTLE_ENDIAN);
        buffer.putInt(SEGMENT_LENGTH_OFFSET, segmentLength, LITTLE_ENDIAN);
        buffer.putInt(CRC_OFFSET, checksum(), LITTLE_ENDIAN);
        return this;
    }

    private int checksum() {
        checksum.reset();
        checksum.update(bytes.clear().limit(CRC_OFFSET));
        return (int) checksum.getValue();
    }

    /** Whether nothing was ever written here. */
    boolean isBlank() {
        for (int offset = 0; offset < LENGTH; offset += Long.BYTES) {
            if (buffer.getLong(offset) != 0) {
                return false;
            }
        }
        return true;
    }

    /** What is wrong with this header for a file of that name, or null when nothing is. */
    String problem(final ChainName name) {
        if (isBlank()) {
            return "the file header is missing";
        }
        if (buffer.getInt(CRC_OFFSET, LITTLE_ENDIAN) != checksum()) {
            return "the checksum of the file header is wrong";
        }
        if (buffer.getLong(MAGIC_OFFSET, LITTLE_ENDIAN) != MAGIC) {
            return "this is no journal file";
        }
        if (buffer.getInt(VERSION_OFFSET, LITTLE_ENDIAN) != VERSION) {
            return "version " + buffer.getInt(VERSION_OFFSET, LITTLE_ENDIAN) + " of the file format is not known";
        }
        if (!name.equals(name())) {
            return "the file header belongs to " + name();
        }
        return null;
    }

    private ChainName name() {
        return new ChainName(
                buffer.getLong(EPOCH_OFFSET, LITTLE_ENDIAN),
                buffer.getLong(FIRST_SEQUENCE_OFFSET, LITTLE_ENDIAN),
                Segment.SUFFIX);
    }

    BootId boot() {
        return new BootId(
                buffer.getLong(BOOT_OFFSET, LITTLE_ENDIAN), buffer.getLong(BOOT_OFFSET + Long.BYTES, LITTLE_ENDIAN));
    }

    int maximumRecordLength() {
        return buffer.getInt(MAXIMUM_RECORD_LENGTH_OFFSET, LITTLE_ENDIAN);
    }

    int segmentLength() {
        return buffer.getInt(SEGMENT_LENGTH_OFFSET, LITTLE_ENDIAN);
    }
}
