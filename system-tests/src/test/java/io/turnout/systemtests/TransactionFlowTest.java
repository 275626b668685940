package io.turnout.systemtests;

import static io.turnout.codecs.sbe.acquirer.TransactionType.BALANCE_INQUIRY;
import static io.turnout.codecs.sbe.acquirer.TransactionType.CASH_WITHDRAWAL;
import static io.turnout.codecs.sbe.acquirer.TransactionType.COMPLETION;
import static io.turnout.codecs.sbe.acquirer.TransactionType.PRE_AUTHORISATION;
import static io.turnout.codecs.sbe.acquirer.TransactionType.REFUND;
import static io.turnout.codecs.sbe.acquirer.TransactionType.TRANSFER;
import static io.turnout.codecs.sbe.acquirer.TransactionType.VOID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.acquirer.MessageHeaderDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentResponseDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentStatusResponseDecoder;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each flow of messages from an acquirer's socket through the whole switch to a bank's socket, and back. */
final class TransactionFlowTest {

    private static final String APPROVED = SwitchFixture.APPROVED;

    @TempDir
    private Path data;

    private SwitchFixture fixture;
    private AcquirerConnection acquirer;

    @BeforeEach
    void start() {
        fixture = SwitchFixture.running(data);
        acquirer = fixture.logOn();
    }

    @AfterEach
    void stop() {
        acquirer.close();
        fixture.close();
    }

    @Test
    void shouldCompleteAPreAuthorisationAboveItsAmountAndRefundAPart() {
        final Payment held = new Payment().type(PRE_AUTHORISATION);
        final Payment completion = Payment.following(held, COMPLETION, 1419);
        assertEquals(APPROVED, ask(held));
        assertEquals("DECLINED 4005 amount 0", ask(Payment.following(held, COMPLETION, 1420)));
        assertEquals("APPROVED 0 amount 1419", ask(completion));
        assertEquals("DECLINED 9102 amount 0", ask(Payment.following(held, COMPLETION, 1)));
        assertEquals("APPROVED 0 amount 400", ask(Payment.following(completion, REFUND, 400)));
        assertEquals("DECLINED 4005 amount 0", ask(Payment.following(completion, REFUND, 1020)));

        assertEquals("0100 000000 06 -, 0200 000000 00 0100, 0200 200000 00 -", wire());
        assertEquals("AUTH01", sent(1).field(38));
        assertNamesOriginal(1, 0);
        assertEquals("COMPLETED 0 0", status(held));
        assertEquals("APPROVED 1419 400", status(completion));
    }

    @Test
    void shouldVoidAPreAuthorisationAndAPurchase() {
        final Payment held = new Payment().type(PRE_AUTHORISATION);
        final Payment paid = new Payment();
        assertEquals(APPROVED, ask(held));
        assertEquals(APPROVED, ask(paid));
        assertEquals("DECLINED 4005 amount 0", ask(Payment.following(paid, VOID, 1233)));
        assertEquals(APPROVED, ask(Payment.following(held, VOID, 1234)));
        assertEquals(APPROVED, ask(Payment.following(paid, VOID, 1234)));
        assertEquals("DECLINED 9102 amount 0", ask(Payment.following(paid, VOID, 1234)));

        assertEquals("0100 000000 06 -, 0200 000000 00 -, 0200 200000 00 0100, 0200 200000 00 0200", wire());
        assertNamesOriginal(2, 0);
        assertNamesOriginal(3, 1);
        assertEquals("VOIDED", state(status(paid)));
    }

    @Test
    void shouldRefundPayCashAndTellABalance() {
        fixture.bank()
                .script((caller, request) -> caller.send(
                        request.mti() == 100
                                ? request.answerWithBalance("0002156C000000009900")
                                : request.answer("00")));
        assertEquals(APPROVED, ask(new Payment().type(REFUND)));
        assertEquals(APPROVED, ask(new Payment().type(CASH_WITHDRAWAL)));
        acquirer.send(new Payment().type(BALANCE_INQUIRY).amountMinor(0).request());
        final PaymentResponseDecoder balance = new PaymentResponseDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(acquirer.nextFrame()), 0, new MessageHeaderDecoder());

