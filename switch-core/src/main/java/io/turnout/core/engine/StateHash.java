package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.SnapshotPaymentDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Hash over the records of a snapshot. Two engines have the same hash when they would write the same snapshot, however
 * their tables lie in memory. Finds accidents, not forgeries.
 *
 * <p>Up to schema version 1 each word of a record waited for the one before. Since version 2 the words of a record go
 * to four lanes that do not wait for each other, which is what makes a snapshot load fast.
 */
final class StateHash implements SnapshotSink {
    private static final ByteOrder BYTE_ORDER = SnapshotPaymentDecoder.BYTE_ORDER;
    private static final int LAST_VERSION_IN_ONE_LANE = 1;
    private static final int LANES = 4;
    private static final int WORDS_OF_LANE = 2 * Long.BYTES;
    private static final int STEP = LANES * WORDS_OF_LANE;
    private static final long FIRST_LANE = 0xA076_1D64_78BD_642FL;
    private static final long SECOND_LANE = 0xE703_7ED1_A0B4_28DBL;
    private static final long THIRD_LANE = 0x8EBC_6AF0_9C88_C6E3L;
    private static final long FOURTH_LANE = 0x5899_65CC_7537_4CC3L;

    private final SnapshotSink next;
    private final boolean inOneLane;
    private long hash;
    private long records;

    /** Hashes the records as today's engine does and passes them on. */
    StateHash(final SnapshotSink next) {
        this(next, CommandTemplates.VERSION);
    }

    /** Hashes the records as an engine of that schema version did. */
    StateHash(final int version) {
        this((buffer, offset, length) -> {}, version);
    }

    private StateHash(final SnapshotSink next, final int version) {
        this.next = next;
        this.inOneLane = version <= LAST_VERSION_IN_ONE_LANE;
    }

    @Override
    public void onRecord(final DirectBuffer buffer, final int offset, final int length) {
        hash = Hash.fold(hash, length);
        hash = inOneLane
                ? foldWords(hash, buffer, offset, 0, length)
                : Hash.fold(hash, ofRecord(buffer, offset, length));
        records++;
        next.onRecord(buffer, offset, length);
    }

    long value() {
        return hash;
    }

    /** Records hashed. */
    long records() {
        return records;
    }

    private static long ofRecord(final DirectBuffer buffer, final int offset, final int length) {
        long first = FIRST_LANE;
        long second = SECOND_LANE;
        long third = THIRD_LANE;
        long fourth = FOURTH_LANE;
        int position = 0;
        for (; position + STEP <= length; position += STEP) {
            final int at = offset + position;
            first = lane(first, SECOND_LANE, buffer, at);
            second = lane(second, THIRD_LANE, buffer, at + WORDS_OF_LANE);
            third = lane(third, FOURTH_LANE, buffer, at + 2 * WORDS_OF_LANE);
            fourth = lane(fourth, FIRST_LANE, buffer, at + 3 * WORDS_OF_LANE);
        }
        final long lanes = Hash.fold(Hash.fold(first, second), Hash.fold(third, fourth));
        return foldWords(lanes, buffer, offset, position, length);
    }

    private static long lane(final long lane, final long other, final DirectBuffer buffer, final int at) {
        return Hash.product(lane ^ buffer.getLong(at, BYTE_ORDER), other ^ buffer.getLong(at + Long.BYTES, BYTE_ORDER));
    }

    /** Folds what lies from a position on into a hash, one word after the other. */
    private static long foldWords(
            final long seed, final DirectBuffer buffer, final int offset, final int from, final int length) {
        long folded = seed;
        int position = from;
        for (; position + Long.BYTES <= length; position += Long.BYTES) {
            folded = Hash.fold(folded, buffer.getLong(offset + position, BYTE_ORDER));
        }
        long rest = 0;
        for (; position < length; position++) {
            rest = (rest << Byte.SIZE) | (buffer.getByte(offset + position) & 0xFF);
        }
        return Hash.fold(folded, rest);
    }
}
