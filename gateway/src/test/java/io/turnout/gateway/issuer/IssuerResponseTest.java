package io.turnout.gateway.issuer;

import static io.turnout.gateway.issuer.IssuerFixture.GATEWAY;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.codecs.sbe.engine.IssuerAdviceResponseDecoder;
import io.turnout.codecs.sbe.engine.IssuerResponseDecoder;
import io.turnout.codecs.sbe.engine.IssuerReversalResponseDecoder;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.core.ports.Admission;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.support.AcquirerMessages;
import io.turnout.gateway.support.Events;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the bank's answers. */
class IssuerResponseTest {

    private final IssuerFixture link = new IssuerFixture().signedOn();

    @ParameterizedTest
    @ValueSource(ints = {110, 111, 210, 211})
    void shouldHandOverAnAnswerToAPayment(final int mti) {
        link.receive(link.bank.response(mti, "00"));

        assertEquals(Admission.CONTINUATION, link.ingress.nextAdmission());
        final IssuerResponseDecoder response = nextResponse();
        assertEquals(1234, response.amountMinor());
        assertEquals(Events.STAN, response.stan());
        assertEquals(Events.TRANSMISSION_DATE_TIME, response.transmissionDateTime());
        assertEquals(GATEWAY, response.gatewayId());
        assertEquals(Events.ISSUER, response.issuerId());
        assertEquals(Events.LINK, response.linkId());
        assertEquals(0, response.resultCode());
        assertEquals("00  ", response.issuerCode());
        assertEquals("AUTH01", response.approvalCode());
        assertEquals("RRN000000001", response.retrievalReference());
    }

    @ParameterizedTest
    @CsvSource({"00, 0", "10, 2", "51, 1016", "05, 1000", "91, 9107", "ZZ, 1000", "A0, 9116"})
    void shouldTranslateResponseCodesAndNeverApproveUnknownOnes(final String code, final int canonical) {
        link.receive(link.bank.response(210, code));

        final IssuerResponseDecoder response = nextResponse();
        assertEquals(canonical, response.resultCode());
        assertEquals(code + "  ", response.issuerCode());
    }

    @Test
    void shouldSayWhatAnAnswerDoesNotHave() {
        link.receive(link.bank.frame(210, encoder -> key(encoder).putString(39, "51")));

        final IssuerResponseDecoder response = nextResponse();
        assertEquals(-1, response.amountMinor());
        assertEquals("      ", response.approvalCode());
        assertEquals("            ", response.retrievalReference());
    }

    @ParameterizedTest
    @ValueSource(ints = {130, 131, 230, 231})
    void shouldHandOverAnAnswerToAnAdvice(final int mti) {
        link.receive(link.bank.frame(mti, encoder -> key(encoder).putString(39, "91")));

        assertEquals(Admission.CONTINUATION, link.ingress.nextAdmission());
        final IssuerAdviceResponseDecoder response = new IssuerAdviceResponseDecoder()
                .wrapAndApplyHeader(link.ingress.next(), 0, new MessageHeaderDecoder());
        assertEquals(Events.STAN, response.stan());
        assertEquals(Events.TRANSMISSION_DATE_TIME, response.transmissionDateTime());
        assertEquals(GATEWAY, response.gatewayId());
        assertEquals(Events.ISSUER, response.issuerId());
        assertEquals(Events.LINK, response.linkId());
        assertEquals(9107, response.resultCode());
        assertEquals("91  ", response.issuerCode());
        assertEquals(1, link.count(GatewayCounter.ISSUER_ADVICE_RESPONSES));
    }

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource({
        "0002156C000000009900, 156, 9900",
        "0001156C0000000088000002156C000000009900, 156, 9900",
        "0002840C0000000001000002156D000000009900, 156, -9900",
        "0002840C000000000100, 156,",
        "0001156C000000008800, 156,",
        "0002156X000000009900, 156,",
        "0002156C00000000990A, 156,",
        "00A2156C000000009900, 156,",
        "0002156C00000000990, 156,",
        "0002036C000000000001, 036, 1",
        ", 156,",
    })
    void shouldReadTheAvailableBalanceInTheCurrencyOfTheAnswer(
            final String amounts, final String currency, final Long balanceMinor) {
        link.receive(link.bank.frame(110, encoder -> {
            key(encoder).putString(39, "00").putString(49, currency);
            return amounts == null ? encoder : encoder.putString(54, amounts);
        }));

        final long expected = balanceMinor == null ? Balances.UNKNOWN : balanceMinor;
        assertEquals(expected, nextResponse().balanceMinor());
    }

    @Test
    void shouldNotGuessTheCurrencyOfABalance() {
        link.receive(link.bank.frame(
                110, encoder -> key(encoder).putString(39, "00").putString(54, "0002156C000000009900")));

        assertEquals(Balances.UNKNOWN, nextResponse().balanceMinor());
    }

