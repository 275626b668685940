package io.turnout.core.pipeline;

import io.turnout.core.engine.SnapshotSink;
import io.turnout.core.engine.SwitchEngine;
import io.turnout.core.pipeline.SnapshotFileException.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads one {@link SnapshotFile} front to back, once: either to check it or to restore from it. */
final class SnapshotReader implements AutoCloseable {
    private static final int BUFFER_LENGTH = 256 * 1024;
    private static final int CLOSE_LENGTH = 2 * Integer.BYTES;

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C checksum = new CRC32C();

    SnapshotReader(final Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        buffer.flip();
    }

    /** Reads all bytes, compares the checksum, and gives the trailer. */
    SnapshotTrailer check() throws IOException {
        final long length = channel.size();
        if (length < Long.BYTES) {
            throw refused(Problem.TRUNCATED, "length=" + length);
        }
        final int schemaVersion = checkHeader();
        if (length < SnapshotFile.HEADER_LENGTH + SnapshotFile.FOOTER_LENGTH) {
            throw refused(Problem.TRUNCATED, "length=" + length);
        }
        final ByteBuffer footer = readFooter(length);
        final int crc = footer.getInt(SnapshotFile.FOOTER_LENGTH - CLOSE_LENGTH);
        final int closing = footer.getInt(SnapshotFile.FOOTER_LENGTH - Integer.BYTES);
        if (closing != SnapshotFile.CLOSING_MAGIC) {
            throw refused(Problem.TRUNCATED, "length=" + length + " without an end mark");
        }
        checkChecksum(length - CLOSE_LENGTH, crc);
        footer.position(CLOSE_LENGTH);
        return SnapshotTrailer.get(footer, schemaVersion);
    }

    /** Hands over every record of the engine. */
    void records(final SnapshotSink sink) {
        final UnsafeBuffer view = new UnsafeBuffer(buffer);
        try {
            need(SnapshotFile.HEADER_LENGTH);
            buffer.position(buffer.position() + SnapshotFile.HEADER_LENGTH);
            for (int length = nextLength(); length != 0; length = nextLength()) {
                need(length);
                sink.onRecord(view, buffer.position(), length);
                buffer.position(buffer.position() + length);
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** The schema version of the records. */
    private int checkHeader() throws IOException {
        final ByteBuffer header =
                ByteBuffer.allocate(SnapshotFile.HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        readFully(header, 0);
        if (header.getLong(0) != SnapshotFile.MAGIC) {
            throw refused(Problem.NOT_A_SNAPSHOT, "magic=" + Long.toHexString(header.getLong(0)));
        }
        final int version = header.getInt(Long.BYTES);
        if (version < 1 || version > SnapshotFile.VERSION) {
            throw refused(Problem.UNKNOWN_VERSION, "version=" + version);
        }
        if (!SwitchEngine.canRestore(version - 1)) {
            throw refused(Problem.EARLIER_VERSION, "version=" + version + ": its commands are replayed instead");
        }
        return version - 1;
    }

    private ByteBuffer readFooter(final long length) throws IOException {
        final ByteBuffer footer =
                ByteBuffer.allocate(SnapshotFile.FOOTER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        readFully(footer, length - SnapshotFile.FOOTER_LENGTH);
        return footer;
    }

    private void readFully(final ByteBuffer target, final long position) throws IOException {
        while (target.hasRemaining()) {
            if (channel.read(target, position + target.position()) < 0) {
                throw refused(Problem.TRUNCATED, "position=" + (position + target.position()));
            }
        }
    }

    private void checkChecksum(final long coveredLength, final int expected) throws IOException {
        long remaining = coveredLength;
        while (remaining > 0) {
            buffer.clear();
            if (channel.read(buffer) < 0) {
                throw refused(Problem.TRUNCATED, "missing=" + remaining);
            }
            buffer.flip();
            buffer.limit((int) Math.min(buffer.limit(), remaining));
            remaining -= buffer.limit();
            checksum.update(buffer);
        }
        if ((int) checksum.getValue() != expected) {
            throw refused(
                    Problem.CHECKSUM_WRONG,
                    "crc32c=" + Integer.toHexString((int) checksum.getValue()) + " expected="
                            + Integer.toHexString(expected));
        }
    }

    private int nextLength() throws IOException {
        need(Integer.BYTES);
        final int length = buffer.getInt();
        if (length < 0 || length > BUFFER_LENGTH - Integer.BYTES) {
            throw refused(Problem.MALFORMED, "recordLength=" + length);
        }
        return length;
    }

    private void need(final int length) throws IOException {
        if (buffer.remaining() >= length) {
            return;
        }
        buffer.compact();
        while (buffer.position() < length) {
            if (channel.read(buffer) < 0) {
                throw refused(Problem.TRUNCATED, "needed=" + length + " left=" + buffer.position());
            }
        }
        buffer.flip();
    }

    private SnapshotFileException refused(final Problem problem, final String detail) {
        return new SnapshotFileException(problem, file, detail);
    }
}
