package io.turnout.systemtests;

import static io.turnout.systemtests.AcquirerConnection.CLOSED;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.codecs.sbe.acquirer.MessageHeaderEncoder;
import io.turnout.codecs.sbe.acquirer.PaymentRequestDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever acquirers and banks send over real connections gets a named answer, and the next good payment is taken.
 *
 * <p>A full ingress ring (SWITCH_BUSY) cannot be brought about from outside without a race; the unit tests of the
 * acquirers' edge have it.
 */
final class BadInputTest {
    private static final int ENCODING_TYPE = 0xEB50;
    private static final int TWO_GIB = Integer.MIN_VALUE;

    @TempDir
    private static Path data;

    private static SwitchFixture fixture;

    @BeforeAll
    static void start() {
        fixture = SwitchFixture.running(data);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @AfterEach
    void shouldTakeAGoodPaymentAfterwards() {
        fixture.bank().script(FakeBank::approve);
        fixture.awaitSignOn();
        fixture.pay();
    }

    @Test
    void shouldEndASessionThatSendsGarbage() {
        try (AcquirerConnection connection = fixture.connect()) {
            connection.send("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertEnd("Reject BAD_FRAME template 0 field 0", connection);
        }
    }

    @Test
    void shouldEndALoggedOnSessionThatSendsGarbage() {
        try (AcquirerConnection connection = fixture.logOn()) {
            connection.send("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertEnd("Reject BAD_FRAME template 0 field 0", connection);
        }
    }

    @Test
    void shouldEndASessionThatAnnouncesTwoGibibytes() {
        try (AcquirerConnection connection = fixture.logOn()) {
            connection.send(frameHeader(TWO_GIB));
            assertEnd("Reject FRAME_TOO_LONG template 0 field 0", connection);
        }
    }

    @Test
    void shouldEndASessionThatLeavesAFrameHalfSent() {
        try (AcquirerConnection connection = fixture.logOn()) {
            final byte[] request = new Payment().request();
            connection.send(Arrays.copyOf(request, request.length / 2));
            assertEnd("Reject FRAME_TIMEOUT template 0 field 0", connection);
        }
    }

    @Test
    void shouldRejectAnUnknownTemplateAndGoOn() {
        try (AcquirerConnection connection = fixture.logOn()) {
            assertEquals("Reject UNKNOWN_TEMPLATE template 999 field 0", connection.ask(unknownTemplate()));
            assertEquals(SwitchFixture.APPROVED, connection.ask(new Payment().request()));
        }
    }

    @Test
    void shouldRejectARequestThatIsCutOffAndGoOn() {
        final byte[] request = new Payment().request();
        final byte[] cut = Arrays.copyOf(request, request.length - 3);
        ByteBuffer.wrap(cut).putInt(0, cut.length);
        try (AcquirerConnection connection = fixture.logOn()) {
            assertEquals("Reject MALFORMED template 10 field 0", connection.ask(cut));
            assertEquals(SwitchFixture.APPROVED, connection.ask(new Payment().request()));
        }
    }

    @Test
    void shouldRefuseAWrongCredential() {
        try (AcquirerConnection connection = fixture.connect()) {
            final byte[] logon = AcquirerConnection.logon(SwitchFixture.ACQUIRER, "not-the-secret-of-anybody");
            assertEquals("LogonReject BAD_CREDENTIAL", connection.ask(logon));
            assertEquals(CLOSED, connection.next());
        }
    }

    @Test
    void shouldRefuseAnUnknownAcquirer() {
        try (AcquirerConnection connection = fixture.connect()) {
            final byte[] logon = AcquirerConnection.logon(77, SwitchFixture.CREDENTIAL);
            assertEquals("LogonReject BAD_CREDENTIAL", connection.ask(logon));
            assertEquals(CLOSED, connection.next());
        }
    }

    @Test
    void shouldEndASessionThatAsksBeforeItsLogon() {
        final int before = fixture.bank().payments().size();
        try (AcquirerConnection connection = fixture.connect()) {
            connection.send(new Payment().request());
            assertEnd("Reject NOT_LOGGED_ON template 10 field 0", connection);
        }
        assertEquals(before, fixture.bank().payments().size(), "nothing may reach the bank");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("badPayments")
    void shouldNameWhatIsWrongWithAPayment(final String what, final String answer, final Payment payment) {
        final int before = fixture.bank().payments().size();
        try (AcquirerConnection connection = fixture.logOn()) {
            assertEquals(answer, connection.ask(payment.request()), what);
            assertEquals(answer, connection.ask(payment.request()), what + ", repeated");
        }
        assertEquals(before, fixture.bank().payments().size(), "nothing may reach the bank");
    }

    static Stream<Arguments> badPayments() {
        return Stream.of(
                Arguments.of("amount 0", "DECLINED 1010 amount 0", new Payment().amountMinor(0)),
                Arguments.of("negative amount", "DECLINED 1010 amount 0", new Payment().amountMinor(-1)),
                Arguments.of(
                        "amount over the largest",
                        "DECLINED 1010 amount 0",
                        new Payment().amountMinor(1_000_000_000_000L)),
                Arguments.of(
                        "amount absent",
                        invalid(PaymentRequestDecoder.amountMinorId()),
                        new Payment().amountMinor(PaymentRequestDecoder.amountMinorNullValue())),
                Arguments.of(
                        "amount over the acquirer's limit",
                        "DECLINED 1021 amount 0",
                        new Payment().amountMinor(5_000_001)),
                Arguments.of("wrong check digit", "DECLINED 1011 amount 0", new Payment().pan("4111111111111112")),
                Arguments.of(
                        "letters in the PAN",
                        invalid(PaymentRequestDecoder.panId()),
                        new Payment().pan("41111111A1111111")),
                Arguments.of("short PAN", invalid(PaymentRequestDecoder.panId()), new Payment().pan("4111111")),
                Arguments.of(
                        "track of another card",
                        "DECLINED 1011 amount 0",
                        new Payment().track2("4111111111111129=3012201")),
                Arguments.of("card of nobody", "DECLINED 9108 amount 0", new Payment().pan("9999999999999995")),
                Arguments.of("unknown currency", "DECLINED 9102 amount 0", new Payment().currency(998)),
                Arguments.of("currency without a limit", "DECLINED 1020 amount 0", new Payment().currency(840)),
                Arguments.of("currency 0", invalid(PaymentRequestDecoder.currencyId()), new Payment().currency(0)));
    }

    @Test
    void shouldRejectAKeyUsedBeforeWithOtherContent() {
        final Payment payment = new Payment();
        try (AcquirerConnection connection = fixture.logOn()) {
            connection.send(payment.request());
            final byte[] answer = connection.nextFrame();
            assertEquals(
                    "Reject DUPLICATE_CONFLICT template 10 field 0",
                    connection.ask(payment.amountMinor(1235).request()));
            connection.send(payment.amountMinor(1234).request());
            assertArrayEquals(answer, connection.nextFrame(), "the first answer still stands");
        }
    }

    @Test
    void shouldDropALinkOnWhichTheBankSendsGarbage() {
        fixture.bank().script((caller, request) -> {
            final byte[] garbage = new byte[64];
            Arrays.fill(garbage, (byte) 0xFF);
            caller.send(garbage);
        });
        assertUnknownThenReversed(9112);
    }

    @Test
    void shouldNotBelieveAnAnswerThatIsNoMessage() {
        fixture.bank().script((caller, request) -> {
            final byte[] garbage = new byte[66];
            Arrays.fill(garbage, (byte) '?');
            ByteBuffer.wrap(garbage).putShort((short) 64);
            caller.send(garbage);
        });
        assertUnknownThenReversed(9111);
    }

    @Test
    void shouldNotTakeTheAnswerToAnUnknownStanForThePaymentsOwn() {
        fixture.bank().script((caller, request) -> {
            caller.send(request.answer("00", request.stan() % 999_999 + 1, request.amountMinor()));
            caller.send(request.answer("51"));
        });
        try (AcquirerConnection connection = fixture.logOn()) {
            assertEquals("DECLINED 1016 amount 0", connection.ask(new Payment().request()));
        }
    }

    @Test
    void shouldNotBelieveAnAnswerWithAnotherAmount() {
        fixture.bank().script((caller, request) -> caller.send(request.answer("00", request.stan(), 1)));
        assertUnknownThenReversed(9111);
    }

    @Test
    void shouldRefuseNewPaymentsWhenTheTableIsFullAndKeepTheAnswersGiven(@TempDir final Path other) {
        final int capacity = 1024;
        try (SwitchFixture small = new SwitchFixture(other, capacity).start();
                AcquirerConnection connection = small.logOn()) {
            final Payment first = new Payment();
            connection.send(first.request());
            final byte[] answer = connection.nextFrame();
            for (int i = 1; i < capacity; i++) {
                assertEquals(
                        "DECLINED 1010 amount 0",
                        connection.ask(new Payment().amountMinor(0).request()));
            }

            final Payment tooMany = new Payment();
            assertEquals("Reject TABLE_FULL template 10 field 0", connection.ask(tooMany.request()));

            connection.send(first.request());
            assertArrayEquals(answer, connection.nextFrame());
            assertEquals("Status APPROVED", connection.ask(first.statusRequest()));
            assertEquals("Status NOT_FOUND", connection.ask(tooMany.statusRequest()));
            assertEquals(1, small.bank().payments().size());
        }
    }

    private static void assertUnknownThenReversed(final int resultCode) {
        final int reversals = fixture.bank().reversals();
        final Payment payment = new Payment();
        try (AcquirerConnection connection = fixture.logOn()) {
            assertEquals("UNKNOWN " + resultCode + " amount 0", connection.ask(payment.request()));
            SwitchFixture.await(
                    () -> "Status REVERSED".equals(connection.ask(payment.statusRequest())), "the reversal");
            assertEquals("UNKNOWN " + resultCode + " amount 0", connection.ask(payment.request()));
        }
        assertEquals(reversals + 1, fixture.bank().reversals(), "reversals the bank has seen");
    }

    private static void assertEnd(final String answer, final AcquirerConnection connection) {
        assertEquals(answer, connection.next());
        assertEquals("Logout PROTOCOL_ERROR", connection.next());
        assertEquals(CLOSED, connection.next());
    }

    private static String invalid(final int field) {
        return "Reject INVALID_FIELD template 10 field " + field;
    }

    private static byte[] frameHeader(final int length) {
        return ByteBuffer.allocate(6)
                .putInt(length)
                .putShort((short) ENCODING_TYPE)
                .array();
    }

    private static byte[] unknownTemplate() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        new MessageHeaderEncoder()
                .wrap(buffer, 6)
                .blockLength(0)
                .templateId(999)
                .schemaId(1)
                .version(0);
        return Payment.frame(buffer, MessageHeaderEncoder.ENCODED_LENGTH);
    }
}
