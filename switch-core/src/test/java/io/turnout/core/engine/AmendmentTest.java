package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.ChangeControl;
import io.turnout.codecs.sbe.engine.ConfigurationMode;
import io.turnout.codecs.sbe.engine.OperationDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A configuration may be changed piece by piece; what is put in force is what was proposed and approved. */
final class AmendmentTest {
    private static final int MAKER = TestConfiguration.MAKER;
    private static final int CHECKER = TestConfiguration.CHECKER;
    private static final int BOTH = TestConfiguration.BOTH;

    private final TestOperations operations = new TestOperations();
    private final Scenario scenario = Scenario.standard();
    private long nextId = 1;

    @Test
    void shouldKeepWhatAnAmendmentDoesNotName() {
        scenario.when().configuration(TestConfiguration.amending(2, 1).limit(1, TestConfiguration.EURO, 500));

        scenario.then().events("ConfigurationActivated");
        assertEquals(2, scenario.engine().configurationHash());
        scenario.when().payment("A", request -> request.amountMinor(501));
        scenario.then().event("PaymentAnswered").with("reason", "AMOUNT_LIMIT_EXCEEDED");
        scenario.when().payment("B", request -> request.amountMinor(500));
        scenario.then().events("PaymentRouted");
    }

    @Test
    void shouldAddAndRemoveDefinitions() {
        final TestConfiguration added = TestConfiguration.amending(2, 1)
                .currency(840, 2)
                .limit(1, 840, 100)
                .issuer(3)
                .link(31, 3, 1, 1)
                .bins(60_000_000, 60_999_999, 3)
                .acquirer(3);
        scenario.given()
                .configuration(added)
                .signedOn()
                .that(when -> when.link(31, 3, 1, io.turnout.codecs.sbe.engine.LinkState.SIGNED_ON));
        scenario.when()
                .payment("A", request -> request.currency(840).amountMinor(100).bin(60_000_001));
        scenario.then().event("PaymentRouted").with("linkId", 31);

        final TestConfiguration removed = TestConfiguration.amending(3, 2);
        added.definitions()
                .subList(1, added.definitions().size())
                .forEach(definition -> removed.remove(operations.removal(definition)));
        scenario.given().configuration(removed);

        scenario.when().payment("B", request -> request.currency(840).amountMinor(100));
        scenario.then().event("PaymentAnswered").with("reason", "UNKNOWN_CURRENCY");
        scenario.when().payment("C", request -> request.bin(60_000_001));
        scenario.then().event("PaymentAnswered").with("reason", "NO_ROUTE");
        assertSameStateAs(TestConfiguration.standard(3));
    }

