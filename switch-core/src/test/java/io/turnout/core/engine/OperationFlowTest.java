package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.codecs.sbe.engine.OperationDecision;
import io.turnout.codecs.sbe.engine.SubmitOperationEncoder;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators act through operations: one at a time, once, with a reason, and two of them where it is dangerous. */
final class OperationFlowTest {
    private static final long ID = 70;
    private static final int MAKER = TestConfiguration.MAKER;
    private static final int CHECKER = TestConfiguration.CHECKER;
    private static final int BOTH = TestConfiguration.BOTH;

    private final TestOperations operations = new TestOperations();
    private final Scenario scenario = Scenario.standard();

    @Test
    void shouldExecuteAnOperationAtOnceUnderSingleControl() {
        submit(ID, MAKER, unblock());

        scenario.then()
                .events("OperationProposed", "CommandIgnored", "OperationExecuted", "OperationAnswered")
                .event("OperationProposed")
                .with("operatorId", MAKER)
                .with("reason", TestOperations.padded(TestOperations.REASON))
                .with("refTemplateId", 27)
                .with("state", "EXECUTED");
        scenario.then().event("OperationExecuted").with("result", "IGNORED").with("problem", 22);
        answered("EXECUTED", "IGNORED", "NONE");
    }

    @Test
    void shouldTellWhatAnExecutedCommandCameTo() {
        submit(ID, MAKER, block());

        scenario.then()
                .events("OperationProposed", "BlockListChanged", "OperationExecuted", "OperationAnswered")
                .event("OperationAnswered")
                .with("operationId", "(high=9|low=70)")
                .with("sessionId", TestCommands.SESSION)
                .with("gatewayId", TestConfiguration.GATEWAY)
                .with("operatorId", MAKER);
        answered("EXECUTED", "DONE", "NONE");
    }

    @Test
    void shouldPutADeadLetterBackForAnOperator() {
        scenario.given().timedOut("A");
        scenario.when().secondsPass(200);
        final long paymentId = scenario.payment("A").routed().number("paymentId");

        submit(ID, MAKER, new TestCommands().requeueReversal(paymentId));

        scenario.then().event("ReversalRequeued").with("paymentId", paymentId);
        answered("EXECUTED", "DONE", "NONE");
    }

    @Test
    void shouldHoldADangerousOperationUntilAnotherOperatorApproves() {
        underDualControl();
        submit(1, MAKER, block());
        answered("EXECUTED", "DONE", "NONE");

        submit(ID, MAKER, unblock());
        scenario.then().events("OperationProposed", "OperationAnswered");
        answered("AWAITING_APPROVAL", "NONE", "NONE");
        scenario.when().payment("A", request -> request.panToken().high(1).low(2));
        scenario.then().event("PaymentAnswered").with("reason", "CARD_BLOCKED");

        decide(ID, CHECKER, OperationDecision.APPROVE);

        scenario.then()
                .events("OperationApproved", "BlockListChanged", "OperationExecuted", "OperationAnswered")
                .event("OperationApproved")
                .with("operatorId", MAKER)
                .with("approverId", CHECKER)
                .with("reason", TestOperations.padded("looked at it"));
        scenario.then().event("OperationExecuted").with("approverId", CHECKER);
        answered("EXECUTED", "DONE", "NONE");
        scenario.when().payment("B", request -> request.panToken().high(1).low(2));
        scenario.then().events("PaymentRouted");
    }

    @Test
    void shouldNotLetAnOperatorApproveHisOwnOperation() {
        underDualControl();
        submit(ID, BOTH, unblock());

        decide(ID, BOTH, OperationDecision.APPROVE);
        scenario.then().events("OperationAnswered");
        answered("AWAITING_APPROVAL", "NONE", "OWN_OPERATION");
        decide(ID, BOTH, OperationDecision.REJECT);
        answered("AWAITING_APPROVAL", "NONE", "OWN_OPERATION");

        decide(ID, CHECKER, OperationDecision.APPROVE);
        scenario.then().event("OperationExecuted");
    }

    @Test
    void shouldNotExecuteARejectedOperation() {
        underDualControl();
        submit(ID, MAKER, unblock());

        decide(ID, CHECKER, OperationDecision.REJECT);
        scenario.then().events("OperationRejected", "OperationAnswered");
        answered("REJECTED", "NONE", "NONE");

        decide(ID, BOTH, OperationDecision.APPROVE);
        scenario.then().events("OperationAnswered");
        answered("REJECTED", "NONE", "NOT_AWAITING_APPROVAL");
    }

    @Test
    void shouldAnswerARepeatedDecisionAndExecuteNothingTwice() {
        underDualControl();
        submit(ID, MAKER, unblock());
        decide(ID, CHECKER, OperationDecision.APPROVE);

        decide(ID, CHECKER, OperationDecision.APPROVE);
        scenario.then().events("OperationAnswered");
        answered("EXECUTED", "IGNORED", "NONE");
        decide(ID, CHECKER, OperationDecision.REJECT);
        answered("EXECUTED", "NONE", "NOT_AWAITING_APPROVAL");
    }

