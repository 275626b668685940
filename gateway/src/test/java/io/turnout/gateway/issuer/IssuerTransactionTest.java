package io.turnout.gateway.issuer;

import static io.turnout.gateway.issuer.IssuerFixture.PAN;
import static io.turnout.gateway.issuer.IssuerFixture.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.DialectReader;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.NotSentReason;
import io.turnout.codecs.sbe.engine.PaymentRoutedEncoder;
import io.turnout.codecs.sbe.engine.TransactionType;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.support.Events;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which message asks a bank for which transaction, and the fields it has, as the field matrix of 1987 says. */
class IssuerTransactionTest {

    private static final int ORIGINAL_STAN = 77;
    private static final long ORIGINAL_TIME = 1113100000L;

    @TempDir
    private Path folder;

    private final IssuerFixture link = new IssuerFixture().signedOn();

    @ParameterizedTest(name = "{0}: {1} {2} {3}")
    @CsvSource({
        "PURCHASE, 200, 000000, 00",
        "PRE_AUTHORISATION, 100, 000000, 06",
        "REFUND, 200, 200000, 00",
        "CASH_WITHDRAWAL, 200, 010000, 00",
        "BALANCE_INQUIRY, 100, 310000, 00",
        "TRANSFER, 200, 400000, 00",
        "TOP_UP, 200, 100000, 00",
        "WITHDRAWAL, 200, 260000, 00",
    })
    void shouldAskForEachTransactionInItsWay(
            final TransactionType type, final int mti, final String processingCode, final String posCondition) {
        link.events.routed(link.vault, START + 1).transactionType(type);
        link.route();

        final IsoDecoder request = link.next();
        assertEquals(mti, request.mti());
        assertEquals(processingCode, request.getString(3));
        assertEquals(posCondition, request.getString(25));
        assertEquals(List.of(2, 3, 4, 7, 11, 12, 13, 14, 18, 22, 23, 25, 32, 37, 41, 42, 43, 49), fields(request));
    }

    @ParameterizedTest(name = "{0} of {1}, advice {2}: {3} {4} {5}")
    @CsvSource({
        "COMPLETION, PRE_AUTHORISATION, FALSE, 200, 000000, 0100",
        "COMPLETION, PRE_AUTHORISATION, TRUE, 200, 000000, 0120",
        "VOID, PRE_AUTHORISATION, FALSE, 200, 200000, 0100",
        "VOID, PURCHASE, FALSE, 200, 200000, 0200",
        "VOID, PURCHASE, TRUE, 200, 200000, 0220",
        "VOID, COMPLETION, TRUE, 200, 200000, 0220",
    })
    void shouldNameTheOriginalOfACompletionAndOfAVoid(
            final TransactionType type,
            final TransactionType original,
            final BooleanType originalAdvice,
            final int mti,
            final String processingCode,
            final String originalMti) {
        followUp(type, original, originalAdvice);
        link.route();

        final IsoDecoder request = link.next();
        assertEquals(mti, request.mti());
        assertEquals(processingCode, request.getString(3));
        assertEquals("AUTH77", request.getString(38));
        assertEquals(originalMti + "000077" + "1113100000" + "00010000001" + "00000000000", request.getString(90));
        assertEquals(
                List.of(2, 3, 4, 7, 11, 12, 13, 14, 18, 22, 23, 25, 32, 37, 38, 41, 42, 43, 49, 90), fields(request));
    }

    @Test
    void shouldWriteTheRefundOfAPaymentAsACreditOfItsOwn() {
        followUp(TransactionType.REFUND, TransactionType.PURCHASE, BooleanType.FALSE);
        link.route();

        final IsoDecoder request = link.next();
        assertEquals("200000", request.getString(3));
        assertFalse(request.isPresent(38));
        assertFalse(request.isPresent(90));
    }

