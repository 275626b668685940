package io.turnout.gateway.issuer;

import io.turnout.codecs.sbe.engine.AdviceRequestedDecoder;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.IssuerResponseMismatchedDecoder;
import io.turnout.codecs.sbe.engine.IssuerResponseUnmatchedDecoder;
import io.turnout.codecs.sbe.engine.LateResponseRecordedDecoder;
import io.turnout.codecs.sbe.engine.LinkDrainedDecoder;
import io.turnout.codecs.sbe.engine.LinkServiceChangedDecoder;
import io.turnout.codecs.sbe.engine.NotSentReason;
import io.turnout.codecs.sbe.engine.PaymentRoutedDecoder;
import io.turnout.codecs.sbe.engine.ReconciliationReceivedDecoder;
import io.turnout.codecs.sbe.engine.ReconciliationRequestedDecoder;
import io.turnout.codecs.sbe.engine.ReversalRequestedDecoder;
import io.turnout.codecs.sbe.engine.SlotReferenceDecoder;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.ingress.CommandPublisher;
import io.turnout.gateway.issuer.UndecodableMessage.Kind;
import io.turnout.gateway.net.TlsEndpoint;
import io.turnout.gateway.security.GatewaySecurity;
import io.turnout.gateway.vault.CardVault;
import io.turnout.gateway.vault.SensitiveDataSlots;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * All links of a gateway, and what they share. Brings the switch's requests to their link. Used by the gateway's
 * thread.
 */
public final class IssuerEdge {

    private final CardVault vault;
    private final SensitiveDataSlots slots;
    private final CommandPublisher commands;
    private final Connector connector;
    private final GatewayCounters counters;
    private final GatewaySecurity security;
    private final UndecodableMessages undecodable = new UndecodableMessages();
    private final List<IssuerLink> links = new ArrayList<>();
    private final Int2ObjectHashMap<IssuerLink> linksById = new Int2ObjectHashMap<>();
    private final List<IssuerListener> listeners = new ArrayList<>();

    /**
     * @param configurations of the links
     * @param vault opens card numbers
     * @param slots keep sensitive data
     * @param commands the way into the switch
     * @param connector opens connections
     * @param seed of the pauses between attempts to connect
     * @param counters of the gateway
     * @param security keys shared with the issuers
     */
    public IssuerEdge(
            final List<IssuerLinkConfiguration> configurations,
            final CardVault vault,
            final SensitiveDataSlots slots,
            final CommandPublisher commands,
            final Connector connector,
            final long seed,
            final GatewayCounters counters,
            final GatewaySecurity security) {
        this.vault = vault;
        this.slots = slots;
        this.commands = commands;
        this.connector = connector;
        this.counters = counters;
        this.security = security;
        final SplittableRandom random = new SplittableRandom(seed);
        for (final IssuerLinkConfiguration configuration : configurations) {
            final IssuerLink link = new IssuerLink(this, configuration, random.split());
            links.add(link);
            addToListeners(link, configuration.tls());
            if (linksById.put(configuration.linkId(), link) != null) {
                throw new IllegalArgumentException("linkId=" + configuration.linkId() + " appears twice");
            }
        }
    }

    /** The links of issuers that share no keys with the switch. */
    public IssuerEdge(
            final List<IssuerLinkConfiguration> configurations,
            final CardVault vault,
            final SensitiveDataSlots slots,
            final CommandPublisher commands,
            final Connector connector,
            final long seed,
            final GatewayCounters counters) {
        this(configurations, vault, slots, commands, connector, seed, counters, GatewaySecurity.none(counters));
    }

    /** Lets the links look at the clock; the first time, they begin to connect. */
    public void onTick(final long nowNs) {
        for (int i = 0; i < links.size(); i++) {
            links.get(i).onTick(nowNs);
        }
        long refused = 0;
        for (int i = 0; i < listeners.size(); i++) {
            refused += listeners.get(i).refusedCount();
        }
        counters.set(GatewayCounter.LINK_CONNECTIONS_REFUSED, refused);
    }

