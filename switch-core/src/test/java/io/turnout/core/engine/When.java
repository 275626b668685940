package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.IssuerRequestNotSentEncoder;
import io.turnout.codecs.sbe.engine.IssuerResponseEncoder;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.NotSentReason;
import io.turnout.codecs.sbe.engine.RequestFollowUpEncoder;
import io.turnout.codecs.sbe.engine.RequestPaymentEncoder;
import io.turnout.codecs.sbe.engine.RequestReversalEncoder;
import io.turnout.codecs.sbe.engine.ReviewResolution;
import io.turnout.codecs.sbe.engine.TransactionType;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/** The one thing that happens. */
final class When {
    private static final int MAXIMUM_TICKS = 10_000;

    private final TestCommands commands = new TestCommands();
    private final Scenario scenario;

    When(final Scenario scenario) {
        this.scenario = scenario;
    }

    void payment(final String name) {
        payment(name, c -> {});
    }

    void payment(final String name, final Consumer<RequestPaymentEncoder> changes) {
        scenario.apply(commands.requestPayment(scenario.payment(name), changes));
        scenario.identify(name);
        scenario.events().forEach(scenario::remember);
    }

    /** A payment of that type. */
    void payment(final TransactionType type, final String name) {
        payment(type, name, c -> {});
    }

    void payment(final TransactionType type, final String name, final Consumer<RequestPaymentEncoder> changes) {
        payment(name, request -> changes.accept(request.transactionType(type.value())));
    }

    /** A payment that has happened already. */
    void advice(final TransactionType type, final String name) {
        payment(type, name, request -> request.advice(BooleanType.TRUE).approvalCode("OFF123"));
    }

    void complete(final String name, final String original) {
        followUp(TransactionType.COMPLETION, name, original, c -> {});
    }

    void complete(final String name, final String original, final long amountMinor) {
        followUp(TransactionType.COMPLETION, name, original, request -> request.amountMinor(amountMinor));
    }

    void cancel(final String name, final String original) {
        followUp(TransactionType.VOID, name, original, c -> {});
    }

    void refund(final String name, final String original, final long amountMinor) {
        followUp(TransactionType.REFUND, name, original, request -> request.amountMinor(amountMinor));
    }

    void followUp(
            final TransactionType type,
            final String name,
            final String original,
            final Consumer<RequestFollowUpEncoder> changes) {
        scenario.apply(commands.requestFollowUp(type, scenario.payment(name), scenario.payment(original), changes));
        scenario.identify(name);
        scenario.events().forEach(scenario::remember);
    }

    void link(final int linkId, final boolean inService) {
        apply(new TestOperations().setLinkService(linkId, inService));
    }

    void issuerAnswersAdvice(final String name, final int resultCode) {
        apply(commands.issuerAdviceResponse(scenario.payment(name).advice(), resultCode));
    }

    void adviceNotSent(final String name, final NotSentReason reason) {
        apply(commands.notSent(scenario.payment(name).advice(), reason, c -> {}));
    }

    void operatorResolves(final String name, final ReviewResolution resolution) {
        apply(commands.resolveManualReview(scenario.payment(name).paymentId(), resolution));
    }

    void acquirerReversesTo(final String name, final long replacementMinor) {
        acquirerReverses(name, request -> request.replacementAmountMinor(replacementMinor));
    }

    void acquirerReverses(final String name) {
        acquirerReverses(name, c -> {});
    }

    void acquirerReverses(final String name, final Consumer<RequestReversalEncoder> changes) {
        apply(commands.requestReversal(scenario.payment(name), scenario.nowNs(), changes));
    }

    void status(final String name) {
        apply(commands.requestPaymentStatus(scenario.payment(name)));
    }

    void issuerAnswers(final String name, final int resultCode) {
        issuerAnswers(name, resultCode, c -> {});
    }

    void issuerAnswers(final String name, final int resultCode, final Consumer<IssuerResponseEncoder> changes) {
        apply(commands.issuerResponse(scenario.payment(name).routed(), resultCode, changes));
    }

    void issuerAnswersReversal(final String name, final int resultCode) {
        apply(commands.issuerReversalResponse(scenario.payment(name).reversal(), resultCode));
    }

    void requestNotSent(final String name, final NotSentReason reason) {
        requestNotSent(name, reason, c -> {});
    }

    void requestNotSent(
            final String name, final NotSentReason reason, final Consumer<IssuerRequestNotSentEncoder> changes) {
        apply(commands.notSent(scenario.payment(name).routed(), reason, changes));
    }

    void reversalNotSent(final String name, final NotSentReason reason) {
        apply(commands.notSent(scenario.payment(name).reversal(), reason, c -> {}));
    }

    void link(final int linkId, final LinkState state) {
        final int issuerId =
                linkId == TestConfiguration.OTHER_LINK ? TestConfiguration.OTHER_ISSUER : TestConfiguration.ISSUER;
        link(linkId, issuerId, TestConfiguration.GATEWAY, state);
    }

    void link(final int linkId, final int issuerId, final int gatewayId, final LinkState state) {
        apply(commands.linkStateChanged(linkId, issuerId, gatewayId, state));
    }

    void hostStarts() {
        apply(commands.hostStarted(0));
    }

    void hostStartsAfterLossUntilEvent(final long eventSequence) {
        apply(commands.hostStarted(eventSequence));
    }

    void operatorPutsBack(final String name) {
        operatorPutsBack(scenario.payment(name).paymentId());
    }

    void operatorPutsBack(final long paymentId) {
        apply(commands.requeueReversal(paymentId));
    }

    void configuration(final TestConfiguration configuration) {
        configuration.commands().forEach(this::apply);
    }

    void command(final DirectBuffer command) {
        apply(command);
    }

    void commands(final List<DirectBuffer> several) {
        several.forEach(this::apply);
    }

    /** One ClockTick now. */
    void tick() {
        apply(commands.clockTick());
    }

    /** Time passes with nothing else to say it: the host ticks whenever the engine wants to be told. */
    void secondsPass(final long seconds) {
        nanosPass(seconds * TestConfiguration.SECOND_NS);
    }

    void nanosPass(final long nanos) {
        final long untilNs = scenario.nowNs() + nanos;
        int ticks = 0;
        while (scenario.engine().nextDeadlineNs() <= untilNs) {
            scenario.nowNs(Math.max(scenario.nowNs(), scenario.engine().nextDeadlineNs()));
            tick();
            if (++ticks > MAXIMUM_TICKS) {
                throw new AssertionError("the engine asks for ticks without end");
            }
        }
        scenario.nowNs(untilNs);
    }

    /** Time passes and the host does not run: nothing is said. */
    void secondsPassInSilence(final long seconds) {
        scenario.nowNs(scenario.nowNs() + seconds * TestConfiguration.SECOND_NS);
    }

    private void apply(final DirectBuffer command) {
        scenario.apply(command);
        scenario.events().forEach(scenario::remember);
    }
}
