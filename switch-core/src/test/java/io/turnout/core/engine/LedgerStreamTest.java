package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.turnout.codecs.sbe.engine.AccountKind;
import io.turnout.core.ports.EventSink;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random streams of payments, transfers, accounts and business dates: after every command debits are credits, what is
 * held is what is open, and no request has taken anybody past a limit; and a restored engine goes on in the same way.
 */
final class LedgerStreamTest {
    private static final int COMMANDS = 6_000;
    private static final int LOOKED_AT = 7;
    private static final EngineCapacity CAPACITY =
            Scenario.CAPACITY.with(LedgerSetting.LEDGER).withOriginals(16);

    /** The smallest ledger the traffic fits into, and one of another size. */
    private static final EngineCapacity OTHER = new EngineCapacity(200, 9, 20, 5, 9, 20)
            .with(new LedgerCapacity(500, 30, 40, 20, 9))
            .withOriginals(40);

    private record Command(long timestampNs, DirectBuffer buffer) {}

    private final List<Command> history = new ArrayList<>();
    private final RecordingSink sink = new RecordingSink();
    private SwitchEngine engine = new SwitchEngine(CAPACITY, sink);
    private LedgerTraffic traffic;
    private long nowNs = Scenario.START_NS;

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 5), LongStream.of(Long.getLong("turnout.seed", 6)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldBalanceAfterEveryCommand(final long seed, final TestReporter reporter) {
        reporter.publishEntry("seed", Long.toString(seed));
        final Random random = new Random(seed);
        traffic = new LedgerTraffic(random);
        traffic.beginning(nowNs).forEach(this::apply);
        for (int i = 0; i < COMMANDS; i++) {
            nowNs += traffic.pauseNs();
            apply(traffic.next(nowNs));
            if (i % LOOKED_AT == 0) {
                assertBalanced(LedgerView.of(engine));
            }
            if (random.nextInt(COMMANDS / 4) == 0) {
                restore(random.nextBoolean() ? CAPACITY : OTHER);
            }
        }

        assertBalanced(LedgerView.of(engine));
        assertEquals(Set.of(), traffic.unseen(sink.events()));
        assertReplayIsTheSame();
    }

    @Test
    void shouldAllocateNothing() {
        traffic = new LedgerTraffic(new Random(4711));
        traffic.beginning(nowNs).forEach(this::apply);
        for (int i = 0; i < 3 * COMMANDS; i++) {
            nowNs += traffic.pauseNs();
            apply(traffic.next(nowNs));
        }
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 3; i++) {
            replay(new SwitchEngine(CAPACITY, new ForgetfulSink()));
        }
        final SwitchEngine measured = new SwitchEngine(CAPACITY, new ForgetfulSink());

        final long before = threads.getCurrentThreadAllocatedBytes();
        replay(measured);

        assertEquals(0, threads.getCurrentThreadAllocatedBytes() - before);
        assertTrue(measured.eventSequence() > COMMANDS);
    }

    private void apply(final DirectBuffer command) {
        history.add(new Command(nowNs, command));
        final int before = sink.events().size();
        engine.onCommand(history.size(), nowNs, command, 0, command.capacity());
        final List<RecordedEvent> caused =
                sink.events().subList(before, sink.events().size());
        caused.forEach(traffic::onEvent);
    }

    private void restore(final EngineCapacity capacity) {
        final SwitchEngine former = engine;
        engine = SwitchEngine.restore(capacity, sink, former::writeSnapshot);
        assertEquals(former.stateHash(), engine.stateHash());
    }

    private void assertReplayIsTheSame() {
        final RecordingSink again = new RecordingSink();
        final SwitchEngine second = new SwitchEngine(CAPACITY, again);
        replay(second);
        assertEquals(engine.stateHash(), second.stateHash());
        assertEquals(sink.events().size(), again.events().size());
        for (int i = 0; i < again.events().size(); i++) {
            assertArrayEquals(
                    sink.events().get(i).bytes(), again.events().get(i).bytes());
        }
    }

    private void replay(final SwitchEngine target) {
        for (int i = 0; i < history.size(); i++) {
            final Command command = history.get(i);
            target.onCommand(
                    i + 1,
                    command.timestampNs(),
                    command.buffer(),
                    0,
                    command.buffer().capacity());
            target.nextDeadlineNs();
        }
    }

    private void assertBalanced(final LedgerView view) {
        final Map<Integer, Long> pendingNet = new HashMap<>();
        final Map<Integer, Long> postedNet = new HashMap<>();
        long heldMinor = 0;
        for (final LedgerView.Account account : view.accounts().values()) {
            if (account.kind() != AccountKind.TOTAL) {
                pendingNet.merge(account.currency(), account.debitsPending() - account.creditsPending(), Long::sum);
                postedNet.merge(account.currency(), account.balance(), Long::sum);
                heldMinor += account.debitsPending();
            }
            if (!traffic.mayExceed(account)) {
                assertTrue(
                        account.debitsPosted() + account.debitsPending() - account.creditsPosted()
                                        <= account.debitLimit()
                                || account.debitLimit() == Long.MAX_VALUE,
                        account::toString);
            }
        }
        pendingNet.forEach((currency, net) -> assertEquals(0, net, "pending in " + currency));
        postedNet.forEach((currency, net) -> assertEquals(0, net, "posted in " + currency));
        assertEquals(view.openPaymentsMinor() + view.reservedMinor(), heldMinor);
    }

    private static final class ForgetfulSink implements EventSink {
        private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SwitchEngine.MAXIMUM_EVENT_LENGTH]);

        @Override
        public MutableDirectBuffer claim() {
            return buffer;
        }

        @Override
        public void commit(
                final long eventSequence, final long commandSequence, final long timestampNs, final int length) {
            // Only what the engine itself allocates matters here.
        }
    }
}
