package io.turnout.journal.file;

import io.turnout.journal.JournalException;
import io.turnout.journal.RecordFlyweight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.DirectBuffer;

/**
 * Reads one segment, record by record, through a window of memory. Not by mapping the file: a writer that closes
 * cleanly cuts it, and a mapping of bytes that are gone kills the process.
 *
 * <p>The writer may be at work. What it writes appears in order, but a read can see the first half of a write and not
 * the second; so a record that looks wrong is read again before it is believed.
 */
final class SegmentCursor implements AutoCloseable {
    private static final int WINDOW_LENGTH = 128 << 10;

    private final Path path;
    private final SegmentName name;
    private final FileChannel channel;
    private final SegmentHeader header;
    private final String headerProblem;
    private final RecordFlyweight record = new RecordFlyweight();
    private ByteBuffer window;
    private long windowOffset;
    private int windowLength;
    private long offset = SegmentHeader.LENGTH;
    private long nextSequence;
    private int recordIndex;

    SegmentCursor(final Path directory, final SegmentName name) throws IOException {
        this.path = name.in(directory);
        this.name = name;
        this.nextSequence = name.firstSequence();
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
        window(WINDOW_LENGTH);
        try {
            header = SegmentHeader.read(channel);
            headerProblem = header.problem(name);
        } catch (final IOException exception) {
            channel.close();
            throw exception;
        }
    }

    private void window(final int length) {
        window = ByteBuffer.allocateDirect(length);
        record.wrap(window);
        windowLength = 0;
    }

    Path path() {
        return path;
    }

    SegmentName name() {
        return name;
    }

    SegmentHeader header() {
        return header;
    }

    /** What is wrong with the header, or null. Without a good header there are no records. */
    String headerProblem() {
        return headerProblem;
    }

    /** Where the next record starts, or would. */
    long offset() {
        return offset;
    }

    /** The sequence the next record must have. */
    long nextSequence() {
        return nextSequence;
    }

    /**
     * Goes to the next record.
     *
     * @return whether it is there, whole and with the right sequence; if not, the cursor stays where it is
     */
    boolean next() {
        if (headerProblem != null) {
            return false;
        }
        int length = nextLength();
        if (length == 0) {
            windowLength = 0;
            length = nextLength();
        }
        if (length == 0) {
            return false;
        }
        recordIndex = (int) (offset - windowOffset);
        offset += length;
        nextSequence++;
        return true;
    }

    private int nextLength() {
        final int length = intactLength(offset, header.maximumRecordLength());
        return length != 0 && record.sequence((int) (offset - windowOffset)) == nextSequence ? length : 0;
    }

    private int intactLength(final long at, final int maximumLength) {
        if (!load(at, RecordFlyweight.HEADER_LENGTH)) {
            return 0;
        }
        final int unpadded = record.length((int) (at - windowOffset));
        if (unpadded < RecordFlyweight.HEADER_LENGTH || unpadded > maximumLength) {
            return 0;
        }
        final int length = RecordFlyweight.recordLength(unpadded - RecordFlyweight.HEADER_LENGTH);
        return load(at, length) && record.isIntact((int) (at - windowOffset), length) ? length : 0;
    }

    /** Brings these bytes into the window, or says that the file does not have them. */
    private boolean load(final long at, final int length) {
        if (at >= windowOffset && at + length <= windowOffset + windowLength) {
            return true;
        }
        if (length > window.capacity()) {
            if (at + length > length()) {
                return false;
            }
            window(length);
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

    /** Whether {@link #next} would succeed. */
    boolean isAtRecord() {
        return headerProblem == null && nextLength() != 0;
    }

    /** Whether nothing at all is written where the next record belongs. */
    boolean isMissing() {
        return isAtCleanMark()
                || !load(offset, Long.BYTES)
                || record.buffer().getLong((int) (offset - windowOffset)) == 0;
    }

    /** Holds the payload of the current record, until the next call of anything here. */
    DirectBuffer buffer() {
        return record.buffer();
    }

    int payloadOffset() {
        return recordIndex + RecordFlyweight.HEADER_LENGTH;
    }

    int payloadLength() {
        return record.length(recordIndex) - RecordFlyweight.HEADER_LENGTH;
    }

    long sequence() {
        return record.sequence(recordIndex);
    }

    long timestampNs() {
        return record.timestampNs(recordIndex);
    }

    long syncedSequence() {
        return record.syncedSequence(recordIndex);
    }

    /** Whether the mark of a clean close stands here. */
    boolean isAtCleanMark() {
        return headerProblem == null && isCleanMark(offset) && markSequence(offset) == nextSequence - 1;
    }

    /**
     * Goes to the end of a cleanly closed segment without reading it.
     *
     * @return whether a clean mark stands at the very end of the file; if not, the cursor stays where it is
     */
    boolean skipToCleanMark() {
        final long at = length() - RecordFlyweight.HEADER_LENGTH;
        if (headerProblem != null || at <= offset || at % RecordFlyweight.ALIGNMENT != 0 || !isCleanMark(at)) {
            return false;
        }
        offset = at;
        nextSequence = markSequence(at) + 1;
        return true;
    }

    private boolean isCleanMark(final long at) {
        if (!load(at, RecordFlyweight.HEADER_LENGTH)) {
            return false;
        }
        final int index = (int) (at - windowOffset);
        return record.length(index) == RecordFlyweight.CLEAN_MARK
                && record.isIntact(index, RecordFlyweight.HEADER_LENGTH);
    }

    private long markSequence(final long at) {
        return record.sequence((int) (at - windowOffset));
    }

    /** Forgets what was read ahead. */
    void refresh() {
        windowLength = 0;
    }

    long length() {
        try {
            return channel.size();
        } catch (final IOException exception) {
            throw Failures.named("read the size of", path, exception);
        }
    }

    /** Looks at all that lies behind the last valid record. The cursor stays where it is. */
    SegmentTail tail() {
        final int maximumLength = headerProblem == null ? header.maximumRecordLength() : Integer.MAX_VALUE / 2;
        long end = offset;
        long highestSequence = SegmentTail.NOTHING;
        long syncedSequence = SegmentTail.NOTHING;
        long at = offset;
        while (load(at, Long.BYTES)) {
            int step = RecordFlyweight.ALIGNMENT;
            if (record.buffer().getLong((int) (at - windowOffset)) != 0) {
                end = at + step;
                final int length = isPlausible(at) ? intactLength(at, maximumLength) : 0;
                if (length != 0) {
                    final int index = (int) (at - windowOffset);
                    highestSequence = Math.max(highestSequence, record.sequence(index));
                    syncedSequence = Math.max(syncedSequence, record.syncedSequence(index));
                    step = length;
                    end = at + length;
                }
            }
            at += step;
        }
        // A file cut by somebody else may end between two multiples of 8.
        return new SegmentTail(offset, at < length() ? length() : end, highestSequence, syncedSequence);
    }

    /** Whether the sequence found here is one that the bytes since the last valid record have room for. */
    private boolean isPlausible(final long at) {
        if (!load(at, RecordFlyweight.HEADER_LENGTH)) {
            return false;
        }
        final long sequence = record.sequence((int) (at - windowOffset));
        return sequence >= nextSequence && sequence - nextSequence <= (at - offset) / RecordFlyweight.HEADER_LENGTH;
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
