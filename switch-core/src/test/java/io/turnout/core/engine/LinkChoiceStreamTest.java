package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.LinkPreference;
import io.turnout.codecs.sbe.engine.LinkState;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random requests, answers and links: every request goes to the link that a plain model of the rule chooses. */
final class LinkChoiceStreamTest {
    private static final int COMMANDS = 2_000;
    private static final int PAYMENTS = 2_000;
    private static final int FIRST_LINK = 31;
    private static final int LINKS = 4;
    private static final int WINDOW = 6;
    private static final int RATE = 7;
    private static final long SECOND_NS = TestConfiguration.SECOND_NS;

    /** What the model knows of a link: everything that ever happened on it. */
    private static final class NaiveLink {
        private final int id;
        private final Map<Long, Long> outstanding = new HashMap<>();
        private final List<long[]> samples = new ArrayList<>();
        private final List<Long> sent = new ArrayList<>();
        private LinkState state = LinkState.DOWN;

        NaiveLink(final int id) {
            this.id = id;
        }

        boolean takesRequest(final long nowNs) {
            return state != LinkState.DOWN && outstanding.size() < WINDOW && tokensNs(nowNs) >= SECOND_NS / RATE;
        }

        /** What is in a bucket of a second's tokens, as the time they took to come. */
        private long tokensNs(final long nowNs) {
            long tokens = SECOND_NS;
            long lastNs = 0;
            for (final long atNs : sent) {
                tokens = Math.min(SECOND_NS, tokens + atNs - lastNs) - SECOND_NS / RATE;
                lastNs = atNs;
            }
            return Math.min(SECOND_NS, tokens + nowNs - lastNs);
        }

        /** The moving average from the first sample on; nothing before that. */
        private Optional<BigInteger> average(final int ofFirst) {
            Optional<BigInteger> average = Optional.empty();
            for (int i = 0; i < ofFirst; i++) {
                final BigInteger sample = BigInteger.valueOf(Math.max(1, samples.get(i)[1]));
                final BigInteger recent = recent(average, i, samples.get(i)[0]);
                average = Optional.of(
                        recent.signum() == 0
                                ? sample
                                : recent.add(sample.subtract(recent).shiftRight(3))
                                        .max(BigInteger.ONE));
            }
            return average;
        }

        private BigInteger recent(final Optional<BigInteger> average, final int measured, final long nowNs) {
            if (average.isEmpty()) {
                return BigInteger.ZERO;
            }
            final long idleNs = nowNs - samples.get(measured - 1)[0];
            return average.get().shiftRight((int) Math.min(1_000, idleNs / LinkPace.HALVING_NS));
        }

        Optional<BigInteger> measured() {
            return average(samples.size());
        }

        BigInteger cost(final BigInteger fastest, final long nowNs) {
            final BigInteger latency = recent(measured(), samples.size(), nowNs).max(fastest);
            return BigInteger.valueOf(outstanding.size() + 1L)
                    .multiply(latency.shiftRight(10).add(BigInteger.ONE));
        }
    }

