package io.turnout.core.engine;

import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A hash index from 32-bit hashes to record slots that touches one cache line per operation, bar few. The caller
 * compares the key in the record.
 *
 * <pre>
 *   bucket, 64 bytes = 1 cache line
 *   +------------------+---------------------+---------------------+
 *   | 12 tags          | passed by           | 12 slots            |
 *   | uint8            | int32               | int32               |
 *   +------------------+---------------------+---------------------+
 *   0                  12                    16
 * </pre>
 *
 * The upper bits of a hash choose the bucket, the lowest eight are the tag, 0 standing for a free place. All tags of a
 * bucket are compared at once. What finds its bucket full goes to the next one, and the bucket counts those that have
 * passed it by: nobody needs to look further where there are none (Bronson and Shi, "Open-sourcing F14", 2019). So
 * removal just clears a tag, and lookups stay as short after years as on the first day.
 *
 * <p>The memory is off-heap and begins as zeroes.
 */
final class SlotIndex {
    static final int NONE = -1;
    private static final int BUCKET_SHIFT = 6;
    private static final int BUCKET_LENGTH = 1 << BUCKET_SHIFT;
    private static final int ENTRIES = 12;
    private static final int MEAN_ENTRIES = 8;
    private static final int LATE_TAGS_OFFSET = Long.BYTES;
    private static final int PASSED_OFFSET = ENTRIES;
    private static final int SLOTS_OFFSET = PASSED_OFFSET + Integer.BYTES;
    private static final int POSITION_SHIFT = 4;
    private static final int POSITION_MASK = (1 << POSITION_SHIFT) - 1;
    private static final int TAG_MASK = 0xFF;
    private static final long UNSIGNED = 0xFFFF_FFFFL;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long SEVENS = 0x7F7F_7F7F_7F7F_7F7FL;
    private static final long GATHER = 0x0102_0408_1020_4080L;

    /** Holds the memory, which is read and written by address; see {@link PaymentSlab}. */
    private final UnsafeBuffer buckets;

    private final long address;
    private final int bucketCount;
    private final int capacity;
    private int size;

    /** @param capacity entries at most; two thirds of the places are taken then */
    SlotIndex(final int capacity) {
        this.capacity = capacity;
        this.bucketCount = bucketCount(capacity);
        this.buckets = new UnsafeBuffer(BufferUtil.allocateDirectAligned(bucketCount << BUCKET_SHIFT, BUCKET_LENGTH));
        this.address = buckets.addressOffset();
    }

    static long bytes(final int capacity) {
        return (long) bucketCount(capacity) << BUCKET_SHIFT;
    }

    /** Position of the first entry that may have this hash, or {@link #NONE}. */
    int first(final int hash) {
        return seek(home(hash), 0, hash);
    }

    /** Position of the next such entry after the one at the position given, or {@link #NONE}. */
    int next(final int position, final int hash) {
        return seek(position >>> POSITION_SHIFT, (position & POSITION_MASK) + 1, hash);
    }

    int slotAt(final int position) {
        return UnsafeApi.getInt(slotAddress(position >>> POSITION_SHIFT, position & POSITION_MASK));
    }

    void add(final int hash, final int slot) {
        if (size == capacity) {
            throw new IllegalStateException("index full: capacity=" + capacity);
        }
        int bucket = home(hash);
        int free = places(bucket, 0);
        while (free == 0) {
            pass(bucket, 1);
            bucket = after(bucket);
            free = places(bucket, 0);
        }
        final int entry = Integer.numberOfTrailingZeros(free);
        tag(bucket, entry, tagOf(hash));
        UnsafeApi.putInt(slotAddress(bucket, entry), slot);
        size++;
    }

    void remove(final int hash, final int slot) {
        int position = first(hash);
        while (position != NONE && slotAt(position) != slot) {
            position = next(position, hash);
        }
        if (position == NONE) {
            throw new IllegalStateException("not in index: hash=" + hash + " slot=" + slot);
        }
        final int found = position >>> POSITION_SHIFT;
        tag(found, position & POSITION_MASK, 0);
        for (int bucket = home(hash); bucket != found; bucket = after(bucket)) {
            pass(bucket, -1);
        }
        size--;
    }

    int size() {
        return size;
    }

    /** Buckets that look-ups of all entries, each once, see beyond the first; looks at all of them. */
    long furtherBuckets() {
        long passes = 0;
        for (int bucket = 0; bucket < bucketCount; bucket++) {
            passes += UnsafeApi.getInt(addressOf(bucket) + PASSED_OFFSET);
        }
        return passes;
    }

    private int seek(final int fromBucket, final int fromEntry, final int hash) {
        final int tag = tagOf(hash);
        int bucket = fromBucket;
        int found = places(bucket, tag) & (-1 << fromEntry);
        while (found == 0) {
            if (UnsafeApi.getInt(addressOf(bucket) + PASSED_OFFSET) == 0) {
                return NONE;
            }
            bucket = after(bucket);
            if (bucket == home(hash)) {
                return NONE;
            }
            found = places(bucket, tag);
        }
        return (bucket << POSITION_SHIFT) + Integer.numberOfTrailingZeros(found);
    }

    /** The places of a bucket that hold this tag, as bits. */
    private int places(final int bucket, final int tag) {
        final long at = addressOf(bucket);
        final long wanted = tag * ONES;
        final long early = UnsafeApi.getLong(at) ^ wanted;
        final long late = (UnsafeApi.getInt(at + LATE_TAGS_OFFSET) ^ wanted) | ~UNSIGNED;
        return zeroBytes(early) | zeroBytes(late) << Long.BYTES;
    }

    /** The bytes of a word that are zero, as bits (Warren, Hacker's Delight, section 6-1, and a multiplication). */
    private static int zeroBytes(final long word) {
        final long zeroes = ~(((word & SEVENS) + SEVENS) | word | SEVENS);
        return (int) (((zeroes >>> (Byte.SIZE - 1)) * GATHER) >>> (Long.SIZE - Byte.SIZE));
    }

    private void tag(final int bucket, final int entry, final int tag) {
        // Written as wide as it is read, which lets the next look-up have it from the store buffer.
        final long at = addressOf(bucket);
        if (entry < LATE_TAGS_OFFSET) {
            final int shift = entry << 3;
            final long tags = UnsafeApi.getLong(at) & ~((long) TAG_MASK << shift);
            UnsafeApi.putLong(at, tags | (long) tag << shift);
        } else {
            final int shift = (entry - LATE_TAGS_OFFSET) << 3;
            final int tags = UnsafeApi.getInt(at + LATE_TAGS_OFFSET) & ~(TAG_MASK << shift);
            UnsafeApi.putInt(at + LATE_TAGS_OFFSET, tags | tag << shift);
        }
    }

    private void pass(final int bucket, final int change) {
        final long at = addressOf(bucket) + PASSED_OFFSET;
        UnsafeApi.putInt(at, UnsafeApi.getInt(at) + change);
    }

    private int home(final int hash) {
        return (int) (((hash & UNSIGNED) * bucketCount) >>> Integer.SIZE);
    }

    private int after(final int bucket) {
        return bucket + 1 == bucketCount ? 0 : bucket + 1;
    }

    private long slotAddress(final int bucket, final int entry) {
        return addressOf(bucket) + SLOTS_OFFSET + (entry << 2);
    }

    private long addressOf(final int bucket) {
        return address + ((long) bucket << BUCKET_SHIFT);
    }

    private static int tagOf(final int hash) {
        return Math.max(1, hash & TAG_MASK);
    }

    private static int bucketCount(final int capacity) {
        return capacity / MEAN_ENTRIES + 1;
    }
}
