package io.turnout.gateway.issuer;

import static io.turnout.gateway.issuer.IssuerFixture.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.DialectReader;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.sbe.engine.IssuerResponseDecoder;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.ReversalReason;
import io.turnout.codecs.sbe.engine.TransactionType;
import io.turnout.gateway.counters.GatewayCounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What ISO 8583:1993 has elsewhere, and what dialects of both versions may choose. */
class IssuerVersionTest {

    private static final int BUSINESS_DATE = 20231115;

    @TempDir
    private Path folder;

    private IssuerFixture link = new IssuerFixture("iso93-ascii", Framing.BIN2_EXCLUSIVE);

    @Test
    void shouldSignOnAndAnswerEchoesIn1993() {
        link.connected();
        final IsoDecoder signOn = link.next();
        assertEquals(1804, signOn.mti());
        assertEquals("801", signOn.getString(24));
        assertEquals("231114221320", signOn.getString(12));
        link.receive(link.bank.networkResponse(signOn, "800"));
        link.assertLinkState(LinkState.SIGNED_ON);

        link.receive(link.bank.networkRequest(1804, 9, 831));
        final IsoDecoder answer = link.next();
        assertEquals(1814, answer.mti());
        assertEquals("800", answer.getString(39));
        assertEquals("831", answer.getString(24));

        link.receive(link.bank.networkRequest(1804, 10, 802));
        link.next();
        assertEquals(IssuerLinkState.SIGNED_OFF, link.state());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 301, 811, 899})
    void shouldNotTakeAFunctionOf1993ForACodeOf1987(final int function) {
        link.signedOn();
        link.receive(link.bank.networkRequest(1804, 9, function));

        assertEquals("115", link.next().getString(39));
        assertEquals(IssuerLinkState.SIGNED_ON, link.state());
    }

    @ParameterizedTest(name = "{0}: {1} {2} {3}")
    @CsvSource({
        "PURCHASE, 1200, 000000, 200",
        "PRE_AUTHORISATION, 1100, 000000, 100",
        "BALANCE_INQUIRY, 1100, 310000, 108",
        "CASH_WITHDRAWAL, 1200, 010000, 200",
        "REFUND, 1200, 200000, 200",
    })
    void shouldAskIn1993(
            final TransactionType type, final int mti, final String processingCode, final String function) {
        link.signedOn();
        link.events.routed(link.vault, START + 1).transactionType(type).businessDate(BUSINESS_DATE);
        link.route();

        final IsoDecoder request = link.next();
        assertEquals(mti, request.mti());
        assertEquals(processingCode, request.getString(3));
        assertEquals("231114221320", request.getString(12));
        assertEquals("231115", request.getString(15));
        assertEquals("510101500001", request.getString(22));
        assertEquals(function, request.getString(24));
        assertEquals("0742", request.getString(26));
        assertEquals("CORNER SHOP\\\\SHANGHAI\\             CN ", request.getString(43));
    }

    @Test
    void shouldNameTheOriginalIn1993() {
        link.signedOn();
        link.events
                .routed(link.vault, START + 1)
                .transactionType(TransactionType.COMPLETION)
                .originalTransactionType(TransactionType.PRE_AUTHORISATION.value())
                .originalStan(77)
                .originalTransmissionDateTime(1113100000L)
                .originalLocalDateTime(20231113180000L)
                .originalApprovalCode("AUTH77");
        link.route();

        final IsoDecoder request = link.next();
        assertEquals("201", request.getString(24));
        assertEquals("1100" + "000077" + "231113180000" + "08" + "10000001", request.getString(56));
        assertFalse(request.isPresent(90));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "CUSTOMER_CANCELLATION, 4000",
        "SUSPECTED_MALFUNCTION, 4002",
        "UNABLE_TO_DELIVER, 4013",
        "LATE_RESPONSE, 4006",
        "RESPONSE_TIMEOUT, 4021",
        "ISSUER_TIMEOUT, 4021",
        "LINK_LOST, 4021",
        "SWITCH_RESTARTED, 4021",
    })
    void shouldReverseIn1993(final ReversalReason reason, final String code) {
        link.signedOn();
        link.events.reversalRequested(link.vault, START + 1, 2).reason(reason);
        link.reverse();

        final IsoDecoder reversal = link.next();
        assertEquals(1421, reversal.mti());
        assertEquals("400", reversal.getString(24));
        assertEquals(code, reversal.getString(25));
        assertEquals("000000001234", reversal.getString(4));
        assertEquals("1200" + "000123" + "231114221320" + "08" + "10000001", reversal.getString(56));
        assertFalse(reversal.isPresent(30));
    }

    @Test
    void shouldReverseAPartIn1993() {
        link.signedOn();
        link.events.reversalRequested(link.vault, START + 1, 1).replacementAmountMinor(1000);
        link.reverse();

        final IsoDecoder reversal = link.next();
        assertEquals("401", reversal.getString(24));
        assertEquals("4004", reversal.getString(25));
        assertEquals("000000001000", reversal.getString(4));
        assertEquals("000000001234" + "000000000000", reversal.getString(30));
    }

    @ParameterizedTest
    @CsvSource({"000, 0", "002, 2", "116, 1016", "400, 0", "950, 1000", "504, 1000"})
    void shouldReadActionCodesAndNeverApproveUnknownOnes(final String code, final int canonical) {
        link.signedOn();
        link.receive(link.bank.response(1210, code));

        final IssuerResponseDecoder response =
                new IssuerResponseDecoder().wrapAndApplyHeader(link.ingress.next(), 0, new MessageHeaderDecoder());
        assertEquals(canonical, response.resultCode());
        assertEquals(code + " ", response.issuerCode());
    }

    @Test
    void shouldNotBelieveAMessageOfTheOtherVersion() {
        link.signedOn();
        link.receive(link.bank.response(210, "000"));

        assertEquals(0, link.ingress.count());
        assertEquals(1, link.count(GatewayCounter.ISSUER_UNEXPECTED));
    }

    @ParameterizedTest
    @CsvSource({"iso87-ascii, 0400, 400, 410, 00", "iso93-ascii, 1400, 1400, 1410, 000"})
    void shouldWriteAVoidAsAReversalOfItsOriginal(
            final String base, final String line, final int mti, final int answer, final String approved)
            throws IOException {
        link = new IssuerFixture(dialect(base, "transactions:\n  void: " + line), Framing.BIN2_EXCLUSIVE).signedOn();
        link.events
                .routed(link.vault, START + 1)
                .transactionType(TransactionType.VOID)
                .originalTransactionType(TransactionType.CASH_WITHDRAWAL.value())
                .originalStan(77)
                .originalTransmissionDateTime(1113100000L)
                .originalLocalDateTime(20231113180000L);
        link.route();

        final IsoDecoder request = link.next();
        assertEquals(mti, request.mti());
        assertEquals("010000", request.getString(3));
        assertTrue(request.isPresent(mti == 400 ? 90 : 56));

        link.receive(link.bank.response(answer, approved));
        final IssuerResponseDecoder response =
                new IssuerResponseDecoder().wrapAndApplyHeader(link.ingress.next(), 0, new MessageHeaderDecoder());
        assertEquals(0, response.resultCode());

        link.events
                .reversalRequested(link.vault, START + 1, 1)
                .transactionType(TransactionType.VOID)
                .originalTransactionType(TransactionType.CASH_WITHDRAWAL.value());
        link.reverse();
        final IsoDecoder reversal = link.next();
        assertEquals("010000", reversal.getString(3));
        assertEquals(line, reversal.getString(mti == 400 ? 90 : 56).substring(0, 4));
    }

    @ParameterizedTest
    @CsvSource({"iso87-ascii, 620, 60, 600", "iso93-ascii, 1620, 24, 650"})
    void shouldTellOfWhatCannotBeReadWhereTheDialectAsksForIt(
            final String base, final int mti, final int field, final String reason) throws IOException {
        link = new IssuerFixture(dialect(base, "reports-unreadable: true"), Framing.BIN2_EXCLUSIVE).signedOn();
        link.receive(link.bank.frame(new byte[] {'X', 'Y'}));

        final IsoDecoder notice = link.next();
        assertEquals(mti, notice.mti());
        assertEquals(reason, notice.getString(field));
        assertEquals(1, link.count(GatewayCounter.ISSUER_UNREADABLE_REPORTED));
        assertEquals(1, link.count(GatewayCounter.ISSUER_UNDECODABLE));
    }

    @ParameterizedTest
    @CsvSource({
        "100, 110",
        "200, 210",
        "201, 210",
        "220, 230",
        "302, 312",
        "400, 410",
        "422, 432",
        "600, 610",
        "620, 630"
    })
    void shouldRefuseWhatALinkDoesNotTake(final int mti, final int answerMti) {
        link = new IssuerFixture().signedOn();
        link.receive(
                link.bank.frame(mti, encoder -> encoder.putLong(7, 1114221320L).putLong(11, 9)));

        final IsoDecoder answer = link.next();
        assertEquals(answerMti, answer.mti());
        assertEquals("40", answer.getString(39));
        assertEquals("000009", answer.getString(11));
        assertEquals(1, link.count(GatewayCounter.ISSUER_UNSUPPORTED));
        assertEquals(1, link.count(GatewayCounter.ISSUER_UNEXPECTED));
    }

    private Dialect dialect(final String base, final String text) throws IOException {
        final Path file = folder.resolve("own.yaml");
        Files.writeString(file, "dialect: own\nextends: " + base + "\n" + text + "\n");
        return DialectReader.read(file);
    }
}
