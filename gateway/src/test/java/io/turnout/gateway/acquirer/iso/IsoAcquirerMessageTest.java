package io.turnout.gateway.acquirer.iso;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.RequestPaymentDecoder;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.vault.SensitiveDataKind;
import io.turnout.gateway.vault.SensitiveDataSlots;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of single messages of an ISO 8583 acquirer, and what stands in their answers. */
@Timeout(30)
final class IsoAcquirerMessageTest {

    private final IsoFixture fixture = IsoFixture.signedOn();

    @Test
    void shouldTranslateARequest() throws Exception {
        fixture.receive(200, IsoFixture.purchase());
        final RequestPaymentDecoder request = fixture.nextPayment();

        assertEquals(1234, request.amountMinor());
        assertEquals(156, request.currency());
        assertEquals(2, request.currencyExponent());
        assertEquals(20231114221320L, request.localDateTime());
        assertEquals(IsoFixture.START, request.createdAtNs());
        assertEquals(5, request.panEntryMode());
        assertEquals(1, request.pinEntryCapability());
        assertEquals("TERM0001", request.terminalId());
        assertEquals("ACME STORE               ", request.merchantName());
        assertEquals("CN", request.merchantCountry());
        assertEquals(41111111, request.bin());
        final ByteBuffer digest = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256")
                .digest("00010000001TERM000100012311142213202".getBytes(StandardCharsets.US_ASCII)));
        assertEquals(digest.getLong(), request.clientReference().high());
        assertEquals(digest.getLong(), request.clientReference().low());
    }

    @Test
    void shouldEchoAndAddWhatTheFieldMatrixSays() {
        final Map<Integer, String> sent = IsoFixture.purchase();
        sent.put(28, "D00000100");
        sent.put(33, "10000009");
        sent.put(35, "4111111111111111=30122011234567890");
        sent.put(52, "0123456789ABCDEF");
        sent.put(53, "0000000000000001");
        sent.put(55, "9F2608AABBCCDDEEFF0011");
        sent.put(100, "20000001");
        fixture.receive(200, sent);
        fixture.edge.onPaymentAnswered(fixture.approval(fixture.nextPayment()));
        final IsoDecoder answer = fixture.next();

        assertEquals(210, answer.mti());
        final int[] echoed = {2, 3, 4, 7, 11, 12, 13, 28, 32, 33, 37, 41, 42, 49, 100};
        final SortedSet<Integer> expected = new TreeSet<>();
        for (final int field : echoed) {
            assertEquals(sent.get(field), answer.getString(field), "DE" + field);
            expected.add(field);
        }
        expected.addAll(List.of(15, 38, 39));
        assertEquals(expected, fieldsOf(answer));
        assertEquals("1115", answer.getString(15));
        assertEquals("AUTH01", answer.getString(38));
        assertEquals("00", answer.getString(39));
    }

    @Test
    void shouldGiveTheSameAnswerToARepeatWithTheTypeOfTheFirstTransmission() {
        fixture.receive(101, preAuthorisation());
        fixture.edge.onPaymentAnswered(fixture.approval(fixture.nextPayment()));

        assertEquals("0110 00", fixture.nextOutcome());
    }

    @Test
    void shouldLeaveSensitiveDataToTheSlotsOnly() {
        final Map<Integer, String> sent = IsoFixture.purchase();
        sent.remove(2);
        sent.put(35, "4111111111111111=30122011234567890");
        sent.put(52, "0123456789ABCDEF");
        sent.put(55, "9F2608AABBCCDDEEFF0011");
        fixture.receive(200, sent);
        final RequestPaymentDecoder request = fixture.nextPayment();
        final int slot = request.slot().index();

        assertEquals(34, fixture.slots.length(slot, SensitiveDataKind.TRACK2));
        assertEquals(8, fixture.slots.length(slot, SensitiveDataKind.PIN_BLOCK));
        assertEquals(11, fixture.slots.length(slot, SensitiveDataKind.ICC_DATA));
        assertEquals(41111111, request.bin(), "the card number comes from the track");
        assertEquals(BooleanType.TRUE, request.panValid());
    }

    @ParameterizedTest
    @ValueSource(ints = {220, 420})
    void shouldLeaveBehindTheSensitiveDataOfFacts(final int mti) {
        final Map<Integer, String> sent = mti == 220 ? IsoFixture.purchase() : IsoFixture.reversal();
        sent.put(35, "4111111111111111=30122011234567890");
        sent.put(52, "0123456789ABCDEF");
        fixture.receive(mti, sent);

        assertEquals(1, fixture.ingress.count(), "it is taken all the same");
        assertEquals(0, fixture.slots.usedCount());
        assertEquals(1, fixture.count(GatewayCounter.ISO_SENSITIVE_DATA_LEFT));
        if (mti == 220) {
            assertEquals(SensitiveDataSlots.NONE, fixture.nextPayment().slot().index());
        }
    }

    @ParameterizedTest(name = "without DE{0}")
    @ValueSource(ints = {2, 3, 4, 7, 12, 13, 18, 22, 32, 41, 42, 49})
    void shouldAnswer30WithTheFieldThatIsMissing(final int field) {
        final Map<Integer, String> sent = IsoFixture.purchase();
        sent.remove(field);
        fixture.receive(200, sent);

        assertEquals(String.format("0210 30 %03d", field), fixture.nextOutcome());
        assertEquals(0, fixture.ingress.count());
    }

    @ParameterizedTest(name = "without DE{0}")
    @ValueSource(ints = {2, 3, 4, 7, 12, 13, 32, 41, 49, 90})
    void shouldAnswer30WithTheFieldThatAReversalLacks(final int field) {
        final Map<Integer, String> sent = IsoFixture.reversal();
        sent.remove(field);
        fixture.receive(420, sent);

        assertEquals(String.format("0430 30 %03d", field), fixture.nextOutcome());
        assertEquals(0, fixture.ingress.count());
    }

    @ParameterizedTest(name = "DE{0} = {1} is {2}")
    @CsvSource({
        "2,  411111,       0210 30 002",
        "3,  990000,       0210 12",
        "3,  011000,       0210 12",
        "7,  1399221320,   0210 30 007",
        "7,  0230221320,   0210 30 007",
        "13, 1332,         0210 30 013",
        "14, 3013,         0210 30 014",
        "22, 999,          0210 30 022",
        "25, 77,           0210 30 025",
        "32, 10000002,     0210 31",
        "35, 4111111111111111,  0210 30 035",
        "55, 9F26,         0210 30 055",
        "90, 02000001231114221320000100000010000000000X, 0210 30 090",
        "91, '',           0210 40",
    })
    void shouldNameWhatIsWrong(final int field, final String value, final String outcome) {
        final Map<Integer, String> sent = IsoFixture.purchase();
        if (field == 91) {
            fixture.receive(620, IsoFixture.network("301"));
            assertEquals("0630 40", fixture.nextOutcome());
            return;
        }
        sent.put(field, field == 90 ? value.replace('X', '1').replace("1114", "1399") : value);
        fixture.receive(200, sent);

        assertEquals(outcome, fixture.nextOutcome());
        assertEquals(0, fixture.ingress.count());
    }

    @Test
    void shouldEchoWhatCouldBeReadOfAMessageThatIsWrong() {
        final byte[] frame = IsoFixture.frame(200, IsoFixture.purchase());
        final String text = new String(frame, 2, frame.length - 2, StandardCharsets.ISO_8859_1);
        frame[2 + text.indexOf("5411") + 1] = 'X';
        fixture.receive(frame);
        final IsoDecoder answer = fixture.next();

        assertEquals("30", answer.getString(39));
        assertEquals("018", answer.getString(44));
        assertEquals("4111111111111111", answer.getString(2));
        assertEquals("000123", answer.getString(11));
        assertFalse(answer.isPresent(32), "what lies behind the error is not known");
    }

    @Test
    void shouldKeepButNotAnswerWhatHasNoTraceNumber() {
        final Map<Integer, String> sent = IsoFixture.purchase();
        sent.remove(11);
        fixture.receive(200, sent);
        fixture.receive(new byte[] {0, 4, 'H', 'T', 'T', 'P'});

        assertEquals(0, fixture.connection.sentCount());
        assertTrue(fixture.connection.isOpen());
        assertEquals(2, fixture.count(GatewayCounter.ISO_UNANSWERED));
        assertEquals(2, fixture.edge.unanswered().recent().size());
        assertFalse(fixture.edge.unanswered().recent().toString().contains("4111111111111111"));
    }

    @ParameterizedTest(name = "{0} is answered {1}")
    @CsvSource({
        "302, 0312 40",
        "322, 0332 40",
        "500, 0510 40",
        "521, 0530 40",
        "600, 0610 40",
        "422, 0432 40",
        "1200, 1210 12"
    })
    void shouldAnswerTypesThatNobodyTakes(final int mti, final String outcome) {
        fixture.receive(mti, IsoFixture.network("301"));

        assertEquals(outcome, fixture.nextOutcome());
        assertEquals(1, fixture.count(GatewayCounter.ISO_UNSUPPORTED));
    }

    @ParameterizedTest
    @ValueSource(ints = {210, 430, 810, 140, 150})
    void shouldNotAnswerAnswersAndNotifications(final int mti) {
        fixture.receive(mti, IsoFixture.network("301"));

        assertEquals(0, fixture.connection.sentCount());
        assertEquals(1, fixture.edge.unanswered().recent().size());
    }

    @ParameterizedTest(name = "DE70 = {0} is {1}")
    @CsvSource({
        "001, 0810 00",
        "061, 0810 00",
        "002, 0810 00",
        "062, 0810 00",
        "301, 0810 00",
        "270, 0810 00",
        "161, 0810 40"
    })
    void shouldAnswerNetworkManagement(final String code, final String outcome) {
        fixture.receive(800, IsoFixture.network(code));

        assertEquals(outcome, fixture.nextOutcome());
    }

    @Test
    void shouldEchoTheKeysOfNetworkManagement() {
        final Map<Integer, String> sent = IsoFixture.network("301");
        sent.put(33, "10000009");
        fixture.receive(820, sent);
        final IsoDecoder answer = fixture.next();

        assertEquals(830, answer.mti());
        sent.put(39, "00");
        assertEquals(sent.keySet(), fieldsOf(answer));
    }

    @Test
    void shouldNotTakeAnAdviceOfADeclineForAPayment() {
        final Map<Integer, String> sent = IsoFixture.purchase();
        sent.put(39, "05");
        fixture.receive(220, sent);

        assertEquals("0230 40", fixture.nextOutcome());
        assertEquals(0, fixture.ingress.count());
    }

    @Test
    void shouldNotTakeACompletionWithoutAnOriginalForAPurchase() {
        final Map<Integer, String> sent = IsoFixture.purchase();
        sent.put(3, "200000");
        sent.put(90, "0".repeat(42));
        fixture.receive(200, sent);

        assertEquals(1, fixture.ingress.count(), "zeros name no original: a refund");
    }

    @Test
    void shouldWipeTheSlotsOfAConnectionThatIsLost() {
        final Map<Integer, String> sent = IsoFixture.purchase();
        sent.put(52, "0123456789ABCDEF");
        fixture.receive(200, sent);
        assertEquals(1, fixture.slots.usedCount());
        fixture.session.onDisconnected(fixture.nowNs);

        assertEquals(0, fixture.slots.usedCount());
    }

    @Test
    void shouldKeepNoCardNumberInMemoryOnceARequestIsAnswered() {
        final UnsafeBuffer memory = new UnsafeBuffer(new byte[Echo.CAPACITY]);
        final OpenRequests open = new OpenRequests(1);
        final IsoDecoder decoder = new IsoDecoder(IsoFixture.DIALECT);
        final byte[] frame = IsoFixture.frame(200, IsoFixture.purchase());
        decoder.decode(new UnsafeBuffer(frame), 2, frame.length - 2);
        final Echo echo = new Echo().wrap(memory, 0).copyHeader(memory, 0, 0).copy(decoder, Fields.ECHOED_TO_REQUESTS);
        final int slot = open.open(fixture.session, 1, 2, 200, 3, echo);
        assertEquals('4', open.echo(slot).characterAt(Fields.PAN, 0));
        open.close(slot);

        assertFalse(open.echo(slot).has(Fields.PAN));
        assertEquals(0, open.count());
    }

    private static Map<Integer, String> preAuthorisation() {
        final Map<Integer, String> fields = IsoFixture.purchase();
        fields.put(25, "06");
        return fields;
    }

    private static SortedSet<Integer> fieldsOf(final IsoDecoder decoder) {
        final SortedSet<Integer> fields = new TreeSet<>();
        for (int field = decoder.nextField(0); field != IsoDecoder.NO_FIELD; field = decoder.nextField(field)) {
            fields.add(field);
        }
        return fields;
    }
}
