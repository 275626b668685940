package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.ClockTickDecoder;
import io.turnout.codecs.sbe.engine.CommandProblem;
import io.turnout.codecs.sbe.engine.DecideOperationDecoder;
import io.turnout.codecs.sbe.engine.HostStartedDecoder;
import io.turnout.codecs.sbe.engine.IssuerAdviceResponseDecoder;
import io.turnout.codecs.sbe.engine.IssuerReconciliationDecoder;
import io.turnout.codecs.sbe.engine.IssuerReconciliationResponseDecoder;
import io.turnout.codecs.sbe.engine.IssuerRequestNotSentDecoder;
import io.turnout.codecs.sbe.engine.IssuerResponseDecoder;
import io.turnout.codecs.sbe.engine.IssuerReversalResponseDecoder;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.LinkStateChangedDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.NotSentReason;
import io.turnout.codecs.sbe.engine.ReconciliationOutcome;
import io.turnout.codecs.sbe.engine.RequestFollowUpDecoder;
import io.turnout.codecs.sbe.engine.RequestPaymentDecoder;
import io.turnout.codecs.sbe.engine.RequestPaymentStatusDecoder;
import io.turnout.codecs.sbe.engine.RequestReversalDecoder;
import io.turnout.codecs.sbe.engine.ReversalReason;
import io.turnout.codecs.sbe.engine.SubmitOperationDecoder;
import org.agrona.DirectBuffer;

/** Decodes commands and hands each to the part of the engine that knows what to do. */
final class CommandAdapter {
    private static final int NO_TEMPLATE = 0;
    private static final int NO_PAYMENT = 0;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final RequestPaymentDecoder requestPayment = new RequestPaymentDecoder();
    private final RequestReversalDecoder requestReversal = new RequestReversalDecoder();
    private final RequestPaymentStatusDecoder requestPaymentStatus = new RequestPaymentStatusDecoder();
    private final IssuerResponseDecoder issuerResponse = new IssuerResponseDecoder();
    private final IssuerReversalResponseDecoder issuerReversalResponse = new IssuerReversalResponseDecoder();
    private final RequestFollowUpDecoder requestFollowUp = new RequestFollowUpDecoder();
    private final IssuerAdviceResponseDecoder issuerAdviceResponse = new IssuerAdviceResponseDecoder();
    private final IssuerRequestNotSentDecoder issuerRequestNotSent = new IssuerRequestNotSentDecoder();
    private final IssuerReconciliationDecoder issuerReconciliation = new IssuerReconciliationDecoder();
    private final IssuerReconciliationResponseDecoder reconciliationResponse =
            new IssuerReconciliationResponseDecoder();
    private final LinkStateChangedDecoder linkStateChanged = new LinkStateChangedDecoder();
    private final HostStartedDecoder hostStarted = new HostStartedDecoder();
    private final SubmitOperationDecoder submitOperation = new SubmitOperationDecoder();
    private final DecideOperationDecoder decideOperation = new DecideOperationDecoder();
    private final PaymentFlow paymentFlow;
    private final FollowUpFlow followUpFlow;
    private final AcquirerReversalFlow acquirerReversalFlow;
    private final IssuerFlow issuerFlow;
    private final StoreAndForward storeAndForward;
    private final ReconciliationFlow reconciliation;
    private final LinkFlow linkFlow;
    private final OperationFlow operationFlow;
    private final OperatorAdapter operatorCommands;
    private final Configurations configurations;
    private final HostEvents events;

    CommandAdapter(
            final PaymentFlow paymentFlow,
            final FollowUpFlow followUpFlow,
            final AcquirerReversalFlow acquirerReversalFlow,
            final IssuerFlows issuerFlows,
            final LinkFlow linkFlow,
            final Operations operations,
            final HostEvents events) {
        this.paymentFlow = paymentFlow;
        this.followUpFlow = followUpFlow;
        this.acquirerReversalFlow = acquirerReversalFlow;
        this.issuerFlow = issuerFlows.requests();
        this.storeAndForward = issuerFlows.forwards();
        this.reconciliation = issuerFlows.reconciliation();
        this.linkFlow = linkFlow;
        this.operationFlow = operations.flow();
        this.operatorCommands = operations.commands();
        this.configurations = operations.configurations();
        this.events = events;
    }

