package io.turnout.gateway.issuer;

import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.sbe.engine.AdviceRequestedDecoder;
import io.turnout.codecs.sbe.engine.NotSentReason;
import io.turnout.codecs.sbe.engine.PaymentRoutedDecoder;
import io.turnout.codecs.sbe.engine.ReconciliationReceivedDecoder;
import io.turnout.codecs.sbe.engine.ReconciliationRequestedDecoder;
import io.turnout.codecs.sbe.engine.ReversalRequestedDecoder;
import io.turnout.codecs.sbe.engine.SlotReferenceDecoder;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.security.MessageAuthenticator;
import io.turnout.gateway.vault.SensitiveDataSlots;

/**
 * Writes requests, advices, reversals and totals to a link, or tells the switch why not. Each is written at most once,
 * because its event comes once. Used by the gateway's thread.
 */
final class LinkRequests {

    private final IssuerEdge edge;
    private final IssuerLink link;
    private final IssuerMessageEncoder encoder;
    private final LinkSupervision supervision;

    LinkRequests(
            final IssuerEdge edge,
            final IssuerLink link,
            final IssuerMessageEncoder encoder,
            final LinkSupervision supervision) {
        this.edge = edge;
        this.link = link;
        this.encoder = encoder;
        this.supervision = supervision;
    }

    void onPaymentRouted(final PaymentRoutedDecoder event, final long nowNs) {
        final NotSentReason refusal = send(event, nowNs);
        if (refusal == null) {
            edge.counters().increment(GatewayCounter.ISSUER_REQUESTS_SENT);
            link.traffic().onSent(event.stan(), event.sendBeforeNs(), nowNs);
        } else {
            edge.notSent(event, refusal);
        }
    }

    void onAdviceRequested(final AdviceRequestedDecoder event, final long nowNs) {
        final NotSentReason refusal = send(event, nowNs);
        if (refusal == null) {
            edge.counters().increment(GatewayCounter.ISSUER_ADVICES_SENT);
            link.traffic().onSent(event.stan(), event.sendBeforeNs(), nowNs);
        } else {
            edge.notSent(event, refusal);
        }
    }

    void onReversalRequested(final ReversalRequestedDecoder event, final long nowNs) {
        final NotSentReason refusal = send(event, nowNs);
        if (refusal == null) {
            edge.counters().increment(GatewayCounter.ISSUER_REVERSALS_SENT);
            link.traffic().onSent(event.stan(), event.sendBeforeNs(), nowNs);
        } else {
            edge.notSent(event, refusal);
        }
    }

    /** Totals to be sent. When they are not, the switch hears nothing and sends them again. */
    void onReconciliationRequested(final ReconciliationRequestedDecoder event, final long nowNs) {
        if (refusal(event.sendBeforeNs(), nowNs) == null
                && link.write(encoder.reconciliation().request(event, TransmissionDateTime.withYear(nowNs))) == null) {
            edge.counters().increment(GatewayCounter.ISSUER_RECONCILIATIONS_SENT);
        }
    }

    /** The answer to totals of the issuer, which comes on the link of the question or not at all. */
    void onReconciliationReceived(final ReconciliationReceivedDecoder event) {
        if (link.state().isConnected()) {
            link.write(encoder.reconciliation().response(event));
        }
    }

    /** Tells the issuer that its request is not taken. */
    void refuse(final IsoDecoder request, final int resultCode) {
        final int frameLength = encoder.refusal(request, resultCode);
        if (frameLength >= 0) {
            link.sendOrClose(frameLength);
        }
    }

    /** Tells the issuer that something of it could not be read. */
    void reportUnreadable(final long nowNs) {
        edge.counters().increment(GatewayCounter.ISSUER_UNREADABLE_REPORTED);
        link.sendOrClose(encoder.unreadable(supervision.nextStan(), nowNs));
    }

    private NotSentReason send(final PaymentRoutedDecoder event, final long nowNs) {
        final NotSentReason refusal = refusal(event.sendBeforeNs(), nowNs);
        if (refusal != null) {
            return refusal;
        }
        if (!hasSensitiveData(event)) {
            return NotSentReason.CARD_DATA_UNAVAILABLE;
        }
        return link.write(encoder.paymentRequest(event, nowNs));
    }

    private NotSentReason send(final AdviceRequestedDecoder event, final long nowNs) {
        final NotSentReason refusal = refusal(event.sendBeforeNs(), nowNs);
        return refusal == null ? link.write(encoder.advice(event)) : refusal;
    }

    private NotSentReason send(final ReversalRequestedDecoder event, final long nowNs) {
        final NotSentReason refusal = refusal(event.sendBeforeNs(), nowNs);
        return refusal == null ? link.write(encoder.reversal(event)) : refusal;
    }

    /** Why there is no frame of this length to be written, or null. */
    static NotSentReason refusalOf(final int frameLength) {
        return switch (frameLength) {
            case IssuerMessageEncoder.CARD_DATA_UNAVAILABLE -> NotSentReason.CARD_DATA_UNAVAILABLE;
            case IssuerMessageEncoder.NOT_ENCODABLE -> NotSentReason.NOT_ENCODABLE;
            case IssuerMessageEncoder.PIN_NOT_TRANSLATED -> NotSentReason.PIN_NOT_TRANSLATED;
            case MessageAuthenticator.MAC_UNAVAILABLE -> NotSentReason.MAC_UNAVAILABLE;
            default -> null;
        };
    }

    /** Why nothing may be written now, or null. */
    private NotSentReason refusal(final long sendBeforeNs, final long nowNs) {
        if (!link.state().carriesPayments()) {
            return NotSentReason.LINK_NOT_SIGNED_ON;
        }
        return nowNs >= sendBeforeNs ? NotSentReason.PAST_SEND_BEFORE : null;
    }

    /** Whether the slot, if the payment has one, is still the payment's own. */
    private boolean hasSensitiveData(final PaymentRoutedDecoder event) {
        final SlotReferenceDecoder slot = event.slot();
        final int index = slot.index();
        return index == SensitiveDataSlots.NONE
                || edge.slots()
                        .matches(
                                slot.incarnation(),
                                index,
                                slot.generation(),
                                event.panToken().high(),
                                event.panToken().low());
    }
}
