package io.turnout.journal.chronicle;

import io.turnout.journal.JournalCorruptException;
import io.turnout.journal.disk.ChainName;
import io.turnout.journal.disk.Failures;
import io.turnout.journal.disk.PartCursor;
import io.turnout.journal.disk.RecordFlyweight;
import io.turnout.journal.disk.RecordWindow;
import io.turnout.journal.disk.Tail;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.TailerDirection;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;

/**
 * Reads one epoch, record by record. Each excerpt is copied before it is looked at, because the file is mapped and may
 * belong to somebody else.
 *
 * <p>Chronicle hands over whatever its own headers point at, and throws all kinds of exceptions when these are damaged,
 * checked ones that it does not declare among them. Only an excerpt that is a record with a right checksum and the
 * right sequence counts; all else is damage.
 */
final class EpochCursor implements PartCursor {
    /** What was found at the last look. */
    private enum Found {
        RECORD,
        NOTHING,
        CLEAN_MARK,
        DAMAGE
    }

    /** Excerpts start at multiples of this. */
    private static final int EXCERPT_ALIGNMENT = Integer.BYTES;

    /** So many records can be missing at most; a number further ahead is no sequence. */
    private static final long ROOM = 1L << 40;

    private static final int INITIAL_COPY_LENGTH = 64 << 10;
    private static final long ANY_SEQUENCE = 0;

    private final ChainName name;
    private final Epoch epoch;
    private final SingleChronicleQueue queue;
    private final ExcerptTailer tailer;
    private final RecordFlyweight record = new RecordFlyweight();
    private ByteBuffer copy;
    private Bytes<ByteBuffer> copyBytes;
    private Found found = Found.NOTHING;
    private long nextSequence;
    private long syncedSequence = Tail.NOTHING;
    private File excerptFile;
    private long excerptOffset;
    private File endFile;
    private long endOffset;

    EpochCursor(final Path journalDirectory, final ChainName name) throws IOException {
        this.name = name;
        this.nextSequence = name.firstSequence();
        this.epoch = Epoch.read(name.in(journalDirectory));
        copy(INITIAL_COPY_LENGTH);
        queue = openQueue();
        tailer = openTailer();
    }

    private SingleChronicleQueue openQueue() {
        try {
            return epoch.openForReading();
        } catch (final Exception exception) {
            throw new JournalCorruptException(
                    epoch.metadata(), 0, nextSequence, "Chronicle cannot read its table of files: " + exception);
        }
    }

    private ExcerptTailer openTailer() {
        try {
            return queue.createTailer();
        } catch (final Exception exception) {
            queue.close();
            throw new JournalCorruptException(
                    path(), 0, nextSequence, "Chronicle cannot read the head of the file: " + exception);
        }
    }

    private void copy(final int length) {
        if (copyBytes != null) {
            copyBytes.releaseLast();
        }
        copy = ByteBuffer.allocateDirect(length);
        copyBytes = Bytes.wrapForWrite(copy);
        record.wrap(copy);
    }

    @Override
    public ChainName name() {
        return name;
    }

    @Override
    public Path path() {
        if (excerptFile != null) {
            return excerptFile.toPath();
        }
        final List<Path> files = files();
        return files.isEmpty() ? epoch.directory() : files.get(0);
    }

    @Override
    public long offset() {
        return excerptOffset;
    }

    @Override
    public long nextSequence() {
        return nextSequence;
    }

    @Override
    public boolean next() {
        if (found == Found.RECORD || found == Found.NOTHING) {
            found = read(nextSequence);
        }
        if (found != Found.RECORD) {
            return false;
        }
        take();
        return true;
    }

    private void take() {
        nextSequence = record.sequence(0) + 1;
        syncedSequence = record.syncedSequence(0);
        endFile = excerptFile;
        endOffset = excerptOffset + RecordFlyweight.recordLength(payloadLength());
    }

    private Found read(final long expectedSequence) {
        try (DocumentContext document = tailer.readingDocument()) {
            if (!document.isPresent()) {
                excerptFile = endFile;
                excerptOffset = endOffset;
                return Found.NOTHING;
            }
            final Bytes<?> bytes = document.wire().bytes();
            excerptFile = tailer.currentFile();
            excerptOffset = bytes.readPosition();
            return examine(bytes, expectedSequence);
        } catch (final Exception | InternalError exception) {
            // Chronicle has lost its way among damaged headers; the last place it knew is the best there is.
            return Found.DAMAGE;
        }
    }

    private Found examine(final Bytes<?> excerpt, final long expectedSequence) {
        final long length = excerpt.readRemaining();
        if (length < RecordFlyweight.HEADER_LENGTH || length > epoch.blockSizeBytes()) {
            return Found.DAMAGE;
        }
        if (length > copy.capacity()) {
            copy((int) length);
        }
        copyBytes.clear();
        copyBytes.write(excerpt);
        if (!record.isIntact(0, (int) length)) {
            return Found.DAMAGE;
        }
        final long sequence = record.sequence(0);
        if (record.length(0) == RecordFlyweight.CLEAN_MARK) {
            return expectedSequence == ANY_SEQUENCE || sequence == expectedSequence - 1
                    ? Found.CLEAN_MARK
                    : Found.DAMAGE;
        }
        if (RecordFlyweight.recordLength(payloadLength()) != length) {
            return Found.DAMAGE;
        }
        return expectedSequence == ANY_SEQUENCE || sequence == expectedSequence ? Found.RECORD : Found.DAMAGE;
    }

