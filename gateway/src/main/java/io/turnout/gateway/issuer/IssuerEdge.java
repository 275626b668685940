package io.turnout.gateway.issuer;

import io.turnout.codecs.sbe.engine.AdviceRequestedDecoder;
import io.turnout.codecs.sbe.engine.NotSentReason;
import io.turnout.codecs.sbe.engine.PaymentRoutedDecoder;
import io.turnout.codecs.sbe.engine.ReconciliationReceivedDecoder;
import io.turnout.codecs.sbe.engine.ReconciliationRequestedDecoder;
import io.turnout.codecs.sbe.engine.ReversalRequestedDecoder;
import io.turnout.codecs.sbe.engine.SlotReferenceDecoder;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.ingress.CommandPublisher;
import io.turnout.gateway.security.GatewaySecurity;
import io.turnout.gateway.vault.CardVault;
import io.turnout.gateway.vault.SensitiveDataSlots;
import java.util.ArrayList;
import java.util.List;
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
    }

    /** Signs the links off and closes them; {@link #isStopped} tells when that is done. */
    public void onStopping(final long nowNs) {
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
            link.onPaymentRouted(event, nowNs);
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
            link.onReversalRequested(event, nowNs);
        }
    }

    /** Writes an advice to its link, or tells the switch why not. */
    public void onAdviceRequested(final AdviceRequestedDecoder event, final long nowNs) {
        final IssuerLink link = linksById.get(event.linkId());
        if (link == null) {
            notSent(event, NotSentReason.LINK_NOT_SIGNED_ON);
        } else {
            link.onAdviceRequested(event, nowNs);
        }
    }

    /** Writes totals to their link. */
    public void onReconciliationRequested(final ReconciliationRequestedDecoder event, final long nowNs) {
        final IssuerLink link = linksById.get(event.linkId());
        if (link != null) {
            link.onReconciliationRequested(event, nowNs);
        }
    }

    /** Answers the totals of an issuer. */
    public void onReconciliationReceived(final ReconciliationReceivedDecoder event) {
        final IssuerLink link = linksById.get(event.linkId());
        if (link != null) {
            link.onReconciliationReceived(event);
        }
    }

    /** The last messages nobody understood. May be read by any thread. */
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
