package io.turnout.journal.file;

import io.turnout.journal.disk.BootId;
import io.turnout.journal.disk.ChainName;
import io.turnout.journal.disk.PartCursor;
import io.turnout.journal.disk.RecordFlyweight;
import io.turnout.journal.disk.RecordWindow;
import io.turnout.journal.disk.Tail;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * Reads one segment, record by record.
 *
 * <p>The writer may be at work. What it writes appears in order, but a read can see the first half of a write and not
 * the second; so a record that looks wrong is read again before it is believed.
 */
final class SegmentCursor implements PartCursor {
    private final ChainName name;
    private final RecordWindow window;
    private final RecordFlyweight record;
    private final SegmentHeader header;
    private final String headerProblem;
    private long offset = SegmentHeader.LENGTH;
    private long nextSequence;
    private int recordIndex;
    private long syncedSequence = Tail.NOTHING;

    SegmentCursor(final Path directory, final ChainName name) throws IOException {
        this.name = name;
        this.nextSequence = name.firstSequence();
        this.window = new RecordWindow(name.in(directory));
        this.record = window.record();
        try {
            header = SegmentHeader.read(window.channel());
            headerProblem = header.problem(name);
        } catch (final IOException exception) {
            window.close();
            throw exception;
        }
    }

    @Override
    public Path path() {
        return window.path();
    }

    @Override
    public ChainName name() {
        return name;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public long nextSequence() {
        return nextSequence;
    }

    /** Whether not a single record was found. */
    boolean isAtStart() {
        return nextSequence == name.firstSequence();
    }

    long length() {
        return window.length();
    }

    @Override
    public boolean next() {
        int length = nextLength();
        if (length == 0) {
            window.refresh();
            length = nextLength();
        }
        if (length == 0) {
            return false;
        }
        recordIndex = window.index(offset);
        syncedSequence = record.syncedSequence(recordIndex);
        offset += length;
        nextSequence++;
        return true;
    }

    private int nextLength() {
        // Without a good header there are no records.
        final int length = headerProblem == null ? window.intactLength(offset, header.maximumRecordLength()) : 0;
        return length != 0 && record.sequence(window.index(offset)) == nextSequence ? length : 0;
    }

    @Override
    public boolean isMissing() {
        return isAtCleanMark() || window.isBlank(offset);
    }

    @Override
    public DirectBuffer buffer() {
        return record.buffer();
    }

    @Override
    public int payloadOffset() {
        return recordIndex + RecordFlyweight.HEADER_LENGTH;
    }

    @Override
    public int payloadLength() {
        return record.length(recordIndex) - RecordFlyweight.HEADER_LENGTH;
    }

    @Override
    public long sequence() {
        return record.sequence(recordIndex);
    }

    @Override
    public long timestampNs() {
        return record.timestampNs(recordIndex);
    }

    /** What the last record read calls synced, or {@link Tail#NOTHING}. */
    long syncedSequence() {
        return syncedSequence;
    }

    @Override
    public boolean isAtCleanMark() {
        return headerProblem == null
                && window.isCleanMark(offset)
                && record.sequence(window.index(offset)) == nextSequence - 1;
    }

    /**
     * Goes to the end of a cleanly closed segment without reading it.
     *
     * @return whether a clean mark stands at the very end of the file; if not, the cursor stays where it is
     */
    boolean skipToCleanMark() {
        final long at = length() - RecordFlyweight.HEADER_LENGTH;
        if (headerProblem != null || at <= offset || !window.isCleanMark(at)) {
            return false;
        }
        offset = at;
        nextSequence = record.sequence(window.index(at)) + 1;
        return true;
    }

    @Override
    public void skipTo(final long sequence) {
        // A segment has no index, and none is worth its upkeep: reading a whole one takes some ten milliseconds.
    }

    @Override
    public void skipToEnd() {
        skipToCleanMark();
    }

    @Override
    public String damage() {
        return damage(tail());
    }

    /** Looks at all that lies behind the last valid record. The cursor stays where it is. */
    Tail tail() {
        final int maximumLength = headerProblem == null ? header.maximumRecordLength() : Integer.MAX_VALUE / 2;
        return window.scan(
                offset,
                RecordFlyweight.ALIGNMENT,
                nextSequence,
                nextSequence + (length() - offset) / RecordFlyweight.HEADER_LENGTH,
                maximumLength);
    }

    /** Why this tail cannot come from a crash, or null when it can. */
    String damage(final Tail tail) {
        if (headerProblem != null) {
            return header.isBlank() ? tail.damage(nextSequence, BootId.UNKNOWN) : headerProblem;
        }
        if (length() < header.segmentLength()) {
            return "the file was cut short to " + length() + " bytes";
        }
        return tail.damage(nextSequence, header.boot());
    }

    @Override
    public void close() {
        window.close();
    }
}