    /** Signs the links off and closes them; {@link #isStopped} tells when that is done. */
    public void onStopping(final long nowNs) {
        listeners.forEach(IssuerListener::close);
        for (int i = 0; i < links.size(); i++) {
            links.get(i).onStopping(nowNs);
        }
    }

    /** Whether every link is closed for good. */
    public boolean isStopped() {
        for (int i = 0; i < links.size(); i++) {
            if (links.get(i).state() != IssuerLinkState.STOPPED) {
                return false;
            }
        }
        return true;
    }

    /**
     * Writes a payment request to its link, or tells the switch why not; either way its sensitive data is gone then.
     */
    public void onPaymentRouted(final PaymentRoutedDecoder event, final long nowNs) {
        final IssuerLink link = linksById.get(event.linkId());
        if (link == null) {
            notSent(event, NotSentReason.LINK_NOT_SIGNED_ON);
        } else {
            link.requests().onPaymentRouted(event, nowNs);
        }
        final SlotReferenceDecoder slot = event.slot();
        slots.free(slot.incarnation(), slot.index(), slot.generation());
    }

    /** Writes a reversal to its link, or tells the switch why not. */
    public void onReversalRequested(final ReversalRequestedDecoder event, final long nowNs) {
        final IssuerLink link = linksById.get(event.linkId());
        if (link == null) {
            notSent(event, NotSentReason.LINK_NOT_SIGNED_ON);
        } else {
            link.requests().onReversalRequested(event, nowNs);
        }
    }

    /** Writes an advice to its link, or tells the switch why not. */
    public void onAdviceRequested(final AdviceRequestedDecoder event, final long nowNs) {
        final IssuerLink link = linksById.get(event.linkId());
        if (link == null) {
            notSent(event, NotSentReason.LINK_NOT_SIGNED_ON);
        } else {
            link.requests().onAdviceRequested(event, nowNs);
        }
    }

    /** Writes totals to their link. */
    public void onReconciliationRequested(final ReconciliationRequestedDecoder event, final long nowNs) {
        final IssuerLink link = linksById.get(event.linkId());
        if (link != null) {
            link.requests().onReconciliationRequested(event, nowNs);
        }
    }

    /** Answers the totals of an issuer. */
    public void onReconciliationReceived(final ReconciliationReceivedDecoder event) {
        final IssuerLink link = linksById.get(event.linkId());
        if (link != null) {
            link.requests().onReconciliationReceived(event);
        }
    }

    /** An operator has taken a link out of service or put it back. */
    public void onLinkServiceChanged(final LinkServiceChangedDecoder event, final long nowNs) {
        final IssuerLink link = linksById.get(event.linkId());
        if (link != null) {
            link.onServiceChanged(event.service(), nowNs);
        }
    }

    /** Nothing is in flight on a link that is out of service. */
    public void onLinkDrained(final LinkDrainedDecoder event, final long nowNs) {
        final IssuerLink link = linksById.get(event.linkId());
        if (link != null) {
            link.onDrained(nowNs);
        }
    }

    /** An answer of one of the links belongs to nothing, or to what had been answered. */
    public void onUnmatched(final IssuerResponseUnmatchedDecoder event, final long nowNs) {
        final IssuerLink link = linksById.get(event.linkId());
        if (link != null) {
            link.traffic().onUnmatched();
            counters.increment(GatewayCounter.ISSUER_UNMATCHED);
            undecodable.addAnswer(
                    event.linkId(),
                    event.duplicate() == BooleanType.TRUE ? Kind.DUPLICATE : Kind.UNMATCHED,
                    event.stan(),
                    event.transmissionDateTime(),
                    event.resultCode(),
                    0,
                    nowNs);
        }
    }

    /** An answer of one of the links disagrees with what it answers. */
    public void onMismatched(final IssuerResponseMismatchedDecoder event, final long nowNs) {
        final IssuerLink link = linksById.get(event.linkId());
        if (link != null) {
            link.traffic().onMismatched();
            counters.increment(GatewayCounter.ISSUER_MISMATCHED);
            addAnswer(Kind.MISMATCHED, event.linkId(), event.resultCode(), event.paymentId(), nowNs);
        }
    }