    @Test
    void shouldExpireWhatNobodyApproves() {
        underDualControl();
        submit(ID, MAKER, unblock());
        scenario.then().nextDeadlineInSeconds(600);

        scenario.when().secondsPass(600);

        scenario.then().events("OperationExpired").noDeadline();
        decide(ID, CHECKER, OperationDecision.APPROVE);
        answered("EXPIRED", "NONE", "NOT_AWAITING_APPROVAL");
    }

    @Test
    void shouldNotExecuteWhatExpiredAtThisVeryMoment() {
        underDualControl();
        submit(ID, MAKER, unblock());
        scenario.when().secondsPassInSilence(600);

        decide(ID, CHECKER, OperationDecision.APPROVE);

        scenario.then().events("OperationExpired", "OperationAnswered");
        answered("EXPIRED", "NONE", "NOT_AWAITING_APPROVAL");
    }

    @Test
    void shouldAnswerARepeatedSubmissionWithoutDoingItAgain() {
        final DirectBuffer submission = operations.submit(ID, MAKER, scenario.nowNs(), block());
        scenario.when().command(submission);

        scenario.when().command(submission);
        scenario.then().events("OperationAnswered");
        answered("EXECUTED", "DONE", "NONE");
        submit(ID, MAKER, unblock());
        scenario.then().events("OperationAnswered");
        answered("EXECUTED", "NONE", "CONFLICT");
    }

    @Test
    void shouldExecuteJustBeforeTheEffectiveSequence() {
        final long sequence = scenario.engine().commandSequence();
        submit(ID, MAKER, block(), c -> c.effectiveSequence(sequence + 4));
        answered("SCHEDULED", "NONE", "NONE");
        scenario.when().payment("A", request -> request.panToken().high(1).low(2));
        scenario.then().events("PaymentRouted");

        scenario.when().payment("B", request -> request.panToken().high(1).low(2));
        scenario.then().events("PaymentRouted", "BlockListChanged", "OperationExecuted");
        scenario.when().payment("C", request -> request.panToken().high(1).low(2));

        assertEquals(sequence + 4, scenario.engine().commandSequence());
        scenario.then().event("PaymentAnswered").with("reason", "CARD_BLOCKED");
    }

    @Test
    void shouldExecuteSeveralDueAtOnceInTheirOrder() {
        final long sequence = scenario.engine().commandSequence();
        submit(1, MAKER, block(), c -> c.effectiveSequence(sequence + 4));
        submit(2, MAKER, unblock(), c -> c.effectiveSequence(sequence + 4));

        scenario.when().tick();
        scenario.then().events("BlockListChanged", "OperationExecuted");
        assertEquals(scenario.nowNs(), scenario.engine().nextDeadlineNs());
        scenario.when().tick();

        scenario.then().event("BlockListChanged").with("blocked", "FALSE");
        scenario.then().noDeadline();
    }

    @Test
    void shouldWaitForTheEffectiveSequenceAfterTheApproval() {
        underDualControl();
        final long sequence = scenario.engine().commandSequence();
        submit(ID, MAKER, unblock(), c -> c.effectiveSequence(sequence + 4));
        decide(ID, CHECKER, OperationDecision.APPROVE);
        answered("SCHEDULED", "NONE", "NONE");

        scenario.when().tick();

        scenario.then().event("OperationExecuted").with("approverId", CHECKER);
    }

    @ParameterizedTest
    @CsvSource({"4, UNKNOWN_OPERATOR", "2, NOT_PERMITTED"})
    void shouldTakeOperationsOnlyFromOperatorsWhoMayPropose(final int operatorId, final String refusal) {
        submit(ID, operatorId, block());

        scenario.then().events("OperationAnswered");
        answered("NONE", "NONE", refusal);
    }

    @ParameterizedTest
    @CsvSource({"4, UNKNOWN_OPERATOR", "1, NOT_PERMITTED"})
    void shouldTakeDecisionsOnlyFromOperatorsWhoMayApprove(final int operatorId, final String refusal) {
        underDualControl();
        submit(ID, BOTH, unblock());

        decide(ID, operatorId, OperationDecision.APPROVE);

        scenario.then().events("OperationAnswered");
        answered("AWAITING_APPROVAL", "NONE", refusal);
    }

    @Test
    void shouldNameWhatIsWrongWithASubmission() {
        refused("NO_REASON", block(), c -> c.reason(TestOperations.padded("")));
        refused("NO_REASON", block(), c -> c.reason(TestOperations.padded("because\u0007")));
        refused("INVALID_OPERATION", block(), c -> c.nestedLength(23));
        refused("INVALID_OPERATION", block(), c -> c.nestedLength(0));
        refused("INVALID_OPERATION", block(), c -> c.nestedLength(65_000));
        refused("INVALID_OPERATION", new TestCommands().clockTick(), c -> {});
        refused("INVALID_OPERATION", new TestCommands().hostStarted(0), c -> {});
        refused("INVALID_OPERATION", operations.submit(5, MAKER, 0, block()), c -> c.nestedLength(512));
        refused("INVALID_EFFECTIVE_SEQUENCE", block(), c -> c.effectiveSequence(-1));
        refused("STALE", block(), c -> c.createdAtNs(scenario.nowNs() - TestConfiguration.OPERATION_EXPIRY_NS - 1));
        refused("CREATED_IN_FUTURE", block(), c -> c.createdAtNs(scenario.nowNs() + TestConfiguration.SKEW_NS + 1));
    }

