package io.turnout.core.pipeline;

import io.turnout.journal.Journal;
import io.turnout.journal.JournalException;
import io.turnout.journal.JournalReader;
import io.turnout.journal.JournalTail;
import io.turnout.journal.RecordHandler;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A journal whose page cache and device are lists, so that tests can take away the power. Faults are switched on by
 * name.
 */
final class MemoryJournal implements Journal, JournalReader {
    private final List<Entry> entries = new ArrayList<>();
    private int flushedCount;
    private int syncedCount;
    private Runnable duringSync = () -> {};
    private boolean failsToFlush;
    private boolean failsToSync;
    private boolean closed;
    private int syncs;
    private int prepares;

    /** A record; equal when everything in it is, and readable when a test fails. */
    record Entry(long sequence, long timestampNs, String payload) {
        byte[] bytes() {
            return HexFormat.of().parseHex(payload);
        }
    }

    /** What is found when the process died but the machine did not. */
    MemoryJournal afterKill() {
        return keeping(flushedCount);
    }

    /** What is found when the power was lost and no page had been written back on its own. */
    MemoryJournal afterPowerLoss() {
        return keeping(syncedCount);
    }

    /** What is found when the power was lost and the first records had reached the device. */
    MemoryJournal keeping(final int count) {
        final MemoryJournal survivor = new MemoryJournal();
        survivor.entries.addAll(entries.subList(0, count));
        survivor.flushedCount = count;
        survivor.syncedCount = count;
        return survivor;
    }

    /** As if files with the first records had been removed. */
    MemoryJournal without(final int firstCount) {
        final MemoryJournal survivor = new MemoryJournal();
        survivor.entries.addAll(entries.subList(firstCount, entries.size()));
        survivor.flushedCount = survivor.entries.size();
        survivor.syncedCount = survivor.entries.size();
        return survivor;
    }

    /** As if somebody had changed one byte of a record and its checksum. */
    void corrupt(final int index, final int byteIndex) {
        final Entry entry = entries.get(index);
        final byte[] payload = entry.bytes();
        payload[byteIndex] ^= 1;
        entries.set(
                index,
                new Entry(entry.sequence(), entry.timestampNs(), HexFormat.of().formatHex(payload)));
    }

    void failToFlush() {
        failsToFlush = true;
    }

    void failToSync() {
        failsToSync = true;
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    int count() {
        return entries.size();
    }

    int syncs() {
        return syncs;
    }

    int prepares() {
        return prepares;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void append(
            final long sequence,
            final long timestampNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (!entries.isEmpty() && sequence != lastSequence() + 1) {
            throw new IllegalArgumentException("sequence=" + sequence + " last=" + lastSequence());
        }
        final byte[] payload = new byte[length];
        buffer.getBytes(offset, payload);
        entries.add(new Entry(sequence, timestampNs, HexFormat.of().formatHex(payload)));
    }

    @Override
    public void flush() {
        if (failsToFlush) {
            throw new JournalException("flush failed");
        }
        flushedCount = entries.size();
    }

    /** What another thread does while the device is busy. */
    void duringSync(final Runnable action) {
        duringSync = action;
    }

    @Override
    public long sync() {
        syncs++;
        final int covered = flushedCount;
        duringSync.run();
        if (failsToSync) {
            throw new JournalException("sync failed");
        }
        syncedCount = covered;
        return syncedSequence();
    }

    @Override
    public long firstSequence() {
        return entries.isEmpty() ? NO_SEQUENCE : entries.get(0).sequence();
    }

    @Override
    public long lastSequence() {
        return sequenceAt(entries.size());
    }

    @Override
    public long syncedSequence() {
        return sequenceAt(syncedCount);
    }

    private long sequenceAt(final int count) {
        return count == 0 ? NO_SEQUENCE : entries.get(count - 1).sequence();
    }

    @Override
    public long replay(final long fromSequence, final RecordHandler handler) {
        long last = fromSequence - 1;
        for (final Entry entry : entries.subList(0, flushedCount)) {
            if (entry.sequence() >= fromSequence) {
                last = entry.sequence();
                final UnsafeBuffer buffer = new UnsafeBuffer(entry.bytes());
                if (!handler.onRecord(last, entry.timestampNs(), buffer, 0, buffer.capacity())) {
                    break;
                }
            }
        }
        return last;
    }

    @Override
    public JournalTail tail(final long fromSequence) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int maximumPayloadLength() {
        return 4096;
    }

    @Override
    public int prepare() {
        prepares++;
        return 0;
    }

    @Override
    public void close() {
        flush();
        sync();
        closed = true;
    }
}
