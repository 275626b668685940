package io.turnout.core.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/** Writes one {@link SnapshotFile} front to back. */
final class SnapshotWriter implements AutoCloseable {
    private static final int BUFFER_LENGTH = 256 * 1024;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C checksum = new CRC32C();
    private long recordCount;

    SnapshotWriter(final Path file) throws IOException {
        channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        buffer.putLong(SnapshotFile.MAGIC).putInt(SnapshotFile.VERSION).putInt(0);
    }

    void record(final DirectBuffer source, final int offset, final int length) {
        if (length < 1 || length > BUFFER_LENGTH - Integer.BYTES) {
            throw new IllegalArgumentException("snapshot record: length=" + length);
        }
        if (buffer.remaining() < Integer.BYTES + length) {
            drain();
        }
        buffer.putInt(length);
        source.getBytes(offset, buffer, length);
        recordCount++;
    }

    long recordCount() {
        return recordCount;
    }

    void finish(final SnapshotTrailer trailer) throws IOException {
        if (buffer.remaining() < SnapshotFile.FOOTER_LENGTH) {
            drain();
        }
        buffer.putInt(0).putInt(0);
        trailer.put(buffer);
        drain();
        buffer.putInt((int) checksum.getValue()).putInt(SnapshotFile.CLOSING_MAGIC);
        drain();
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void drain() {
        buffer.flip();
        checksum.update(buffer.duplicate());
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
        buffer.clear();
    }
}
