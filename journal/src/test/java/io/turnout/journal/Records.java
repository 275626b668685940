package io.turnout.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Records made from their sequence, and the list of what a journal must give back. */
public final class Records implements RecordHandler {
    private static final int MARK_LENGTH = 2 * Long.BYTES;
    private static final long MARK = 0x5AFEC0DE5AFEC0DEL;

    /** What a naive journal would hold. */
    public record Stored(long sequence, long timestampNs, ByteBuffer payload) {
        public Stored(final long sequence, final long timestampNs, final byte[] payload) {
            this(sequence, timestampNs, ByteBuffer.wrap(payload));
        }

        public int length() {
            return payload.remaining();
        }
    }

    private final List<Stored> stored = new ArrayList<>();
    private int limit = Integer.MAX_VALUE;

    /** A handler that stops after this many records. */
    public static Records stoppingAfter(final int limit) {
        final Records records = new Records();
        records.limit = limit;
        return records;
    }

    /** The record that {@link #append} writes for a sequence: 16 bytes that occur nowhere else, then noise. */
    public static Stored expected(final long sequence) {
        final Random random = new Random(sequence);
        final byte[] payload = new byte[MARK_LENGTH + random.nextInt(300)];
        random.nextBytes(payload);
        System.arraycopy(mark(sequence), 0, payload, 0, MARK_LENGTH);
        return new Stored(sequence, 1_000_000L * sequence, payload);
    }

    /** The first bytes of the payload of a record. */
    public static byte[] mark(final long sequence) {
        return ByteBuffer.allocate(MARK_LENGTH)
                .putLong(MARK)
                .putLong(sequence * MARK)
                .array();
    }

    public static List<Stored> expected(final long first, final long last) {
        final List<Stored> list = new ArrayList<>();
        for (long sequence = first; sequence <= last; sequence++) {
            list.add(expected(sequence));
        }
        return list;
    }

    public static void append(final Journal journal, final long first, final long last) {
        for (long sequence = first; sequence <= last; sequence++) {
            append(journal, expected(sequence));
        }
    }

    public static void append(final Journal journal, final Stored record) {
        // Not at the beginning of the buffer, so that offsets matter.
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[record.length() + 3]);
        buffer.putBytes(3, record.payload, 0, record.length());
        journal.append(record.sequence, record.timestampNs, buffer, 3, record.length());
    }

    @Override
    public boolean onRecord(
            final long sequence,
            final long timestampNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        final byte[] payload = new byte[length];
        buffer.getBytes(offset, payload);
        stored.add(new Stored(sequence, timestampNs, payload));
        return stored.size() < limit;
    }

    public List<Stored> list() {
        return stored;
    }
}
