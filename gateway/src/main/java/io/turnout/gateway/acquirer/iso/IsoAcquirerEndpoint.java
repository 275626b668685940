package io.turnout.gateway.acquirer.iso;

import io.turnout.codecs.sbe.acquirer.RejectReason;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.PaymentAnsweredDecoder;
import io.turnout.gateway.acquirer.PaymentIntake;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.ingress.CommandPublisher;
import io.turnout.gateway.net.ConnectionHandler;
import io.turnout.gateway.security.MessageAuthenticator;
import java.net.InetAddress;
import java.util.ArrayList;

/** Where one acquirer connects: its sessions and its open requests. Used by the gateway's thread. */
final class IsoAcquirerEndpoint {

    private final IsoAcquirerEdge edge;
    private final IsoAcquirerConfiguration configuration;
    private final OpenRequests open;
    private final MessageAuthenticator authenticator;
    private final AnswerEncoder encoder;
    private final IsoAdapter adapter;
    private final ArrayList<IsoAcquirerSession> sessions = new ArrayList<>();

    IsoAcquirerEndpoint(final IsoAcquirerEdge edge, final IsoAcquirerConfiguration configuration) {
        this.edge = edge;
        this.configuration = configuration;
        this.open = new OpenRequests(configuration.maximumSessions() * configuration.maximumInFlight());
        this.authenticator = edge.security().acquirer((int) configuration.acquirerId(), configuration.dialect());
        this.encoder = new AnswerEncoder(configuration.dialect(), configuration.framing(), authenticator);
        this.adapter = new IsoAdapter(this);
    }

    ConnectionHandler newSession(final long sessionId) {
        final IsoAcquirerSession session = new IsoAcquirerSession(this, sessionId);
        sessions.add(session);
        return session;
    }

    void onTick(final long nowNs) {
        for (int i = sessions.size() - 1; i >= 0; i--) {
            sessions.get(i).onTick(nowNs);
        }
    }

    void onStopping(final long nowNs) {
        for (int i = sessions.size() - 1; i >= 0; i--) {
            sessions.get(i).onStopping(nowNs);
        }
    }

    int sessionCount() {
        return sessions.size();
    }

    /** Whether an acquirer may come from there. */
    boolean isPeer(final InetAddress address) {
        boolean isPeer = configuration.peers().isEmpty();
        for (final PeerRange range : configuration.peers()) {
            isPeer |= range.contains(address);
        }
        return isPeer;
    }

    // What the switch says. Without an open request, the answer waits for the repeat.

    void onPaymentAnswered(final long high, final long low, final PaymentAnsweredDecoder event) {
        final int slot = open.find(high, low);
        if (slot == OpenRequests.NONE) {
            counters().increment(GatewayCounter.ANSWERS_UNDELIVERED);
        } else if (isReversedInFlight(event)) {
            counters().increment(GatewayCounter.ISO_ANSWERS_WITHHELD);
            open.close(slot);
        } else {
            open.session(slot).onPaymentAnswered(open.mti(slot), open.echo(slot), event);
            close(high, low);
        }
    }

    void onReversalAnswered(final long high, final long low, final long paymentId, final int resultCode) {
        final int slot = open.find(high, low);
        if (slot == OpenRequests.NONE) {
            counters().increment(GatewayCounter.ANSWERS_UNDELIVERED);
            return;
        }
        final boolean isRequest = open.mti(slot) % 100 < 20;
        final boolean isUnknown = resultCode == Answers.APPROVED && paymentId == 0;
        answer(slot, isUnknown && isRequest ? Answers.ORIGINAL_NOT_FOUND : resultCode, Fields.NONE);
        counters().increment(GatewayCounter.ANSWERS_SENT);
        close(high, low);
    }

    void onRequestRefused(final long high, final long low, final RejectReason reason) {
        final int slot = open.find(high, low);
        if (slot == OpenRequests.NONE) {
            counters().increment(GatewayCounter.ANSWERS_UNDELIVERED);
            return;
        }
        counters().rejected(reason);
        answer(slot, Answers.of(reason, open.mti(slot)), Answers.fieldOf(reason));
        close(high, low);
    }

    IsoAcquirerConfiguration configuration() {
        return configuration;
    }

    OpenRequests open() {
        return open;
    }

    MessageAuthenticator authenticator() {
        return authenticator;
    }

    AnswerEncoder encoder() {
        return encoder;
    }

    IsoAdapter adapter() {
        return adapter;
    }

    GatewayCounters counters() {
        return edge.counters();
    }

    PaymentIntake intake() {
        return edge.intake();
    }

    CommandPublisher commands() {
        return edge.commands();
    }

    UnansweredMessages unanswered() {
        return edge.unanswered();
    }

    boolean admits() {
        return edge.admits();
    }

    void sessionClosed(final IsoAcquirerSession session) {
        sessions.remove(session);
        open.closeAll(session);
        edge.sessionClosed(session);
    }

    private void answer(final int slot, final int resultCode, final int field) {
        open.session(slot).answer(open.mti(slot), open.echo(slot), resultCode, field);
    }

    /** An answer that could not be sent ends the session, and with it what was open there. */
    private void close(final long high, final long low) {
        final int slot = open.find(high, low);
        if (slot != OpenRequests.NONE) {
            open.close(slot);
        }
    }

    /**
     * Whether the answer says that the acquirer has reversed a payment whose issuer had been asked: it has been told so
     * by the answer to its reversal. A payment that came after its reversal went to no issuer.
     */
    private static boolean isReversedInFlight(final PaymentAnsweredDecoder event) {
        return event.reasonRaw() == DeclineReason.REVERSED_BY_ACQUIRER.value()
                && event.issuerId() != 0
                && event.repeatedRaw() == BooleanType.FALSE.value();
    }
}
