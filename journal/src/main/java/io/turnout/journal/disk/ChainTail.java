package io.turnout.journal.disk;

import io.turnout.journal.JournalCorruptException;
import io.turnout.journal.JournalTail;
import io.turnout.journal.RecordHandler;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** Follows a journal part by part. An idle poll costs one small read and one listing of the directory. */
final class ChainTail implements JournalTail {
    private final Chain chain;
    private long position;
    private long nextAvailableSequence;
    private PartCursor cursor;
    private ChainName following;

    ChainTail(final Chain chain, final long fromSequence) {
        this.chain = chain;
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
        moveTo(sequence);
    }

    private void moveTo(final long sequence) {
        position = sequence;
        nextAvailableSequence = sequence;
    }

    @Override
    public int poll(final RecordHandler handler, final int limit) {
        int count = 0;
        boolean isMore = true;
        while (isMore && count < limit && (cursor != null || openFirst())) {
            if (!cursor.next() && !hasBeenWrittenMeanwhile()) {
                isMore = openFollowing();
            } else if (cursor.sequence() >= position) {
                count++;
                isMore = deliver(handler);
            }
        }
        return count == 0 && nextAvailableSequence != position ? GAP : count;
    }

    private boolean deliver(final RecordHandler handler) {
        moveTo(cursor.sequence() + 1);
        return handler.onRecord(
                cursor.sequence(),
                cursor.timestampNs(),
                cursor.buffer(),
                cursor.payloadOffset(),
                cursor.payloadLength());
    }

    private boolean openFirst() {
        final ChainName first = ChainName.holding(chain.parts(), position);
        if (first == null) {
            return false;
        }
        if (first.firstSequence() > position) {
            nextAvailableSequence = first.firstSequence();
            return false;
        }
        return open(first);
    }

    /** The rest of a part may have been written just before the next part was started. */
    private boolean hasBeenWrittenMeanwhile() {
        following = cursor.name().following(chain.parts());
        return following != null && cursor.next();
    }

    private boolean openFollowing() {
        if (following == null) {
            return false;
        }
        if (following.firstSequence() == cursor.nextSequence() || following.firstSequence() <= position) {
            return open(following);
        }
        if (!cursor.isMissing()) {
            throw new JournalCorruptException(
                    cursor.path(), cursor.offset(), cursor.nextSequence(), "the record is damaged");
        }
        nextAvailableSequence = following.firstSequence();
        return false;
    }

    private boolean open(final ChainName part) {
        try {
            final PartCursor next = chain.open(part);
            close();
            cursor = next;
            cursor.skipTo(position);
            nextAvailableSequence = position;
            return true;
        } catch (final NoSuchFileException exception) {
            // Removed since it was listed: the next poll finds the gap.
            close();
            return false;
        } catch (final IOException exception) {
            throw Failures.named("open", part, exception);
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