    @ParameterizedTest
    @ValueSource(ints = {410, 411, 430, 431})
    void shouldHandOverAnAnswerToAReversal(final int mti) {
        link.receive(link.bank.frame(mti, encoder -> key(encoder).putString(39, "25")));

        assertEquals(Admission.CONTINUATION, link.ingress.nextAdmission());
        final IssuerReversalResponseDecoder response = new IssuerReversalResponseDecoder()
                .wrapAndApplyHeader(link.ingress.next(), 0, new MessageHeaderDecoder());
        assertEquals(Events.STAN, response.stan());
        assertEquals(Events.TRANSMISSION_DATE_TIME, response.transmissionDateTime());
        assertEquals(GATEWAY, response.gatewayId());
        assertEquals(Events.ISSUER, response.issuerId());
        assertEquals(Events.LINK, response.linkId());
        assertEquals(9114, response.resultCode());
        assertEquals("25  ", response.issuerCode());
    }

    @ParameterizedTest
    @CsvSource({"210, 7", "210, 11", "210, 39", "430, 7", "430, 11", "430, 39"})
    void shouldNotBelieveAnAnswerWithoutAFieldItMustHave(final int mti, final int missing) {
        link.receive(link.bank.frame(mti, encoder -> {
            if (missing != 7) {
                encoder.putLong(7, Events.TRANSMISSION_DATE_TIME);
            }
            if (missing != 11) {
                encoder.putLong(11, Events.STAN);
            }
            return missing == 39 ? encoder : encoder.putString(39, "00");
        }));

        assertEquals(0, link.ingress.count());
        assertEquals(1, link.count(GatewayCounter.ISSUER_MALFORMED));
        final UndecodableMessage kept = onlyOneKept();
        assertEquals(UndecodableMessage.Kind.MALFORMED, kept.kind());
        assertEquals(missing, kept.field());
        assertEquals(mti, kept.mti());
        assertTrue(link.connection.isOpen());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_300_000_000, 9_999_999_999L})
    void shouldNotBelieveAnAnswerWithAnImpossibleTime(final long transmissionDateTime) {
        link.receive(link.bank.frame(210, encoder -> encoder.putLong(7, transmissionDateTime)
                .putLong(11, Events.STAN)
                .putString(39, "00")));

        assertEquals(0, link.ingress.count());
        assertEquals(7, onlyOneKept().field());
    }

    @Test
    void shouldKeepWhatItCannotDecodeWithoutItsValues() {
        final byte[] message = ("0210" + "7000000000000000" + "164111111111111111" + "XXXXXX").getBytes(US_ASCII);
        link.receive(link.bank.frame(message));

        assertEquals(0, link.ingress.count());
        assertEquals(1, link.count(GatewayCounter.ISSUER_UNDECODABLE));
        final UndecodableMessage kept = onlyOneKept();
        assertEquals(UndecodableMessage.Kind.UNDECODABLE, kept.kind());
        assertEquals(Events.LINK, kept.linkId());
        assertEquals(210, kept.mti());
        assertEquals(3, kept.field());
        assertEquals(message.length, kept.lengthBytes());
        assertEquals("30323130", kept.head());
        assertFalse(kept.toString().contains("41111111"), "card number in " + kept);
        assertTrue(link.connection.isOpen(), "a decode error costs one message, not the link");
    }

    @Test
    void shouldKeepTheLastHundred() {
        for (int i = 0; i < 250; i++) {
            link.nowNs++;
            link.receive(link.bank.frame(new byte[] {'9'}));
        }

        final List<UndecodableMessage> kept = link.edge.undecodable().recent();
        assertEquals(100, kept.size());
        assertEquals(link.nowNs, kept.get(99).receivedNs());
        assertEquals(link.nowNs - 99, kept.get(0).receivedNs());
        assertEquals(250, link.count(GatewayCounter.ISSUER_UNDECODABLE));
    }

    @ParameterizedTest
    @ValueSource(ints = {140, 312, 340, 630, 1210, 2200})
    void shouldCountMessagesThatABankDoesNotSendOnALink(final int mti) {
        link.receive(link.bank.frame(mti, encoder -> key(encoder).putString(39, "00")));

        assertEquals(0, link.ingress.count());
        assertEquals(0, link.connection.sentCount());
        assertEquals(1, link.count(GatewayCounter.ISSUER_UNEXPECTED));
        assertEquals(UndecodableMessage.Kind.UNEXPECTED, onlyOneKept().kind());
    }

    @Test
    void shouldUnderstandTheSameHoweverTheBytesAreCut() {
        final byte[] stream = AcquirerMessages.join(
                link.bank.response(210, "00"),
                new byte[] {0, 0},
                link.bank.frame(new byte[] {'X'}),
                link.bank.networkRequest(800, 9, 301),
                link.bank.frame(430, encoder -> key(encoder).putString(39, "00")));
        for (int piece = 1; piece <= stream.length; piece++) {
            final IssuerFixture cut = new IssuerFixture().signedOn();
            for (int i = 0; i < stream.length; i += piece) {
                cut.receive(Arrays.copyOfRange(stream, i, Math.min(stream.length, i + piece)));
            }

            assertEquals(2, cut.ingress.count(), "piece " + piece);
            assertEquals(1, cut.connection.sentCount());
            assertEquals(1, cut.count(GatewayCounter.ISSUER_UNDECODABLE));
            assertEquals(1, cut.count(GatewayCounter.ISSUER_EMPTY_FRAMES));
        }
    }

    @Test
    void shouldHoldAnAnswerBackWhileTheRingIsFull() {
        link.ingress.room(1);
        link.receive(AcquirerMessages.join(link.bank.response(210, "00"), link.bank.response(210, "51")));
        assertFalse(link.connection.isReading());
        assertEquals(1, link.count(GatewayCounter.LINKS_HELD));
        link.pass(1);
        assertEquals(0, nextResponse().resultCode());
        assertEquals(0, link.ingress.count());

        link.ingress.room(10);
        link.pass(1);

        assertEquals(1016, nextResponse().resultCode());
        assertTrue(link.connection.isReading());
    }

    @Test
    void shouldHandOverWhatItHoldsBackBeforeItSaysThatTheLinkIsDown() {
        link.ingress.room(0);
        link.receive(AcquirerMessages.join(
                link.bank.response(210, "00"), link.bank.networkRequest(800, 9, 301), link.bank.response(210, "51")));
        link.disconnect();
        assertEquals(IssuerLinkState.DRAINING, link.state());
        link.pass(1);
        link.ingress.room(1);
        link.pass(1);
        assertEquals(IssuerLinkState.DRAINING, link.state());

        link.ingress.room(10);
        link.pass(1);

        assertEquals(0, nextResponse().resultCode());
        assertEquals(1016, nextResponse().resultCode());
        link.assertLinkState(LinkState.DOWN);
        assertEquals(IssuerLinkState.DISCONNECTED, link.state());
    }

    @Test
    void shouldNotMissEchoesWhileItDoesNotRead() {
        link.pass(30 * IssuerFixture.SECOND);
        link.ingress.room(0);
        link.receive(link.bank.response(210, "00"));
        for (int i = 0; i < 10; i++) {
            link.pass(10 * IssuerFixture.SECOND);
        }

        assertEquals(0, link.count(GatewayCounter.LINK_ECHO_MISSES));
        assertTrue(link.connection.isOpen());
    }

    @Test
    void shouldSayNothingOutOfOrderWhileCommandsWait() {
        // given a ring that is full when the link goes down and comes up
        link.ingress.room(0);
        link.disconnect();
        link.pass(IssuerFixture.SECOND);
        link.handler.onConnected(link.connection, link.nowNs);
        link.receive(link.bank.networkResponse(link.next(), "00"));
        assertTrue(link.commands.isDeferring());

        // when there is room again and an answer comes first
        link.ingress.room(10);
        link.receive(link.bank.response(210, "00"));
        assertEquals(0, link.ingress.count());
        link.commands.flushDeferred();
        link.pass(1);

        // then the switch hears everything in the order it happened
        link.assertLinkState(LinkState.DOWN);
        link.assertLinkState(LinkState.SIGNED_ON);
        assertEquals(0, nextResponse().resultCode());
    }

    @Test
    void shouldReadPackedDialectsAsWell() {
        final IssuerFixture packed = new IssuerFixture("iso87-bcd", Framing.ASCII4_EXCLUSIVE).signedOn();
        packed.receive(packed.bank.response(210, "00"));

        final IssuerResponseDecoder response =
                new IssuerResponseDecoder().wrapAndApplyHeader(packed.ingress.next(), 0, new MessageHeaderDecoder());
        assertEquals(Events.STAN, response.stan());
        assertEquals("AUTH01", response.approvalCode());
    }

    private static IsoEncoder key(final IsoEncoder encoder) {
        return encoder.putLong(7, Events.TRANSMISSION_DATE_TIME).putLong(11, Events.STAN);
    }

    private IssuerResponseDecoder nextResponse() {
        return new IssuerResponseDecoder().wrapAndApplyHeader(link.ingress.next(), 0, new MessageHeaderDecoder());
    }

    private UndecodableMessage onlyOneKept() {
        final List<UndecodableMessage> kept = link.edge.undecodable().recent();
        assertEquals(1, kept.size());
        return kept.get(0);
    }
}
