package io.turnout.gateway.issuer;

import static io.turnout.gateway.issuer.IssuerFixture.INCARNATION;
import static io.turnout.gateway.issuer.IssuerFixture.PAN;
import static io.turnout.gateway.issuer.IssuerFixture.SECOND;
import static io.turnout.gateway.issuer.IssuerFixture.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.iso8583.Dialects;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.sbe.engine.NotSentReason;
import io.turnout.codecs.sbe.engine.PaymentRoutedEncoder;
import io.turnout.core.ports.Admission;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.support.Events;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written to the bank, and what is not. */
class IssuerRequestTest {

    private static final String TRACK2 = PAN + "=29122011234567890";
    private static final byte[] PIN_BLOCK = HexFormat.of().parseHex("0102030405060788");
    private static final byte[] ICC_DATA = HexFormat.of().parseHex("9F26021122");

    private final IssuerFixture link = new IssuerFixture().signedOn();

    @ParameterizedTest
    @CsvSource({
        "iso87-ascii, BIN2_EXCLUSIVE",
        "iso87-bcd, ASCII4_EXCLUSIVE",
        "iso87-ebcdic-binbitmap, BIN4_EXCLUSIVE",
        "iso87-ascii-binbitmap, BIN2_ETX",
    })
    void shouldWriteAFinancialRequestInTheBanksDialect(final String dialect, final Framing framing) {
        final IssuerFixture bank = new IssuerFixture(dialect, framing).signedOn();
        bank.events.routed(bank.vault, START + 1);
        bank.route();

        final IsoDecoder request = bank.next();
        assertEquals(200, request.mti());
        assertEquals(PAN, request.getString(2));
        assertEquals("000000", request.getString(3));
        assertEquals("000000001234", request.getString(4));
        assertEquals("1114221320", request.getString(7));
        assertEquals("000123", request.getString(11));
        assertEquals("221320", request.getString(12));
        assertEquals("1114", request.getString(13));
        assertEquals("2912", request.getString(14));
        assertEquals("0742", request.getString(18));
        assertEquals("051", request.getString(22));
        assertEquals("001", request.getString(23));
        assertEquals("00", request.getString(25));
        assertEquals("10000001", request.getString(32));
        assertEquals("RRN000000001", request.getString(37));
        assertEquals("TERM0001", request.getString(41));
        assertEquals("MERCHANT0000001", request.getString(42));
        assertEquals("CORNER SHOP              SHANGHAI     CN", request.getString(43));
        assertEquals("036", request.getString(49));
        assertEquals(List.of(2, 3, 4, 7, 11, 12, 13, 14, 18, 22, 23, 25, 32, 37, 41, 42, 43, 49), fields(request));
        assertEquals(1, bank.count(GatewayCounter.ISSUER_REQUESTS_SENT));
        assertEquals(0, bank.ingress.count());
    }

    @Test
    void shouldLeaveOutWhatIsNotKnown() {
        link.events.routed(link.vault, START + 1).expiry(0).cardSequence((short) 255);
        link.route();

        assertFalse(fields(link.next()).contains(14));
    }

    @ParameterizedTest
    @CsvSource({"5, 1, true", "7, 1, true", "5, 255, false", "90, 1, false", "81, 1, false"})
    void shouldSendTheCardSequenceOfChipCardsOnly(final short entryMode, final short sequence, final boolean sent) {
        link.events.routed(link.vault, START + 1).panEntryMode(entryMode).cardSequence(sequence);
        link.route();

        assertEquals(sent, fields(link.next()).contains(23));
    }

    @ParameterizedTest
    @CsvSource({"iso87-ascii, 9F26021122", "iso87-bcd, 9F26021122", "iso87-ebcdic-binbitmap, 9F26021122"})
    void shouldSendSensitiveDataFromTheSlotAndWipeIt(final String dialect, final String iccData) {
        final IssuerFixture bank = new IssuerFixture(dialect, Framing.BIN2_EXCLUSIVE).signedOn();
        routeWithSlot(bank);

        final IsoDecoder request = bank.next();
        assertEquals(TRACK2, request.getString(35).replace('D', '='));
        assertEquals("0102030405060788", ascii(request, 52));
        assertEquals(iccData, ascii(request, 55));
        assertEquals(0, bank.slots.usedCount());
        for (int i = 0; i < bank.slots.buffer().capacity(); i++) {
            assertEquals(0, bank.slots.buffer().getByte(i));
        }
    }

