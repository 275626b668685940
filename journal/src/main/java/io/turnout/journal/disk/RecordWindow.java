package io.turnout.journal.disk;

import io.turnout.journal.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads records from anywhere in a file through a window of memory. Not by mapping the file: a writer may cut it, and a
 * mapping of bytes that are gone kills the process.
 *
 * <p>Not thread-safe.
 */
public final class RecordWindow implements AutoCloseable {
    private static final int LENGTH = 128 << 10;

    private final Path path;
    private final FileChannel channel;
    private final RecordFlyweight record = new RecordFlyweight();
    private ByteBuffer window;
    private long windowOffset;
    private int windowLength;

    /** Opens the file. */
    public RecordWindow(final Path path) throws IOException {
        this.path = path;
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
        allocate(LENGTH);
    }

    private void allocate(final int length) {
        window = ByteBuffer.allocateDirect(length);
        record.wrap(window);
        windowLength = 0;
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** The file, for reading something else from it. */
    public FileChannel channel() {
        return channel;
    }

    /** Bytes in the file now. */
    public long length() {
        try {
            return channel.size();
        } catch (final IOException exception) {
            throw Failures.named("read the size of", path, exception);
        }
    }

    /** The record flyweight; it sees the bytes at {@link #index}. */
    public RecordFlyweight record() {
        return record;
    }

    /** Where in the flyweight's buffer the byte at this offset of the file is; it must have been loaded. */
    public int index(final long at) {
        return (int) (at - windowOffset);
    }

    /** Forgets what was read. */
    public void refresh() {
        windowLength = 0;
    }

    /** Brings these bytes into the window, or says that the file does not have them. */
    public boolean load(final long at, final int length) {
        if (at >= windowOffset && at + length <= windowOffset + windowLength) {
            return true;
        }
        if (length > window.capacity()) {
            if (at + length > length()) {
                return false;
            }
            allocate(length);
        }
        try {
            window.clear();
            while (window.hasRemaining() && channel.read(window, at + window.position()) > 0) {
                // Until the window or the file ends.
            }
        } catch (final IOException exception) {
            throw Failures.named("read", path, exception);
        }
        windowOffset = at;
        windowLength = window.position();
        return length <= windowLength;
    }

    /**
     * Looks for an intact record.
     *
     * @param at where it would start
     * @param maximumLength longest record to believe in
     * @return bytes it takes, padding included, or 0 when there is none; then loaded
     */
    public int intactLength(final long at, final int maximumLength) {
        if (!load(at, RecordFlyweight.HEADER_LENGTH)) {
            return 0;
        }
        final int unpadded = record.length(index(at));
        if (unpadded < RecordFlyweight.HEADER_LENGTH || unpadded > maximumLength) {
            return 0;
        }
        final int length = RecordFlyweight.recordLength(unpadded - RecordFlyweight.HEADER_LENGTH);
        return load(at, length) && record.isIntact(index(at), length) ? length : 0;
    }

    /** Whether a clean mark stands here; then loaded. */
    public boolean isCleanMark(final long at) {
        return load(at, RecordFlyweight.HEADER_LENGTH)
                && record.length(index(at)) == RecordFlyweight.CLEAN_MARK
                && record.isIntact(index(at), RecordFlyweight.HEADER_LENGTH);
    }

    /** Whether nothing at all is written here. */
    public boolean isBlank(final long at) {
        return !load(at, Long.BYTES) || record.buffer().getLong(index(at)) == 0;
    }

    /**
     * Looks at everything from an offset to the end of the file.
     *
     * @param from first byte behind the last valid record
     * @param step records start at multiples of this behind {@code from}
     * @param lowestSequence of interest
     * @param highestSequence that there was room for; a higher number is no sequence
     * @param maximumLength longest record to believe in
     */
    public Tail scan(
            final long from,
            final int step,
            final long lowestSequence,
            final long highestSequence,
            final int maximumLength) {
        long end = from;
        long foundSequence = Tail.NOTHING;
        long syncedSequence = Tail.NOTHING;
        long at = from;
        while (load(at, Long.BYTES)) {
            int taken = step;
            if (!isBlank(at)) {
                taken = Math.max(step, recordLength(at, lowestSequence, highestSequence, maximumLength));
                if (taken > step) {
                    foundSequence = Math.max(foundSequence, record.sequence(index(at)));
                    syncedSequence = Math.max(syncedSequence, record.syncedSequence(index(at)));
                }
                end = at + taken;
            }
            at += taken;
        }
        return new Tail(from, endOfRest(at, end), foundSequence, syncedSequence);
    }

    /** The last bytes can be too few to hold anything, and still not be zero. */
    private long endOfRest(final long from, final long endBefore) {
        long end = endBefore;
        for (long at = from; load(at, 1); at++) {
            if (record.buffer().getByte(index(at)) != 0) {
                end = at + 1;
            }
        }
        return end;
    }

    private int recordLength(final long at, final long lowest, final long highest, final int maximumLength) {
        if (!load(at, RecordFlyweight.HEADER_LENGTH)) {
            return 0;
        }
        final long sequence = record.sequence(index(at));
        if (sequence < lowest || sequence > highest) {
            return 0;
        }
        return isCleanMark(at) ? RecordFlyweight.HEADER_LENGTH : intactLength(at, maximumLength);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException exception) {
            throw new JournalException("cannot close " + path + ": " + exception, exception);
        }
    }
}
