package io.turnout.simulators.acquirer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.acquirer.TransactionType;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Arrivals;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Shares;
import io.turnout.simulators.acquirer.FakeSwitch.FollowUp;
import io.turnout.simulators.acquirer.Mix.Transaction;
import io.turnout.simulators.acquirer.Mix.Wallet;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions other than plain purchases, and what an acquirer does with them later. */
final class AcquirerMixTest {

    private static final long MS = AcquirerBench.MS;

    @TempDir
    private Path folder;

    @Test
    void shouldAskForTheTransactionsInTheirProportion() {
        final Mix mix = mix(
                List.of(
                        new Transaction(TransactionType.PURCHASE, 3),
                        new Transaction(TransactionType.CASH_WITHDRAWAL, 1)),
                0);
        try (AcquirerBench bench = bench(400, Shares.NONE, mix)) {
            bench.passUntilDone();
            final long cash = bench.network.types.stream()
                    .filter(type -> type == TransactionType.CASH_WITHDRAWAL)
                    .count();
            assertTrue(cash > 70 && cash < 130, "seed=1 cash=" + cash);
            assertEquals(
                    cash,
                    bench.log(AcquirerEvent.SENT).stream()
                            .filter(line -> line.contains("\"type\":\"CASH_WITHDRAWAL\""))
                            .count());
        }
    }

    @Test
    void shouldCompleteEachPreAuthorisationOnceItIsApproved() {
        final Mix mix = new Mix(only(TransactionType.PRE_AUTHORISATION), 0, 1, 0, 0, 0, 0, 0, 0, List.of());
        try (AcquirerBench bench = bench(10, Shares.NONE, mix)) {
            bench.network.reaction = (connection, request, occasion) -> {
                if (request.rrn().endsWith("3")) {
                    bench.network.decline(connection, request);
                } else {
                    bench.network.approve(connection, request);
                }
            };
            final AcquirerResults results = bench.passUntilDone();

            assertEquals(9, results.count(AcquirerCounter.FOLLOW_UPS));
            assertEquals(9, bench.network.followUps.size());
            for (final FollowUp followUp : bench.network.followUps) {
                final FakeSwitch.Request original = bench.network.requests.stream()
                        .filter(request -> request.low() == followUp.originalLow())
                        .findFirst()
                        .orElseThrow();
                assertEquals(TransactionType.COMPLETION, followUp.type());
                assertEquals(original.createdAtNs(), followUp.originalCreatedAtNs());
                assertNotEquals(followUp.low(), followUp.originalLow());
                final long percent = followUp.amountMinor() * 100 / original.amountMinor();
                assertTrue(percent >= 11 && percent <= 110, "percent=" + percent);
            }
        }
    }

    @Test
    void shouldRefundTheSamePaymentTwiceAndTheCompletionOnce() {
        final Mix purchases = new Mix(only(TransactionType.PURCHASE), 0, 0, 0, 1, 0, 0, 0, 0, List.of());
        try (AcquirerBench bench = bench(5, Shares.NONE, purchases)) {
            bench.passUntilDone();
            assertEquals(10, bench.network.followUps.size());
            assertEquals(
                    5,
                    bench.network.followUps.stream()
                            .map(FollowUp::originalLow)
                            .distinct()
                            .count());
        }
        final Mix holds = new Mix(only(TransactionType.PRE_AUTHORISATION), 0, 1, 0, 1, 0, 0, 0, 0, List.of());
        try (AcquirerBench bench = bench(5, Shares.NONE, holds)) {
            bench.passUntilDone();
            final List<FollowUp> refunds = bench.network.followUps.stream()
                    .filter(followUp -> followUp.type() == TransactionType.REFUND)
                    .toList();
            assertEquals(5, refunds.size());
            for (final FollowUp refund : refunds) {
                assertTrue(bench.network.followUps.stream()
                        .anyMatch(completion -> completion.low() == refund.originalLow()
                                && completion.createdAtNs() == refund.originalCreatedAtNs()
                                && completion.amountMinor() >= refund.amountMinor()));
            }
        }
    }

    @Test
    void shouldReverseInPart() {
        final Mix mix = new Mix(only(TransactionType.CASH_WITHDRAWAL), 0, 0, 0, 0, 1, 0, 0, 0, List.of());
        try (AcquirerBench bench = bench(10, Shares.NONE, mix)) {
            bench.passUntilDone();
            final long reducible = bench.network.requests.stream()
                    .filter(request -> request.amountMinor() > 1)
                    .count();
            assertEquals(reducible, bench.network.replacements.size());
            assertTrue(bench.network.replacements.stream().allMatch(minor -> minor > 0));
            assertTrue(bench.log(AcquirerEvent.REVERSAL_SENT).get(0).contains("\"replacementMinor\":"));
        }
    }

