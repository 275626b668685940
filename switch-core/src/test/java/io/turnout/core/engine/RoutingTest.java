package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.PaymentState;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which issuer, which link, which trace numbers. */
final class RoutingTest {
    private final Scenario scenario = Scenario.standard();

    @ParameterizedTest
    @CsvSource({
        "40000000, 16, 1",
        "49999999, 19, 1",
        "51000000, 16, 2",
        "55999999, 16, 2",
        "400000, 15, 1",
        "499999, 8, 1",
        "510000, 15, 2"
    })
    void shouldFindTheIssuerOfACard(final long bin, final short panLength, final int issuerId) {
        scenario.when().payment("A", request -> request.bin(bin).panLength(panLength));

        scenario.then().event("PaymentRouted").with("issuerId", issuerId);
    }

    @Test
    void shouldNotRouteAShortBinThatOnlyPartOfARangeCovers() {
        final Scenario narrow = new Scenario();
        narrow.given()
                .configuration(TestConfiguration.standard(1).bins(60_000_000, 60_000_098, TestConfiguration.ISSUER))
                .signedOn(TestConfiguration.LINK);

        narrow.when().payment("A", request -> request.bin(600_000).panLength((short) 15));

        narrow.then().event("PaymentAnswered").with("reason", "NO_ROUTE");
    }

    @Test
    void shouldChooseTheLinkWithTheFewestRequestsInFlightAndTheLowestIdOnTies() {
        scenario.when().payment("A");
        scenario.then().event("PaymentRouted").with("linkId", TestConfiguration.LINK);
        scenario.when().payment("B");
        scenario.then().event("PaymentRouted").with("linkId", TestConfiguration.SECOND_LINK);
        scenario.when().payment("C");
        scenario.then().event("PaymentRouted").with("linkId", TestConfiguration.LINK);
        scenario.when().issuerAnswers("A", 0);
        scenario.when().issuerAnswers("C", 0);

        scenario.when().payment("D");

        scenario.then().event("PaymentRouted").with("linkId", TestConfiguration.LINK);
    }

    @Test
    void shouldUseNoLinkBeyondItsWindow() {
        scenario.given().down(TestConfiguration.SECOND_LINK);
        for (int i = 0; i < 3; i++) {
            scenario.given().pending("P" + i);
        }

        scenario.when().payment("A");
        scenario.then().event("PaymentAnswered").with("reason", "ISSUER_BUSY");

        scenario.when().issuerAnswers("P1", 0);
        scenario.when().payment("B");
        scenario.then().events("PaymentRouted");
    }

    @Test
    void shouldKeepAPaymentWithSensitiveDataInItsGateway() {
        final Scenario two = new Scenario();
        two.given().configuration(TestConfiguration.standard(1).link(13, 1, TestConfiguration.OTHER_GATEWAY, 3));
        two.when().link(TestConfiguration.LINK, 1, 1, LinkState.SIGNED_ON);
        two.when().link(13, 1, 2, LinkState.SIGNED_ON);

        for (int i = 0; i < 3; i++) {
            two.when().payment("P" + i, request -> {
                request.gatewayId(2);
                request.slot().index(9);
            });
            two.then().event("PaymentRouted").with("linkId", 13).with("gatewayId", 2);
        }
        two.when().payment("full", request -> {
            request.gatewayId(2);
            request.slot().index(9);
        });
        two.then().event("PaymentAnswered").with("reason", "ISSUER_BUSY");
        two.when().payment("free", request -> request.gatewayId(2));
        two.then().event("PaymentRouted").with("linkId", TestConfiguration.LINK).with("gatewayId", 1);
        two.when().payment("elsewhere", request -> {
            request.gatewayId(3);
            request.slot().index(9);
        });
        two.then().event("PaymentAnswered").with("reason", "ISSUER_UNAVAILABLE");
    }

    @Test
    void shouldCountTraceNumbersPerIssuer() {
        scenario.when().payment("A");
        scenario.then().event("PaymentRouted").with("stan", 1);
        scenario.when().payment("B", request -> request.bin(51_000_000));
        scenario.then().event("PaymentRouted").with("stan", 1);
        scenario.when().payment("C");
        scenario.then().event("PaymentRouted").with("stan", 2);
    }

    @Test
    void shouldBeginTraceNumbersAgainAfterTheLast() {
        final Issuer issuer = new Issuer(new PaymentSlab(1));
        for (int i = 1; i <= 999_999; i++) {
            assertEquals(i, issuer.nextStan());
        }

        assertEquals(1, issuer.nextStan());
    }

    @Test
    void shouldNotUseATraceNumberTwiceInOneSecond() {
        final EngineState state = new EngineState(Scenario.CAPACITY, new RecordingSink());
        state.time().advance(Scenario.START_NS);
        final TraceNumbers traceNumbers = new TraceNumbers(state);
        final Issuer issuer = state.network().addIssuer(7);
        final PaymentRecord payment = new PaymentRecord(state.slab());
        final int dateTime = state.time().transmissionDateTime();
        for (int stan = 1; stan <= 15; stan++) {
            state.payments().add(payment, 1, stan, 0, 0);
            payment.issuerId(7);
            if (stan % 2 == 0) {
                state.payments().requestTrace(payment, dateTime, stan);
            } else {
                state.payments().reversalTrace(payment, dateTime, stan);
            }
        }

        assertEquals(16, traceNumbers.next(issuer));
        for (int stan = 17; stan <= 999_999; stan++) {
            issuer.nextStan();
        }
        state.payments().add(payment, 1, 99, 0, 0);
        payment.issuerId(7);
        state.payments().requestTrace(payment, dateTime, 16);
        assertEquals(TraceNumbers.EXHAUSTED, traceNumbers.next(issuer));
        state.time().advance(Scenario.START_NS + TestConfiguration.SECOND_NS);
        assertNotEquals(TraceNumbers.EXHAUSTED, traceNumbers.next(issuer));
    }

    @Test
    void shouldLetTheIssuersClockSecondBeUtc() {
        scenario.when().secondsPass(10 * 86_400 - (14 * 3600 + 13 * 60 + 20) - 1);
        scenario.when().payment("A");
        scenario.then().event("PaymentRouted").with("transmissionDateTime", 930_235959);

        scenario.when().secondsPass(1);
        scenario.when().payment("B");
        scenario.then().event("PaymentRouted").with("transmissionDateTime", 1001_000000);
    }

    @Test
    void shouldLetTimeStandStillWhenTheClockStepsBack() {
        scenario.given().pending("A");
        final Set<String> times = new HashSet<>();
        times.add(scenario.payment("A").routed().field("transmissionDateTime"));

        scenario.nowNs(scenario.nowNs() - 3_600 * TestConfiguration.SECOND_NS);
        scenario.when().payment("B", request -> request.createdAtNs(Scenario.START_NS));
        times.add(scenario.payment("B").routed().field("transmissionDateTime"));

        assertEquals(1, times.size());
        assertEquals(Scenario.START_NS, scenario.engine().timeNs());
        scenario.then().state("A", PaymentState.PENDING);
    }
}
