package io.turnout.simulators.lines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Appends records to a file. A record is built with {@link #begin()}, any fields, and {@link #end()}; it reaches the
 * operating system with the next {@link #flush()}, so that it survives a kill of this process from then on (not a loss
 * of power). Nothing is allocated per record. For one thread.
 *
 * <p>A file has one writer at a time; a second one is refused.
 *
 * <p>A file whose last line is torn, because its writer was killed, is cut back to its last whole line when opened.
 *
 * <p>An input or output error is thrown as {@link UncheckedIOException}: books that cannot be written are not books.
 */
public final class LineWriter implements AutoCloseable {

    private static final int BUFFER_BYTES = 256 * 1024;
    private static final int LONGEST_RECORD_BYTES = 1024;
    private static final int TAIL_BYTES = 64 * 1024;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final byte[][] prefixes;
    private final long tornBytes;

    private int begin;
    private int position;

    private LineWriter(final Path file, final FileChannel channel, final byte[][] prefixes) throws IOException {
        this.file = file;
        this.channel = channel;
        this.prefixes = prefixes;
        lock(channel);
        final long wholeBytes = wholeBytes(channel);
        this.tornBytes = channel.size() - wholeBytes;
        channel.truncate(wholeBytes);
        channel.position(wholeBytes);
    }

    /**
     * Opens a file for appending and creates it, and its folder, when they do not exist.
     *
     * @param fields every field the records may have
     */
    public static LineWriter open(final Path file, final LineField[] fields) {
        final byte[][] prefixes = new byte[fields.length][];
        for (final LineField field : fields) {
            prefixes[field.ordinal()] = ("\"" + field.key() + "\":").getBytes(StandardCharsets.US_ASCII);
        }
        FileChannel channel = null;
        try {
            final Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            return new LineWriter(file, channel, prefixes);
        } catch (final IOException e) {
            throw closing(channel, file, e);
        }
    }

    /** How many bytes of a torn last line were cut off when the file was opened. */
    public long tornBytes() {
        return tornBytes;
    }

    /** Starts a record. */
    public LineWriter begin() {
        if (BUFFER_BYTES - position < LONGEST_RECORD_BYTES) {
            flush();
        }
        begin = position;
        buffer.putByte(position++, (byte) '{');
        return this;
    }

    /** Adds a number. */
    public LineWriter number(final LineField field, final long value) {
        name(field);
        position += buffer.putLongAscii(position, value);
        return this;
    }

    /** Adds a text of printable ASCII characters other than the double quote and the backslash. */
    public LineWriter text(final LineField field, final String value) {
        quote(field);
        position += buffer.putStringWithoutLengthAscii(position, value);
        return unquote();
    }

    /** Adds a text; the bytes are as in {@link #text(LineField, String)}. */
    public LineWriter text(final LineField field, final DirectBuffer source, final int offset, final int length) {
        quote(field);
        buffer.putBytes(position, source, offset, length);
        position += length;
        return unquote();
    }

    /** Adds the low digits of a number as a text with leading zeros. */
    public LineWriter digits(final LineField field, final long value, final int digits) {
        quote(field);
        long rest = value;
        for (int i = position + digits - 1; i >= position; i--) {
            buffer.putByte(i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
        position += digits;
        return unquote();
    }

    /**
     * Adds a text of any bytes; what is not a printable ASCII character or would need an escape becomes a question
     * mark.
     */
    public LineWriter printable(final LineField field, final DirectBuffer source, final int offset, final int length) {
        quote(field);
        for (int i = offset; i < offset + length; i++) {
            final byte character = source.getByte(i);
            final boolean plain = character >= ' ' && character < 0x7F && character != '"' && character != '\\';
            buffer.putByte(position++, plain ? character : (byte) '?');
        }
        return unquote();
    }

    /** Adds 128 bits as a text of 32 hexadecimal digits. */
    public LineWriter hex(final LineField field, final long high, final long low) {
        quote(field);
        for (int shift = 60; shift >= 0; shift -= 4) {
            buffer.putByte(position++, HEX[(int) (high >>> shift) & 0xF]);
        }
        for (int shift = 60; shift >= 0; shift -= 4) {
            buffer.putByte(position++, HEX[(int) (low >>> shift) & 0xF]);
        }
        return unquote();
    }

    /** Adds a text of 12 characters, the first in the highest byte of {@code high}. */
    public LineWriter packed(final LineField field, final long high, final int low) {
        quote(field);
        buffer.putLong(position, high, ByteOrder.BIG_ENDIAN);
        buffer.putInt(position + Long.BYTES, low, ByteOrder.BIG_ENDIAN);
        position += Long.BYTES + Integer.BYTES;
        return unquote();
    }

    /** Ends the record. */
    public void end() {
        buffer.putByte(position++, (byte) '}');
        buffer.putByte(position++, (byte) '\n');
        final int length = position - begin;
        if (length > LONGEST_RECORD_BYTES) {
            throw new IllegalStateException("record too long: lengthBytes=" + length + " file=" + file);
        }
    }

    /**
     * Hands all ended records to the operating system.
     *
     * @return 1 when there were any, else 0
     */
    public int flush() {
        if (position == 0) {
            return 0;
        }
        bytes.position(0).limit(position);
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        bytes.clear();
        position = 0;
        return 1;
    }

    @Override
    public void close() {
        try (channel) {
            flush();
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot close " + file, e);
        }
    }

    private void name(final LineField field) {
        if (position != begin + 1) {
            buffer.putByte(position++, (byte) ',');
        }
        final byte[] prefix = prefixes[field.ordinal()];
        buffer.putBytes(position, prefix);
        position += prefix.length;
    }

    private void quote(final LineField field) {
        name(field);
        buffer.putByte(position++, (byte) '"');
    }

    private LineWriter unquote() {
        buffer.putByte(position++, (byte) '"');
        return this;
    }

    /** Held until the channel closes: two writers would spoil each other's records. */
    private static void lock(final FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() == null) {
                throw new IOException("it is open in another process");
            }
        } catch (final OverlappingFileLockException e) {
            throw new IOException("it is open already in this process", e);
        }
    }

    private static long wholeBytes(final FileChannel channel) throws IOException {
        final ByteBuffer tail = ByteBuffer.allocate(TAIL_BYTES);
        final long size = channel.size();
        final long start = Math.max(0, size - TAIL_BYTES);
        while (tail.position() < size - start && channel.read(tail, start + tail.position()) > 0) {
            // Reads on until the tail is whole; a regular file ends the loop at its size at the latest.
        }
        for (int i = tail.position() - 1; i >= 0; i--) {
            if (tail.get(i) == '\n') {
                return start + i + 1;
            }
        }
        if (start > 0) {
            throw new IOException("no line end in the last " + TAIL_BYTES + " bytes: not a record file");
        }
        return 0;
    }

    private static UncheckedIOException closing(final FileChannel channel, final Path file, final IOException cause) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (final IOException e) {
            cause.addSuppressed(e);
        }
        return new UncheckedIOException("cannot open " + file + ": " + cause.getMessage(), cause);
    }
}
