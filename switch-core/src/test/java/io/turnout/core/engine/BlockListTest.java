package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Payments of blocked cards, at blocked merchants and at blocked terminals are declined. */
final class BlockListTest {
    private static final long TOKEN_HIGH = 11;
    private static final long TOKEN_LOW = 12;
    private static final int ACQUIRER = TestConfiguration.ACQUIRER;

    private final TestOperations operations = new TestOperations();
    private final Scenario scenario = Scenario.standard();

    @Test
    void shouldDeclineABlockedCardUntilItIsUnblocked() {
        scenario.given().that(when -> when.command(operations.blockCard(TOKEN_HIGH, TOKEN_LOW)));

        pay("A");
        declined("CARD_BLOCKED", 1004);
        scenario.when().payment("other card");
        scenario.then().events("PaymentRouted");
        scenario.when().command(operations.unblockCard(TOKEN_HIGH, TOKEN_LOW));
        scenario.then()
                .event("BlockListChanged")
                .with("kind", "CARD")
                .with("blocked", "FALSE")
                .with("panToken", "(high=11|low=12)");

        pay("B");
        scenario.then().events("PaymentRouted");
    }

    @Test
    void shouldDeclineAtABlockedMerchantOfThatAcquirerOnly() {
        scenario.given()
                .that(when -> when.command(operations.blockMerchant(2, TestOperations.MERCHANT)))
                .that(when -> when.command(operations.blockMerchant(ACQUIRER, "MERCHANT0000002")));
        pay("A");
        scenario.then().events("PaymentRouted");

        scenario.when().command(operations.blockMerchant(ACQUIRER, TestOperations.MERCHANT));
        scenario.then().event("BlockListChanged").with("kind", "MERCHANT").with("blocked", "TRUE");

        pay("B");
        declined("MERCHANT_BLOCKED", 1009);
        scenario.when().command(operations.unblockMerchant(ACQUIRER, TestOperations.MERCHANT));
        pay("C");
        scenario.then().events("PaymentRouted");
    }

    @Test
    void shouldDeclineAtABlockedTerminalOfThatMerchantOnly() {
        scenario.given()
                .that(when -> when.command(operations.blockTerminal(ACQUIRER, "MERCHANT0000002", "TERM0001")))
                .that(when -> when.command(operations.blockTerminal(ACQUIRER, TestOperations.MERCHANT, "TERM0002")));
        pay("A");
        scenario.then().events("PaymentRouted");

        scenario.when().command(operations.blockTerminal(ACQUIRER, TestOperations.MERCHANT, TestOperations.TERMINAL));

        pay("B");
        declined("TERMINAL_BLOCKED", 1020);
        scenario.when().command(operations.unblockTerminal(ACQUIRER, TestOperations.MERCHANT, TestOperations.TERMINAL));
        pay("C");
        scenario.then().events("PaymentRouted");
    }

    @Test
    void shouldSayWhatABlockingCannotDo() {
        scenario.given().that(when -> when.command(operations.blockCard(1, 1)));

        ignored(operations.blockCard(1, 1), 26, "ALREADY_BLOCKED");
        ignored(operations.unblockCard(1, 2), 27, "NOT_BLOCKED");
        ignored(operations.unblockMerchant(1, TestOperations.MERCHANT), 29, "NOT_BLOCKED");
        scenario.given()
                .that(when -> when.command(operations.blockCard(1, 2)))
                .that(when -> when.command(operations.blockCard(1, 3)));
        ignored(operations.blockTerminal(1, TestOperations.MERCHANT, "TERM0001"), 38, "BLOCK_LIST_FULL");
        scenario.when().command(operations.unblockCard(1, 2));
        scenario.when().command(operations.blockTerminal(1, TestOperations.MERCHANT, "TERM0001"));
        scenario.then().events("BlockListChanged");
    }

    @Test
    void shouldStopWhenTheListIsConfiguredLargerThanItsTable() {
        final EngineCapacity capacity = new EngineCapacity(64, 8, 16, 4, 8, 16).withBlocked(2);
        final Scenario small = new Scenario(capacity);
        small.given().configuration(TestConfiguration.standard(1));
        small.given()
                .that(when -> when.command(operations.blockCard(1, 1)))
                .that(when -> when.command(operations.blockCard(1, 2)));

        final EngineCapacityException stop =
                assertThrows(EngineCapacityException.class, () -> small.when().command(operations.blockCard(1, 3)));

        assertTrue(stop.getMessage().endsWith("blocked=2"), stop.getMessage());
    }

    @Test
    void shouldAgreeWithASet() {
        final long seed = Long.getLong("turnout.seed", 1);
        final Random random = new Random(seed);
        final BlockList list = new BlockList(100);
        final Set<List<Long>> oracle = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            final long high = random.nextInt(5);
            final long low = random.nextInt(40);
            final UnsafeBuffer key = list.card(high, low);
            final List<Long> named = List.of(high, low);
            assertEquals(oracle.contains(named), list.contains(key), () -> "seed=" + seed);
            if (oracle.contains(named)) {
                list.remove(key);
                oracle.remove(named);
            } else if (oracle.size() < 100) {
                list.add(key, i);
                oracle.add(named);
            }
            assertEquals(oracle.size(), list.count(), () -> "seed=" + seed);
        }
    }

    private void pay(final String name) {
        scenario.when()
                .payment(name, request -> request.panToken().high(TOKEN_HIGH).low(TOKEN_LOW));
    }

    private void declined(final String reason, final int resultCode) {
        scenario.then().event("PaymentAnswered").with("reason", reason).with("resultCode", resultCode);
    }

    private void ignored(final DirectBuffer command, final int templateId, final String problem) {
        scenario.when().command(command);
        scenario.then()
                .event("CommandIgnored")
                .with("refTemplateId", templateId)
                .with("problem", problem);
    }
}
