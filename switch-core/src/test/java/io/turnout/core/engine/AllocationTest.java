package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.turnout.core.ports.EventSink;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The engine allocates nothing for a command, of whatever kind. */
final class AllocationTest {
    private static final int COMMANDS = 20_000;
    private static final int MAXIMUM_COMMANDS = 100_000;
    private static final int WARM_UPS = 3;

    /** The virtual machine itself allocates a little when it drops compiled code: once, and not each time. */
    private static final int MEASUREMENTS = 3;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<DirectBuffer> commands = new ArrayList<>();
    private final List<Long> timestamps = new ArrayList<>();
    private final Set<Integer> eventTemplates = new TreeSet<>();

    @Test
    void shouldAllocateNothingForAnyCommand() {
        record();
        assertEquals(Set.of(), missing(eventTemplates), "events that the traffic does not cause");
        for (int i = 0; i < WARM_UPS; i++) {
            replay(new SwitchEngine(Scenario.CAPACITY, new ForgetfulSink()));
        }
        long least = Long.MAX_VALUE;
        for (int i = 0; i < MEASUREMENTS && least > 0; i++) {
            final SwitchEngine engine = new SwitchEngine(Scenario.CAPACITY, new ForgetfulSink());
            final long before = threads.getCurrentThreadAllocatedBytes();
            replay(engine);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            assertTrue(engine.eventSequence() > COMMANDS / 2);
        }

        assertEquals(0, least, "bytes for " + commands.size() + " commands");
    }

    @Test
    void shouldNoticeAnAllocation() {
        final long before = threads.getCurrentThreadAllocatedBytes();
        final byte[] garbage = new byte[100];

        assertTrue(threads.getCurrentThreadAllocatedBytes() - before >= garbage.length);
    }

    /** Random traffic, kept as commands, until everything that can happen has happened. */
    private void record() {
        final RandomTraffic traffic = new RandomTraffic(new Random(4711), new Books());
        final RecordingSink sink = new RecordingSink();
        final SwitchEngine engine = new SwitchEngine(Scenario.CAPACITY, sink);
        final List<DirectBuffer> first = new ArrayList<>(traffic.configuration().commands());
        long nowNs = Scenario.START_NS;
        while (commands.size() < COMMANDS
                || (commands.size() < MAXIMUM_COMMANDS
                        && !missing(eventTemplates).isEmpty())) {
            nowNs += traffic.pauseNs();
            final DirectBuffer command = first.isEmpty() ? traffic.next(nowNs) : first.remove(0);
            commands.add(command);
            timestamps.add(nowNs);
            engine.onCommand(commands.size(), nowNs, command, 0, command.capacity());
            for (final RecordedEvent event : sink.events()) {
                traffic.onEvent(event);
                eventTemplates.add(event.templateId());
            }
            sink.events().clear();
        }
    }

    private void replay(final SwitchEngine engine) {
        for (int i = 0; i < commands.size(); i++) {
            final DirectBuffer command = commands.get(i);
            engine.onCommand(i + 1, timestamps.get(i), command, 0, command.capacity());
            engine.nextDeadlineNs();
        }
    }

    /** All events but GapDetected, which the traffic leaves out because it skips sequences. */
    private static Set<Integer> missing(final Set<Integer> seen) {
        final Set<Integer> missing = new TreeSet<>(RecordedEvent.templateIds());
        missing.remove(127);
        // Of the ledger: LedgerStreamTest looks at those.
        missing.removeIf(LedgerTraffic::isOfLedger);
        // Of reconciliation: TotalsStreamTest looks at those.
        missing.removeIf(template -> template >= 116 && template <= 119);
        missing.removeAll(seen);
        return missing;
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
