package io.turnout.gateway.acquirer.iso;

import io.turnout.codecs.sbe.acquirer.RejectReason;
import io.turnout.codecs.sbe.engine.PaymentAnsweredDecoder;
import io.turnout.codecs.sbe.engine.RequestRefusedDecoder;
import io.turnout.codecs.sbe.engine.ReversalAnsweredDecoder;
import io.turnout.gateway.acquirer.PaymentIntake;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.ingress.CommandPublisher;
import io.turnout.gateway.net.ConnectionHandler;
import io.turnout.gateway.security.GatewaySecurity;
import io.turnout.gateway.vault.CardVault;
import io.turnout.gateway.vault.SensitiveDataSlots;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * All acquirers at one gateway that speak ISO 8583, and what they share. Brings the switch's answers to the request
 * that waits for them. Used by the gateway's thread.
 */
public final class IsoAcquirerEdge {

    private static final long SESSION_ID_RUN_MASK = 0x7FFF_FFFFL;
    /** Set in the ids of all sessions of this edge, and of no other. */
    private static final long SESSION_ID_MARK = 0x8000_0000L;

    private final SensitiveDataSlots slots;
    private final CommandPublisher commands;
    private final BooleanSupplier admission;
    private final GatewayCounters counters;
    private final PaymentIntake intake;
    private final GatewaySecurity security;
    private final UnansweredMessages unanswered = new UnansweredMessages();
    private final List<IsoAcquirerEndpoint> endpoints = new ArrayList<>();
    private final Long2ObjectHashMap<IsoAcquirerEndpoint> endpointsByAcquirer = new Long2ObjectHashMap<>();
    private long nextSessionId;

    /**
     * @param configurations one for each acquirer
     * @param vault protects card numbers
     * @param slots keep sensitive data
     * @param commands the way into the switch
     * @param admission whether the switch admits new requests now
     * @param counters of the gateway
     * @param security keys of the gateway
     */
    public IsoAcquirerEdge(
            final List<IsoAcquirerConfiguration> configurations,
            final CardVault vault,
            final SensitiveDataSlots slots,
            final CommandPublisher commands,
            final BooleanSupplier admission,
            final GatewayCounters counters,
            final GatewaySecurity security) {
        this.security = security;
        this.slots = slots;
        this.commands = commands;
        this.admission = admission;
        this.counters = counters;
        this.intake = new PaymentIntake(vault, slots, commands);
        for (final IsoAcquirerConfiguration configuration : configurations) {
            final IsoAcquirerEndpoint endpoint = new IsoAcquirerEndpoint(this, configuration);
            endpoints.add(endpoint);
            if (endpointsByAcquirer.put(configuration.acquirerId(), endpoint) != null) {
                throw new IllegalArgumentException("acquirerId=" + configuration.acquirerId() + " appears twice");
            }
        }
        // The run stands in the upper half, so that an answer to a session of an earlier run finds no session.
        this.nextSessionId = ((slots.incarnation() & SESSION_ID_RUN_MASK) << Integer.SIZE) + SESSION_ID_MARK + 1;
    }

    /** Whether the session is, or was in an earlier run, of this edge. */
    public static boolean isOwn(final long sessionId) {
        return (sessionId & SESSION_ID_MARK) != 0;
    }

    /** A session for a new connection of an acquirer. */
    public ConnectionHandler newSession(final long acquirerId) {
        return endpointsByAcquirer.get(acquirerId).newSession(nextSessionId++);
    }

    /** Lets the sessions look at the clock. */
    public void onTick(final long nowNs) {
        for (int i = 0; i < endpoints.size(); i++) {
            endpoints.get(i).onTick(nowNs);
        }
    }

    /** Ends every session, because the switch stops. */
    public void onStopping(final long nowNs) {
        for (int i = 0; i < endpoints.size(); i++) {
            endpoints.get(i).onStopping(nowNs);
        }
    }

    /** Sessions that exist. */
    public int sessionCount() {
        int count = 0;
        for (int i = 0; i < endpoints.size(); i++) {
            count += endpoints.get(i).sessionCount();
        }
        return count;
    }

    /** The last messages that could not be answered. May be read by any thread. */
    public UnansweredMessages unanswered() {
        return unanswered;
    }

    /** Answers a payment. */
    public void onPaymentAnswered(final PaymentAnsweredDecoder event) {
        final IsoAcquirerEndpoint endpoint = endpoint(event.acquirerId());
        if (endpoint != null) {
            endpoint.onPaymentAnswered(
                    event.clientReference().high(), event.clientReference().low(), event);
        }
    }

    /** Answers a reversal. */
    public void onReversalAnswered(final ReversalAnsweredDecoder event) {
        final IsoAcquirerEndpoint endpoint = endpoint(event.acquirerId());
        if (endpoint != null) {
            endpoint.onReversalAnswered(
                    event.clientReference().high(),
                    event.clientReference().low(),
                    event.paymentId(),
                    event.resultCode());
        }
    }

    /** Answers a request that the engine refused. */
    public void onRequestRefused(final RequestRefusedDecoder event) {
        final IsoAcquirerEndpoint endpoint = endpoint(event.acquirerId());
        if (endpoint != null) {
            endpoint.onRequestRefused(
                    event.clientReference().high(), event.clientReference().low(), RejectReason.get(event.reasonRaw()));
        }
    }

    GatewayCounters counters() {
        return counters;
    }

    PaymentIntake intake() {
        return intake;
    }

    CommandPublisher commands() {
        return commands;
    }

    GatewaySecurity security() {
        return security;
    }

    boolean admits() {
        return admission.getAsBoolean();
    }

    void sessionClosed(final IsoAcquirerSession session) {
        counters.add(GatewayCounter.SLOTS_FREED_BY_SESSION_LOSS, slots.freeSession(session.sessionId()));
    }

    /** Null when the acquirer has no edge of this kind any more. */
    private IsoAcquirerEndpoint endpoint(final long acquirerId) {
        final IsoAcquirerEndpoint endpoint = endpointsByAcquirer.get(acquirerId);
        counters.add(GatewayCounter.ANSWERS_UNDELIVERED, endpoint == null ? 1 : 0);
        return endpoint;
    }
}