    @Test
    void shouldNotSendWithoutASignOn() {
        final IssuerFixture down = new IssuerFixture().connected();
        down.connection.forgetSent();
        final int slot = down.fillSlot(TRACK2, PIN_BLOCK, ICC_DATA);
        down.events
                .routed(down.vault, START + 1)
                .slot()
                .incarnation(INCARNATION)
                .index(slot)
                .generation(down.slots.generation(slot));
        down.route();

        assertEquals(Admission.CONTINUATION, down.ingress.nextAdmission());
        down.assertNotSent(NotSentReason.LINK_NOT_SIGNED_ON, Events.STAN, Events.TRANSMISSION_DATE_TIME);
        assertEquals(1, down.count(GatewayCounter.NOT_SENT_LINK));
        assertEquals(0, down.slots.usedCount());
    }

    @Test
    void shouldNotSendOnALinkItDoesNotHave() {
        link.events.routed(link.vault, START + 1).linkId(99);
        link.route();

        assertEquals(1, link.ingress.count());
        assertEquals(0, link.connection.sentCount());
        assertEquals(1, link.count(GatewayCounter.NOT_SENT_LINK));
    }

    @Test
    void shouldNotSendFromTheInstantOnThatTheSwitchNamed() {
        link.events.routed(link.vault, link.nowNs);
        link.route();

        link.assertNotSent(NotSentReason.PAST_SEND_BEFORE, Events.STAN, Events.TRANSMISSION_DATE_TIME);
        assertEquals(1, link.count(GatewayCounter.NOT_SENT_LATE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"incarnation", "index", "generation", "token", "freed", "expired"})
    void shouldNotSendWhenTheSensitiveDataIsNotThePaymentsOwn(final String wrong) {
        final int slot = link.fillSlot(TRACK2, PIN_BLOCK, ICC_DATA);
        final int generation = link.slots.generation(slot);
        final PaymentRoutedEncoder event = link.events.routed(link.vault, START + 100 * SECOND);
        event.slot().incarnation(INCARNATION).index(slot).generation(generation);
        switch (wrong) {
            case "incarnation" -> event.slot().incarnation(INCARNATION + 1);
            case "index" -> event.slot().index(slot + 1);
            case "generation" -> event.slot().generation(generation - 1);
            case "token" -> event.panToken().low(link.vault.tokenLow() + 1);
            case "freed" -> link.slots.free(INCARNATION, slot, generation);
            default -> link.slots.expire(link.nowNs + 30 * SECOND);
        }
        link.route();

        link.assertNotSent(NotSentReason.CARD_DATA_UNAVAILABLE, Events.STAN, Events.TRANSMISSION_DATE_TIME);
        assertEquals(1, link.count(GatewayCounter.NOT_SENT_CARD_DATA));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 12, 20, 40, 55})
    void shouldNotSendACardNumberThatWasTamperedWith(final int sealedByte) {
        final PaymentRoutedEncoder event = link.events.routed(link.vault, START + 1);
        final int index = event.offset() + PaymentRoutedEncoder.sealedPanEncodingOffset() + sealedByte;
        link.events.buffer().putByte(index, (byte) (link.events.buffer().getByte(index) ^ 0x10));
        link.route();

        link.assertNotSent(NotSentReason.CARD_DATA_UNAVAILABLE, Events.STAN, Events.TRANSMISSION_DATE_TIME);
    }

    @Test
    void shouldReportAFullChannel() {
        link.events.routed(link.vault, START + 1);
        link.connection.full(true);
        link.route();

        link.assertNotSent(NotSentReason.CHANNEL_FULL, Events.STAN, Events.TRANSMISSION_DATE_TIME);
        assertEquals(1, link.count(GatewayCounter.NOT_SENT_CHANNEL));
    }

    @Test
    void shouldReportWhatTheDialectCannotCarry() {
        link.events.routed(link.vault, START + 1).amountMinor(1_000_000_000_000L);
        link.route();
        link.assertNotSent(NotSentReason.NOT_ENCODABLE, Events.STAN, Events.TRANSMISSION_DATE_TIME);

        final int slot = link.fillSlot(TRACK2, new byte[16], ICC_DATA);
        link.events
                .routed(link.vault, START + 1)
                .slot()
                .incarnation(INCARNATION)
                .index(slot)
                .generation(link.slots.generation(slot));
        link.route();
        link.assertNotSent(NotSentReason.NOT_ENCODABLE, Events.STAN, Events.TRANSMISSION_DATE_TIME);
        assertEquals(2, link.count(GatewayCounter.NOT_SENT_ENCODING));
        assertEquals(0, link.slots.usedCount());
    }