    @Test
    void shouldMoveMoneyFromAndToItsWallets() {
        final List<Wallet> wallets = List.of(new Wallet(101, "6000000000000015"), new Wallet(102, "6000000000000023"));
        final List<Transaction> every = List.of(
                new Transaction(TransactionType.TRANSFER, 1),
                new Transaction(TransactionType.TOP_UP, 1),
                new Transaction(TransactionType.WITHDRAWAL, 1),
                new Transaction(TransactionType.PURCHASE, 1));
        final Mix mix = new Mix(every, 0, 0, 0, 0, 0, 0, 0, 1, wallets);
        try (AcquirerBench bench = bench(60, Shares.NONE, mix)) {
            bench.passUntilDone();
            for (final String sent : bench.log(AcquirerEvent.SENT)) {
                final boolean pays = sent.contains("\"fromAccount\":10");
                final boolean receives = sent.contains("\"toAccount\":10");
                final boolean onUs = sent.contains("\"onUs\":\"TRUE\"");
                final boolean withWalletCard = sent.contains("\"bin\":\"600000\"");
                assertEquals(onUs, withWalletCard, sent);
                assertEquals(sent.contains("TOP_UP") || sent.contains("TRANSFER"), receives, sent);
                assertEquals(!sent.contains("TOP_UP"), pays, sent);
                assertEquals(!sent.contains("TOP_UP") && !sent.contains("WITHDRAWAL"), onUs, sent);
                assertTrue(sent.contains("\"currency\":156"), sent);
            }
        }
    }

    @Test
    void shouldSendTheReversalFirstAndThenThePayment() {
        final Mix mix = new Mix(only(TransactionType.PURCHASE), 0, 0, 0, 0, 0, 1, 0, 0, List.of());
        try (AcquirerBench bench = bench(10, Shares.NONE, mix)) {
            bench.network.reaction = (connection, request, occasion) -> {
                assertTrue(bench.network.reversals.size() >= bench.network.requests.size(), "the reversal came first");
                bench.network.decline(connection, request);
            };
            final AcquirerResults results = bench.passUntilDone();
            assertEquals(10, results.count(AcquirerCounter.DECLINED));
            assertEquals(10, bench.network.reversals.size());
            assertTrue(bench.log(AcquirerEvent.SENT).stream()
                    .allMatch(line -> line.contains("\"fault\":\"REVERSED_FIRST\"")));
        }
    }

    @Test
    void shouldAskForTheStatusAgainWhenItIsLimitedAndCompareIt() {
        final Mix mix = new Mix(only(TransactionType.PURCHASE), 0, 0, 0, 0, 0, 0, 1, 0, List.of());
        try (AcquirerBench bench = bench(10, Shares.NONE, mix)) {
            bench.network.limitingStatus = true;
            assertEquals(10, bench.passUntilDone().count(AcquirerCounter.STATUS_AGREED));
            assertTrue(bench.network.statusRequests > 10);
        }
        try (AcquirerBench bench = bench(10, Shares.NONE, mix)) {
            bench.network.statusResultCode = 9111;
            assertEquals(10, bench.passUntilDone().count(AcquirerCounter.STATUS_DIFFERENT));
            assertEquals(10, bench.log(AcquirerEvent.STATUS_DIFFERS).size());
        }
    }

    @Test
    void shouldSendNoSensitiveDataWithAnAdvice() {
        final Mix mix = new Mix(only(TransactionType.PURCHASE), 1, 0, 0, 0, 0, 0, 0, 0, List.of());
        final Shares sensitive = new Shares(0, 0, 0, 0, 1, 1, 1, 0);
        try (AcquirerBench bench = bench(10, sensitive, mix)) {
            bench.passUntilDone();
            for (final FakeSwitch.Request request : bench.network.requests) {
                assertEquals("", request.track2() + request.securityCode());
                assertEquals(0, request.pinBlockBytes());
            }
            assertTrue(bench.log(AcquirerEvent.SENT).stream().allMatch(line -> line.contains("\"advice\":\"TRUE\"")));
        }
    }

    @Test
    void shouldGoOnWithFollowUpsAfterAKill() {
        final Mix mix = new Mix(only(TransactionType.PRE_AUTHORISATION), 0, 1, 0, 0, 0, 0, 0, 0, List.of());
        try (AcquirerBench bench = bench(40, Shares.NONE, mix)) {
            bench.network.reaction = (connection, request, occasion) -> {
                if (bench.network.followUps.size() < 5) {
                    bench.network.approve(connection, request);
                }
            };
            bench.pass(30 * MS);
            assertTrue(!bench.network.followUps.isEmpty(), "no follow-up before the kill");

            bench.killAndResume();
            bench.network.reaction = (connection, request, occasion) -> bench.network.approve(connection, request);
            bench.passUntilDone();

            final List<String> sent = bench.log(AcquirerEvent.SENT);
            assertEquals(sent.size(), bench.log(AcquirerEvent.ANSWERED).size());
            assertEquals(
                    40,
                    sent.stream().filter(line -> !line.contains("originalRrn")).count());
            for (final FollowUp followUp : bench.network.followUps) {
                assertTrue(
                        bench.network.followUps.stream()
                                .filter(other -> other.low() == followUp.low())
                                .allMatch(followUp::equals),
                        "a repeat differs");
            }
        }
    }

    private AcquirerBench bench(final long payments, final Shares shares, final Mix mix) {
        final Path own = folder.resolve(String.valueOf(System.nanoTime()));
        own.toFile().mkdir();
        return new AcquirerBench(
                AcquirerBench.configuration(own, AcquirerBench.load(Arrivals.UNIFORM, 1000, payments), shares, mix));
    }

    private static Mix mix(final List<Transaction> transactions, final double advices) {
        return new Mix(transactions, advices, 0, 0, 0, 0, 0, 0, 0, List.of());
    }

    private static List<Transaction> only(final TransactionType type) {
        return List.of(new Transaction(type, 1));
    }
}