    @Test
    void shouldKeepLinksAndPaymentsOverAnAmendment() {
        scenario.given()
                .pending("A")
                .configuration(TestConfiguration.amending(2, 1).currency(840, 2));

        scenario.when().issuerAnswers("A", 0);

        scenario.then().event("PaymentAnswered").with("outcome", "APPROVED");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("problems")
    void shouldRefuseAnAmendmentWithAProblem(
            final ConfigurationProblem problem, final UnaryOperator<TestConfiguration> change) {
        scenario.when().configuration(change.apply(TestConfiguration.amending(2, 1)));

        scenario.then().event("ConfigurationRefused").with("problem", problem.code());
        assertEquals(1, scenario.engine().configurationHash());
        scenario.when().configuration(TestConfiguration.amending(3, 1).currency(840, 2));
        scenario.then().events("ConfigurationActivated");
    }

    static Stream<Arguments> problems() {
        final TestOperations operations = new TestOperations();
        final TestConfiguration other =
                new TestConfiguration(0).currency(840, 2).issuer(1).limit(1, 978, 5);
        final List<DirectBuffer> removals = new ArrayList<>();
        other.definitions().subList(1, 4).forEach(definition -> removals.add(operations.removal(definition)));
        return Stream.of(
                row(
                        ConfigurationProblem.BASE_NOT_IN_FORCE,
                        c -> c.begin(b -> b.mode(ConfigurationMode.AMEND).baseHash(9))),
                row(ConfigurationProblem.NOTHING_TO_REMOVE, c -> c.remove(removals.get(0))),
                row(ConfigurationProblem.LINK_OF_UNKNOWN_ISSUER, c -> c.remove(removals.get(1))),
                row(ConfigurationProblem.INVALID_CURRENCY, c -> c.currency(0, 2)),
                row(ConfigurationProblem.OVERLAPPING_BIN_RANGES, c -> c.bins(41_000_000, 41_000_001, 1)),
                row(ConfigurationProblem.NOT_AMENDING, c -> c.begin(b -> {}).remove(removals.get(2))),
                row(ConfigurationProblem.INVALID_OPERATOR, c -> c.operator(0, true, true)),
                row(ConfigurationProblem.INVALID_OPERATOR, c -> c.operator(7, false, false)),
                row(
                        ConfigurationProblem.NO_ROOM_FOR_OPERATIONS,
                        c -> c.begin(
                                b -> b.mode(ConfigurationMode.AMEND).baseHash(1).maximumOperations(0))),
                row(ConfigurationProblem.INVALID_CHANGE_CONTROL, c -> c.begin(b -> b.maximumOperations(1_025))),
                row(ConfigurationProblem.INVALID_CHANGE_CONTROL, c -> c.begin(b -> b.operationExpiryNs(5))),
                row(ConfigurationProblem.INVALID_CHANGE_CONTROL, c -> c.begin(b -> b.maximumBlocked(10_000_001))),
                row(ConfigurationProblem.DUAL_WITHOUT_TWO_OPERATORS, c -> c.begin(
                                b -> b.changeControl(ChangeControl.DUAL))
                        .currency(840, 2)
                        .acquirer(1)
                        .issuer(1)
                        .link(11, 1, 1, 1)
                        .bins(1, 2, 1)
                        .operator(1, true, true)),
                row(ConfigurationProblem.TOO_MANY_OPERATORS, c -> {
                    for (int i = 10; i < 264; i++) {
                        c.operator(i, true, true);
                    }
                    return c;
                }));
    }

    @Test
    void shouldRefuseAnOperatorDefinedTwice() {
        scenario.when().configuration(TestConfiguration.standard(2).operator(MAKER, true, true));

        scenario.then().event("ConfigurationRefused").with("problem", ConfigurationProblem.DUPLICATE_OPERATOR.code());
    }

    @Test
    void shouldPutAnAmendmentInForceWhenAnotherOperatorApproves() {
        scenario.given().configuration(TestConfiguration.dual(2));
        final TestConfiguration change = amendingDual(3, 2).limit(1, TestConfiguration.EURO, 500);
        submitAll(MAKER, change.definitions());
        final long activation = submit(MAKER, change.activation());
        answered("AWAITING_APPROVAL", "NONE");
        assertEquals(2, scenario.engine().configurationHash());

        approve(activation, CHECKER);

        scenario.then().events("OperationApproved", "ConfigurationActivated", "OperationExecuted", "OperationAnswered");
        assertEquals(3, scenario.engine().configurationHash());
        scenario.when().payment("A", request -> request.amountMinor(501));
        scenario.then().event("PaymentAnswered").with("reason", "AMOUNT_LIMIT_EXCEEDED");
    }

    @Test
    void shouldTellTheApproverOfAConfigurationThatIsRefused() {
        scenario.given().configuration(TestConfiguration.dual(2));
        final TestConfiguration change = amendingDual(3, 2).currency(0, 0);
        submitAll(MAKER, change.definitions());
        final long activation = submit(MAKER, change.activation());

        approve(activation, CHECKER);

        scenario.then()
                .event("OperationAnswered")
                .with("result", "CONFIGURATION_REFUSED")
                .with("problem", ConfigurationProblem.INVALID_CURRENCY.code());
        assertEquals(2, scenario.engine().configurationHash());
    }

    @Test
    void shouldLetNobodyChangeWhatIsBeingApproved() {
        scenario.given().configuration(TestConfiguration.dual(2));
        final TestConfiguration change = amendingDual(3, 2).limit(1, TestConfiguration.EURO, 500);
        submitAll(MAKER, change.definitions());
        final long activation = submit(MAKER, change.activation());

        submit(MAKER, change.definitions().get(1));
        answered("NONE", "ACTIVATION_PENDING");
        submit(BOTH, amendingDual(4, 2).definitions().get(0));
        answered("NONE", "ACTIVATION_PENDING");
        submit(BOTH, change.activation());
        answered("NONE", "ACTIVATION_PENDING");

        reject(activation, CHECKER);
        submit(BOTH, amendingDual(4, 2).definitions().get(0));
        answered("EXECUTED", "NONE");
        submit(MAKER, change.definitions().get(1));
        answered("NONE", "NO_CONFIGURATION_BEGUN");
    }

    @Test
    void shouldNotPutInForceWhatChangedSinceItWasProposed() {
        final long sequence = scenario.engine().commandSequence();
        submitAll(MAKER, TestConfiguration.standard(2).definitions());
        final int staged = TestConfiguration.standard(2).definitions().size();
        scenario.when()
                .command(operations.submit(
                        99,
                        MAKER,
                        scenario.nowNs(),
                        TestConfiguration.standard(2).activation(),
                        c -> c.effectiveSequence(sequence + staged + 4)));
        scenario.when()
                .commands(TestConfiguration.standard(2)
                        .currency(840, 2)
                        .definitions()
                        .subList(0, 2));

        scenario.when().tick();

        assertEquals(1, scenario.engine().configurationHash());
        assertTrue(scenario.allEvents().stream()
                .anyMatch(event -> event.name().equals("OperationExecuted")
                        && event.field("result").equals("CONFIGURATION_REFUSED")
                        && event.number("problem") == ConfigurationProblem.STAGED_CHANGED.code()));
    }

    @Test
    void shouldRestoreAnAmendmentHalfStagedAndOneInForce() {
        scenario.given().configuration(TestConfiguration.amending(2, 1).currency(840, 2));
        final TestConfiguration change = TestConfiguration.amending(3, 2)
                .limit(1, 840, 70)
                .remove(operations.removal(
                        new TestConfiguration(0).currency(840, 2).definitions().get(1)))
                .currency(840, 3);
        scenario.when().commands(change.definitions());
        final RecordingSink sink = new RecordingSink();
        final SwitchEngine restored = SwitchEngine.restore(
                Scenario.CAPACITY, sink, SnapshotRecords.source(SnapshotRecords.of(scenario.engine())));
        assertEquals(scenario.engine().stateHash(), restored.stateHash());

        scenario.when().command(change.activation());
        final DirectBuffer activation = change.activation();
        restored.onCommand(restored.commandSequence() + 1, 0, activation, 0, activation.capacity());

        assertEquals(3, restored.configurationHash());
        assertEquals(scenario.engine().stateHash(), restored.stateHash());
    }

    private static TestConfiguration amendingDual(final long hash, final long baseHash) {
        return new TestConfiguration(hash).begin(begin -> begin.mode(ConfigurationMode.AMEND)
                .baseHash(baseHash)
                .maximumOperations(100)
                .changeControl(ChangeControl.DUAL));
    }

    /** The state is that of an engine which was given the configuration whole, but for what has happened besides. */
    private void assertSameStateAs(final TestConfiguration whole) {
        final Scenario other = Scenario.standard();
        other.given().configuration(whole);
        for (final String reason : List.of("limit", "route")) {
            final String name = "same " + reason;
            scenario.when().payment(name, request -> request.amountMinor(1_000_00));
            other.when().payment(name, request -> request.amountMinor(1_000_00));
            assertEquals(
                    other.events().stream().map(RecordedEvent::name).toList(),
                    scenario.events().stream().map(RecordedEvent::name).toList());
        }
    }

    private void submitAll(final long operatorId, final List<DirectBuffer> commands) {
        for (final DirectBuffer command : commands) {
            submit(operatorId, command);
            answered("EXECUTED", "NONE");
        }
    }

    private long submit(final long operatorId, final DirectBuffer command) {
        scenario.when().nanosPass(1);
        scenario.when().command(operations.submit(nextId, operatorId, scenario.nowNs(), command));
        return nextId++;
    }

    private void approve(final long id, final long operatorId) {
        scenario.when().command(operations.decide(id, operatorId, OperationDecision.APPROVE));
    }

    private void reject(final long id, final long operatorId) {
        scenario.when().command(operations.decide(id, operatorId, OperationDecision.REJECT));
    }

    private void answered(final String state, final String refusal) {
        scenario.then().event("OperationAnswered").with("state", state).with("refusal", refusal);
    }

    private static Arguments row(final ConfigurationProblem problem, final UnaryOperator<TestConfiguration> change) {
        return Arguments.of(problem, change);
    }
}