    @ParameterizedTest(name = "{0}, attempt {1}: {2} {3}")
    @CsvSource({
        "PURCHASE, 1, 220, 000000",
        "PURCHASE, 2, 221, 000000",
        "PURCHASE, 9, 221, 000000",
        "PRE_AUTHORISATION, 1, 120, 000000",
        "PRE_AUTHORISATION, 2, 121, 000000",
        "REFUND, 1, 220, 200000",
        "CASH_WITHDRAWAL, 1, 220, 010000",
    })
    void shouldAdviseOfAFact(
            final TransactionType type, final int attempt, final int mti, final String processingCode) {
        link.events
                .adviceRequested(link.vault, START + 1, attempt)
                .transactionType(type)
                .approvalCode("OFF123");
        link.advise();

        final IsoDecoder advice = link.next();
        assertEquals(mti, advice.mti());
        assertEquals(PAN, advice.getString(2));
        assertEquals(processingCode, advice.getString(3));
        assertEquals("000000001234", advice.getString(4));
        assertEquals("1114221320", advice.getString(7));
        assertEquals("000123", advice.getString(11));
        assertEquals("RRN000000001", advice.getString(37));
        assertEquals("OFF123", advice.getString(38));
        assertEquals("00", advice.getString(39));
        assertEquals("CORNER SHOP              SHANGHAI     CN", advice.getString(43));
        assertEquals(
                List.of(2, 3, 4, 7, 11, 12, 13, 14, 18, 22, 23, 25, 32, 37, 38, 39, 41, 42, 43, 49), fields(advice));
        assertEquals(1, link.count(GatewayCounter.ISSUER_ADVICES_SENT));
    }

    @Test
    void shouldAdviseOfACompletionWithItsOriginal() {
        link.events
                .adviceRequested(link.vault, START + 1, 1)
                .transactionType(TransactionType.COMPLETION)
                .originalTransactionType(TransactionType.PRE_AUTHORISATION.value())
                .originalStan(ORIGINAL_STAN)
                .originalTransmissionDateTime(ORIGINAL_TIME)
                .originalApprovalCode("AUTH77");
        link.advise();

        final IsoDecoder advice = link.next();
        assertEquals(220, advice.mti());
        assertEquals("AUTH77", advice.getString(38));
        assertEquals("0100" + "000077" + "1113100000" + "00010000001" + "00000000000", advice.getString(90));
    }

    @Test
    void shouldRepeatAnAdviceWithTheSameContent() {
        link.events.adviceRequested(link.vault, START + 1, 1);
        link.advise();
        link.events.adviceRequested(link.vault, START + 1, 2);
        link.advise();

        final IsoDecoder first = link.next();
        final IsoDecoder second = link.next();
        assertEquals(fields(first), fields(second));
        for (final int field : fields(first)) {
            assertEquals(first.getString(field), second.getString(field), "DE" + field);
        }
    }

    @ParameterizedTest(name = "{0}, advice {1}: {2}")
    @CsvSource({
        "PURCHASE, FALSE, 0200",
        "PURCHASE, TRUE, 0220",
        "PRE_AUTHORISATION, FALSE, 0100",
        "PRE_AUTHORISATION, TRUE, 0120",
        "COMPLETION, FALSE, 0200",
        "COMPLETION, TRUE, 0220",
        "VOID, FALSE, 0200",
        "BALANCE_INQUIRY, FALSE, 0100",
    })
    void shouldNameTheMessageAReversalUndoes(
            final TransactionType type, final BooleanType advice, final String originalMti) {
        link.events
                .reversalRequested(link.vault, START + 1, 1)
                .transactionType(type)
                .originalAdvice(advice);
        link.reverse();

        final IsoDecoder reversal = link.next();
        assertEquals(420, reversal.mti());
        assertEquals(originalMti, reversal.getString(90).substring(0, 4));
        assertFalse(reversal.isPresent(95));
    }

    @Test
    void shouldSayWhatStandsAfterAPartialReversal() {
        link.events.reversalRequested(link.vault, START + 1, 1).replacementAmountMinor(1000);
        link.reverse();

        final IsoDecoder reversal = link.next();
        assertEquals("000000001234", reversal.getString(4));
        assertEquals("000000001000" + "0".repeat(30), reversal.getString(95));
        assertEquals(List.of(2, 3, 4, 7, 11, 12, 13, 18, 22, 25, 32, 37, 41, 42, 49, 90, 95), fields(reversal));
    }

