package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random streams of commands: the invariants between acquirers and banks hold, and the same commands give the same
 * events and the same state live, in a replay, and after a snapshot in an engine of another size.
 */
final class RandomStreamTest {
    private static final int COMMANDS = 4_000;
    private static final EngineCapacity CAPACITY =
            new EngineCapacity(64, 8, 16, 4, 8, 16).withOriginals(RandomTraffic.MAXIMUM_ORIGINALS);
    private static final EngineCapacity LARGER = new EngineCapacity(300, 16, 32, 9, 12, 40).withOriginals(50);

    private record Command(long timestampNs, DirectBuffer buffer) {}

    private record Snapshot(int afterCommands, int afterEvents, long stateHash, List<byte[]> records) {}

    private final List<Command> history = new ArrayList<>();
    private final List<Snapshot> snapshots = new ArrayList<>();
    private final RecordingSink sink = new RecordingSink();
    private final SwitchEngine engine = new SwitchEngine(CAPACITY, sink);
    private final Books books = new Books();
    private long nowNs = Scenario.START_NS;
    private int seen;

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 12), LongStream.of(Long.getLong("turnout.seed", 13)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldKeepTheBooksAndBeTheSameOnEveryWay(final long seed, final TestReporter reporter) {
        reporter.publishEntry("seed", Long.toString(seed));
        final Random random = new Random(seed);
        final RandomTraffic traffic = new RandomTraffic(random, books);

        run(random, traffic);
        drain(traffic);

        books.balance();
        assertTrue(books.routedCount() > 100, () -> "routed=" + books.routedCount());
        assertTrue(books.followedUpCount() > 2, () -> "followedUp=" + books.followedUpCount());
        assertTrue(books.undoneCount() > 20, () -> "undone=" + books.undoneCount());
        assertEquals(0, engine.pendingCount());
        assertEquals(0, engine.reversingCount());
        assertEquals(0, engine.advisingCount());
        assertEquals(0, engine.manualReviewCount());
        assertEquals(Long.MAX_VALUE, engine.nextDeadlineNs());
        assertReplayIsTheSame();
        snapshots.forEach(this::assertRestIsTheSame);
    }

    private void run(final Random random, final RandomTraffic traffic) {
        traffic.configuration().commands().forEach(command -> apply(command, traffic));
        for (int i = 0; i < COMMANDS; i++) {
            nowNs += traffic.pauseNs();
            apply(traffic.next(nowNs), traffic);
            if (random.nextBoolean() && engine.nextDeadlineNs() <= nowNs) {
                apply(new TestCommands().clockTick(), traffic);
            }
            if (random.nextInt(COMMANDS / 4) == 0) {
                takeSnapshot();
            }
        }
        takeSnapshot();
    }

    /** The faults stop: what is unfinished must finish. */
    private void drain(final RandomTraffic traffic) {
        for (int round = 0; round < 2_000; round++) {
            for (final int linkId :
                    new int[] {TestConfiguration.LINK, TestConfiguration.SECOND_LINK, TestConfiguration.OTHER_LINK}) {
                if (!engine.isLinkInService(linkId)) {
                    apply(traffic.linkBack(nowNs, linkId), traffic);
                }
                apply(traffic.linkUp(linkId), traffic);
            }
            final DirectBuffer command = traffic.finish(++nowNs);
            if (command != null) {
                apply(command, traffic);
            } else if (engine.nextDeadlineNs() == Long.MAX_VALUE && engine.manualReviewCount() == 0) {
                return;
            }
            if (engine.nextDeadlineNs() != Long.MAX_VALUE) {
                nowNs = Math.max(nowNs, engine.nextDeadlineNs());
                apply(new TestCommands().clockTick(), traffic);
            }
        }
    }

    private void apply(final DirectBuffer command, final RandomTraffic traffic) {
        history.add(new Command(nowNs, command));
        engine.onCommand(history.size(), nowNs, command, 0, command.capacity());
        for (; seen < sink.events().size(); seen++) {
            books.onEvent(sink.events().get(seen));
            traffic.onEvent(sink.events().get(seen));
        }
        assertTrue(engine.paymentCount() <= RandomTraffic.MAXIMUM_PAYMENTS);
    }

    private void takeSnapshot() {
        final List<byte[]> records = SnapshotRecords.of(engine);
        snapshots.add(new Snapshot(history.size(), sink.events().size(), engine.stateHash(), records));
    }

    private void assertReplayIsTheSame() {
        final RecordingSink replayed = new RecordingSink();
        final SwitchEngine replay = new SwitchEngine(LARGER, replayed);
        for (int i = 0; i < history.size(); i++) {
            final Command command = history.get(i);
            replay.onCommand(
                    i + 1,
                    command.timestampNs(),
                    command.buffer(),
                    0,
                    command.buffer().capacity());
        }
        assertEquals(engine.stateHash(), replay.stateHash());
        assertSameEvents(0, replayed);
    }

    private void assertRestIsTheSame(final Snapshot snapshot) {
        final RecordingSink rest = new RecordingSink();
        final SwitchEngine restored = SwitchEngine.restore(LARGER, rest, SnapshotRecords.source(snapshot.records()));
        assertEquals(snapshot.stateHash(), restored.stateHash());
        assertEquals(snapshot.afterCommands(), restored.commandSequence());
        for (int i = snapshot.afterCommands(); i < history.size(); i++) {
            final Command command = history.get(i);
            restored.onCommand(
                    i + 1,
                    command.timestampNs(),
                    command.buffer(),
                    0,
                    command.buffer().capacity());
        }
        assertEquals(engine.stateHash(), restored.stateHash());
        assertEquals(engine.nextDeadlineNs(), restored.nextDeadlineNs());
        assertEquals(engine.paymentCount(), restored.paymentCount());
        assertSameEvents(snapshot.afterEvents(), rest);
    }

    private void assertSameEvents(final int from, final RecordingSink other) {
        final List<RecordedEvent> expected =
                sink.events().subList(from, sink.events().size());
        assertEquals(expected.size(), other.events().size());
        for (int i = 0; i < expected.size(); i++) {
            final RecordedEvent a = expected.get(i);
            final RecordedEvent b = other.events().get(i);
            assertEquals(a.sequence(), b.sequence());
            assertEquals(a.commandSequence(), b.commandSequence());
            assertEquals(a.timestampNs(), b.timestampNs());
            assertArrayEquals(a.bytes(), b.bytes(), () -> a + "\n" + b);
        }
    }
}