    @Test
    void shouldNameWhatIsWrongWithADecision() {
        underDualControl();
        decide(ID, CHECKER, OperationDecision.APPROVE);
        answered("NONE", "NONE", "UNKNOWN_OPERATION");
        submit(ID, MAKER, unblock());

        scenario.when()
                .command(operations.decide(
                        ID, CHECKER, OperationDecision.APPROVE, c -> c.reason(TestOperations.padded(""))));
        answered("AWAITING_APPROVAL", "NONE", "NO_REASON");
        final UnsafeBuffer illegal = (UnsafeBuffer) operations.decide(ID, CHECKER, OperationDecision.APPROVE);
        illegal.putByte(8 + io.turnout.codecs.sbe.engine.DecideOperationEncoder.decisionEncodingOffset(), (byte) 7);
        scenario.when().command(illegal);
        answered("AWAITING_APPROVAL", "NONE", "INVALID_DECISION");
    }

    @Test
    void shouldRefuseMoreThanItCanRememberAndForgetTheOldestThatIsClosed() {
        underDualControl();
        submit(1, MAKER, block());
        for (int i = 2; i <= TestConfiguration.MAXIMUM_OPERATIONS + 1; i++) {
            scenario.when().nanosPass(1);
            submit(i, MAKER, unblock());
            answered("AWAITING_APPROVAL", "NONE", "NONE");
        }

        scenario.when().nanosPass(1);
        submit(90, MAKER, unblock());
        answered("NONE", "NONE", "TABLE_FULL");
        decide(1, CHECKER, OperationDecision.APPROVE);
        answered("NONE", "NONE", "UNKNOWN_OPERATION");
        decide(3, CHECKER, OperationDecision.REJECT);
        submit(91, MAKER, unblock());

        answered("AWAITING_APPROVAL", "NONE", "NONE");
        decide(3, CHECKER, OperationDecision.REJECT);
        answered("NONE", "NONE", "UNKNOWN_OPERATION");
    }

    @Test
    void shouldRefuseAnIdThatMayHaveBeenForgottenAsStale() {
        final DirectBuffer first = operations.submit(1, MAKER, scenario.nowNs(), block());
        scenario.when().command(first);
        for (int i = 2; i <= TestConfiguration.MAXIMUM_OPERATIONS + 1; i++) {
            scenario.when().nanosPass(1);
            submit(i, MAKER, unblock());
        }

        scenario.when().command(first);

        scenario.then().events("OperationAnswered");
        answered("NONE", "NONE", "STALE");
    }

    @Test
    void shouldTakeAnOperatorsCommandByItselfOnlyUnderSingleControl() {
        scenario.when().command(block());
        scenario.then().events("BlockListChanged");
        underDualControl();

        scenario.when().commands(List.of(block(), unblock(), new TestCommands().requeueReversal(1)));
        scenario.when().configuration(TestConfiguration.standard(8));

        assertEquals(2, scenario.engine().configurationHash());
        assertEquals(
                TestConfiguration.standard(8).commands().size(), scenario.then().count("CommandIgnored"));
        scenario.then().event("CommandIgnored", 0).with("problem", "NEEDS_OPERATION");
    }

    @Test
    void shouldTakeNoOperationBeforeThereIsAConfiguration() {
        final Scenario empty = new Scenario();

        empty.when().command(operations.submit(ID, MAKER, empty.nowNs(), block()));

        empty.then().event("OperationAnswered").with("refusal", "UNKNOWN_OPERATOR");
    }

    private void refused(
            final String refusal, final DirectBuffer command, final Consumer<SubmitOperationEncoder> changes) {
        submit(ID, MAKER, command, changes);
        scenario.then().events("OperationAnswered");
        answered("NONE", "NONE", refusal);
    }

    private void underDualControl() {
        scenario.given().configuration(TestConfiguration.dual(2));
    }

    private void submit(final long id, final long operatorId, final DirectBuffer command) {
        submit(id, operatorId, command, c -> {});
    }

    private void submit(
            final long id,
            final long operatorId,
            final DirectBuffer command,
            final Consumer<SubmitOperationEncoder> changes) {
        scenario.when().command(operations.submit(id, operatorId, scenario.nowNs(), command, changes));
    }

    private void decide(final long id, final long operatorId, final OperationDecision decision) {
        scenario.when().command(operations.decide(id, operatorId, decision));
    }

    private void answered(final String state, final String result, final String refusal) {
        scenario.then()
                .event("OperationAnswered")
                .with("state", state)
                .with("result", result)
                .with("refusal", refusal);
    }

    private DirectBuffer block() {
        return operations.blockCard(1, 2);
    }

    private DirectBuffer unblock() {
        return operations.unblockCard(1, 2);
    }
}