    void onCommand(final DirectBuffer buffer, final int offset, final int length) {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH) {
            ignore(NO_TEMPLATE, CommandProblem.MALFORMED);
            return;
        }
        header.wrap(buffer, offset);
        final int templateId = header.templateId();
        final int version = header.version();
        final int blockLength = CommandTemplates.blockLength(templateId, version);
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID || blockLength == CommandTemplates.UNKNOWN) {
            ignore(templateId, CommandProblem.UNKNOWN_TEMPLATE);
            return;
        }
        if (header.blockLength() != blockLength || length < MessageHeaderDecoder.ENCODED_LENGTH + blockLength) {
            ignore(templateId, CommandProblem.MALFORMED);
            return;
        }
        dispatch(templateId, version, buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH);
    }

    private void dispatch(final int templateId, final int version, final DirectBuffer buffer, final int offset) {
        final int blockLength = header.blockLength();
        switch (templateId) {
            case RequestPaymentDecoder.TEMPLATE_ID ->
                paymentFlow.onRequestPayment(requestPayment.wrap(buffer, offset, blockLength, version));
            case RequestReversalDecoder.TEMPLATE_ID ->
                onRequestReversal(requestReversal.wrap(buffer, offset, blockLength, version));
            case RequestPaymentStatusDecoder.TEMPLATE_ID ->
                paymentFlow.onRequestPaymentStatus(requestPaymentStatus.wrap(buffer, offset, blockLength, version));
            case IssuerResponseDecoder.TEMPLATE_ID ->
                issuerFlow.onIssuerResponse(issuerResponse.wrap(buffer, offset, blockLength, version));
            case IssuerReversalResponseDecoder.TEMPLATE_ID ->
                storeAndForward.onIssuerReversalResponse(
                        issuerReversalResponse.wrap(buffer, offset, blockLength, version));
            case RequestFollowUpDecoder.TEMPLATE_ID ->
                followUpFlow.onRequestFollowUp(requestFollowUp.wrap(buffer, offset, blockLength, version));
            case IssuerAdviceResponseDecoder.TEMPLATE_ID ->
                storeAndForward.onIssuerAdviceResponse(issuerAdviceResponse.wrap(buffer, offset, blockLength, version));
            case IssuerReconciliationDecoder.TEMPLATE_ID ->
                onIssuerReconciliation(issuerReconciliation.wrap(buffer, offset, blockLength, version));
            case IssuerReconciliationResponseDecoder.TEMPLATE_ID ->
                onReconciliationResponse(reconciliationResponse.wrap(buffer, offset, blockLength, version));
            case IssuerRequestNotSentDecoder.TEMPLATE_ID ->
                onIssuerRequestNotSent(issuerRequestNotSent.wrap(buffer, offset, blockLength, version));
            case LinkStateChangedDecoder.TEMPLATE_ID ->
                onLinkStateChanged(linkStateChanged.wrap(buffer, offset, blockLength, version));
            case ClockTickDecoder.TEMPLATE_ID -> {
                // Every command tells the time; this one does nothing else.
            }
            case HostStartedDecoder.TEMPLATE_ID ->
                linkFlow.onHostStarted(hostStarted.wrap(buffer, offset, blockLength, version));
            case SubmitOperationDecoder.TEMPLATE_ID ->
                operationFlow.onSubmit(submitOperation.wrap(buffer, offset, blockLength, version));
            case DecideOperationDecoder.TEMPLATE_ID ->
                operationFlow.onDecide(decideOperation.wrap(buffer, offset, blockLength, version));
            default -> onOperatorCommand(templateId, buffer, offset - MessageHeaderDecoder.ENCODED_LENGTH);
        }
    }

    /** A command of an operator that comes by itself: the host brings the configuration so. */
    private void onOperatorCommand(final int templateId, final DirectBuffer buffer, final int offset) {
        if (configurations.active().isDual()) {
            ignore(templateId, CommandProblem.NEEDS_OPERATION);
        } else {
            operatorCommands.onCommand(buffer, offset);
        }
    }

    private void onRequestReversal(final RequestReversalDecoder request) {
        if (isOutside(
                request.reasonRaw(),
                ReversalReason.CUSTOMER_CANCELLATION.value(),
                ReversalReason.SUSPECTED_MALFUNCTION.value())) {
            ignore(RequestReversalDecoder.TEMPLATE_ID, CommandProblem.MALFORMED);
        } else {
            acquirerReversalFlow.onRequestReversal(request);
        }
    }

    private void onIssuerRequestNotSent(final IssuerRequestNotSentDecoder report) {
        if (isOutside(
                report.reasonRaw(),
                NotSentReason.LINK_NOT_SIGNED_ON.value(),
                NotSentReason.PIN_NOT_TRANSLATED.value())) {
            ignore(IssuerRequestNotSentDecoder.TEMPLATE_ID, CommandProblem.MALFORMED);
        } else {
            issuerFlow.onIssuerRequestNotSent(report);
        }
    }

    private void onIssuerReconciliation(final IssuerReconciliationDecoder command) {
        if (isOutside(command.adviceRaw(), BooleanType.FALSE.value(), BooleanType.TRUE.value())) {
            ignore(IssuerReconciliationDecoder.TEMPLATE_ID, CommandProblem.MALFORMED);
        } else {
            reconciliation.onIssuerReconciliation(command);
        }
    }

    private void onReconciliationResponse(final IssuerReconciliationResponseDecoder command) {
        final int outcome = command.outcomeRaw();
        if (isOutside(outcome, ReconciliationOutcome.NOT_SAID.value(), ReconciliationOutcome.ERROR.value())
                && outcome != ReconciliationOutcome.NOTHING_RECEIVED.value()) {
            ignore(IssuerReconciliationResponseDecoder.TEMPLATE_ID, CommandProblem.MALFORMED);
        } else {
            reconciliation.onIssuerReconciliationResponse(command);
        }
    }

    private void onLinkStateChanged(final LinkStateChangedDecoder command) {
        if (isOutside(command.stateRaw(), LinkState.DOWN.value(), LinkState.DEGRADED.value())) {
            ignore(LinkStateChangedDecoder.TEMPLATE_ID, CommandProblem.MALFORMED);
        } else {
            linkFlow.onLinkStateChanged(command);
        }
    }

    private void ignore(final int templateId, final CommandProblem problem) {
        events.commandIgnored(templateId, NO_PAYMENT, problem);
    }

    private static boolean isOutside(final int value, final int minimum, final int maximum) {
        return value < minimum || value > maximum;
    }
}
