package io.turnout.journal.disk;

import io.turnout.journal.Journal;
import io.turnout.journal.JournalCorruptException;
import io.turnout.journal.JournalReader;
import io.turnout.journal.JournalTail;
import io.turnout.journal.RecordHandler;
import java.io.IOException;
import java.util.List;

/**
 * Reads a journal part by part. A part ends where the next one begins: what an earlier process has left behind that
 * place was judged, and put aside, by the process that started the next part.
 */
public final class ChainReader implements JournalReader {
    private final Chain chain;

    /** Opens nothing yet. */
    public ChainReader(final Chain chain) {
        this.chain = chain;
    }

    @Override
    public long firstSequence() {
        final List<ChainName> parts = chain.parts();
        if (parts.isEmpty()) {
            return Journal.NO_SEQUENCE;
        }
        final long first = parts.get(0).firstSequence();
        return lastSequence() < first ? Journal.NO_SEQUENCE : first;
    }

    @Override
    public long lastSequence() {
        final List<ChainName> parts = chain.parts();
        if (parts.isEmpty()) {
            return Journal.NO_SEQUENCE;
        }
        final ChainName last = parts.get(parts.size() - 1);
        try (PartCursor cursor = chain.open(last)) {
            cursor.skipToEnd();
            boolean isMore = true;
            while (isMore) {
                isMore = cursor.next();
            }
            final boolean isNothing = parts.size() == 1 && cursor.nextSequence() == last.firstSequence();
            return isNothing ? Journal.NO_SEQUENCE : cursor.nextSequence() - 1;
        } catch (final IOException exception) {
            throw Failures.named("open", last, exception);
        }
    }

    @Override
    public long replay(final long fromSequence, final RecordHandler handler) {
        final Replay replay = new Replay(fromSequence, handler);
        ChainName part = ChainName.holding(chain.parts(), fromSequence);
        while (part != null) {
            part = replayPart(part, replay);
        }
        return replay.lastHandled;
    }

    /** Replays what is readable of one part and returns the one to go on with, or null when that was all. */
    private ChainName replayPart(final ChainName part, final Replay replay) {
        try (PartCursor cursor = chain.open(part)) {
            cursor.skipTo(replay.fromSequence);
            while (true) {
                while (cursor.next()) {
                    if (!replay.offer(cursor)) {
                        return null;
                    }
                }
                final ChainName following = part.following(chain.parts());
                if (following != null && following.firstSequence() == cursor.nextSequence()) {
                    return following;
                }
                final String damage = damage(cursor, following);
                // The writer may have gone on in the meantime, so look once more before the verdict.
                if (!cursor.next()) {
                    requireUndamaged(cursor, damage);
                    return null;
                }
                if (!replay.offer(cursor)) {
                    return null;
                }
            }
        } catch (final IOException exception) {
            throw Failures.named("open", part, exception);
        }
    }

    /** Why a cursor that can go no further is not at the end of the journal, or null when it is. */
    private static String damage(final PartCursor cursor, final ChainName following) {
        if (following != null) {
            return "the record is damaged or missing, but " + following + " comes after it";
        }
        return cursor.isAtCleanMark() ? null : cursor.damage();
    }

    private static void requireUndamaged(final PartCursor cursor, final String damage) {
        if (damage != null && !cursor.isAtCleanMark()) {
            throw new JournalCorruptException(cursor.path(), cursor.offset(), cursor.nextSequence(), damage);
        }
    }

    @Override
    public JournalTail tail(final long fromSequence) {
        return new ChainTail(chain, fromSequence);
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

        Replay(final long fromSequence, final RecordHandler handler) {
            this.fromSequence = fromSequence;
            this.handler = handler;
            this.lastHandled = fromSequence - 1;
        }

        boolean offer(final PartCursor cursor) {
            if (cursor.sequence() < fromSequence) {
                return true;
            }
            lastHandled = cursor.sequence();
            return handler.onRecord(
                    cursor.sequence(),
                    cursor.timestampNs(),
                    cursor.buffer(),
                    cursor.payloadOffset(),
                    cursor.payloadLength());
        }
    }
}
