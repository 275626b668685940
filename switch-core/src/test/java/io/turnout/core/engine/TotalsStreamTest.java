package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.ReconciliationMode;
import io.turnout.codecs.sbe.engine.ReconciliationOutcome;
import io.turnout.codecs.sbe.engine.ReviewResolution;
import io.turnout.codecs.sbe.engine.TransactionType;
import io.turnout.core.ports.EventSink;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.LongArrayList;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random payments, late answers, lost links, reversals of the whole and of parts, operators and cut-overs: after every
 * few commands the totals are what a naive count over the events gives, also in an engine restored from a snapshot.
 */
final class TotalsStreamTest {
    private static final int COMMANDS = 4_000;
    private static final int LOOKED_AT = 20;
    private static final int REPLAYS = 8;
    private static final int FIRST_DATE = 20260901;
    private static final TransactionType[] TYPES = {
        TransactionType.PURCHASE,
        TransactionType.PRE_AUTHORISATION,
        TransactionType.REFUND,
        TransactionType.CASH_WITHDRAWAL,
        TransactionType.BALANCE_INQUIRY
    };
    private static final TransactionType[] FOLLOW_UPS = {
        TransactionType.COMPLETION, TransactionType.VOID, TransactionType.REFUND
    };

    private final TestCommands commands = new TestCommands();
    private final LedgerCommands ledger = new LedgerCommands();
    private final ReconciliationCommands reconciliation = new ReconciliationCommands();
    private final RecordingSink sink = new RecordingSink();
    private final TotalsOracle oracle = new TotalsOracle(TestConfiguration.ISSUER);
    private final List<NamedPayment> payments = new ArrayList<>();
    private final List<RecordedEvent> asked = new ArrayList<>();
    private final List<DirectBuffer> history = new ArrayList<>();
    private final LongArrayList timestamps = new LongArrayList();
    private final Set<Long> reviewed = new HashSet<>();
    private SwitchEngine engine = new SwitchEngine(Scenario.CAPACITY, sink);
    private Random random;
    private long nowNs = Scenario.START_NS;
    private int date = FIRST_DATE;

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 6), LongStream.of(Long.getLong("turnout.seed", 7)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldCountEachEffectOnce(final long seed, final TestReporter reporter) {
        reporter.publishEntry("seed", Long.toString(seed));
        random = new Random(seed);
        begin();
        for (int i = 0; i < COMMANDS; i++) {
            nowNs += random.nextInt(200) == 0
                    ? 200 * TestConfiguration.SECOND_NS
                    : random.nextLong(3 * TestConfiguration.SECOND_NS);
            apply(next());
            if (i % LOOKED_AT == 0) {
                assertTotals();
            }
            if (random.nextInt(COMMANDS / 4) == 0) {
                engine = SwitchEngine.restore(Scenario.CAPACITY, sink, engine::writeSnapshot);
            }
        }
        assertTotals();
        assertSeen();
    }

    @Test
    void shouldAllocateNothing() {
        random = new Random(4711);
        begin();
        for (int i = 0; i < 2 * COMMANDS; i++) {
            nowNs += random.nextLong(3 * TestConfiguration.SECOND_NS);
            apply(next());
        }
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // What a command allocated would be there each time; what the compiler does now and then is not.
        long leastBytes = Long.MAX_VALUE;
        for (int i = 0; i < REPLAYS; i++) {
            final SwitchEngine measured = new SwitchEngine(Scenario.CAPACITY, new ForgetfulSink());
            final long before = threads.getCurrentThreadAllocatedBytes();
            replay(measured);
            leastBytes = Math.min(leastBytes, threads.getCurrentThreadAllocatedBytes() - before);
            assertEquals(engine.eventSequence(), measured.eventSequence());
        }

        assertEquals(0, leastBytes);
    }

    private void replay(final SwitchEngine target) {
        for (int i = 0; i < history.size(); i++) {
            final DirectBuffer command = history.get(i);
            target.onCommand(i + 1, timestamps.getLong(i), command, 0, command.capacity());
            target.nextDeadlineNs();
        }
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

    private void begin() {
        LedgerSetting.configuration(1, LedgerSetting.CAP, ReconciliationMode.SEND)
                .commands()
                .forEach(this::apply);
        apply(link(LinkState.SIGNED_ON));
        apply(ledger.cutOver(date, 2));
    }

    private DirectBuffer next() {
        final int kind = random.nextInt(100);
        if (kind < 35) {
            return payment();
        } else if (kind < 75) {
            return answer();
        } else if (kind < 85) {
            return reversal();
        } else if (kind < 95) {
            return followUp();
        }
        return switch (kind) {
            case 95 -> random.nextInt(3) == 0 ? ledger.cutOver(++date, 1 + random.nextInt(3)) : commands.clockTick();
            case 96 -> link(random.nextInt(4) == 0 ? LinkState.DOWN : LinkState.SIGNED_ON);
            case 97, 98 -> review();
            default -> link(LinkState.SIGNED_ON);
        };
    }

    private DirectBuffer payment() {
        final NamedPayment payment = new NamedPayment(payments.size() + 1, nowNs);
        payments.add(payment);
        final TransactionType type = TYPES[random.nextInt(TYPES.length)];
        final boolean inquires = type == TransactionType.BALANCE_INQUIRY;
        final boolean advice = random.nextInt(3) == 0 && !inquires;
        return commands.requestPayment(payment, request -> request.transactionType(type.value())
                .amountMinor(inquires ? 0 : 1 + random.nextInt(50_00))
                .acquirerId(TestConfiguration.OTHER_ACQUIRER)
                .advice(advice ? BooleanType.TRUE : BooleanType.FALSE));
    }

    private DirectBuffer followUp() {
        if (payments.isEmpty()) {
            return commands.clockTick();
        }
        final NamedPayment original = any(payments);
        final NamedPayment followUp = new NamedPayment(payments.size() + 1, nowNs);
        payments.add(followUp);
        final TransactionType type = FOLLOW_UPS[random.nextInt(FOLLOW_UPS.length)];
        return commands.requestFollowUp(
                type, followUp, original, request -> request.acquirerId(TestConfiguration.OTHER_ACQUIRER)
                        .advice(random.nextInt(4) == 0 ? BooleanType.TRUE : BooleanType.FALSE)
                        .amountMinor(type == TransactionType.VOID ? 0 : 1 + random.nextInt(10_00)));
    }

    private DirectBuffer reversal() {
        return payments.isEmpty()
                ? commands.clockTick()
                : commands.requestReversal(
                        any(payments), nowNs, request -> request.acquirerId(TestConfiguration.OTHER_ACQUIRER)
                                .replacementAmountMinor(random.nextInt(3) == 0 ? 1 + random.nextInt(20) : 0));
    }

    /** The bank answers one of the last messages, sometimes much too late. */
    private DirectBuffer answer() {
        if (asked.isEmpty()) {
            return commands.clockTick();
        }
        final RecordedEvent event = asked.remove(asked.size() - 1 - random.nextInt(Math.min(12, asked.size())));
        final int resultCode = random.nextInt(5) == 0 ? 9112 : 0;
        return switch (event.name()) {
            case "PaymentRouted" -> commands.issuerResponse(event, random.nextInt(6) == 0 ? 1016 : 0, c -> {});
            case "AdviceRequested" -> commands.issuerAdviceResponse(event, random.nextInt(4) == 0 ? 1000 : resultCode);
            case "ReversalRequested" -> commands.issuerReversalResponse(event, resultCode);
            default ->
                reconciliation.answered(
                        event,
                        0,
                        random.nextBoolean() ? ReconciliationOutcome.IN_BALANCE : ReconciliationOutcome.OUT_OF_BALANCE);
        };
    }

    private DirectBuffer review() {
        if (reviewed.isEmpty()) {
            return reconciliation.received(date, 1, 2, 3);
        }
        final long paymentId = reviewed.iterator().next();
        reviewed.remove(paymentId);
        return random.nextInt(3) == 0
                ? commands.requeueReversal(paymentId)
                : commands.resolveManualReview(
                        paymentId, random.nextBoolean() ? ReviewResolution.STANDS : ReviewResolution.REVERSED);
    }

    private DirectBuffer link(final LinkState state) {
        return commands.linkStateChanged(
                TestConfiguration.LINK, TestConfiguration.ISSUER, TestConfiguration.GATEWAY, state);
    }

    private void apply(final DirectBuffer command) {
        history.add(command);
        timestamps.addLong(nowNs);
        final int before = sink.events().size();
        engine.onCommand(engine.commandSequence() + 1, nowNs, command, 0, command.capacity());
        for (final RecordedEvent event :
                List.copyOf(sink.events().subList(before, sink.events().size()))) {
            oracle.onEvent(event);
            switch (event.name()) {
                case "PaymentRouted", "AdviceRequested", "ReversalRequested", "ReconciliationRequested" ->
                    asked.add(event);
                case "AdviceDeadLettered", "ReversalDeadLettered" -> reviewed.add(event.number("paymentId"));
                default -> {}
            }
        }
    }

    private void assertTotals() {
        final Map<String, long[]> counted = TotalsView.of(engine);
        counted.forEach((key, values) -> {
            final long[] expected = oracle.totals().getOrDefault(key, new long[IssuerTotals.VALUES]);
            assertArrayEquals(expected, values, key);
        });
        oracle.totals().forEach((key, values) -> {
            if (key.contains(" " + date + " ")) {
                assertTrue(counted.containsKey(key), key);
            }
        });
    }

    private void assertSeen() {
        final long[] all = new long[IssuerTotals.VALUES];
        oracle.totals().values().forEach(values -> {
            for (int i = 0; i < all.length; i++) {
                all[i] += values[i];
            }
        });
        for (int i = 0; i < all.length; i++) {
            final boolean transfers = i == IssuerTotals.TRANSFERS || i == IssuerTotals.TRANSFER_REVERSALS;
            assertTrue(transfers || all[i] > 0, "nothing counted in " + i);
        }
        final Set<String> names = new HashSet<>();
        sink.events().forEach(event -> names.add(event.name()));
        assertEquals(
                Set.of(),
                missing(
                        names,
                        "ReconciliationRequested",
                        "ReconciliationEnded",
                        "ReconciliationReceived",
                        "LateResponseRecorded",
                        "ManualReviewResolved",
                        "AdviceAcknowledged"));
    }

    private static Set<String> missing(final Set<String> seen, final String... wanted) {
        final Set<String> missing = new HashSet<>(Set.of(wanted));
        missing.removeAll(seen);
        return missing;
    }

    private NamedPayment any(final List<NamedPayment> list) {
        return list.get(list.size() - 1 - random.nextInt(Math.min(20, list.size())));
    }
}
