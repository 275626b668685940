package io.turnout.gateway.issuer;

import java.util.concurrent.TimeUnit;
import org.agrona.collections.Long2LongHashMap;

/**
 * What one link has carried since the gateway started, and what is in flight on it: sent, and neither answered nor
 * given up. For operators; decides nothing. Used by the gateway's thread.
 */
final class LinkTraffic {

    private static final long SWEEP_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int USUAL_IN_FLIGHT = 1024;
    private static final float LOAD_FACTOR = 0.6f;
    private static final long ABSENT = Long.MIN_VALUE;

    /** When each message in flight is given up, by its STAN. */
    private final Long2LongHashMap deadlineNsByStan = new Long2LongHashMap(USUAL_IN_FLIGHT, LOAD_FACTOR, ABSENT, true);

    private long nextSweepNs = Long.MIN_VALUE;
    private long signedOnSinceNs;
    private long connects;
    private long sent;
    private long answered;
    private long unmatched;
    private long mismatched;
    private long late;

    /**
     * A request, advice or reversal was written.
     *
     * @param sendBeforeNs half-way between its event and the time when the switch gives it up
     */
    void onSent(final long stan, final long sendBeforeNs, final long nowNs) {
        sent++;
        deadlineNsByStan.put(stan, sendBeforeNs + (sendBeforeNs - nowNs));
    }

    /** An answer was handed to the switch. */
    void onAnswered(final long stan) {
        answered++;
        deadlineNsByStan.remove(stan);
    }

    void onUnmatched() {
        unmatched++;
    }

    void onMismatched() {
        mismatched++;
    }

    void onLate() {
        late++;
    }

    void onConnected() {
        connects++;
    }

    void onSignedOn(final long nowNs) {
        signedOnSinceNs = nowNs;
    }

    /** It is not signed on any more. */
    void onSignedOff() {
        signedOnSinceNs = 0;
    }

    /** Nothing is in flight: the connection is gone. */
    void onDisconnected() {
        deadlineNsByStan.clear();
    }

    void onTick(final long nowNs) {
        if (nowNs >= nextSweepNs) {
            nextSweepNs = nowNs + SWEEP_INTERVAL_NS;
            sweep(nowNs);
        }
    }

    /** What is known of the link now. */
    LinkReport report(final IssuerLinkConfiguration link, final IssuerLinkState state, final String service) {
        return new LinkReport(
                link.issuerId(),
                link.linkId(),
                state,
                service,
                signedOnSinceNs,
                deadlineNsByStan.size(),
                sent,
                answered,
                unmatched,
                mismatched,
                late,
                Math.max(0, connects - 1));
    }

    private void sweep(final long nowNs) {
        final Long2LongHashMap.EntryIterator entries =
                deadlineNsByStan.entrySet().iterator();
        while (entries.hasNext()) {
            entries.next();
            if (entries.getLongValue() <= nowNs) {
                entries.remove();
            }
        }
    }
}
