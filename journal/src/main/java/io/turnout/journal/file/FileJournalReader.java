package io.turnout.journal.file;

import io.turnout.journal.Journal;
import io.turnout.journal.JournalCorruptException;
import io.turnout.journal.JournalReader;
import io.turnout.journal.JournalTail;
import io.turnout.journal.RecordHandler;
import io.turnout.journal.disk.ChainName;
import io.turnout.journal.disk.Failures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads the segments of a {@link FileJournal} from any process. An empty or missing directory is an empty journal. */
public final class FileJournalReader implements JournalReader {
    private final Path directory;

    /** Opens nothing yet. */
    public FileJournalReader(final Path directory) {
        this.directory = directory;
    }

    @Override
    public long firstSequence() {
        final List<ChainName> segments = segments();
        if (segments.isEmpty()) {
            return Journal.NO_SEQUENCE;
        }
        final long first = segments.get(0).firstSequence();
        return lastSequence() < first ? Journal.NO_SEQUENCE : first;
    }

    @Override
    public long lastSequence() {
        final List<ChainName> segments = segments();
        if (segments.isEmpty()) {
            return Journal.NO_SEQUENCE;
        }
        final ChainName last = segments.get(segments.size() - 1);
        try (SegmentCursor cursor = new SegmentCursor(directory, last)) {
            boolean isMore = !cursor.skipToCleanMark();
            while (isMore) {
                isMore = cursor.next();
            }
            final boolean isNothing = segments.size() == 1 && cursor.nextSequence() == last.firstSequence();
            return isNothing ? Journal.NO_SEQUENCE : cursor.nextSequence() - 1;
        } catch (final IOException exception) {
            throw Failures.named("open", last.in(directory), exception);
        }
    }

    @Override
    public long replay(final long fromSequence, final RecordHandler handler) {
        final Replay replay = new Replay(fromSequence, handler);
        ChainName segment = ChainName.holding(segments(), fromSequence);
        while (segment != null && !replay.isStopped) {
            segment = replaySegment(segment, replay);
        }
        return replay.lastHandled;
    }

    /** Replays what is readable of one segment and returns the one to go on with, or null at the end of the journal. */
    private ChainName replaySegment(final ChainName segment, final Replay replay) {
        try (SegmentCursor cursor = new SegmentCursor(directory, segment)) {
            while (true) {
                while (cursor.next()) {
                    if (!replay.offer(cursor)) {
                        return null;
                    }
                }
                final ChainName following = segment.following(segments());
                if (following != null && following.firstSequence() == cursor.nextSequence()) {
                    return following;
                }
                final String damage = damage(cursor, following);
                // The writer may have gone on in the meantime, so look once more before the verdict.
                cursor.refresh();
                if (!cursor.next()) {
                    return endOrDamage(cursor, damage);
                }
                if (!replay.offer(cursor)) {
                    return null;
                }
            }
        } catch (final IOException exception) {
            throw Failures.named("open", segment.in(directory), exception);
        }
    }

    private static ChainName endOrDamage(final SegmentCursor cursor, final String damage) {
        if (damage != null && !cursor.isAtCleanMark()) {
            throw new JournalCorruptException(cursor.path(), cursor.offset(), cursor.nextSequence(), damage);
        }
        return null;
    }

    /** Why a cursor that can go no further is not at the end of the journal, or null when it is. */
    private static String damage(final SegmentCursor cursor, final ChainName following) {
        if (following != null) {
            return "the record is damaged or missing, but the file " + following + " comes after it";
        }
        return cursor.isAtCleanMark() ? null : cursor.damage(cursor.tail());
    }

    private List<ChainName> segments() {
        return ChainName.list(directory, Segment.SUFFIX);
    }

    @Override
    public JournalTail tail(final long fromSequence) {
        return new FileJournalTail(directory, fromSequence);
    }

    @Override
    public void close() {
        // Files are open only during a call.
    }

    /** How far a replay has come. */
    private static final class Replay {
        private final long fromSequence;
        private final RecordHandler handler;
        private long lastHandled;
        private boolean isStopped;

        Replay(final long fromSequence, final RecordHandler handler) {
            this.fromSequence = fromSequence;
            this.handler = handler;
            this.lastHandled = fromSequence - 1;
        }

        boolean offer(final SegmentCursor cursor) {
            if (cursor.sequence() < fromSequence) {
                return true;
            }
            lastHandled = cursor.sequence();
            isStopped = !handler.onRecord(
                    cursor.sequence(),
                    cursor.timestampNs(),
                    cursor.buffer(),
                    cursor.payloadOffset(),
                    cursor.payloadLength());
            return !isStopped;
        }
    }
}
