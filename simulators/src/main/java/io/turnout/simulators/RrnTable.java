package io.turnout.simulators;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Numbers retrieval references (RRN, ISO 8583 DE37) in the order they are first seen. A reference is 12 characters,
 * held as its first 8 and its last 4 bytes. Grows by doubling up to its capacity. Open addressing with linear probing,
 * half full at most. For one thread.
 */
public final class RrnTable {

    /** Returned when a reference is not in the table, or there is no room for it. */
    public static final int NONE = -1;

    /** Characters of a reference. */
    public static final int RRN_LENGTH = 12;

    private static final int INITIAL_ENTRIES = 1024;

    private final int capacity;

    private long[] highs = new long[INITIAL_ENTRIES];
    private int[] lows = new int[INITIAL_ENTRIES];
    private int[] buckets = emptyBuckets(INITIAL_ENTRIES);
    private int size;

    /** @param capacity references at most, to 500 million */
    public RrnTable(final int capacity) {
        if (capacity < 1 || capacity > 500_000_000) {
            throw new IllegalArgumentException("capacity=" + capacity + " is not within 1 to 500000000");
        }
        this.capacity = capacity;
    }

    /** How many references there are; they are numbered from 0 to below this. */
    public int size() {
        return size;
    }

    /** The number of a reference, or {@link #NONE}. */
    public int find(final long high, final int low) {
        return buckets[bucket(high, low)];
    }

    /** The number of a reference, a new one if it was not there; {@link #NONE} when the table is full. */
    public int findOrAdd(final long high, final int low) {
        final int bucket = bucket(high, low);
        if (buckets[bucket] != NONE) {
            return buckets[bucket];
        }
        if (size == capacity) {
            return NONE;
        }
        if (size == highs.length) {
            grow();
            return add(bucket(high, low), high, low);
        }
        return add(bucket, high, low);
    }

    /** The reference with a number, as text. */
    public String text(final int number) {
        return text(highs[number], lows[number]);
    }

    /** A reference as text. */
    public static String text(final long high, final int low) {
        final byte[] characters = new byte[RRN_LENGTH];
        for (int i = 0; i < 8; i++) {
            characters[i] = (byte) (high >>> (56 - 8 * i));
        }
        for (int i = 0; i < 4; i++) {
            characters[8 + i] = (byte) (low >>> (24 - 8 * i));
        }
        return new String(characters, StandardCharsets.ISO_8859_1);
    }

    private int add(final int bucket, final long high, final int low) {
        highs[size] = high;
        lows[size] = low;
        buckets[bucket] = size;
        return size++;
    }

    private int bucket(final long high, final int low) {
        final int mask = buckets.length - 1;
        int bucket = (int) RandomSequence.mix(high * 31 + low) & mask;
        for (int number = buckets[bucket]; number != NONE; number = buckets[bucket]) {
            if (highs[number] == high && lows[number] == low) {
                break;
            }
            bucket = (bucket + 1) & mask;
        }
        return bucket;
    }

    private void grow() {
        final int entries = (int) Math.min(capacity, 2L * highs.length);
        highs = Arrays.copyOf(highs, entries);
        lows = Arrays.copyOf(lows, entries);
        buckets = emptyBuckets(entries);
        for (int number = 0; number < size; number++) {
            buckets[bucket(highs[number], lows[number])] = number;
        }
    }

    private static int[] emptyBuckets(final int entries) {
        final int[] buckets = new int[Integer.highestOneBit(Math.max(1, entries - 1)) * 4];
        Arrays.fill(buckets, NONE);
        return buckets;
    }
}
