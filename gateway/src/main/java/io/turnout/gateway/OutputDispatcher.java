package io.turnout.gateway;

import io.turnout.codecs.sbe.engine.AdviceRequestedDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.OperationAnsweredDecoder;
import io.turnout.codecs.sbe.engine.PaymentAnsweredDecoder;
import io.turnout.codecs.sbe.engine.PaymentRoutedDecoder;
import io.turnout.codecs.sbe.engine.PaymentStatusReportedDecoder;
import io.turnout.codecs.sbe.engine.ReconciliationReceivedDecoder;
import io.turnout.codecs.sbe.engine.ReconciliationRequestedDecoder;
import io.turnout.codecs.sbe.engine.RepeatAwaitedDecoder;
import io.turnout.codecs.sbe.engine.RequestRefusedDecoder;
import io.turnout.codecs.sbe.engine.ReversalAnsweredDecoder;
import io.turnout.codecs.sbe.engine.ReversalRequestedDecoder;
import io.turnout.codecs.sbe.engine.SlotReferenceDecoder;
import io.turnout.core.ports.EventHandler;
import io.turnout.core.ports.EventSource;
import io.turnout.gateway.acquirer.AcquirerEdge;
import io.turnout.gateway.acquirer.iso.IsoAcquirerEdge;
import io.turnout.gateway.admin.AdminEdge;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.issuer.IssuerEdge;
import io.turnout.gateway.vault.SensitiveDataSlots;
import org.agrona.DirectBuffer;

/**
 * Takes the switch's events to the edges: those that make this gateway act, and of these only its own. Used by the
 * gateway's thread; allocates nothing.
 */
public final class OutputDispatcher implements EventHandler {

    private final int gatewayId;
    private final AcquirerEdge acquirers;
    private final IsoAcquirerEdge isoAcquirers;
    private final IssuerEdge issuers;
    private final AdminEdge admin;
    private final LinkEvents links;
    private final SensitiveDataSlots slots;
    private final GatewayCounters counters;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PaymentRoutedDecoder routed = new PaymentRoutedDecoder();
    private final PaymentAnsweredDecoder answered = new PaymentAnsweredDecoder();
    private final RequestRefusedDecoder refused = new RequestRefusedDecoder();
    private final RepeatAwaitedDecoder repeat = new RepeatAwaitedDecoder();
    private final AdviceRequestedDecoder advice = new AdviceRequestedDecoder();
    private final ReversalRequestedDecoder reversal = new ReversalRequestedDecoder();
    private final ReversalAnsweredDecoder reversalAnswered = new ReversalAnsweredDecoder();
    private final PaymentStatusReportedDecoder status = new PaymentStatusReportedDecoder();
    private final OperationAnsweredDecoder operationAnswered = new OperationAnsweredDecoder();
    private final ReconciliationRequestedDecoder reconciliation = new ReconciliationRequestedDecoder();
    private final ReconciliationReceivedDecoder reconciliationReceived = new ReconciliationReceivedDecoder();
    private long nowNs;

    /**
     * @param gatewayId events of other gateways are passed over
     * @param acquirers sessions of acquirers
     * @param isoAcquirers sessions of acquirers that speak ISO 8583
     * @param issuers links to issuers
     * @param admin sessions of operators
     * @param slots sensitive data to be freed
     * @param counters of the gateway
     */
    public OutputDispatcher(
            final int gatewayId,
            final AcquirerEdge acquirers,
            final IsoAcquirerEdge isoAcquirers,
            final IssuerEdge issuers,
            final AdminEdge admin,
            final SensitiveDataSlots slots,
            final GatewayCounters counters) {
        this.gatewayId = gatewayId;
        this.acquirers = acquirers;
        this.isoAcquirers = isoAcquirers;
        this.issuers = issuers;
        this.links = new LinkEvents(issuers);
        this.admin = admin;
        this.slots = slots;
        this.counters = counters;
    }

    /**
     * Dispatches events.
     *
     * @param limit events taken at most
     * @param instantNs the instant of this duty cycle: what must not be sent any more is judged by it
     * @return how many were taken
     */
    public int poll(final EventSource events, final int limit, final long instantNs) {
        nowNs = instantNs;
        return events.poll(this, limit);
    }