    /** An answer of one of the links came after the switch had given up. */
    public void onLateResponse(final LateResponseRecordedDecoder event, final long nowNs) {
        final IssuerLink link = linksById.get(event.linkId());
        if (link != null) {
            link.traffic().onLate();
            counters.increment(GatewayCounter.ISSUER_LATE);
            addAnswer(Kind.LATE, event.linkId(), event.resultCode(), event.paymentId(), nowNs);
        }
    }

    private void addAnswer(
            final Kind kind, final int linkId, final int resultCode, final long paymentId, final long nowNs) {
        undecodable.addAnswer(
                linkId, kind, UndecodableMessage.NONE, UndecodableMessage.NONE, resultCode, paymentId, nowNs);
    }

    /** The addresses at which issuers connect; to be listened at by whoever owns the network. */
    public List<IssuerListener> listeners() {
        return List.copyOf(listeners);
    }

    /** What is known of each link now, in the order of the configuration. */
    public List<LinkReport> reports() {
        return links.stream().map(IssuerLink::report).toList();
    }

    /** The last messages nobody understood or could use. May be read by any thread. */
    public UndecodableMessages undecodable() {
        return undecodable;
    }

    CardVault vault() {
        return vault;
    }

    SensitiveDataSlots slots() {
        return slots;
    }

    CommandPublisher commands() {
        return commands;
    }

    Connector connector() {
        return connector;
    }

    GatewayCounters counters() {
        return counters;
    }

    GatewaySecurity security() {
        return security;
    }

    /** The link, or null. */
    IssuerLink link(final int linkId) {
        return linksById.get(linkId);
    }

    private void addToListeners(final IssuerLink link, final Optional<TlsEndpoint> tls) {
        for (final IssuerSocket socket : link.sockets()) {
            final IssuerSocketConfiguration configuration = socket.configuration();
            if (configuration.role() == IssuerSocketConfiguration.Role.SERVER) {
                listener(configuration.address(), tls).add(socket);
            }
        }
    }

    private IssuerListener listener(final InetSocketAddress address, final Optional<TlsEndpoint> tls) {
        for (final IssuerListener listener : listeners) {
            if (listener.address().equals(address)) {
                return listener;
            }
        }
        listeners.add(new IssuerListener(address, tls));
        return listeners.get(listeners.size() - 1);
    }

    void notSent(final PaymentRoutedDecoder event, final NotSentReason reason) {
        counters.increment(counterOf(reason));
        commands.issuerRequestNotSent(
                event.paymentId(),
                event.stan(),
                event.transmissionDateTime(),
                event.issuerId(),
                event.linkId(),
                reason);
    }

    void notSent(final AdviceRequestedDecoder event, final NotSentReason reason) {
        counters.increment(counterOf(reason));
        commands.issuerRequestNotSent(
                event.paymentId(),
                event.stan(),
                event.transmissionDateTime(),
                event.issuerId(),
                event.linkId(),
                reason);
    }

    void notSent(final ReversalRequestedDecoder event, final NotSentReason reason) {
        counters.increment(counterOf(reason));
        commands.issuerRequestNotSent(
                event.paymentId(),
                event.stan(),
                event.transmissionDateTime(),
                event.issuerId(),
                event.linkId(),
                reason);
    }

    private static GatewayCounter counterOf(final NotSentReason reason) {
        return switch (reason) {
            case LINK_NOT_SIGNED_ON -> GatewayCounter.NOT_SENT_LINK;
            case PAST_SEND_BEFORE -> GatewayCounter.NOT_SENT_LATE;
            case CARD_DATA_UNAVAILABLE -> GatewayCounter.NOT_SENT_CARD_DATA;
            case CHANNEL_FULL -> GatewayCounter.NOT_SENT_CHANNEL;
            case NOT_ENCODABLE -> GatewayCounter.NOT_SENT_ENCODING;
            case MAC_UNAVAILABLE -> GatewayCounter.NOT_SENT_MAC;
            case PIN_NOT_TRANSLATED -> GatewayCounter.NOT_SENT_PIN;
            default -> throw new IllegalArgumentException("reason=" + reason);
        };
    }
}
