package io.turnout.simulators.bank;

import io.turnout.simulators.DeadlineHeap;
import java.util.Arrays;
import org.agrona.collections.IntArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;

/** Answers that wait for their time, in a fixed number of slots of a fixed size. */
final class PendingAnswers {

    static final int NONE = -1;

    /** Room for one answer, in bytes. */
    static final int SLOT_BYTES = 1024;

    private final UnsafeBuffer buffer;
    private final BankConnection[] connections;
    private final int[] lengths;
    private final int[] sent;
    private final Delivery[] deliveries;
    private final IntArrayQueue free;
    private final DeadlineHeap deadlines;

    PendingAnswers(final int capacity) {
        buffer = new UnsafeBuffer(new byte[capacity * SLOT_BYTES]);
        connections = new BankConnection[capacity];
        lengths = new int[capacity];
        sent = new int[capacity];
        deliveries = new Delivery[capacity];
        free = new IntArrayQueue(capacity + 1, NONE);
        deadlines = new DeadlineHeap(capacity);
        for (int slot = 0; slot < capacity; slot++) {
            free.addInt(slot);
        }
    }

    /** Whether an answer and its duplicate would find room. */
    boolean hasRoom() {
        return free.size() >= 2;
    }

    /** All answers, a slot each. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Takes a free slot; the caller either schedules or frees it. */
    int claim() {
        return free.pollInt();
    }

    /** Where a slot begins in the buffer. */
    int offset(final int slot) {
        return slot * SLOT_BYTES;
    }

    void schedule(
            final int slot,
            final BankConnection connection,
            final int length,
            final Delivery delivery,
            final long dueNs) {
        connections[slot] = connection;
        lengths[slot] = length;
        deliveries[slot] = delivery;
        deadlines.set(slot, dueNs);
    }

    /** A slot whose answer is due, or {@link #NONE}; the caller frees or schedules it again. */
    int pollDue(final long nowNs) {
        return deadlines.pollDue(nowNs);
    }

    BankConnection connection(final int slot) {
        return connections[slot];
    }

    int length(final int slot) {
        return lengths[slot];
    }

    /** Bytes of the answer that have left, of one that is sent a byte at a time. */
    int sent(final int slot) {
        return sent[slot];
    }

    /** One more byte has left; the next one is due then. */
    void trickled(final int slot, final long nextNs) {
        sent[slot]++;
        deadlines.set(slot, nextNs);
    }

    Delivery delivery(final int slot) {
        return deliveries[slot];
    }

    void free(final int slot) {
        connections[slot] = null;
        sent[slot] = 0;
        free.addInt(slot);
    }

    /** Forgets everything, as a bank does that is killed. */
    void clear() {
        for (int slot = deadlines.pollDue(Long.MAX_VALUE); slot != NONE; slot = deadlines.pollDue(Long.MAX_VALUE)) {
            free(slot);
        }
        Arrays.fill(connections, null);
    }
}
