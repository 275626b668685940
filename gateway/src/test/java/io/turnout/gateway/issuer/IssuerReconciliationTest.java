package io.turnout.gateway.issuer;

import static io.turnout.gateway.issuer.IssuerFixture.GATEWAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.turnout.codecs.iso8583.Dialects;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.IssuerReconciliationDecoder;
import io.turnout.codecs.sbe.engine.IssuerReconciliationResponseDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.ReconciliationOutcome;
import io.turnout.codecs.sbe.engine.ReconciliationReceivedDecoder;
import io.turnout.codecs.sbe.engine.ReconciliationReceivedEncoder;
import io.turnout.codecs.sbe.engine.ReconciliationRequestedDecoder;
import io.turnout.codecs.sbe.engine.ReconciliationRequestedEncoder;
import io.turnout.codecs.sbe.engine.TotalsEncoder;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.support.Events;
import java.io.IOException;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Totals on a link, in both versions of ISO 8583. */
class IssuerReconciliationTest {

    private static final long[] TOTALS = {1, 2, 3, 4, 5, 6, 7, 8, 900, 100, 12_000, 3_000};
    private static final int DATE = 20231114;
    private static final int LAST_FIELD = 128;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private IssuerFixture link;

    static List<String> dialects() throws IOException {
        return FieldMatrixTest.dialects();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void shouldWriteTotalsAndAnswersAsTheTableSays(final String path) {
        start(path);
        final FieldMatrix matrix = new FieldMatrix(isOf1993(path) ? 1993 : 1987);

        final IsoDecoder first = send(1);
        final IsoDecoder second = send(2);
        matrix.check("totals", first, null);
        assertEquals(isOf1993(path) ? 1520 : 520, first.mti());
        assertEquals(first.mti() + 1, second.mti());
        for (int field = 2; field <= LAST_FIELD; field++) {
            assertEquals(first.getString(field), second.getString(field), "DE" + field);
        }
        assertEquals(TOTALS[11], first.getLong(89));
        assertEquals(12_000 - 3_000 - 900 + 100, first.getLong(97));
        for (final ReconciliationOutcome outcome : List.of(
                ReconciliationOutcome.IN_BALANCE,
                ReconciliationOutcome.OUT_OF_BALANCE,
                ReconciliationOutcome.NOTHING_RECEIVED)) {
            final byte[] request = totalsOfBank(500);
            final IsoDecoder answer = answer(request, outcome);
            matrix.check("totals-response", answer, link.bank.decode(request));
            assertEquals(outcome == ReconciliationOutcome.OUT_OF_BALANCE, answer.isPresent(76));
        }
    }

    @ParameterizedTest(name = "{0} {1}: {2} {3} {4}")
    @CsvSource({
        "iso87-ascii, IN_BALANCE, 510, 00, 1",
        "iso87-ascii, OUT_OF_BALANCE, 510, 95, 2",
        "iso87-ascii, NOTHING_RECEIVED, 510, 00, 9",
        "iso87-ascii, NOT_SUPPORTED, 510, 40,",
        "iso93-ascii, IN_BALANCE, 1510, 500,",
        "iso93-ascii, OUT_OF_BALANCE, 1510, 501,",
        "iso93-ascii, NOTHING_RECEIVED, 1510, 503,",
        "iso93-ascii, NOT_SUPPORTED, 1510, 115,",
    })
    void shouldSayHowTotalsCompare(
            final String dialect,
            final ReconciliationOutcome outcome,
            final int mti,
            final String code,
            final String settlementCode) {
        start(dialect);
        final IsoDecoder answer = answer(totalsOfBank(500), outcome);

        assertEquals(mti, answer.mti());
        assertEquals(code, answer.getString(39));
        assertEquals(settlementCode, answer.getString(66));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iso87-ascii", "iso93-bcd"})
    void shouldHandOverTheTotalsOfABank(final String dialect) {
        start(dialect);
        link.receive(totalsOfBank(520));

        final IssuerReconciliationDecoder command = command();
        assertEquals(DATE, command.businessDate());
        assertEquals(156, command.currency());
        assertEquals(77, command.stan());
        assertEquals(GATEWAY, command.gatewayId());
        assertEquals(Events.ISSUER, command.issuerId());
        assertEquals(Events.LINK, command.linkId());
        assertEquals(BooleanType.TRUE, command.advice());
        assertEquals(3, command.totals().debits());
        assertEquals(-1, command.totals().transfers());
        assertEquals(12_000, command.totals().debitsMinor());
        assertEquals(1, link.count(GatewayCounter.ISSUER_RECONCILIATIONS));
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource({
        "iso87-ascii, 00, 1, IN_BALANCE",
        "iso87-ascii, 95, 2, OUT_OF_BALANCE",
        "iso87-ascii, 00, 9, NOTHING_RECEIVED",
        "iso87-ascii, 91, , NOT_SAID",
        "iso87-ascii, 00, 7, NOT_SAID",
        "iso93-ascii, 500, , IN_BALANCE",
        "iso93-ascii, 501, , OUT_OF_BALANCE",
        "iso93-ascii, 502, , ERROR",
        "iso93-ascii, 503, , NOTHING_RECEIVED",
        "iso93-ascii, 907, , NOT_SAID",
    })
    void shouldHandOverTheAnswerToItsTotals(
            final String dialect, final String code, final Long settlementCode, final ReconciliationOutcome outcome) {
        start(dialect);
        link.receive(link.bank.frame(isOf1993(dialect) ? 1530 : 530, encoder -> {
            encoder.putLong(7, 1114221320L).putLong(11, 123).putString(39, code);
            return settlementCode == null ? encoder : encoder.putLong(66, settlementCode);
        }));

        final IssuerReconciliationResponseDecoder command = new IssuerReconciliationResponseDecoder()
                .wrapAndApplyHeader(link.ingress.next(), 0, new MessageHeaderDecoder());
        assertEquals(outcome, command.outcome());
        assertEquals(123, command.stan());
        assertEquals(-1, command.totals().debits());
    }

    @Test
    void shouldNotBelieveTotalsWithoutAKey() {
        start("iso87-ascii");
        link.receive(
                link.bank.frame(520, encoder -> encoder.putLong(7, 1114221320L).putLong(15, 1114)));
        link.receive(
                link.bank.frame(530, encoder -> encoder.putLong(7, 1114221320L).putLong(11, 1)));

        assertEquals(0, link.ingress.count());
        assertEquals(2, link.count(GatewayCounter.ISSUER_MALFORMED));
    }

    private void start(final String dialect) {
        link = new IssuerFixture(Dialects.of(dialect), Framing.BIN2_EXCLUSIVE, new LinkInstitutions(70000001, 80000002))
                .signedOn();
    }

    private static boolean isOf1993(final String dialect) {
        return Dialects.of(dialect).maximumLength(12) == 12;
    }

    private byte[] totalsOfBank(final int mti) {
        final boolean of1993 = link.bank.lengthOf(12) == 12;
        return link.bank.frame(of1993 ? 1000 + mti : mti, encoder -> {
            encoder.putLong(7, 1114221320L).putLong(11, 77);
            if (of1993) {
                encoder.putString(12, "231114221320").putLong(24, 500).putLong(28, 231114);
            } else {
                encoder.putLong(15, 1114);
            }
            return putTotals(encoder.putLong(33, 5).putString(50, "156"));
        });
    }

    private static IsoEncoder putTotals(final IsoEncoder encoder) {
        return encoder.putLong(74, 1)
                .putLong(75, 2)
                .putLong(76, 3)
                .putLong(88, 12_000)
                .putLong(99, 6)
                .putLong(100, 7);
    }

    private IssuerReconciliationDecoder command() {
        return new IssuerReconciliationDecoder().wrapAndApplyHeader(link.ingress.next(), 0, new MessageHeaderDecoder());
    }

    private IsoDecoder send(final int attempt) {
        final ReconciliationRequestedEncoder event = new ReconciliationRequestedEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .sendBeforeNs(link.nowNs + 1)
                .stan(123)
                .transmissionDateTime(1114221320L)
                .businessDate(DATE)
                .attempt(attempt)
                .gatewayId(GATEWAY)
                .issuerId(Events.ISSUER)
                .linkId(Events.LINK)
                .currency(36);
        put(event.totals());
        link.edge.onReconciliationRequested(
                new ReconciliationRequestedDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder()),
                link.nowNs);
        return link.next();
    }

    /** What the switch makes of totals that came, with this outcome, and the answer to them. */
    private IsoDecoder answer(final byte[] request, final ReconciliationOutcome outcome) {
        link.receive(request);
        final IssuerReconciliationDecoder command = command();
        final ReconciliationReceivedEncoder event = new ReconciliationReceivedEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .localDateTime(command.localDateTime())
                .forwardingInstitution(command.forwardingInstitution())
                .settlementInstitution(command.settlementInstitution())
                .receivingInstitution(command.receivingInstitution())
                .stan(command.stan())
                .transmissionDateTime(command.transmissionDateTime())
                .businessDate(command.businessDate())
                .gatewayId(command.gatewayId())
                .issuerId(command.issuerId())
                .linkId(command.linkId())
                .currency(command.currency())
                .functionCode(command.functionCode())
                .advice(command.advice())
                .outcome(outcome);
        put(event.totals());
        link.edge.onReconciliationReceived(
                new ReconciliationReceivedDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder()));
        assertFalse(link.connection.sentCount() == 0, "an answer");
        return link.next();
    }

    private void put(final TotalsEncoder totals) {
        for (int i = 0; i < TOTALS.length; i++) {
            buffer.putLong(totals.offset() + i * Long.BYTES, TOTALS[i]);
        }
    }
}
