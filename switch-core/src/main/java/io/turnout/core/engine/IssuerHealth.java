package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BreakerCause;
import io.turnout.codecs.sbe.engine.BreakerChangedEncoder;
import io.turnout.codecs.sbe.engine.DeclineReason;

/**
 * What the fate of payment requests says of their issuer and its links: it feeds the issuer's {@link Breaker} and the
 * {@link LinkPace} of each link. Advices and reversals are sent in any case and tell it nothing.
 *
 * <p>A lost link is one unknown outcome, however many requests were in flight on it, and none if there were none: it is
 * counted when it is lost, and the requests that are given up for it are not counted again.
 */
final class IssuerHealth {
    private final EngineTime time;
    private final Network network;
    private final EventPublisher publisher;
    private final BreakerChangedEncoder changed = new BreakerChangedEncoder();

    IssuerHealth(final EngineState state) {
        this.time = state.time();
        this.network = state.network();
        this.publisher = state.publisher();
    }

    /** Whether a payment may be sent to the issuer now. */
    boolean letsThrough(final Issuer issuer) {
        tell(issuer, issuer.breaker().ask(time.nowNs()));
        return issuer.breaker().letsThrough();
    }

    /** A request goes out on that link. */
    void sent(final Issuer issuer, final Link link) {
        link.pace().sent(time.nowNs());
        issuer.breaker().sent();
    }

    /** The issuer has answered in time. */
    void answered(final PaymentRecord payment, final int resultCode) {
        final Issuer issuer = network.issuer(payment.issuerId());
        measure(issuer, payment);
        final boolean failure = ResultCodes.isIssuerFailure(resultCode);
        tell(issuer, issuer.breaker().answered(payment.requestedAtNs(), failure, time.nowNs()));
    }

    /** The switch has stopped waiting for an answer. */
    void gaveUp(final PaymentRecord payment) {
        final Issuer issuer = network.issuer(payment.issuerId());
        if (payment.giveUpReason() == DeclineReason.ISSUER_TIMEOUT) {
            measure(issuer, payment);
            tell(issuer, issuer.breaker().unknown(payment.requestedAtNs(), time.nowNs()));
        } else {
            issuer.breaker().withoutOutcome(payment.requestedAtNs());
        }
    }

    /** No byte of the request reached the issuer. */
    void notSent(final PaymentRecord payment) {
        network.issuer(payment.issuerId()).breaker().withoutOutcome(payment.requestedAtNs());
    }

    /**
     * Requests can no longer be answered because a link was lost.
     *
     * @param newestNs when the newest of them was sent
     */
    void linkLost(final Issuer issuer, final long newestNs) {
        tell(issuer, issuer.breaker().unknown(newestNs, time.nowNs()));
    }

    /** Only where the latency counts: what nobody asks for is no part of the state. */
    private void measure(final Issuer issuer, final PaymentRecord payment) {
        if (issuer.prefersLeastCost()) {
            network.link(payment.linkId()).pace().measured(time.nowNs() - payment.requestedAtNs(), time.nowNs());
        }
    }

    private void tell(final Issuer issuer, final BreakerCause cause) {
        if (cause == Breaker.NO_CHANGE) {
            return;
        }
        final Breaker breaker = issuer.breaker();
        changed.wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .sinceNs(breaker.sinceNs())
                .issuerId(issuer.issuerId())
                .state(breaker.state())
                .cause(cause)
                .unknowns(breaker.unknowns())
                .failures((short) breaker.failures())
                .outcomes((short) breaker.outcomes());
        publisher.commit(BreakerChangedEncoder.BLOCK_LENGTH);
    }
}
