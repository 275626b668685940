package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BreakerCause;
import io.turnout.codecs.sbe.engine.BreakerMemoryDecoder;
import io.turnout.codecs.sbe.engine.BreakerMemoryEncoder;
import io.turnout.codecs.sbe.engine.BreakerRuleDecoder;
import io.turnout.codecs.sbe.engine.BreakerRuleEncoder;
import io.turnout.codecs.sbe.engine.BreakerState;

/**
 * Holds payment requests back from an issuer that does not answer or says that it cannot decide.
 *
 * <pre>
 *            unknowns in a row, or share of failures           a payment comes after the pause
 *   CLOSED ─────────────────────────────────────────▶ OPEN ────────────────────────────────────▶ HALF_OPEN
 *      ▲                                               ▲                                           │   │
 *      │                                               └───────────── one probe failed ────────────┘   │
 *      └──────────────────────────────── all probes were answered well ────────────────────────────────┘
 * </pre>
 *
 * <p>Counted are the outcomes of payment requests, in the order in which they become known: an <i>unknown</i> outcome
 * is one without an answer in time; a <i>failure</i> is an unknown outcome or an answer that says nothing of the
 * payment but that the issuer is out of order; every other answer in time, a decline too, is a <i>success</i>. Any
 * answer in time ends the row of unknown outcomes. An outcome counts only if its request was sent since the state
 * began, so nothing that was in flight before decides about probes. In the state OPEN nothing counts.
 *
 * <p>It opens when as many outcomes in a row were unknown as the rule says; or when, of the last outcomes, as many as
 * the rule looks at, at least its percentage were failures. It is never before so many outcomes have been seen since it
 * closed that the share opens it. HALF_OPEN lets as many payments through as the rule has probes; the first failure
 * opens it again, and it closes when all were successes. A probe without an outcome of the issuer's, because it was not
 * sent or the switch restarted, gives its place back.
 */
final class Breaker {
    /** What is returned when nothing has changed. */
    static final BreakerCause NO_CHANGE = BreakerCause.NULL_VAL;

    static final int MAXIMUM_OUTCOMES = Long.SIZE;
    private static final int MAXIMUM_UNKNOWNS = (1 << 16) - 1;
    private static final int WHOLE_PERCENT = 100;

    private long pauseNs;
    private int unknownsToOpen;
    private int probes;
    private int failurePercent;
    private int outcomesLookedAt;

    private BreakerState state = BreakerState.CLOSED;
    private long sinceNs;
    private long failures;
    private int outcomes;
    private int unknowns;
    private int probesSent;
    private int probesSucceeded;

    /** Takes another rule. What is remembered stays; without a rule it closes when it is next asked. */
    void configure(final BreakerRuleDecoder rule) {
        pauseNs = rule.pauseNs();
        unknownsToOpen = rule.unknowns();
        probes = rule.probes();
        failurePercent = rule.failurePercent();
        outcomesLookedAt = rule.outcomes();
        forgetCountsWithoutRule();
    }

    /** Has no rule from now on. */
    void configureNoRule() {
        pauseNs = 0;
        unknownsToOpen = 0;
        probes = 0;
        failurePercent = 0;
        outcomesLookedAt = 0;
        forgetCountsWithoutRule();
    }

    void save(final BreakerRuleEncoder rule, final BreakerMemoryEncoder memory) {
        rule.pauseNs(pauseNs)
                .unknowns(unknownsToOpen)
                .probes(probes)
                .failurePercent((short) failurePercent)
                .outcomes((short) outcomesLookedAt);
        memory.sinceNs(sinceNs)
                .failures(failures)
                .unknowns(unknowns)
                .probesSent(probesSent)
                .probesSucceeded(probesSucceeded)
                .outcomes((short) outcomes)
                .state(state);
    }

    void restore(final BreakerRuleDecoder rule, final BreakerMemoryDecoder memory) {
        configure(rule);
        sinceNs = memory.sinceNs();
        failures = memory.failures();
        unknowns = memory.unknowns();
        probesSent = memory.probesSent();
        probesSucceeded = memory.probesSucceeded();
        outcomes = memory.outcomes();
        state = memory.state();
    }