        assertEquals(9900, balance.balanceMinor());
        assertEquals("0200 200000 00 -, 0200 010000 00 -, 0100 310000 00 -", wire());
    }

    @Test
    void shouldForwardAnAdviceUntilTheBankTakesIt() {
        fixture.bank().ignoreAdvices(2);
        final Payment fact = new Payment().advice();
        assertEquals(APPROVED, ask(fact));
        assertEquals(APPROVED, ask(fact), "a repeat is answered alike");
        assertEquals("ADVISING", state(status(fact)));
        SwitchFixture.await(() -> state(status(fact)).equals("APPROVED"), "the advice to be taken");

        assertEquals("0220 000000 00 -, 0221 000000 00 -, 0221 000000 00 -", wire());
        final FakeBank.Request first = sent(0);
        for (final FakeBank.Request repeat : fixture.bank().messages()) {
            for (int field = 2; field <= 128; field++) {
                assertEquals(first.field(field), repeat.field(field), "DE" + field);
            }
        }
        assertEquals("OFFLIN", first.field(38));
        assertEquals("00", first.field(39));
    }

    @Test
    void shouldAdviseOfACompletionAndThenRefundIt() {
        final Payment held = new Payment().type(PRE_AUTHORISATION);
        final Payment completion = Payment.following(held, COMPLETION, 1000).advice();
        assertEquals(APPROVED, ask(held));
        assertEquals("APPROVED 0 amount 1000", ask(completion));
        SwitchFixture.await(() -> state(status(completion)).equals("APPROVED"), "the advice to be taken");
        assertEquals("APPROVED 0 amount 1000", ask(Payment.following(completion, REFUND, 1000)));

        assertEquals("0100 000000 06 -, 0220 000000 00 0100, 0200 200000 00 -", wire());
        assertNamesOriginal(1, 0);
    }

    @Test
    void shouldReverseInPartAndThenWhole() {
        final Payment payment = new Payment();
        assertEquals(APPROVED, ask(payment));
        assertTrue(acquirer.ask(payment.reversal(1000)).startsWith("Reversal 0 "));
        SwitchFixture.await(() -> status(payment).equals("APPROVED 1000 0"), "the part to be reversed");

        assertEquals("0200 000000 00 -, 0420 000000 00 0200", wire());
        assertEquals("000000001234", sent(1).field(4));
        assertEquals("000000001000" + "0".repeat(30), sent(1).field(95));
        assertNamesOriginal(1, 0);
    }

    @Test
    void shouldReverseOnceHoweverOftenItIsAsked() {
        final Payment payment = new Payment();
        assertEquals(APPROVED, ask(payment));
        assertTrue(acquirer.ask(payment.reversal(0)).startsWith("Reversal 0 "));
        SwitchFixture.await(() -> state(status(payment)).equals("REVERSED"), "the bank to take the reversal");
        assertEquals("Reversal 0 REVERSED", acquirer.ask(payment.reversal(0)));

        assertEquals("0200 000000 00 -, 0420 000000 00 0200", wire());
        assertEquals("DECLINED", ask(Payment.following(payment, REFUND, 1)).substring(0, 8));
    }

    @Test
    void shouldDeclineAPaymentWhoseReversalCameFirst() {
        final Payment payment = new Payment();
        assertTrue(acquirer.ask(payment.reversal(0)).startsWith("Reversal 0 "));
        assertEquals("DECLINED", ask(payment).substring(0, 8));

        assertEquals(List.of(), fixture.bank().messages());
    }

    @Test
    void shouldReverseAPaymentWhoseReversalRacesItsApproval() {
        final Payment payment = new Payment();
        fixture.bank().script((caller, request) -> answerAfterReversal(payment, caller, request));
        acquirer.send(payment.request());
        final List<String> answers = List.of(acquirer.next(), acquirer.next());

        assertTrue(answers.stream().anyMatch(answer -> answer.startsWith("Reversal 0 ")), answers.toString());
        assertTrue(answers.stream().noneMatch(answer -> answer.startsWith("APPROVED")), answers.toString());
        SwitchFixture.await(() -> state(status(payment)).equals("REVERSED"), "the bank to take the reversal");
        assertEquals("0200 000000 00 -, 0420 000000 00 0200", wire());
    }

    @Test
    void shouldRejectTheSameKeyWithOtherContent() {
        final Payment payment = new Payment();
        assertEquals(APPROVED, ask(payment));
        assertEquals("Reject DUPLICATE_CONFLICT template 10 field 0", ask(payment.amountMinor(1235)));
    }

    @Test
    void shouldLimitStatusInquiries() {
        final Payment payment = new Payment();
        ask(payment);
        String last = "";
        for (int i = 0; i < 100 && !last.startsWith("Reject"); i++) {
            last = acquirer.ask(payment.statusRequest());
        }

        assertEquals("Reject STATUS_RATE_LIMIT template 14 field 0", last);
        assertEquals(APPROVED, ask(new Payment()), "payments go on");
    }

    @Test
    void shouldDeclineATransactionThatIsNotAgreed() {
        assertEquals("DECLINED", ask(new Payment().type(TRANSFER)).substring(0, 8));
        assertEquals(List.of(), fixture.bank().messages());
    }

    @Test
    void shouldServeAClientOfTheFirstVersion() {
        final Payment payment = new Payment().track2("4111111111111111=30121011234500000000");
        assertEquals(APPROVED, acquirer.ask(payment.requestOfVersion0()));
        assertEquals(APPROVED, ask(payment), "the same payment, whatever the version");
        assertEquals("0200 000000 00 -", wire());
    }

    @Test
    void shouldFollowAPaymentUpAfterARestart() {
        final Payment held = new Payment().type(PRE_AUTHORISATION);
        assertEquals(APPROVED, ask(held));
        acquirer.close();
        fixture.stop();
        fixture.start();
        acquirer = fixture.logOn();

        assertEquals("APPROVED 0 amount 1000", ask(Payment.following(held, COMPLETION, 1000)));
        assertNamesOriginal(1, 0);
    }

    /** The answer leaves only when the switch has the reversal. */
    private void answerAfterReversal(
            final Payment payment, final FakeBank.Caller caller, final FakeBank.Request request) {
        acquirer.send(payment.reversal(0));
        SwitchFixture.await(() -> isReversing(payment), "the switch to have the reversal");
        caller.send(request.answer("00"));
    }

    private boolean isReversing(final Payment payment) {
        try (AcquirerConnection other = fixture.logOn()) {
            return other.ask(payment.statusRequest()).equals("Status REVERSING");
        }
    }

    private String ask(final Payment payment) {
        return acquirer.ask(payment.request());
    }

    /** State, what stands, and what of it is refunded. */
    private String status(final Payment payment) {
        acquirer.send(payment.statusRequest());
        final byte[] frame = acquirer.nextFrame();
        if (!acquirer.describe(frame).startsWith("Status")) {
            return acquirer.describe(frame);
        }
        final PaymentStatusResponseDecoder status = new PaymentStatusResponseDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(frame), 0, new MessageHeaderDecoder());
        return status.state() + " " + status.settledMinor() + " " + status.refundedMinor();
    }

    private static String state(final String status) {
        return status.substring(0, status.indexOf(' '));
    }

    private FakeBank.Request sent(final int index) {
        return fixture.bank().messages().get(index);
    }

    /** What the bank was sent: message type, DE3, DE25, and the message type in DE90 or a hyphen. */
    private String wire() {
        final StringBuilder wire = new StringBuilder();
        for (final FakeBank.Request message : fixture.bank().messages()) {
            final String original =
                    message.field(90).isEmpty() ? "-" : message.field(90).substring(0, 4);
            wire.append(wire.length() == 0 ? "" : ", ")
                    .append(String.format("%04d", message.mti()))
                    .append(' ')
                    .append(message.field(3))
                    .append(' ')
                    .append(message.field(25))
                    .append(' ')
                    .append(original);
        }
        return wire.toString();
    }

    private void assertNamesOriginal(final int message, final int original) {
        final String named = sent(message).field(90).substring(4, 20);
        assertEquals(sent(original).field(11) + sent(original).field(7), named);
    }
}
