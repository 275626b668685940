package io.turnout.systemtests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Repeats, and messages out of order, of an acquirer that speaks ISO 8583, through the whole switch: one test for each
 * row of the table in the handbook.
 */
@Timeout(120)
final class IsoAcquirerDuplicateTest {

    @TempDir
    private Path data;

    private SwitchFixture fixture;
    private IsoConnection acquirer;

    @BeforeEach
    void start() {
        fixture = IsoEdge.running(data);
        acquirer = IsoEdge.signedOn(fixture);
    }

    @AfterEach
    void stop() {
        acquirer.close();
        fixture.close();
    }

    @Test
    void shouldDropARepeatInFlightAndServeItWithTheFirstAnswer() {
        final HeldAnswers bank = HeldAnswers.of(fixture.bank());
        final IsoPayment payment = IsoPayment.purchase();
        acquirer.send(200, payment.fields());
        bank.awaitRequest();
        acquirer.send(201, payment.fields());
        acquirer.send(200, payment.fields());
        assertEquals("0810 00", acquirer.ask(800, IsoPayment.network("301")).outcome(), "the repeats have been read");
        bank.answer("00");

        assertEquals("0210 00", acquirer.next().outcome());
        acquirer.assertSilent();
        assertEquals("0200", wire());
    }

    @Test
    void shouldAnswerARepeatInFlightOnTheConnectionItCameOn() {
        final HeldAnswers bank = HeldAnswers.of(fixture.bank());
        final IsoPayment payment = IsoPayment.purchase();
        acquirer.send(200, payment.fields());
        bank.awaitRequest();
        try (IsoConnection another = IsoEdge.signedOn(fixture)) {
            another.send(201, payment.fields());
            assertEquals("0810 00", another.ask(800, IsoPayment.network("301")).outcome());
            bank.answer("00");

            assertEquals("0210 00", another.next().outcome());
            acquirer.assertSilent();
        }
        assertEquals("0200", wire());
    }

    @Test
    void shouldGiveTheStoredAnswerToARepeatOfAFinishedRequest() {
        final IsoPayment payment = IsoPayment.purchase();
        final IsoAnswer first = acquirer.ask(200, payment.fields());
        final IsoAnswer second = acquirer.ask(201, payment.fields());
        final IsoAnswer third = acquirer.ask(200, payment.fields());

        assertEquals("0210 00", first.outcome());
        assertArrayEquals(first.bytes(), second.bytes());
        assertArrayEquals(first.bytes(), third.bytes());
        assertEquals("0200", wire());
    }

    @Test
    void shouldGiveTheStoredAnswerAfterARestart() {
        final IsoPayment payment = IsoPayment.purchase();
        final IsoAnswer first = acquirer.ask(200, payment.fields());
        acquirer.close();
        fixture.stop();
        fixture.start();
        acquirer = IsoEdge.signedOn(fixture);

        assertArrayEquals(first.bytes(), acquirer.ask(201, payment.fields()).bytes());
        assertEquals("0200", wire());
    }

    @Test
    void shouldKeepTheAnswerOfALostConnectionForTheRepeat() {
        final HeldAnswers bank = HeldAnswers.of(fixture.bank());
        final IsoPayment payment = IsoPayment.purchase();
        acquirer.send(200, payment.fields());
        bank.awaitRequest();
        acquirer.close();
        bank.answer("00");
        acquirer = IsoEdge.signedOn(fixture);

        assertEquals("0210 00", acquirer.ask(201, payment.fields()).outcome());
        assertEquals("0200", wire());
    }

    @Test
    void shouldAnswerTheSameKeyWithOtherValuesWith94() {
        final IsoPayment payment = IsoPayment.purchase();
        assertEquals("0210 00", acquirer.ask(200, payment.fields()).outcome());
        for (final Map.Entry<Integer, String> other : Map.of(
                        2, "4000000000000002", 3, "010000", 4, "000000001235", 49, "840")
                .entrySet()) {
            final Map<Integer, String> fields = payment.fields();
            fields.put(other.getKey(), other.getValue());
            assertEquals("0210 94", acquirer.ask(200, fields).outcome(), "DE" + other.getKey());
        }
        assertEquals("0200", wire());
    }