    private final Map<Integer, NaiveLink> links = new TreeMap<>();
    private final List<RecordedEvent> unanswered = new ArrayList<>();
    private final TestCommands commands = new TestCommands();
    private final RecordingSink sink = new RecordingSink();
    private SwitchEngine engine = new SwitchEngine(new EngineCapacity(PAYMENTS, 8, 16, 4, 8, 16), sink);
    private long nowNs = Scenario.START_NS;
    private int payments;
    private int routed;
    private int busy;

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 6), LongStream.of(Long.getLong("turnout.seed", 7)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldChooseWhatTheRuleSays(final long seed, final TestReporter reporter) {
        reporter.publishEntry("seed", Long.toString(seed));
        final Random random = new Random(seed);
        configuration().commands().forEach(this::apply);
        for (int i = 0; i < LINKS; i++) {
            links.put(FIRST_LINK + i, new NaiveLink(FIRST_LINK + i));
        }
        for (int i = 0; i < COMMANDS; i++) {
            nowNs += pauseNs(random);
            final int kind = random.nextInt(100);
            if (kind < 50) {
                pay();
            } else if (kind < 92) {
                answer(random);
            } else if (kind < 96) {
                change(random);
            } else if (kind < 99) {
                learn(apply(commands.clockTick()));
            } else {
                final SwitchEngine former = engine;
                engine = SwitchEngine.restore(
                        new EngineCapacity(PAYMENTS, 9, 17, 5, 9, 17), sink, former::writeSnapshot);
            }
        }

        assertTrue(routed > COMMANDS / 10, () -> "routed=" + routed);
        assertTrue(busy > 10, () -> "busy=" + busy);
    }

    private static long pauseNs(final Random random) {
        final int kind = random.nextInt(200);
        if (kind == 0) {
            return random.nextLong(100 * SECOND_NS);
        }
        return kind < 20 ? random.nextLong(4 * SECOND_NS) : random.nextLong(SECOND_NS / 20);
    }

    private static TestConfiguration configuration() {
        final TestConfiguration configuration = new TestConfiguration(1)
                .begin(begin -> begin.maximumPayments(PAYMENTS))
                .currency(TestConfiguration.EURO, 2)
                .acquirer(TestConfiguration.ACQUIRER)
                .limit(TestConfiguration.ACQUIRER, TestConfiguration.EURO, 1_000_00)
                .issuer(TestConfiguration.ISSUER, issuer -> issuer.linkPreference(LinkPreference.LEAST_COST))
                .bins(40_000_000, 49_999_999, TestConfiguration.ISSUER);
        for (int i = 0; i < LINKS; i++) {
            configuration.link(FIRST_LINK + i, TestConfiguration.ISSUER, TestConfiguration.GATEWAY, WINDOW, RATE);
        }
        return configuration;
    }

    private void pay() {
        final Optional<NaiveLink> expected = choose();
        final List<RecordedEvent> events = apply(commands.requestPayment(new NamedPayment(++payments, nowNs), c -> {}));
        final RecordedEvent first = events.get(0);
        if (first.name().equals("PaymentRouted")) {
            assertEquals(expected.map(link -> (long) link.id), Optional.of(first.number("linkId")));
            final NaiveLink link = links.get((int) first.number("linkId"));
            link.outstanding.put(first.number("paymentId"), nowNs);
            link.sent.add(nowNs);
            unanswered.add(first);
            routed++;
        } else if (!first.name().equals("RequestRefused")) {
            assertEquals(Optional.empty(), expected.map(link -> link.id));
            busy += first.field("reason").equals("ISSUER_BUSY") ? 1 : 0;
        }
        learn(events);
    }

    private Optional<NaiveLink> choose() {
        for (final LinkState state : List.of(LinkState.SIGNED_ON, LinkState.DEGRADED)) {
            final List<NaiveLink> candidates = links.values().stream()
                    .filter(link -> link.state == state && link.takesRequest(nowNs))
                    .toList();
            final BigInteger fastest = candidates.stream()
                    .flatMap(link -> link.measured().stream())
                    .min(Comparator.naturalOrder())
                    .orElse(BigInteger.ZERO);
            final Optional<NaiveLink> best = candidates.stream()
                    .min(Comparator.comparing((NaiveLink link) -> link.cost(fastest, nowNs))
                            .thenComparing(link -> link.outstanding.size())
                            .thenComparing(link -> link.id));
            if (best.isPresent()) {
                return best;
            }
        }
        return Optional.empty();
    }

    private void answer(final Random random) {
        if (!unanswered.isEmpty()) {
            final RecordedEvent request = unanswered.remove(random.nextInt(unanswered.size()));
            learn(apply(commands.issuerResponse(request, random.nextInt(4) == 0 ? 1016 : 0, c -> {})));
        }
    }

    private void change(final Random random) {
        final NaiveLink link = links.get(FIRST_LINK + random.nextInt(LINKS));
        final LinkState state = random.nextInt(6) == 0
                ? LinkState.DOWN
                : random.nextInt(3) == 0 ? LinkState.DEGRADED : LinkState.SIGNED_ON;
        if ((state == LinkState.DOWN) != (link.state == LinkState.DOWN)) {
            link.samples.clear();
        }
        link.state = state;
        learn(apply(commands.linkStateChanged(link.id, TestConfiguration.ISSUER, TestConfiguration.GATEWAY, state)));
    }

    /** An answer to the acquirer says what became of its request. */
    private void learn(final List<RecordedEvent> events) {
        for (final RecordedEvent event : events) {
            if (event.name().equals("PaymentAnswered")) {
                for (final NaiveLink link : links.values()) {
                    final Long requestedAtNs = link.outstanding.remove(event.number("paymentId"));
                    if (requestedAtNs != null && !event.field("reason").equals("LINK_LOST")) {
                        link.samples.add(new long[] {nowNs, nowNs - requestedAtNs});
                    }
                }
            }
        }
    }

    private List<RecordedEvent> apply(final DirectBuffer command) {
        final int before = sink.events().size();
        engine.onCommand(engine.commandSequence() + 1, nowNs, command, 0, command.capacity());
        return List.copyOf(sink.events().subList(before, sink.events().size()));
    }
}
