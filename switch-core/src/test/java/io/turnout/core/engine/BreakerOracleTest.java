package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.BreakerCause;
import io.turnout.codecs.sbe.engine.BreakerMemoryDecoder;
import io.turnout.codecs.sbe.engine.BreakerMemoryEncoder;
import io.turnout.codecs.sbe.engine.BreakerRuleDecoder;
import io.turnout.codecs.sbe.engine.BreakerRuleEncoder;
import io.turnout.codecs.sbe.engine.BreakerState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A breaker beside a plain model that keeps every outcome since its state began and counts them anew each time. */
final class BreakerOracleTest {
    private static final int STEPS = 20_000;

    private enum Outcome {
        SUCCESS,
        FAILURE,
        UNKNOWN
    }

    private record Rule(long pauseNs, int unknowns, int probes, int percent, int outcomes) {
        boolean isNone() {
            return unknowns == 0 && percent == 0;
        }
    }

    /** The definition in the Javadoc of {@link Breaker}, word by word. */
    private static final class Naive {
        private Rule rule;
        private BreakerState state = BreakerState.CLOSED;
        private long sinceNs;
        private final List<Outcome> outcomes = new ArrayList<>();
        private int inFlight;

        BreakerCause ask(final long nowNs) {
            if (state != BreakerState.CLOSED && rule.isNone()) {
                return to(BreakerState.CLOSED, BreakerCause.NO_RULE, nowNs);
            }
            if (state == BreakerState.OPEN && nowNs >= sinceNs + rule.pauseNs) {
                return to(BreakerState.HALF_OPEN, BreakerCause.PAUSE_OVER, nowNs);
            }
            return state == BreakerState.HALF_OPEN && outcomes.size() >= rule.probes
                    ? to(BreakerState.CLOSED, BreakerCause.PROBES_SUCCEEDED, nowNs)
                    : Breaker.NO_CHANGE;
        }

        boolean letsThrough() {
            return switch (state) {
                case CLOSED -> true;
                case HALF_OPEN -> inFlight + outcomes.size() < rule.probes;
                default -> false;
            };
        }

        BreakerCause outcome(final Outcome outcome, final long requestedAtNs, final long nowNs) {
            if (state == BreakerState.OPEN || requestedAtNs < sinceNs || rule.isNone()) {
                return Breaker.NO_CHANGE;
            }
            outcomes.add(outcome);
            if (state == BreakerState.HALF_OPEN) {
                inFlight--;
                if (outcome != Outcome.SUCCESS) {
                    return to(BreakerState.OPEN, BreakerCause.PROBE_FAILED, nowNs);
                }
                return outcomes.size() >= rule.probes
                        ? to(BreakerState.CLOSED, BreakerCause.PROBES_SUCCEEDED, nowNs)
                        : Breaker.NO_CHANGE;
            }
            if (outcome == Outcome.SUCCESS) {
                return Breaker.NO_CHANGE;
            }
            if (rule.unknowns > 0 && unknownsInARow() >= rule.unknowns) {
                return to(BreakerState.OPEN, BreakerCause.UNKNOWN_OUTCOMES, nowNs);
            }
            final boolean seenEnough = outcomes.size() >= rule.outcomes;
            return rule.percent > 0 && seenEnough && failures() * 100 >= (long) rule.percent * rule.outcomes
                    ? to(BreakerState.OPEN, BreakerCause.FAILURE_SHARE, nowNs)
                    : Breaker.NO_CHANGE;
        }

        void withoutOutcome(final long requestedAtNs) {
            if (state == BreakerState.HALF_OPEN && requestedAtNs >= sinceNs && !rule.isNone()) {
                inFlight--;
            }
        }

        private int unknownsInARow() {
            int count = 0;
            while (count < outcomes.size() && outcomes.get(outcomes.size() - 1 - count) == Outcome.UNKNOWN) {
                count++;
            }
            return count;
        }

        private long failures() {
            return outcomes.subList(Math.max(0, outcomes.size() - rule.outcomes), outcomes.size()).stream()
                    .filter(outcome -> outcome != Outcome.SUCCESS)
                    .count();
        }

