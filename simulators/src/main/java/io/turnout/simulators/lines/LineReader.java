package io.turnout.simulators.lines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads the records of a file that may still grow. Each {@link #read} brings the records that became whole since the
 * last one; a torn last line is left until it is whole. A file that does not exist yet has no records. For one thread.
 */
public final class LineReader {

    private static final int BUFFER_BYTES = 256 * 1024;

    private final Path file;
    private final Line line;
    private final byte[] bytes = new byte[BUFFER_BYTES];

    private long position;
    private long lineNumber;
    private long tornBytes;

    /** @param fields every field the records may have */
    public LineReader(final Path file, final LineField[] fields) {
        this.file = file;
        this.line = new Line(fields);
    }

    /** Length of the torn last line found by the last {@link #read}; 0 when there was none. */
    public long tornBytes() {
        return tornBytes;
    }

    /**
     * Reads on.
     *
     * @return how many records were read
     * @throws LineFormatException when a record is not one; names the file and the line
     */
    public long read(final LineHandler handler) {
        if (!Files.exists(file)) {
            return 0;
        }
        final long firstLine = lineNumber;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            int kept = 0;
            int length = fill(channel, 0);
            while (length > kept) {
                final int consumed = deliver(length, handler);
                if (consumed == 0 && length == BUFFER_BYTES) {
                    throw new LineFormatException(file + ":" + (lineNumber + 1) + ": the record does not end");
                }
                kept = length - consumed;
                System.arraycopy(bytes, consumed, bytes, 0, kept);
                length = fill(channel, kept);
            }
            tornBytes = kept;
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return lineNumber - firstLine;
    }

    private int fill(final FileChannel channel, final int kept) throws IOException {
        int length = kept;
        while (length < BUFFER_BYTES) {
            final int count = channel.read(ByteBuffer.wrap(bytes, length, BUFFER_BYTES - length), position + length);
            if (count <= 0) {
                break;
            }
            length += count;
        }
        return length;
    }

    private int deliver(final int length, final LineHandler handler) {
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                lineNumber++;
                line.wrap(bytes, start, i - start, file, lineNumber);
                position += i + 1L - start;
                start = i + 1;
                handler.onLine(line);
            }
        }
        return start;
    }
}
