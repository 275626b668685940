package io.turnout.journal.file;

import io.turnout.journal.JournalCorruptException;
import io.turnout.journal.JournalTail;
import io.turnout.journal.RecordHandler;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Follows the segments of a {@link FileJournal}. An idle poll costs one small read and one listing of the directory.
 */
final class FileJournalTail implements JournalTail {
    private final Path directory;
    private long position;
    private long nextAvailableSequence;
    private SegmentCursor cursor;

    FileJournalTail(final Path directory, final long fromSequence) {
        this.directory = directory;
        seek(fromSequence);
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long nextAvailableSequence() {
        return nextAvailableSequence;
    }

    @Override
    public void seek(final long sequence) {
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence=" + sequence + " must be at least 1");
        }
        close();
        position = sequence;
        nextAvailableSequence = sequence;
    }

    @Override
    public int poll(final RecordHandler handler, final int limit) {
        int count = 0;
        while (count < limit && (cursor != null || openFirst())) {
            if (cursor.next()) {
                if (cursor.sequence() >= position) {
                    count++;
                    if (!deliver(handler)) {
                        return count;
                    }
                }
            } else if (!openFollowing()) {
                break;
            }
        }
        return count == 0 && nextAvailableSequence != position ? GAP : count;
    }

    private boolean deliver(final RecordHandler handler) {
        position = cursor.sequence() + 1;
        nextAvailableSequence = position;
        return handler.onRecord(
                cursor.sequence(),
                cursor.timestampNs(),
                cursor.buffer(),
                cursor.payloadOffset(),
                cursor.payloadLength());
    }

    private boolean openFirst() {
        final SegmentName first = FileJournalReader.startingSegment(segments(), position);
        if (first == null) {
            return false;
        }
        if (first.firstSequence() > position) {
            nextAvailableSequence = first.firstSequence();
            return false;
        }
        nextAvailableSequence = position;
        return open(first);
    }

    private boolean openFollowing() {
        final SegmentName following = FileJournalReader.following(segments(), cursor.name());
        if (following == null) {
            return false;
        }
        // The rest of this segment may have been written just before the next one was started.
        cursor.refresh();
        if (cursor.isAtRecord()) {
            return true;
        }
        if (following.firstSequence() == cursor.nextSequence() || following.firstSequence() <= position) {
            return open(following);
        }
        if (cursor.isMissing()) {
            nextAvailableSequence = following.firstSequence();
            return false;
        }
        throw new JournalCorruptException(
                cursor.path(), cursor.offset(), cursor.nextSequence(), "the record is damaged");
    }

    private boolean open(final SegmentName segment) {
        try {
            final SegmentCursor next = new SegmentCursor(directory, segment);
            close();
            cursor = next;
            return true;
        } catch (final NoSuchFileException exception) {
            // Removed since it was listed: the next poll finds the gap.
            close();
            return false;
        } catch (final IOException exception) {
            throw Failures.named("open", segment.in(directory), exception);
        }
    }

    private List<SegmentName> segments() {
        try {
            return SegmentName.list(directory);
        } catch (final IOException exception) {
            throw Failures.named("list", directory, exception);
        }
    }

    @Override
    public void close() {
        if (cursor != null) {
            cursor.close();
            cursor = null;
        }
    }
}