    @Test
    void shouldSendTheNextRequestAfterOneItCouldNotEncode() {
        link.events.routed(link.vault, START + 1).amountMinor(-1);
        link.route();
        link.ingress.next();
        link.events.routed(link.vault, START + 1);
        link.route();

        assertEquals(PAN, link.next().getString(2));
    }

    @Test
    void shouldWriteAReversalWithItsOriginalAndWithoutSensitiveData() {
        link.events.reversalRequested(link.vault, START + 1, 1);
        link.reverse();

        final IsoDecoder reversal = link.next();
        assertEquals(420, reversal.mti());
        assertEquals(PAN, reversal.getString(2));
        assertEquals("000000001234", reversal.getString(4));
        assertEquals("1114221321", reversal.getString(7));
        assertEquals("000124", reversal.getString(11));
        assertEquals("221320", reversal.getString(12));
        assertEquals("1114", reversal.getString(13));
        assertEquals("156", reversal.getString(49));
        assertEquals("0200" + "000123" + "1114221320" + "00010000001" + "00000000000", reversal.getString(90));
        assertEquals(List.of(2, 3, 4, 7, 11, 12, 13, 18, 22, 25, 32, 37, 41, 42, 49, 90), fields(reversal));
        assertEquals(1, link.count(GatewayCounter.ISSUER_REVERSALS_SENT));
    }

    @Test
    void shouldRepeatAReversalWithTheSameKeyAs0421() {
        link.events.reversalRequested(link.vault, START + 1, 1);
        link.reverse();
        link.events.reversalRequested(link.vault, START + 1, 2);
        link.reverse();

        final IsoDecoder first = link.next();
        final IsoDecoder second = link.next();
        assertEquals(421, second.mti());
        for (final int field : fields(first)) {
            assertEquals(first.getString(field), second.getString(field), "DE" + field);
        }
    }

    @Test
    void shouldSendTheApprovalCodeWhenThereIsOne() {
        link.events.reversalRequested(link.vault, START + 1, 1).approvalCode("AUTH01");
        link.reverse();

        assertEquals("AUTH01", link.next().getString(38));
    }

    @Test
    void shouldReportAReversalNotSent() {
        link.events.reversalRequested(link.vault, link.nowNs, 1);
        link.reverse();
        link.assertNotSent(NotSentReason.PAST_SEND_BEFORE, Events.STAN + 1, Events.TRANSMISSION_DATE_TIME + 1);

        link.events.reversalRequested(link.vault, START + 1, 1).panToken().high(0);
        link.reverse();
        link.assertNotSent(NotSentReason.CARD_DATA_UNAVAILABLE, Events.STAN + 1, Events.TRANSMISSION_DATE_TIME + 1);

        link.disconnect();
        link.ingress.next();
        link.events.reversalRequested(link.vault, START + 1, 1);
        link.reverse();
        link.assertNotSent(NotSentReason.LINK_NOT_SIGNED_ON, Events.STAN + 1, Events.TRANSMISSION_DATE_TIME + 1);
    }

    @Test
    void shouldRefuseADialectThatCannotCarryItsMessages() {
        final IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> new IssuerLinkConfiguration(
                        1,
                        1,
                        new InetSocketAddress(1),
                        Dialects.builtIn("iso03-ascii"),
                        Framing.BIN2_EXCLUSIVE,
                        IssuerTimers.DEFAULT));

        assertTrue(e.getMessage().contains("DE12"), e.getMessage());
    }

    private static void routeWithSlot(final IssuerFixture bank) {
        final int slot = bank.fillSlot(TRACK2, PIN_BLOCK, ICC_DATA);
        bank.events
                .routed(bank.vault, START + 1)
                .slot()
                .incarnation(INCARNATION)
                .index(slot)
                .generation(bank.slots.generation(slot));
        bank.route();
    }

    private static List<Integer> fields(final IsoDecoder message) {
        final List<Integer> fields = new ArrayList<>();
        for (int field = message.nextField(0); field != IsoDecoder.NO_FIELD; field = message.nextField(field)) {
            fields.add(field);
        }
        return fields;
    }

    private static String ascii(final IsoDecoder message, final int field) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        final int length = message.getAscii(field, buffer, 0);
        return new String(buffer.byteArray(), 0, length, StandardCharsets.US_ASCII);
    }
}
