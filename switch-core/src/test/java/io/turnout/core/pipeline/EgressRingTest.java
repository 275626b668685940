package io.turnout.core.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.core.ports.EventHandler;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;

final class EgressRingTest {
    private static final int CAPACITY = 64;
    private static final int MAXIMUM_EVENT_LENGTH = 100;

    private final EgressRing ring = new EgressRing(CAPACITY, MAXIMUM_EVENT_LENGTH, 2);
    private final EgressConsumer journal = ring.eventJournalConsumer();
    private final EgressConsumer first = ring.gatewayConsumer(0);
    private final EgressConsumer second = ring.gatewayConsumer(1);
    private long sequence;

    @Test
    void shouldHandOverEventsInOrderToEachConsumer() {
        emit(3);
        makeDurable();

        assertEquals(List.of(1L, 2L, 3L), poll(journal, 10));
        assertEquals(List.of(1L, 2L), poll(first, 2));
        assertEquals(List.of(3L), poll(first, 2));
        assertEquals(List.of(1L, 2L, 3L), poll(second, 10));
        assertEquals(List.of(), poll(second, 10));
        assertEquals(List.of(), poll(second, 0));
    }

    @Test
    void shouldHandOverEverythingThatWasCommitted() {
        final MutableDirectBuffer buffer = ring.claim();
        buffer.putLong(0, 0x1122334455667788L);
        ring.commit(41, 42, 43, 8);
        makeDurable();

        final List<String> seen = new ArrayList<>();
        first.poll(
                (eventSequence, commandSequence, timestampNs, event, offset, length) ->
                        seen.add(eventSequence + " " + commandSequence + " " + timestampNs + " " + length + " "
                                + Long.toHexString(event.getLong(offset))),
                10);

        assertEquals(List.of("41 42 43 8 1122334455667788"), seen);
    }

    @Test
    void shouldShowNoEventBeforeItIsDurable() {
        emit(2);
        assertEquals(List.of(), poll(first, 10));

        ring.markFlushed();
        final long position = ring.flushedPosition();
        emit(2);
        assertEquals(List.of(), poll(first, 10), "flushed is not durable");

        ring.advanceDurable(position);
        assertEquals(List.of(1L, 2L), poll(first, 10), "only what was flushed before the sync");

        makeDurable();
        assertEquals(List.of(3L, 4L), poll(first, 10));
    }

    @Test
    void shouldHaveRoomForExactlyItsCapacity() {
        assertTrue(ring.hasRoom(CAPACITY));
        assertFalse(ring.hasRoom(CAPACITY + 1));

        emit(CAPACITY - 1);
        assertTrue(ring.hasRoom(1));
        assertFalse(ring.hasRoom(2));
    }

    @Test
    void shouldBeBoundedByItsSlowestConsumer() {
        emit(CAPACITY);
        makeDurable();
        poll(journal, CAPACITY);
        poll(first, CAPACITY);
        assertFalse(ring.hasRoom(1));

        poll(second, 5);

        assertTrue(ring.hasRoom(5));
        assertFalse(ring.hasRoom(6));
    }

    @Test
    void shouldFailByNameWhenAClaimFindsNoRoom() {
        emit(CAPACITY);

        final Exception error = assertThrows(IllegalStateException.class, ring::claim);

        assertTrue(error.getMessage().contains("egress ring overrun"), error.getMessage());
    }

    @Test
    void shouldGiveTheSameBufferUntilItIsCommitted() {
        assertSame(ring.claim(), ring.claim());
        ring.commit(1, 1, 1, 0);
        makeDurable();

        assertEquals(List.of(1L), poll(first, 10));
    }

    @Test
    void shouldRefuseACommitThatCannotBeRight() {
        assertThrows(IllegalStateException.class, () -> ring.commit(1, 1, 1, 1));
        ring.claim();
        assertThrows(IllegalStateException.class, () -> ring.commit(1, 1, 1, MAXIMUM_EVENT_LENGTH + 1));
        assertThrows(IllegalStateException.class, () -> ring.commit(1, 1, 1, -1));
    }

    @Test
    void shouldKeepAnEventWhoseHandlerFailed() {
        emit(2);
        makeDurable();
        final EventHandler failing = (eventSequence, commandSequence, timestampNs, buffer, offset, length) -> {
            throw new IllegalStateException("handler");
        };

        assertThrows(IllegalStateException.class, () -> first.poll(failing, 10));

        assertEquals(List.of(1L, 2L), poll(first, 10));
    }

    @Test
    void shouldLetGatewaysPassOverWhatIsDurable() {
        emit(2);
        makeDurable();
        emit(1);

        ring.skipGateways();
        makeDurable();

        assertEquals(List.of(3L), poll(first, 10));
        assertEquals(List.of(3L), poll(second, 10));
        assertEquals(List.of(1L, 2L, 3L), poll(journal, 10));
    }

    @Test
    void shouldGoRoundManyTimesWithoutMixingEventsUp() {
        for (int round = 0; round < 1_000; round++) {
            emit(1 + round % CAPACITY);
            makeDurable();
            for (final EgressConsumer consumer : List.of(journal, first, second)) {
                final List<Long> seen = poll(consumer, CAPACITY);
                assertEquals(1 + round % CAPACITY, seen.size());
                assertEquals(sequence, seen.get(seen.size() - 1));
            }
        }
    }

    @Test
    void shouldShowEachEventWholeToConsumersOnOtherThreads() throws InterruptedException {
        final int events = 5_000;
        final List<Thread> threads = new ArrayList<>();
        final List<String> problems = new ArrayList<>();
        for (final EgressConsumer consumer : List.of(journal, first, second)) {
            threads.add(new Thread(() -> consumeInOrder(consumer, events, problems)));
        }
        threads.forEach(Thread::start);

        while (sequence < events) {
            if (ring.hasRoom(1)) {
                emit(1);
                makeDurable();
            } else {
                YieldingIdleStrategy.INSTANCE.idle();
            }
        }
        for (final Thread thread : threads) {
            thread.join();
        }

        assertEquals(List.of(), problems);
    }

    private static void consumeInOrder(final EgressConsumer consumer, final int events, final List<String> problems) {
        final long[] last = {0};
        while (last[0] < events) {
            final int polled = consumer.poll(
                    (eventSequence, commandSequence, timestampNs, buffer, offset, length) -> {
                        if (eventSequence != last[0] + 1 || buffer.getLong(offset) != eventSequence) {
                            synchronized (problems) {
                                problems.add("event " + eventSequence + " after " + last[0]);
                            }
                        }
                        last[0] = eventSequence;
                    },
                    64);
            if (polled == 0) {
                YieldingIdleStrategy.INSTANCE.idle();
            }
        }
    }

    private void emit(final int count) {
        for (int i = 0; i < count; i++) {
            sequence++;
            ring.claim().putLong(0, sequence);
            ring.commit(sequence, sequence, sequence, 8);
        }
    }

    private void makeDurable() {
        ring.markFlushed();
        ring.advanceDurable(ring.flushedPosition());
    }

    private static List<Long> poll(final EgressConsumer consumer, final int limit) {
        final List<Long> seen = new ArrayList<>();
        final int polled = consumer.poll(
                (eventSequence, commandSequence, timestampNs, buffer, offset, length) -> seen.add(eventSequence),
                limit);
        assertEquals(seen.size(), polled);
        return seen;
    }
}
