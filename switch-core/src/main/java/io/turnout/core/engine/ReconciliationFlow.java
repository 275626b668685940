package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.CommandProblem;
import io.turnout.codecs.sbe.engine.IssuerReconciliationDecoder;
import io.turnout.codecs.sbe.engine.IssuerReconciliationResponseDecoder;
import io.turnout.codecs.sbe.engine.ReconciliationOutcome;
import io.turnout.codecs.sbe.engine.ReconciliationPhase;

/**
 * Totals are compared with those of issuers: theirs when they send some, and the switch's own of each business date
 * that is closed, sent with the same trace numbers until they are answered. Never changes money: what comes out is an
 * event.
 *
 * <pre>
 *   NONE ──▶ QUEUED ──▶ IN_FLIGHT ──▶ ENDED (answered, or as many attempts as there may be)
 *              │          ▲   ▼
 *              └──────▶ PAUSED
 * </pre>
 */
final class ReconciliationFlow {
    private static final int NO_LINK = 0;
    private static final int NO_PAYMENT = 0;

    private final EngineTime time;
    private final Network network;
    private final BusinessDates dates;
    private final IssuerTotals totals;
    private final TraceNumbers traceNumbers;
    private final ReconciliationEvents events;
    private final HostEvents hostEvents;

    ReconciliationFlow(
            final EngineState state,
            final TraceNumbers traceNumbers,
            final ReconciliationEvents events,
            final HostEvents hostEvents) {
        this.time = state.time();
        this.network = state.network();
        this.dates = state.ledger().dates();
        this.totals = state.issuerTotals();
        this.traceNumbers = traceNumbers;
        this.events = events;
        this.hostEvents = hostEvents;
    }

    /** The issuer sends its totals. */
    void onIssuerReconciliation(final IssuerReconciliationDecoder command) {
        final Link link = network.link(command.linkId());
        if (link == null || !link.joins(command.issuerId(), command.gatewayId())) {
            ignore(IssuerReconciliationDecoder.TEMPLATE_ID, CommandProblem.UNKNOWN_LINK);
            return;
        }
        if (!network.issuer(command.issuerId()).keepsTotals()) {
            events.received(command, IssuerTotals.NONE, ReconciliationOutcome.NOT_SUPPORTED);
            return;
        }
        final int entry = totals.find(command.issuerId(), (int) command.businessDate(), command.currency());
        events.received(command, entry, compare(command, entry));
    }

    /** The issuer answers totals of the switch. */
    void onIssuerReconciliationResponse(final IssuerReconciliationResponseDecoder response) {
        final int entry = awaited(response);
        if (entry == IssuerTotals.NONE) {
            ignore(IssuerReconciliationResponseDecoder.TEMPLATE_ID, CommandProblem.NOT_AWAITED);
        } else if (response.outcome() == ReconciliationOutcome.NOT_SAID
                && ResultCodes.isTemporary(response.resultCode())) {
            attemptFailed(entry);
        } else {
            totals.phase(entry, ReconciliationPhase.ENDED, Long.MAX_VALUE);
            events.ended(entry, response);
        }
    }

    /** A new business date: the totals of closed ones are sent, and old ones forgotten. */
    void onCutOver() {
        for (int entry = 0; entry < totals.count(); entry++) {
            final boolean isComplete =
                    dates.isClosed(totals.businessDate(entry)) && totals.phase(entry) == ReconciliationPhase.NONE;
            if (isComplete && network.issuer(totals.issuerId(entry)).sendsTotals()) {
                totals.phase(entry, ReconciliationPhase.QUEUED, time.nowNs());
            }
        }
        totals.forgetBefore(oldestKept());
    }

    /** When there is something to do. */
    long nextNs() {
        return totals.earliestNs();
    }

    /** Does what is due with the totals of one issuer, date and currency, the lowest first. */
    void runDue() {
        if (totals.earliestNs() > time.nowNs()) {
            return;
        }
        final int entry = totals.firstDue(time.nowNs());
        if (totals.phase(entry) == ReconciliationPhase.IN_FLIGHT) {
            attemptFailed(entry);
        } else {
            send(entry);
        }
    }

    private ReconciliationOutcome compare(final IssuerReconciliationDecoder command, final int entry) {
        if (entry == IssuerTotals.NONE) {
            return ReconciliationOutcome.NOTHING_RECEIVED;
        }
        final int given = command.offset() + IssuerReconciliationDecoder.totalsEncodingOffset();
        return events.areEqual(command.buffer(), given, entry)
                ? ReconciliationOutcome.IN_BALANCE
                : ReconciliationOutcome.OUT_OF_BALANCE;
    }

    private int awaited(final IssuerReconciliationResponseDecoder response) {
        for (int entry = 0; entry < totals.count(); entry++) {
            if (totals.isBeingSent(entry)
                    && totals.stan(entry) != TraceNumbers.EXHAUSTED
                    && totals.stan(entry) == response.stan()
                    && totals.transmissionDateTime(entry) == response.transmissionDateTime()
                    && totals.issuerId(entry) == response.issuerId()) {
                return entry;
            }
        }
        return IssuerTotals.NONE;
    }

    private void send(final int entry) {
        final Issuer issuer = network.issuer(totals.issuerId(entry));
        final Link link = network.forForward(issuer, NO_LINK);
        if (link == null || !assignTrace(entry, issuer)) {
            totals.phase(entry, ReconciliationPhase.PAUSED, time.nowNs() + issuer.pauseNs(1));
            return;
        }
        totals.attempts(entry, totals.attempts(entry) + 1);
        final long timeoutNs = issuer.reversalTimeoutNs();
        totals.phase(entry, ReconciliationPhase.IN_FLIGHT, time.nowNs() + timeoutNs);
        events.requested(entry, link, time.nowNs() + timeoutNs / 2);
    }

    private boolean assignTrace(final int entry, final Issuer issuer) {
        if (totals.stan(entry) == TraceNumbers.EXHAUSTED) {
            totals.trace(entry, time.transmissionDateTime(), traceNumbers.next(issuer));
        }
        return totals.stan(entry) != TraceNumbers.EXHAUSTED;
    }

    private void attemptFailed(final int entry) {
        final Issuer issuer = network.issuer(totals.issuerId(entry));
        if (totals.attempts(entry) >= issuer.reversalMaximumAttempts()) {
            totals.phase(entry, ReconciliationPhase.ENDED, Long.MAX_VALUE);
            events.unanswered(entry);
        } else {
            totals.phase(entry, ReconciliationPhase.PAUSED, time.nowNs() + issuer.pauseNs(totals.attempts(entry)));
        }
    }

    /** The oldest closed date whose totals an issuer may still ask about. */
    private int oldestKept() {
        int oldest = dates.oldestOpen();
        for (int i = 0; i < IssuerTotals.KEPT_DATES; i++) {
            final int before = totals.newestDateBefore(oldest);
            if (before == BusinessDates.NONE) {
                return oldest;
            }
            oldest = before;
        }
        return oldest;
    }

    private void ignore(final int templateId, final CommandProblem problem) {
        hostEvents.commandIgnored(templateId, NO_PAYMENT, problem);
    }
}