    @Override
    public void skipTo(final long sequence) {
        if (sequence <= nextSequence) {
            return;
        }
        final int firstCycle = queue.firstCycle();
        for (int cycle = queue.lastCycle(); cycle >= firstCycle; cycle--) {
            final long firstInCycle = sequenceAt(cycle, 0);
            if (firstInCycle != Tail.NOTHING && firstInCycle < sequence) {
                // The record before, so that the tailer then stands where the wanted one is or will be.
                final long before = sequenceAt(cycle, sequence - 1 - firstInCycle);
                if (before != sequence - 1) {
                    sequenceAt(cycle, 0);
                }
                take();
                return;
            }
        }
        toStart();
    }

    /** Reads the record with this number in its file; returns its sequence, or {@link Tail#NOTHING}. */
    private long sequenceAt(final int cycle, final long number) {
        final long index = queue.rollCycle().toIndex(cycle, number);
        if (!move(() -> tailer.moveToIndex(index))) {
            return Tail.NOTHING;
        }
        found = read(ANY_SEQUENCE);
        return found == Found.RECORD ? record.sequence(0) : Tail.NOTHING;
    }

    /** Chronicle throws all kinds of exceptions when what it finds its way by is damaged. */
    private static boolean move(final BooleanSupplier movement) {
        try {
            return movement.getAsBoolean();
        } catch (final Exception | InternalError exception) {
            return false;
        }
    }

    /** Goes back to the beginning. */
    void toStart() {
        found = move(() -> tailer.toStart() != null) ? Found.NOTHING : Found.DAMAGE;
        nextSequence = name.firstSequence();
        endFile = null;
        endOffset = 0;
    }

    @Override
    public void skipToEnd() {
        final boolean isAtEnd =
                move(() -> tailer.direction(TailerDirection.BACKWARD).toEnd() != null);
        final Found last = isAtEnd ? read(ANY_SEQUENCE) : Found.DAMAGE;
        tailer.direction(TailerDirection.FORWARD);
        if (last == Found.CLEAN_MARK) {
            found = last;
            nextSequence = record.sequence(0) + 1;
            return;
        }
        final long lastSequence = last == Found.RECORD ? record.sequence(0) : Tail.NOTHING;
        toStart();
        skipTo(lastSequence + 1);
    }

    /** What the last record read calls synced, or {@link Tail#NOTHING}. */
    long syncedSequence() {
        return syncedSequence;
    }

    /** Whether not a single record was found. */
    boolean isAtStart() {
        return nextSequence == name.firstSequence();
    }

    Epoch epoch() {
        return epoch;
    }

    @Override
    public boolean isAtCleanMark() {
        return found == Found.CLEAN_MARK;
    }

    @Override
    public boolean isMissing() {
        return found != Found.DAMAGE;
    }

    @Override
    public String damage() {
        return damage(tail());
    }

    /** Why this tail cannot come from a crash, or null when it can. */
    String damage(final Tail tail) {
        if (tail.highestSequence() == nextSequence && tail.syncedSequence() < nextSequence) {
            // Chronicle writes the excerpt first and its header last: this record was about to be appended.
            return null;
        }
        return tail.damage(nextSequence, epoch.boot());
    }

    /** Looks at all that lies behind the last valid record, without Chronicle. The cursor stays where it is. */
    Tail tail() {
        Tail tail = null;
        for (final Path file : files()) {
            final int order = endFile == null
                    ? 1
                    : file.getFileName().compareTo(endFile.toPath().getFileName());
            if (order >= 0) {
                final Tail found = scan(file, order == 0 ? endOffset : 0);
                tail = tail == null ? found : tail.and(found.highestSequence(), found.syncedSequence());
            }
        }
        return tail == null ? new Tail(0, 0, Tail.NOTHING, Tail.NOTHING) : tail;
    }

    private Tail scan(final Path file, final long from) {
        try (RecordWindow window = new RecordWindow(file)) {
            return window.scan(from, EXCERPT_ALIGNMENT, nextSequence, nextSequence + ROOM, epoch.blockSizeBytes());
        } catch (final IOException exception) {
            throw Failures.named("open", file, exception);
        }
    }

    private List<Path> files() {
        try {
            return epoch.files();
        } catch (final IOException exception) {
            throw Failures.named("list", epoch.directory(), exception);
        }
    }

    @Override
    public long sequence() {
        return record.sequence(0);
    }

    @Override
    public long timestampNs() {
        return record.timestampNs(0);
    }

    @Override
    public DirectBuffer buffer() {
        return record.buffer();
    }

    @Override
    public int payloadOffset() {
        return RecordFlyweight.HEADER_LENGTH;
    }

    @Override
    public int payloadLength() {
        return record.length(0) - RecordFlyweight.HEADER_LENGTH;
    }

    @Override
    public void close() {
        tailer.close();
        queue.close();
        copyBytes.releaseLast();
    }
}