    @Test
    void shouldAnswerTheSameKeyWithOtherValuesWith94InFlightToo() {
        final HeldAnswers bank = HeldAnswers.of(fixture.bank());
        final IsoPayment payment = IsoPayment.purchase();
        acquirer.send(200, payment.fields());
        bank.awaitRequest();
        final Map<Integer, String> conflicting = payment.fields();
        conflicting.put(4, "000000009999");

        assertEquals("0210 94", acquirer.ask(201, conflicting).outcome());
        bank.answer("00");
        assertEquals("0210 00", acquirer.next().outcome());
        assertEquals("0200", wire());
    }

    @Test
    void shouldAnswerTheSameKeyWithOtherValuesWith30ToAnAdvice() {
        final IsoPayment payment = IsoPayment.purchase();
        assertEquals("0230 00", acquirer.ask(220, payment.fields()).outcome());
        final Map<Integer, String> conflicting = payment.fields();
        conflicting.put(4, "000000009999");

        assertEquals("0230 30", acquirer.ask(221, conflicting).outcome());
    }

    @Test
    void shouldTakeARepeatWhoseFirstTransmissionWasLostAsNew() {
        assertEquals(
                "0210 00", acquirer.ask(201, IsoPayment.purchase().fields()).outcome());
        assertEquals("0200", wire());
    }

    @Test
    void shouldAcceptTheReversalAdviceOfAnUnknownOriginal() {
        assertEquals(
                "0430 00", acquirer.ask(420, IsoPayment.purchase().reversal()).outcome());
        assertEquals("", wire());
    }

    @Test
    void shouldRefuseTheReversalRequestOfAnUnknownOriginal() {
        final Map<Integer, String> reversal = IsoPayment.purchase().reversal();
        assertEquals("0410 25", acquirer.ask(400, reversal).outcome());
        assertEquals("0410 25", acquirer.ask(401, reversal).outcome(), "also when repeated");
        assertEquals("", wire());
    }

    @Test
    void shouldDeclineAnOriginalThatComesAfterItsReversal() {
        final IsoPayment payment = IsoPayment.purchase();
        assertEquals("0430 00", acquirer.ask(420, payment.reversal()).outcome());

        assertEquals("0210 12", acquirer.ask(200, payment.fields()).outcome());
        assertEquals("0210 12", acquirer.ask(201, payment.fields()).outcome());
        assertEquals("", wire());
    }

    @Test
    void shouldAnswerASecondReversalWith00AndDoNothing() {
        final IsoPayment payment = IsoPayment.purchase();
        assertEquals("0210 00", acquirer.ask(200, payment.fields()).outcome());
        final Map<Integer, String> reversal = payment.reversal();
        assertEquals("0430 00", acquirer.ask(420, reversal).outcome());
        SwitchFixture.await(() -> fixture.bank().reversals() == 1, "the bank to take the reversal");

        assertEquals("0430 00", acquirer.ask(421, reversal).outcome());
        assertEquals("0410 00", acquirer.ask(400, payment.reversal()).outcome(), "another one");
        assertEquals("0200, 0420", wire());
    }

    @Test
    void shouldAcceptTheReversalOfARequestInFlightAndUndoItsApproval() {
        final HeldAnswers bank = HeldAnswers.of(fixture.bank());
        final IsoPayment payment = IsoPayment.purchase();
        acquirer.send(200, payment.fields());
        bank.awaitRequest();

        assertEquals("0430 00", acquirer.ask(420, payment.reversal()).outcome(), "at once");
        bank.answer("00");
        SwitchFixture.await(() -> fixture.bank().reversals() == 1, "the bank to take the reversal");
        acquirer.assertSilent();
        assertEquals("0210 12", acquirer.ask(201, payment.fields()).outcome(), "a repeat");
        assertEquals("0200, 0420", wire());
    }

    @Test
    void shouldNotReverseAtTheBankWhatItDeclined() {
        final HeldAnswers bank = HeldAnswers.of(fixture.bank());
        final IsoPayment payment = IsoPayment.purchase();
        acquirer.send(200, payment.fields());
        bank.awaitRequest();

        assertEquals("0430 00", acquirer.ask(420, payment.reversal()).outcome());
        bank.answer("51");
        acquirer.assertSilent();
        assertEquals("0200", wire());
    }