    @Override
    public void onEvent(
            final long eventSequence,
            final long commandSequence,
            final long timestampNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        header.wrap(buffer, offset);
        switch (header.templateId()) {
            case PaymentRoutedDecoder.TEMPLATE_ID -> onPaymentRouted(buffer, offset);
            case PaymentAnsweredDecoder.TEMPLATE_ID -> onPaymentAnswered(buffer, offset);
            case RequestRefusedDecoder.TEMPLATE_ID -> onRequestRefused(buffer, offset);
            case RepeatAwaitedDecoder.TEMPLATE_ID -> onRepeatAwaited(buffer, offset);
            case AdviceRequestedDecoder.TEMPLATE_ID -> onAdviceRequested(buffer, offset);
            case ReversalRequestedDecoder.TEMPLATE_ID -> onReversalRequested(buffer, offset);
            case ReversalAnsweredDecoder.TEMPLATE_ID -> onReversalAnswered(buffer, offset);
            case PaymentStatusReportedDecoder.TEMPLATE_ID -> onPaymentStatusReported(buffer, offset);
            case OperationAnsweredDecoder.TEMPLATE_ID -> onOperationAnswered(buffer, offset);
            case ReconciliationRequestedDecoder.TEMPLATE_ID -> onReconciliationRequested(buffer, offset);
            case ReconciliationReceivedDecoder.TEMPLATE_ID -> onReconciliationReceived(buffer, offset);
            default -> links.onEvent(header, buffer, offset, nowNs);
        }
    }

    private void onReconciliationRequested(final DirectBuffer buffer, final int offset) {
        if (isOwn(reconciliation.wrapAndApplyHeader(buffer, offset, header).gatewayId())) {
            issuers.onReconciliationRequested(reconciliation, nowNs);
        }
    }

    private void onReconciliationReceived(final DirectBuffer buffer, final int offset) {
        if (isOwn(reconciliationReceived
                .wrapAndApplyHeader(buffer, offset, header)
                .gatewayId())) {
            issuers.onReconciliationReceived(reconciliationReceived);
        }
    }

    private void onOperationAnswered(final DirectBuffer buffer, final int offset) {
        if (isOwn(operationAnswered.wrapAndApplyHeader(buffer, offset, header).gatewayId())) {
            admin.onOperationAnswered(operationAnswered);
        }
    }

    private void onPaymentRouted(final DirectBuffer buffer, final int offset) {
        if (isOwn(routed.wrapAndApplyHeader(buffer, offset, header).gatewayId())) {
            issuers.onPaymentRouted(routed, nowNs);
        }
    }

    private void onPaymentAnswered(final DirectBuffer buffer, final int offset) {
        if (isOwn(answered.wrapAndApplyHeader(buffer, offset, header).gatewayId())) {
            free(answered.slot());
            if (IsoAcquirerEdge.isOwn(answered.sessionId())) {
                isoAcquirers.onPaymentAnswered(answered);
            } else {
                acquirers.onPaymentAnswered(answered);
            }
        }
    }

    private void onRequestRefused(final DirectBuffer buffer, final int offset) {
        if (isOwn(refused.wrapAndApplyHeader(buffer, offset, header).gatewayId())) {
            free(refused.slot());
            if (IsoAcquirerEdge.isOwn(refused.sessionId())) {
                isoAcquirers.onRequestRefused(refused);
            } else {
                acquirers.onRequestRefused(refused);
            }
        }
    }

    private void onRepeatAwaited(final DirectBuffer buffer, final int offset) {
        if (isOwn(repeat.wrapAndApplyHeader(buffer, offset, header).gatewayId())) {
            free(repeat.slot());
        }
    }

    private void onAdviceRequested(final DirectBuffer buffer, final int offset) {
        if (isOwn(advice.wrapAndApplyHeader(buffer, offset, header).gatewayId())) {
            issuers.onAdviceRequested(advice, nowNs);
        }
    }

    private void onReversalRequested(final DirectBuffer buffer, final int offset) {
        if (isOwn(reversal.wrapAndApplyHeader(buffer, offset, header).gatewayId())) {
            issuers.onReversalRequested(reversal, nowNs);
        }
    }

    private void onReversalAnswered(final DirectBuffer buffer, final int offset) {
        if (isOwn(reversalAnswered.wrapAndApplyHeader(buffer, offset, header).gatewayId())) {
            if (IsoAcquirerEdge.isOwn(reversalAnswered.sessionId())) {
                isoAcquirers.onReversalAnswered(reversalAnswered);
            } else {
                acquirers.onReversalAnswered(reversalAnswered);
            }
        }
    }

    private void onPaymentStatusReported(final DirectBuffer buffer, final int offset) {
        if (isOwn(status.wrapAndApplyHeader(buffer, offset, header).gatewayId())) {
            acquirers.onPaymentStatusReported(status);
        }
    }

    private boolean isOwn(final int gateway) {
        if (gateway != gatewayId) {
            return false;
        }
        counters.increment(GatewayCounter.EVENTS_HANDLED);
        return true;
    }

    /** A reference to another run's slot, or to one used again since, frees nothing. */
    private void free(final SlotReferenceDecoder slot) {
        slots.free(slot.incarnation(), slot.index(), slot.generation());
    }
}
