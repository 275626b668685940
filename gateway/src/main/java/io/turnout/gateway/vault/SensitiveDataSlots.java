package io.turnout.gateway.vault;

import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The sensitive authentication data of the payments in flight: a fixed number of slots in memory outside the Java heap,
 * so that a heap dump does not show it. It is never written anywhere else. Used by one thread; allocates nothing after
 * construction.
 *
 * <p>A slot is named by the gateway's incarnation, its index, and a generation that changes with each use; it is opened
 * only if all agree and the card's token is the one it was filled for. Freeing overwrites it with zeros. It is freed
 * when the request was sent, declined, refused, answered, when its session is lost, and after its time to live.
 */
public final class SensitiveDataSlots {

    /** Index that says: no sensitive data. */
    public static final int NONE = -1;

    private static final int SLOT_LENGTH = BitUtil.align(SensitiveDataKind.PIN_KSN.endOffset(), Long.BYTES);

    private final long incarnation;
    private final long timeToLiveNs;
    private final UnsafeBuffer data;
    private final int[] generations;
    private final boolean[] used;
    private final long[] tokenHighs;
    private final long[] tokenLows;
    private final long[] sessionIds;
    private final long[] expiriesNs;
    private final int[] free;
    private int freeCount;
    private long earliestExpiryNs = Long.MAX_VALUE;

    /**
     * @param capacity slots
     * @param timeToLiveNs how long a slot is kept at most
     * @param incarnation random number of this run
     */
    public SensitiveDataSlots(final int capacity, final long timeToLiveNs, final long incarnation) {
        this.incarnation = incarnation;
        this.timeToLiveNs = timeToLiveNs;
        this.data = new UnsafeBuffer(ByteBuffer.allocateDirect(Math.multiplyExact(capacity, SLOT_LENGTH)));
        this.generations = new int[capacity];
        this.used = new boolean[capacity];
        this.tokenHighs = new long[capacity];
        this.tokenLows = new long[capacity];
        this.sessionIds = new long[capacity];
        this.expiriesNs = new long[capacity];
        this.free = new int[capacity];
        for (int i = 0; i < capacity; i++) {
            free[i] = capacity - 1 - i;
        }
        this.freeCount = capacity;
    }

    /**
     * Takes an empty slot for a card.
     *
     * @return its index, or {@link #NONE} when all are in use
     */
    public int allocate(final long tokenHigh, final long tokenLow, final long sessionId, final long nowNs) {
        if (freeCount == 0) {
            return NONE;
        }
        final int index = free[--freeCount];
        used[index] = true;
        generations[index]++;
        tokenHighs[index] = tokenHigh;
        tokenLows[index] = tokenLow;
        sessionIds[index] = sessionId;
        expiriesNs[index] = nowNs + timeToLiveNs;
        earliestExpiryNs = Math.min(earliestExpiryNs, expiriesNs[index]);
        return index;
    }

    /** Random number of this run; part of each slot's name. */
    public long incarnation() {
        return incarnation;
    }

    /** The present use of a slot; part of its name. */
    public int generation(final int index) {
        return generations[index];
    }

    /** Slots in use. */
    public int usedCount() {
        return free.length - freeCount;
    }

    /**
     * Copies a value into a slot just allocated.
     *
     * @param length bytes, at most {@link SensitiveDataKind#maximumLength()}
     */
    public void put(
            final int index,
            final SensitiveDataKind kind,
            final DirectBuffer source,
            final int sourceOffset,
            final int length) {
        if (length > kind.maximumLength()) {
            throw new IllegalArgumentException(
                    "kind=" + kind + " length=" + length + " maximumLength=" + kind.maximumLength());
        }
        data.putByte(index * SLOT_LENGTH + kind.lengthOffset(), (byte) length);
        data.putBytes(index * SLOT_LENGTH + kind.dataOffset(), source, sourceOffset, length);
    }

    /** Whether this name still names a slot in use and the slot belongs to this card. */
    public boolean matches(
            final long slotIncarnation,
            final int index,
            final int generation,
            final long tokenHigh,
            final long tokenLow) {
        return isInUse(slotIncarnation, index, generation)
                && tokenHighs[index] == tokenHigh
                && tokenLows[index] == tokenLow;
    }

    /** Holds the values; valid until the slot is freed. */
    public DirectBuffer buffer() {
        return data;
    }

    /** Where a value begins in {@link #buffer()}. */
    public int offset(final int index, final SensitiveDataKind kind) {
        return index * SLOT_LENGTH + kind.dataOffset();
    }

    /** Bytes of a value; 0 when the slot has none of this kind. */
    public int length(final int index, final SensitiveDataKind kind) {
        return data.getByte(index * SLOT_LENGTH + kind.lengthOffset()) & 0xFF;
    }

    /**
     * Wipes a slot if the name still names it.
     *
     * @return whether it did
     */
    public boolean free(final long slotIncarnation, final int index, final int generation) {
        if (!isInUse(slotIncarnation, index, generation)) {
            return false;
        }
        release(index);
        return true;
    }

    /**
     * Wipes all slots a session filled.
     *
     * @return how many
     */
    public int freeSession(final long sessionId) {
        int count = 0;
        for (int i = 0; i < used.length && freeCount < free.length; i++) {
            if (used[i] && sessionIds[i] == sessionId) {
                release(i);
                count++;
            }
        }
        return count;
    }

    /**
     * Wipes the slots whose time has come.
     *
     * @return how many
     */
    public int expire(final long nowNs) {
        if (nowNs < earliestExpiryNs) {
            return 0;
        }
        int count = 0;
        earliestExpiryNs = Long.MAX_VALUE;
        for (int i = 0; i < used.length; i++) {
            if (used[i] && expiriesNs[i] <= nowNs) {
                release(i);
                count++;
            } else if (used[i]) {
                earliestExpiryNs = Math.min(earliestExpiryNs, expiriesNs[i]);
            }
        }
        return count;
    }

    private boolean isInUse(final long slotIncarnation, final int index, final int generation) {
        return slotIncarnation == incarnation
                && index >= 0
                && index < used.length
                && used[index]
                && generations[index] == generation;
    }

    private void release(final int index) {
        data.setMemory(index * SLOT_LENGTH, SLOT_LENGTH, (byte) 0);
        used[index] = false;
        free[freeCount++] = index;
    }
}
