package io.turnout.simulators.acquirer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.acquirer.Outcome;
import io.turnout.codecs.sbe.acquirer.RejectReason;
import io.turnout.simulators.FakeConnection;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Arrivals;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Load;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Shares;
import io.turnout.simulators.acquirer.FakeSwitch.Request;
import io.turnout.simulators.lines.LineFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AcquirerClientTest {

    private static final long MS = AcquirerBench.MS;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4096})
    void shouldAskAndTakeAnswersHoweverTheyAreCut(final int pieceBytes) {
        try (AcquirerBench bench = bench(AcquirerBench.TEN, Shares.NONE)) {
            bench.network.pieceBytes = pieceBytes;
            final AcquirerResults results = bench.passUntilDone();
            assertEquals(10, results.count(AcquirerCounter.APPROVED));
            assertEquals(10, results.count(AcquirerCounter.PAYMENTS));
            assertEquals(0, results.count(AcquirerCounter.RETRIES));
            assertEquals(10, results.latency().getTotalCount());
            assertEquals(2, results.count(AcquirerCounter.LOGONS));
            assertEquals("a-secret-of-16-or-more", bench.network.lastCredential);
            assertEquals(10, bench.log(AcquirerEvent.SENT).size());
            assertEquals(10, bench.log(AcquirerEvent.ANSWERED).size());
            assertEquals(2, bench.network.logouts);
            assertTrue(bench.network.connections.isEmpty());
        }
    }

    @Test
    void shouldWriteAPaymentDownBeforeItIsSent() {
        try (AcquirerBench bench = bench(AcquirerBench.TEN, Shares.NONE)) {
            bench.network.reaction = (connection, request, occasion) -> {
                final boolean known =
                        bench.log(AcquirerEvent.SENT).stream().anyMatch(line -> line.contains(request.rrn()));
                assertTrue(known, request.rrn());
                bench.network.approve(connection, request);
            };
            bench.passUntilDone();
            assertEquals(10, bench.network.requests.size());
        }
    }

    @Test
    void shouldWriteNoSensitiveDataDown() {
        final Shares shares = new Shares(0, 0, 0, 0, 0.5, 0.5, 0.5, 0);
        try (AcquirerBench bench = bench(AcquirerBench.load(Arrivals.MAXIMUM, 0, 200), shares)) {
            bench.passUntilDone();
            final String log = String.join("\n", bench.log());
            int withTrack = 0;
            for (final Request request : bench.network.requests) {
                assertFalse(log.contains(request.pan()), "a card number");
                withTrack += request.track2().isEmpty() ? 0 : 1;
                assertTrue(
                        request.track2().isEmpty() || request.track2().startsWith(request.pan() + "="),
                        "track 2 is of the same card");
            }
            assertTrue(withTrack > 70 && withTrack < 130, "seed=1 withTrack=" + withTrack);
            final long withPin = bench.network.requests.stream()
                    .filter(request -> request.pinBlockBytes() == 8)
                    .count();
            assertTrue(withPin > 70 && withPin < 130, "seed=1 withPin=" + withPin);
        }
    }

    @Test
    void shouldKeepToItsRateAndCountLatencyFromTheInstantAPaymentWasDue() {
        // given: a switch that stalls from the 5th millisecond on for half a second
        final Load load = new Load(Arrivals.UNIFORM, 1000, 8, 100, Long.MAX_VALUE / 4, 1000);
        try (AcquirerBench bench = bench(load, Shares.NONE)) {
            bench.pass(6 * MS);
            final int before = bench.network.requests.size();
            assertTrue(before >= 2 && before <= 6, "before=" + before);
            for (int i = 0; i < 500; i++) {
                bench.nowNs += MS;
                bench.client.doWork(bench.nowNs);
            }

            // when
            final AcquirerResults results = bench.passUntilDone();

            // then: payments that could not be sent meanwhile were late from the instant they were due
            assertEquals(100, results.latency().getTotalCount());
            assertTrue(
                    results.latency().getMaxValue() > 490 * MS,
                    "max=" + results.latency().getMaxValue());
            assertTrue(
                    results.latency().getValueAtPercentile(20) > 400 * MS,
                    "p20=" + results.latency().getValueAtPercentile(20));
        }
    }

    @Test
    void shouldKeepNoMoreUnansweredThanTheWindowAllows() {
        try (AcquirerBench bench = bench(AcquirerBench.load(Arrivals.MAXIMUM, 0, 1000), Shares.NONE)) {
            bench.network.maximumInFlight = 5;
            bench.network.reaction = (connection, request, occasion) -> {};
            bench.pass(20 * MS);
            assertEquals(10, bench.network.requests.size());
        }
        try (AcquirerBench bench =
                new AcquirerBench(configuration("b", AcquirerBench.load(Arrivals.MAXIMUM, 0, 1000), Shares.NONE))) {
            bench.network.reaction = (connection, request, occasion) -> {};
            bench.pass(20 * MS);
            assertEquals(16, bench.network.requests.size());
        }
    }

    @Test
    void shouldRememberNoMorePaymentsThanItsCapacity() {
        final Load load = new Load(Arrivals.MAXIMUM, 0, 100, 1000, Long.MAX_VALUE / 4, 64);
        try (AcquirerBench bench = bench(load, Shares.NONE)) {
            bench.network.reaction = (connection, request, occasion) -> {};
            bench.pass(20 * MS);
            assertEquals(64, bench.network.requests.size());
            assertTrue(bench.client.results().count(AcquirerCounter.TABLE_FULL) > 0);
        }
    }

    @Test
    void shouldSendTheSameBytesAgainWhenTheAnswerIsMissing() {
        try (AcquirerBench bench = bench(AcquirerBench.TEN, Shares.NONE)) {
            bench.network.reaction = (connection, request, occasion) -> {
                if (occasion == 3) {
                    bench.network.approve(connection, request);
                }
            };
            final AcquirerResults results = bench.passUntilDone();
            assertEquals(10, results.count(AcquirerCounter.APPROVED));
            assertEquals(20, results.count(AcquirerCounter.RETRIES));
            for (final Request request : bench.network.requests) {
                final Request first = bench.network.requests.stream()
                        .filter(other -> other.low() == request.low())
                        .findFirst()
                        .orElseThrow();
                assertEquals(first.frame(), request.frame());
            }
            assertTrue(bench.log(AcquirerEvent.ANSWERED).get(0).contains("\"attempts\":3"));
        }
    }

    @Test
    void shouldAskOnAnotherConnectionWhenOneIsLost() {
        try (AcquirerBench bench = bench(AcquirerBench.TEN, Shares.NONE)) {
            // given
            bench.network.reaction = (connection, request, occasion) -> {};
            bench.pass(30 * MS);
            assertEquals(10, bench.network.requests.size());

            // when
            bench.network.refusing = true;
            bench.network.connections.get(0).disconnect(bench.nowNs);
            bench.network.reaction = (connection, request, occasion) -> bench.network.approve(connection, request);
            bench.pass(10 * MS);

            // then: as many of the five as the other window has room for
            assertEquals(13, bench.network.requests.size());
            assertEquals(3, bench.client.results().count(AcquirerCounter.APPROVED));
        }
    }

    @Test
    void shouldConnectAgainWithGrowingPausesUntilTheSwitchIsBack() {
        try (AcquirerBench bench = bench(AcquirerBench.TEN, Shares.NONE)) {
            bench.network.refusing = true;
            bench.pass(500 * MS);
            final int attempts = bench.network.attempts;
            assertTrue(attempts >= 14 && attempts <= 30, "attempts of 2 sessions in 500 ms: " + attempts);
            bench.network.refusing = false;
            assertEquals(10, bench.passUntilDone().count(AcquirerCounter.APPROVED));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SWITCH_BUSY", "SWITCH_UNAVAILABLE", "TABLE_FULL", "CARD_DATA_FULL", "IN_FLIGHT_LIMIT"})
    void shouldAskAgainLaterWhenTheSwitchHasNoRoom(final RejectReason reason) {
        try (AcquirerBench bench = bench(AcquirerBench.TEN, Shares.NONE)) {
            bench.network.reaction = (connection, request, occasion) -> {
                if (occasion < 4) {
                    bench.network.reject(connection, request, reason);
                } else {
                    bench.network.decline(connection, request);
                }
            };
            final AcquirerResults results = bench.passUntilDone();
            assertEquals(30, results.count(AcquirerCounter.BUSY));
            assertEquals(10, results.count(AcquirerCounter.DECLINED));
            assertTrue(bench.log(AcquirerEvent.REJECTED).isEmpty());
        }
    }

    @Test
    void shouldTakeARefusalOfTheFirstAttemptAsFinal() {
        try (AcquirerBench bench = bench(AcquirerBench.TEN, Shares.NONE)) {
            bench.network.reaction = (connection, request, occasion) ->
                    bench.network.reject(connection, request, RejectReason.INVALID_FIELD);
            final AcquirerResults results = bench.passUntilDone();
            assertEquals(10, results.count(AcquirerCounter.REJECTED));
            assertTrue(bench.log(AcquirerEvent.REJECTED).get(0).contains("\"reason\":\"INVALID_FIELD\""));
        }
    }

    @Test
    void shouldNotTakeTheRefusalOfARepeatForAnOutcome() {
        // A key that is stale by now may have been paid when it was fresh: the acquirer does not know.
        try (AcquirerBench bench = bench(AcquirerBench.TEN, Shares.NONE)) {
            bench.network.reaction = (connection, request, occasion) -> {
                if (occasion == 2) {
                    bench.network.reject(connection, request, RejectReason.STALE_REQUEST);
                }
            };
            final AcquirerResults results = bench.passUntilDone();
            assertEquals(0, results.count(AcquirerCounter.REJECTED));
            assertEquals(10, results.count(AcquirerCounter.GIVEN_UP));
        }
    }

    @Test
    void shouldReportWhatIsNeverAnsweredAndStillTakeALateAnswer() {
        try (AcquirerBench bench = bench(AcquirerBench.TEN, Shares.NONE)) {
            bench.network.reaction = (connection, request, occasion) -> {};
            bench.pass(900 * MS);
            assertEquals(0, bench.client.results().count(AcquirerCounter.GIVEN_UP));
            final FakeConnection connection = bench.network.connections.get(0);
            bench.pass(108 * MS);
            assertFalse(bench.client.isDone());
            assertTrue(bench.log(AcquirerEvent.GIVEN_UP)
                    .get(0)
                    .contains(bench.network.requests.get(0).rrn()));
            bench.network.approve(connection, bench.network.requests.get(0));
            final AcquirerResults results = bench.passUntilDone();
            assertEquals(10, results.count(AcquirerCounter.GIVEN_UP));
            assertEquals(10, bench.log(AcquirerEvent.GIVEN_UP).size());
            assertEquals(1, bench.log(AcquirerEvent.ANSWERED).size());
        }
    }

    @Test
    void shouldRepeatOnPurposeAndCompareTheAnswers() {
        final Shares shares = new Shares(1, 0, 0, 0, 0, 0, 0, 0);
        try (AcquirerBench bench = bench(AcquirerBench.TEN, shares)) {
            bench.network.reaction = (connection, request, occasion) -> {
                final boolean lie = occasion == 2 && request.rrn().endsWith("3");
                bench.network.answer(connection, request, Outcome.APPROVED, 0, lie ? "ZZZZZZ" : "AAAAAA");
            };
            final AcquirerResults results = bench.passUntilDone();
            assertEquals(9, results.count(AcquirerCounter.REPEATS_IDENTICAL));
            assertEquals(1, results.count(AcquirerCounter.REPEATS_DIFFERENT));
            assertTrue(bench.log(AcquirerEvent.ANSWER_DIFFERS).get(0).contains("\"approvalCode\":\"ZZZZZZ\""));
            assertEquals(20, bench.network.requests.size());
        }
    }

    @Test
    void shouldSendTheSameRequestTwiceBeforeItsAnswer() {
        final Shares shares = new Shares(0, 1, 0, 0, 0, 0, 0, 0);
        try (AcquirerBench bench = bench(AcquirerBench.TEN, shares)) {
            bench.network.reaction = (connection, request, occasion) -> {
                if (occasion == 2) {
                    bench.network.approve(connection, request);
                }
            };
            final AcquirerResults results = bench.passUntilDone();
            assertEquals(10, results.count(AcquirerCounter.APPROVED));
            assertEquals(20, bench.network.requests.size());
            assertEquals(0, results.count(AcquirerCounter.RETRIES));
        }
    }

    @Test
    void shouldWantConflictsRefused() {
        final Shares shares = new Shares(0, 0, 1, 0, 0, 0, 0, 0);
        try (AcquirerBench bench = bench(AcquirerBench.TEN, shares)) {
            bench.network.reaction = (connection, request, occasion) -> {
                if (occasion == 2 && !request.rrn().endsWith("3")) {
                    bench.network.reject(connection, request, RejectReason.DUPLICATE_CONFLICT);
                } else {
                    bench.network.approve(connection, request);
                }
            };
            final AcquirerResults results = bench.passUntilDone();
            assertEquals(9, results.count(AcquirerCounter.CONFLICTS_REFUSED));
            assertEquals(1, results.count(AcquirerCounter.CONFLICTS_ANSWERED));
            assertEquals(1, bench.log(AcquirerEvent.CONFLICT_ANSWERED).size());
            for (final long low : bench.network.occasions.keySet()) {
                final List<Request> pair = bench.network.requests.stream()
                        .filter(request -> request.low() == low)
                        .toList();
                assertEquals(2, pair.size());
                assertEquals(pair.get(0).createdAtNs(), pair.get(1).createdAtNs());
                assertEquals(pair.get(0).amountMinor() + 1, pair.get(1).amountMinor());
            }
        }
    }

    @Test
    void shouldReverseApprovedPaymentsOnlyAndRepeatTheReversalByteForByte() {
        final Shares shares = new Shares(0, 0, 0, 1, 0, 0, 0, 0);
        try (AcquirerBench bench = bench(AcquirerBench.TEN, shares)) {
            bench.network.ignoringReversals = true;
            bench.network.reaction = (connection, request, occasion) -> {
                if (request.rrn().endsWith("3")) {
                    bench.network.decline(connection, request);
                } else {
                    bench.network.approve(connection, request);
                }
            };
            bench.pass(70 * MS);
            assertEquals(9, bench.log(AcquirerEvent.REVERSAL_SENT).size());
            final int first = bench.network.reversals.size();
            assertTrue(first >= 9, "reversals=" + first);
            bench.network.ignoringReversals = false;
            final AcquirerResults results = bench.passUntilDone();
            assertEquals(9, results.count(AcquirerCounter.REVERSED));
            assertEquals(9, bench.log(AcquirerEvent.REVERSAL_SENT).size());
            assertEquals(9, bench.log(AcquirerEvent.REVERSAL_ANSWERED).size());
            final long different = bench.network.reversals.stream()
                    .map(Arrays::hashCode)
                    .distinct()
                    .count();
            assertEquals(9, different);
            assertTrue(bench.network.reversals.size() > 9);
        }
    }

    @Test
    void shouldMakeRequestsThatMustNotBeApproved() {
        final Shares shares = new Shares(0, 0, 0, 0, 0, 0, 0, 1);
        try (AcquirerBench bench = bench(AcquirerBench.load(Arrivals.MAXIMUM, 0, 60), shares)) {
            bench.network.reaction = (connection, request, occasion) -> bench.network.decline(connection, request);
            bench.passUntilDone();
            final List<String> sent = bench.log(AcquirerEvent.SENT);
            for (int code = 1; code < Fault.count(); code++) {
                final String fault = "\"fault\":\"" + Fault.of(code) + "\"";
                assertTrue(sent.stream().anyMatch(line -> line.contains(fault)), "seed=1 " + fault);
            }
        }
    }

    @Test
    void shouldGoOnAfterAKillWithoutLosingOrInventingAPayment() {
        final Load load = AcquirerBench.load(Arrivals.UNIFORM, 1000, 40);
        final Shares shares = new Shares(0, 0, 0, 0.5, 0, 0, 0, 0);
        try (AcquirerBench bench = bench(load, shares)) {
            // given: some payments are answered, some are not, some are being reversed
            bench.network.ignoringReversals = true;
            bench.network.reaction = (connection, request, occasion) -> {
                if (request.rrn().charAt(11) % 2 == 0) {
                    bench.network.approve(connection, request);
                }
            };
            bench.pass(25 * MS);
            final int requested = bench.network.requests.size();
            assertTrue(requested > 10 && requested < 40, "requested=" + requested);

            // when
            bench.killAndResume();
            bench.network.ignoringReversals = false;
            bench.network.reaction = (connection, request, occasion) -> bench.network.approve(connection, request);
            bench.passUntilDone();

            // then
            assertEquals(40, bench.network.occasions.size());
            assertEquals(40, bench.log(AcquirerEvent.SENT).size());
            assertEquals(40, bench.log(AcquirerEvent.ANSWERED).size());
            assertEquals(1, bench.log(AcquirerEvent.RUN).size());
            assertEquals(
                    bench.log(AcquirerEvent.REVERSAL_SENT).size(),
                    bench.log(AcquirerEvent.REVERSAL_ANSWERED).size());
            for (final Request request : bench.network.requests) {
                final Request first = bench.network.requests.stream()
                        .filter(other -> other.low() == request.low())
                        .findFirst()
                        .orElseThrow();
                assertEquals(first.frame(), request.frame());
            }
        }
    }

    @Test
    void shouldAskAgainForThePaymentWhoseAnswerWasTornByAKill() throws IOException {
        try (AcquirerBench bench = bench(AcquirerBench.TEN, Shares.NONE)) {
            bench.passUntilDone();
            final String log = Files.readString(bench.configuration.log());
            Files.writeString(bench.configuration.log(), log.substring(0, log.length() - 30));
            bench.killAndResume();
            bench.passUntilDone();
            assertEquals(11, bench.network.requests.size());
            assertEquals(10, bench.log(AcquirerEvent.ANSWERED).size());
        }
    }

    @Test
    void shouldRefuseToGoOnWithTheLogOfAnotherConfiguration() {
        final AcquirerConfiguration first = configuration("", AcquirerBench.TEN, Shares.NONE);
        AcquirerClient.open(first, new FakeSwitch(), AcquirerBench.START_NS).close();
        final AcquirerConfiguration second = configuration("", AcquirerBench.TEN, new Shares(0, 0, 0, 1, 0, 0, 0, 0));
        final LineFormatException e = assertThrows(
                LineFormatException.class, () -> AcquirerClient.open(second, new FakeSwitch(), AcquirerBench.START_NS));
        assertTrue(e.getMessage().contains("of another configuration"), e.getMessage());
    }

    @Test
    void shouldRefuseADamagedLog() throws IOException {
        final AcquirerConfiguration configuration = configuration("", AcquirerBench.TEN, Shares.NONE);
        AcquirerClient.open(configuration, new FakeSwitch(), AcquirerBench.START_NS)
                .close();
        Files.writeString(
                configuration.log(), "{\"event\":\"answered\",\"rrn\":\"NOTOFTHISRUN\"}\n", StandardOpenOption.APPEND);
        assertThrows(
                LineFormatException.class,
                () -> AcquirerClient.open(configuration, new FakeSwitch(), AcquirerBench.START_NS));
    }

    @Test
    void shouldUseOtherKeysAndReferencesInAnotherRun() {
        final FakeSwitch network = new FakeSwitch();
        final long[] lows = new long[2];
        final String[] rrns = new String[2];
        final String[] pans = new String[2];
        for (int run = 0; run < 2; run++) {
            final AcquirerConfiguration configuration = configuration("run" + run, AcquirerBench.TEN, Shares.NONE);
            try (AcquirerBench bench = new AcquirerBench(configuration)) {
                bench.client.close();
                bench.client = AcquirerClient.open(
                        configuration("again" + run, AcquirerBench.TEN, Shares.NONE),
                        bench.network,
                        AcquirerBench.START_NS + run);
                bench.passUntilDone();
                lows[run] = bench.network.requests.get(0).low();
                rrns[run] = bench.network.requests.get(0).rrn();
                pans[run] = bench.network.requests.get(0).pan();
            }
        }
        assertTrue(network.requests.isEmpty());
        assertNotEquals(lows[0], lows[1]);
        assertNotEquals(rrns[0], rrns[1]);
        assertEquals(pans[0], pans[1]);
    }

    @Test
    void shouldStayHeardAndNoticeASilentSwitch() {
        try (AcquirerBench bench = bench(AcquirerBench.load(Arrivals.UNIFORM, 1, 10), Shares.NONE)) {
            bench.pass(2_000 * MS);
            assertTrue(bench.network.heartbeats >= 2, "heartbeats=" + bench.network.heartbeats);
            assertEquals(2, bench.network.attempts);
            bench.network.reaction = (connection, request, occasion) -> {};
            bench.pass(4_000 * MS);
            assertTrue(bench.network.attempts > 2, "attempts=" + bench.network.attempts);
        }
    }

    @Test
    void shouldCountRefusedLogonsAndTryAgain() {
        try (AcquirerBench bench = bench(AcquirerBench.TEN, Shares.NONE)) {
            bench.network.refusingLogon = true;
            bench.pass(200 * MS);
            assertTrue(bench.client.results().count(AcquirerCounter.LOGONS_REFUSED) > 2);
            bench.network.refusingLogon = false;
            assertEquals(10, bench.passUntilDone().count(AcquirerCounter.APPROVED));
        }
    }

    @Test
    void shouldEndASessionThatBreaksTheProtocol() {
        final byte[][] wrong = {
            {0, 0, 0, 5, (byte) 0xEB, 0x50},
            {0, 0, 0, 20, 1, 2, 3, 4, 5, 6},
            {0x7F, 0, 0, 0, (byte) 0xEB, 0x50},
            {0, 0, 0, 8, (byte) 0xEB, 0x50, 1, 1},
            {0, 0, 0, 14, (byte) 0xEB, 0x50, 0, 0, 99, 0, 1, 0, 0, 0},
            {0, 0, 0, 14, (byte) 0xEB, 0x50, 63, 0, 11, 0, 1, 0, 0, 0}
        };
        for (int i = 0; i < wrong.length; i++) {
            try (AcquirerBench bench = new AcquirerBench(
                    configuration("wrong" + i, AcquirerBench.load(Arrivals.UNIFORM, 1, 10), Shares.NONE))) {
                bench.pass(10 * MS);
                final FakeConnection connection = bench.network.connections.get(0);
                bench.network.sendBytes(connection, wrong[i]);
                assertFalse(connection.isOpen(), "case " + i);
                assertEquals(1, bench.client.results().count(AcquirerCounter.PROTOCOL_ERRORS), "case " + i);
            }
        }
    }

    @Test
    void shouldNotLoseAPaymentWhenTheConnectionTakesNoMore() {
        try (AcquirerBench bench = bench(AcquirerBench.TEN, Shares.NONE)) {
            bench.pass(2 * MS);
            bench.network.connections.forEach(connection -> connection.full(true));
            bench.pass(20 * MS);
            bench.network.connections.forEach(connection -> connection.full(false));
            assertEquals(10, bench.passUntilDone().count(AcquirerCounter.APPROVED));
        }
    }

    @Test
    void shouldFinishWhatIsOpenWhenItIsStopped() {
        try (AcquirerBench bench = bench(AcquirerBench.load(Arrivals.UNIFORM, 1000, 1000), Shares.NONE)) {
            bench.pass(20 * MS);
            bench.client.stop();
            final AcquirerResults results = bench.passUntilDone();
            assertTrue(results.count(AcquirerCounter.PAYMENTS) < 25, results.toString());
            assertEquals(results.count(AcquirerCounter.PAYMENTS), results.answeredCount());
        }
    }

    @Test
    void shouldEndAfterItsDuration() {
        for (final Arrivals arrivals : Arrivals.values()) {
            final Load load = new Load(arrivals, 1000, 8, 1_000_000, 50 * MS, 64);
            try (AcquirerBench bench = new AcquirerBench(configuration(arrivals.name(), load, Shares.NONE))) {
                final AcquirerResults results = bench.passUntilDone();
                final long payments = results.count(AcquirerCounter.PAYMENTS);
                assertTrue(payments > 25 && payments < 1000, arrivals + " seed=1 payments=" + payments);
            }
        }
    }

    private AcquirerBench bench(final Load load, final Shares shares) {
        return new AcquirerBench(configuration("", load, shares));
    }

    private AcquirerConfiguration configuration(final String subfolder, final Load load, final Shares shares) {
        return AcquirerBench.configuration(folder.resolve(subfolder), load, shares);
    }
}
