package io.turnout.systemtests.crash;

import io.turnout.journal.Journal;
import io.turnout.journal.RecordHandler;
import org.agrona.DirectBuffer;

/** A journal that counts the steps on which its process is to die. */
final class CrashingJournal implements Journal {
    private final Journal journal;
    private final Runnable beforeAppend;
    private final Runnable afterAppend;
    private final Runnable beforeSync;
    private final Runnable onReplay;

    CrashingJournal(
            final Journal journal,
            final Runnable beforeAppend,
            final Runnable afterAppend,
            final Runnable beforeSync,
            final Runnable onReplay) {
        this.journal = journal;
        this.beforeAppend = beforeAppend;
        this.afterAppend = afterAppend;
        this.beforeSync = beforeSync;
        this.onReplay = onReplay;
    }

    @Override
    public void append(
            final long sequence,
            final long timestampNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        beforeAppend.run();
        journal.append(sequence, timestampNs, buffer, offset, length);
        afterAppend.run();
    }

    @Override
    public void flush() {
        journal.flush();
    }

    @Override
    public long sync() {
        beforeSync.run();
        return journal.sync();
    }

    @Override
    public long lastSequence() {
        return journal.lastSequence();
    }

    @Override
    public long syncedSequence() {
        return journal.syncedSequence();
    }

    @Override
    public long replay(final long fromSequence, final RecordHandler handler) {
        return journal.replay(fromSequence, (sequence, timestampNs, buffer, offset, length) -> {
            onReplay.run();
            return handler.onRecord(sequence, timestampNs, buffer, offset, length);
        });
    }

    @Override
    public int maximumPayloadLength() {
        return journal.maximumPayloadLength();
    }

    @Override
    public int prepare() {
        return journal.prepare();
    }

    @Override
    public void close() {
        journal.close();
    }
}