    @Test
    void shouldReverseInPart() {
        final IsoPayment payment = IsoPayment.purchase();
        assertEquals("0210 00", acquirer.ask(200, payment.fields()).outcome());

        assertEquals(
                "0430 64", acquirer.ask(420, payment.reversal("000000001235")).outcome(), "above");
        assertEquals(
                "0430 00", acquirer.ask(420, payment.reversal("000000001000")).outcome());
        SwitchFixture.await(() -> fixture.bank().reversals() == 1, "the bank to take the reversal");
        assertEquals(
                "0430 00", acquirer.ask(421, payment.reversal("000000001000")).outcome(), "again");
        assertEquals("0200, 0420", wire());
        assertEquals(
                "000000001000" + "0".repeat(30),
                fixture.bank().messages().get(1).field(95));
    }

    @Test
    void shouldNotReverseAnotherPaymentThanTheOneDescribed() {
        final IsoPayment payment = IsoPayment.purchase();
        assertEquals("0210 00", acquirer.ask(200, payment.fields()).outcome());

        assertEquals(
                "0430 64",
                acquirer.ask(420, other(payment.reversal("000000001000"), 49, "840"))
                        .outcome());
        assertEquals(
                "0430 64",
                acquirer.ask(420, other(payment.reversal(), 4, "000000001233")).outcome());
        assertEquals(
                "0430 14",
                acquirer.ask(420, other(payment.reversal(), 2, "4000000000000002"))
                        .outcome());
        assertEquals("0200", wire());
    }

    @Test
    void shouldCompleteAboveTheAmountAuthorisedAsFarAsAgreed() {
        final IsoPayment held = IsoPayment.preAuthorisation();
        assertEquals("0110 00", acquirer.ask(100, held.fields()).outcome());

        assertEquals(
                "0210 64",
                acquirer.ask(200, held.completion("000000001420").fields()).outcome());
        assertEquals(
                "0210 00",
                acquirer.ask(200, held.completion("000000001419").fields()).outcome());
        assertEquals(
                "0210 12",
                acquirer.ask(200, held.completion("000000000001").fields()).outcome(),
                "twice");
        assertEquals("0100, 0200", wire());
    }

    @Test
    void shouldNotCompleteAnotherPaymentThanTheOneDescribed() {
        final IsoPayment held = IsoPayment.preAuthorisation();
        assertEquals("0110 00", acquirer.ask(100, held.fields()).outcome());

        assertEquals(
                "0210 64",
                acquirer.ask(
                                200,
                                held.completion("000000001000").with(49, "840").fields())
                        .outcome());
        assertEquals(
                "0210 14",
                acquirer.ask(
                                200,
                                held.completion("000000001000")
                                        .with(2, "4000000000000002")
                                        .fields())
                        .outcome());
        assertEquals("0100", wire());
    }

    @Test
    void shouldGiveTheStoredAnswerToARepeatedAdvice() {
        final IsoPayment fact = IsoPayment.purchase().with(38, "OFFLIN");
        final IsoAnswer first = acquirer.ask(220, fact.fields());
        SwitchFixture.await(() -> !fixture.bank().messages().isEmpty(), "the advice to reach the bank");

        assertEquals("0230 00", first.outcome());
        assertArrayEquals(first.bytes(), acquirer.ask(221, fact.fields()).bytes());
        assertEquals("0220", wire());
    }

    @Test
    void shouldTellKeysApartByEachOfTheirParts() {
        final IsoPayment payment = IsoPayment.purchase();
        assertEquals("0210 00", acquirer.ask(200, payment.fields()).outcome());
        assertEquals(
                "0210 00",
                acquirer.ask(200, other(payment.fields(), 41, "TERM0002")).outcome());
        assertEquals(
                "0210 00",
                acquirer.ask(200, other(payment.fields(), 11, "999999")).outcome());
        final String second = payment.field(7).endsWith("00") ? "01" : "00";
        assertEquals(
                "0210 00",
                acquirer.ask(200, other(payment.fields(), 7, payment.field(7).substring(0, 8) + second))
                        .outcome());
        assertEquals(
                "0110 00", acquirer.ask(100, other(payment.fields(), 25, "06")).outcome());
        assertNotEquals("0200", wire());
        assertEquals(5, fixture.bank().payments().size());
    }

    private static Map<Integer, String> other(final Map<Integer, String> fields, final int field, final String value) {
        fields.put(field, value);
        return fields;
    }

    /** Message types of what reached the bank. */
    private String wire() {
        final List<FakeBank.Request> messages = fixture.bank().messages();
        return messages.stream()
                .map(message -> String.format("%04d", message.mti()))
                .collect(Collectors.joining(", "));
    }
}