        private BreakerCause to(final BreakerState next, final BreakerCause cause, final long nowNs) {
            state = next;
            sinceNs = nowNs;
            inFlight = 0;
            outcomes.clear();
            return cause;
        }
    }

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128]);
    private final Naive naive = new Naive();
    private final List<Long> requests = new ArrayList<>();
    private final Set<BreakerCause> causes = EnumSet.noneOf(BreakerCause.class);
    private Breaker breaker = new Breaker();
    private long nowNs = 1;

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 10), LongStream.of(Long.getLong("turnout.seed", 11)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldDoWhatItsDefinitionSays(final long seed, final TestReporter reporter) {
        reporter.publishEntry("seed", Long.toString(seed));
        final Random random = new Random(seed);
        configure(rule(random));
        for (int i = 0; i < STEPS; i++) {
            nowNs += random.nextInt(3) == 0 ? 0 : random.nextInt(20);
            step(random, random.nextInt(1000));
            assertEquals(naive.state, breaker.state());
            assertEquals(naive.letsThrough(), breaker.letsThrough());
        }

        assertTrue(causes.containsAll(EnumSet.complementOf(EnumSet.of(BreakerCause.NULL_VAL))), causes::toString);
    }

    private void step(final Random random, final int kind) {
        if (kind < 8) {
            configure(rule(random));
        } else if (kind < 12) {
            restore();
        } else if (kind < 500) {
            ask();
        } else if (!requests.isEmpty()) {
            final long requestedAtNs = requests.remove(random.nextInt(requests.size()));
            end(random.nextInt(12), requestedAtNs);
        }
    }

    private void ask() {
        assertSame(naive.ask(nowNs), breaker.ask(nowNs));
        if (naive.letsThrough()) {
            naive.inFlight += naive.state == BreakerState.HALF_OPEN ? 1 : 0;
            breaker.sent();
            requests.add(nowNs);
        }
    }

    private void end(final int kind, final long requestedAtNs) {
        switch (kind) {
            case 0 -> {
                naive.withoutOutcome(requestedAtNs);
                breaker.withoutOutcome(requestedAtNs);
            }
            case 1, 2, 3 ->
                assertSame(naive.outcome(Outcome.UNKNOWN, requestedAtNs, nowNs), breaker.unknown(requestedAtNs, nowNs));
            case 4, 5 ->
                assertSame(
                        naive.outcome(Outcome.FAILURE, requestedAtNs, nowNs),
                        breaker.answered(requestedAtNs, true, nowNs));
            default ->
                assertSame(
                        naive.outcome(Outcome.SUCCESS, requestedAtNs, nowNs),
                        breaker.answered(requestedAtNs, false, nowNs));
        }
    }

    private void assertSame(final BreakerCause expected, final BreakerCause actual) {
        assertEquals(expected, actual);
        causes.add(actual);
    }

    private static Rule rule(final Random random) {
        if (random.nextInt(8) == 0) {
            return new Rule(0, 0, 0, 0, 0);
        }
        final int kind = random.nextInt(3);
        final int outcomes = kind == 0 ? 0 : 1 + random.nextInt(64);
        return new Rule(
                1 + random.nextInt(200),
                kind == 1 ? 0 : 1 + random.nextInt(5),
                1 + random.nextInt(4),
                kind == 0 ? 0 : 1 + random.nextInt(100),
                outcomes);
    }

    private void configure(final Rule rule) {
        naive.rule = rule;
        if (rule.isNone() && naive.state == BreakerState.CLOSED) {
            naive.outcomes.clear();
        }
        new BreakerRuleEncoder()
                .wrap(buffer, 0)
                .pauseNs(rule.pauseNs)
                .unknowns(rule.unknowns)
                .probes(rule.probes)
                .failurePercent((short) rule.percent)
                .outcomes((short) rule.outcomes);
        breaker.configure(new BreakerRuleDecoder().wrap(buffer, 0));
    }

    private void restore() {
        breaker.save(new BreakerRuleEncoder().wrap(buffer, 0), new BreakerMemoryEncoder().wrap(buffer, 64));
        breaker = new Breaker();
        breaker.restore(new BreakerRuleDecoder().wrap(buffer, 0), new BreakerMemoryDecoder().wrap(buffer, 64));
    }
}