    @Test
    void shouldReportAnAdviceNotSent() {
        link.events.adviceRequested(link.vault, link.nowNs, 1);
        link.advise();
        link.assertNotSent(NotSentReason.PAST_SEND_BEFORE, Events.STAN, Events.TRANSMISSION_DATE_TIME);

        link.events.adviceRequested(link.vault, START + 1, 1).panToken().high(0);
        link.advise();
        link.assertNotSent(NotSentReason.CARD_DATA_UNAVAILABLE, Events.STAN, Events.TRANSMISSION_DATE_TIME);

        link.disconnect();
        link.ingress.next();
        link.events.adviceRequested(link.vault, START + 1, 1);
        link.advise();
        link.assertNotSent(NotSentReason.LINK_NOT_SIGNED_ON, Events.STAN, Events.TRANSMISSION_DATE_TIME);

        link.events.adviceRequested(link.vault, START + 1, 1).linkId(99);
        link.advise();
        assertEquals(1, link.ingress.count());
    }

    @Test
    void shouldNotSendWhatTheDialectDoesNotHave() throws IOException {
        final Dialect dialect = dialectWithout("transfer");
        final IssuerFixture bank = new IssuerFixture(dialect, Framing.BIN2_EXCLUSIVE).signedOn();
        bank.events.routed(bank.vault, START + 1).transactionType(TransactionType.TRANSFER);
        bank.route();
        bank.assertNotSent(NotSentReason.NOT_ENCODABLE, Events.STAN, Events.TRANSMISSION_DATE_TIME);

        bank.events.adviceRequested(bank.vault, START + 1, 1).transactionType(TransactionType.TRANSFER);
        bank.advise();
        bank.assertNotSent(NotSentReason.NOT_ENCODABLE, Events.STAN, Events.TRANSMISSION_DATE_TIME);

        bank.events.reversalRequested(bank.vault, START + 1, 1).transactionType(TransactionType.TRANSFER);
        bank.reverse();
        bank.assertNotSent(NotSentReason.NOT_ENCODABLE, Events.STAN + 1, Events.TRANSMISSION_DATE_TIME + 1);

        bank.events
                .routed(bank.vault, START + 1)
                .transactionType(TransactionType.VOID)
                .originalTransactionType(TransactionType.TRANSFER.value());
        bank.route();
        bank.assertNotSent(NotSentReason.NOT_ENCODABLE, Events.STAN, Events.TRANSMISSION_DATE_TIME);
    }

    @Test
    void shouldRefuseADialectThatCannotAskForAPurchase() throws IOException {
        final Dialect dialect = dialectWithout("purchase");

        assertThrows(
                IllegalArgumentException.class,
                () -> new IssuerLinkConfiguration(
                        1, 1, new InetSocketAddress(1), dialect, Framing.BIN2_EXCLUSIVE, IssuerTimers.DEFAULT));
    }

    private Dialect dialectWithout(final String transaction) throws IOException {
        final Path file = folder.resolve("own.yaml");
        Files.writeString(file, "dialect: own\nextends: iso87-ascii\ntransactions:\n  " + transaction + ": none\n");
        return DialectReader.read(file);
    }

    private void followUp(
            final TransactionType type, final TransactionType original, final BooleanType originalAdvice) {
        final PaymentRoutedEncoder event = link.events.routed(link.vault, START + 1);
        event.transactionType(type)
                .originalTransactionType(original.value())
                .originalAdvice(originalAdvice)
                .originalStan(ORIGINAL_STAN)
                .originalTransmissionDateTime(ORIGINAL_TIME)
                .originalApprovalCode("AUTH77");
    }

    private static List<Integer> fields(final IsoDecoder message) {
        final List<Integer> fields = new ArrayList<>();
        for (int field = message.nextField(0); field != IsoDecoder.NO_FIELD; field = message.nextField(field)) {
            fields.add(field);
        }
        return fields;
    }
}