    /** A payment asks whether it may go: with that the pause ends when its time is over. */
    BreakerCause ask(final long nowNs) {
        if (state == BreakerState.CLOSED) {
            return NO_CHANGE;
        }
        if (!hasRule()) {
            return change(BreakerState.CLOSED, BreakerCause.NO_RULE, nowNs);
        }
        if (state == BreakerState.HALF_OPEN) {
            // A later configuration may ask for fewer probes than were answered well already.
            return probesSucceeded >= probes
                    ? change(BreakerState.CLOSED, BreakerCause.PROBES_SUCCEEDED, nowNs)
                    : NO_CHANGE;
        }
        return nowNs - sinceNs >= pauseNs ? change(BreakerState.HALF_OPEN, BreakerCause.PAUSE_OVER, nowNs) : NO_CHANGE;
    }

    /** Whether the payment that has just asked may go. */
    boolean letsThrough() {
        return state == BreakerState.CLOSED || (state == BreakerState.HALF_OPEN && probesSent < probes);
    }

    /** The payment goes. */
    void sent() {
        if (state == BreakerState.HALF_OPEN) {
            probesSent++;
        }
    }

    /** There was no answer in time to a request sent then. */
    BreakerCause unknown(final long requestedAtNs, final long nowNs) {
        return counts(requestedAtNs) ? failed(true, nowNs) : NO_CHANGE;
    }

    /** There was an answer in time to a request sent then. */
    BreakerCause answered(final long requestedAtNs, final boolean failure, final long nowNs) {
        if (!counts(requestedAtNs)) {
            return NO_CHANGE;
        }
        return failure ? failed(false, nowNs) : succeeded(nowNs);
    }

    /** A request sent then had no outcome of the issuer's. */
    void withoutOutcome(final long requestedAtNs) {
        if (state == BreakerState.HALF_OPEN && counts(requestedAtNs)) {
            probesSent--;
        }
    }

    BreakerState state() {
        return state;
    }

    long sinceNs() {
        return sinceNs;
    }

    /** Unknown outcomes in a row, or those that opened it. */
    int unknowns() {
        return unknowns;
    }

    /** How many of the last outcomes the share of failures is taken of. */
    int outcomes() {
        return Math.min(outcomes, outcomesLookedAt);
    }

    /** Failures among those. */
    int failures() {
        return Long.bitCount(failures & mask());
    }

    private boolean hasRule() {
        return unknownsToOpen != 0 || failurePercent != 0;
    }

    private boolean counts(final long requestedAtNs) {
        return state != BreakerState.OPEN && requestedAtNs >= sinceNs && hasRule();
    }

    private BreakerCause failed(final boolean isUnknown, final long nowNs) {
        if (state == BreakerState.HALF_OPEN) {
            return change(BreakerState.OPEN, BreakerCause.PROBE_FAILED, nowNs);
        }
        unknowns = isUnknown ? Math.min(unknowns + 1, MAXIMUM_UNKNOWNS) : 0;
        remember(1);
        if (unknownsToOpen != 0 && unknowns >= unknownsToOpen) {
            return change(BreakerState.OPEN, BreakerCause.UNKNOWN_OUTCOMES, nowNs);
        }
        return failurePercent != 0
                        && outcomes >= outcomesLookedAt
                        && failures() * WHOLE_PERCENT >= failurePercent * outcomesLookedAt
                ? change(BreakerState.OPEN, BreakerCause.FAILURE_SHARE, nowNs)
                : NO_CHANGE;
    }

    private BreakerCause succeeded(final long nowNs) {
        if (state == BreakerState.HALF_OPEN) {
            probesSucceeded++;
            return probesSucceeded >= probes
                    ? change(BreakerState.CLOSED, BreakerCause.PROBES_SUCCEEDED, nowNs)
                    : NO_CHANGE;
        }
        unknowns = 0;
        remember(0);
        return NO_CHANGE;
    }

    private void remember(final int failure) {
        failures = failures << 1 | failure;
        outcomes = Math.min(outcomes + 1, MAXIMUM_OUTCOMES);
    }

    /** What opened it stays to be told until it is no longer open. */
    private BreakerCause change(final BreakerState next, final BreakerCause cause, final long nowNs) {
        state = next;
        sinceNs = nowNs;
        probesSent = 0;
        probesSucceeded = 0;
        if (next != BreakerState.OPEN) {
            forgetCounts();
        }
        return cause;
    }

    private void forgetCountsWithoutRule() {
        if (!hasRule() && state == BreakerState.CLOSED) {
            forgetCounts();
        }
    }

    private void forgetCounts() {
        failures = 0;
        outcomes = 0;
        unknowns = 0;
    }

    private long mask() {
        return outcomesLookedAt == MAXIMUM_OUTCOMES ? -1L : (1L << outcomesLookedAt) - 1;
    }
}
