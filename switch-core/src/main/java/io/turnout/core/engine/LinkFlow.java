package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.CommandProblem;
import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.HostStartedDecoder;
import io.turnout.codecs.sbe.engine.LinkService;
import io.turnout.codecs.sbe.engine.LinkStateChangedDecoder;
import io.turnout.codecs.sbe.engine.PaymentState;

/**
 * Links come and go, and so do hosts. What is in flight on a lost link becomes due at once and is worked off a few
 * payments per command, in the order of payment ids.
 */
final class LinkFlow {
    /** More payments than are accepted between two syncs of the journal. */
    private static final long PAYMENT_IDS_LEFT_OUT = 1 << 20;

    private static final long NO_REQUEST = -1;

    private final EngineTime time;
    private final EventPublisher publisher;
    private final PaymentTable payments;
    private final PaymentSlab slab;
    private final Network network;
    private final Lifecycle lifecycle;
    private final IssuerHealth health;
    private final HostEvents events;
    private final PaymentRecord payment;

    LinkFlow(final EngineState state, final IssuerHealth health, final HostEvents events) {
        this.time = state.time();
        this.publisher = state.publisher();
        this.payments = state.payments();
        this.slab = state.slab();
        this.network = state.network();
        this.lifecycle = state.lifecycle();
        this.health = health;
        this.events = events;
        this.payment = new PaymentRecord(state.slab());
    }

    void onLinkStateChanged(final LinkStateChangedDecoder command) {
        final Link link = network.link(command.linkId());
        if (link == null || !link.joins(command.issuerId(), command.gatewayId())) {
            events.commandIgnored(LinkStateChangedDecoder.TEMPLATE_ID, 0, CommandProblem.UNKNOWN_LINK);
            return;
        }
        switch (command.state()) {
            case SIGNED_ON -> onSignedOn(link);
            case DEGRADED -> {
                onSignedOn(link);
                link.degraded(true);
            }
            default -> onDown(link);
        }
        events.linkState(command, command.state());
    }

    private void onSignedOn(final Link link) {
        network.signedOn(link, true);
        if (link.service() == LinkService.DRAINED) {
            // Its gateway does not know, or no longer: it is to be told again.
            network.service(link, LinkService.DRAINING);
        }
    }

    /**
     * A link is gone. Requests in flight on it are not answered in time any more; if the issuer answers on siblings,
     * that is so for all its links once the last one is gone, and until then for none. Attempts of advices and
     * reversals end with their link in either case: they are simply sent again.
     */
    private void onDown(final Link link) {
        network.signedOn(link, false);
        hastenForwards(link);
        final Issuer issuer = link.issuer();
        long newestNs = NO_REQUEST;
        if (!issuer.answersOnSiblings()) {
            newestNs = hastenRequests(link, DeclineReason.LINK_LOST);
        } else if (!Network.isAnyUp(issuer)) {
            for (Link each = issuer.firstLink(); each != null; each = each.nextOfIssuer()) {
                newestNs = Math.max(newestNs, hastenRequests(each, DeclineReason.LINK_LOST));
            }
        }
        if (newestNs != NO_REQUEST) {
            health.linkLost(issuer, newestNs);
        }
    }

    void onHostStarted(final HostStartedDecoder command) {
        if (command.eventSequenceFloor() > 0) {
            onCommandsLost(command.eventSequenceFloor());
        }
        final int pending = lifecycle.count(PaymentState.PENDING);
        final int reversing = lifecycle.count(PaymentState.REVERSING);
        for (int i = 0; i < network.linkCount(); i++) {
            lose(network.linkAt(i), DeclineReason.SWITCH_RESTARTED);
        }
        events.hostRecovered(pending, reversing);
    }

    /** Numbers that lost payments may have had, and their retrieval references, are not given to others. */
    private void onCommandsLost(final long takenEventSequence) {
        final long eventsLost = Math.max(0, takenEventSequence - publisher.eventSequence());
        payments.lastPaymentId(payments.lastPaymentId() + eventsLost + PAYMENT_IDS_LEFT_OUT);
        events.gapDetected(takenEventSequence);
    }

    /** Takes a link out of use; what is in flight on it will not be answered in time. */
    void lose(final Link link, final DeclineReason reason) {
        network.signedOn(link, false);
        hastenRequests(link, reason);
        hastenForwards(link);
    }

    /** Returns when the newest request that has become due was sent, or {@link #NO_REQUEST}. */
    private long hastenRequests(final Link link, final DeclineReason reason) {
        long newestNs = NO_REQUEST;
        for (int slot = link.requests().first(); slot != RecordList.NONE; slot = slab.next(slot)) {
            if (hasten(slot)) {
                payment.giveUpReason(reason);
                newestNs = Math.max(newestNs, payment.requestedAtNs());
            }
        }
        return newestNs;
    }

    private void hastenForwards(final Link link) {
        for (int slot = link.forwards().first(); slot != RecordList.NONE; slot = slab.next(slot)) {
            hasten(slot);
        }
    }

    private boolean hasten(final int slot) {
        payment.wrap(slot);
        final boolean notYetDue = payment.dueNs() > time.nowNs();
        if (notYetDue) {
            lifecycle.dueNs(payment, time.nowNs());
        }
        return notYetDue;
    }
}
