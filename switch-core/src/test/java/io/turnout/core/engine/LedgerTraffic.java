package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.AccountStatus;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.CapUsageChangedDecoder;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.NotSentReason;
import io.turnout.codecs.sbe.engine.TransactionType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.agrona.DirectBuffer;

/** Acquirers, a bank, wallets, operators and days at random, in the setting of {@link LedgerSetting}. */
final class LedgerTraffic {
    private static final TransactionType[] TYPES = {
        TransactionType.PURCHASE,
        TransactionType.PRE_AUTHORISATION,
        TransactionType.REFUND,
        TransactionType.CASH_WITHDRAWAL,
        TransactionType.BALANCE_INQUIRY,
        TransactionType.TRANSFER,
        TransactionType.TOP_UP,
        TransactionType.WITHDRAWAL
    };
    private static final long[] ACCOUNTS = {
        LedgerSetting.ALICE,
        LedgerSetting.BOB,
        LedgerSetting.SHOP,
        LedgerSetting.PREFUND,
        LedgerSetting.WORLD,
        LedgerSetting.FEES,
        LedgerSetting.total(LedgerSetting.BANK_PARTICIPANT),
        999
    };

    private final TestCommands commands = new TestCommands();
    private final LedgerCommands ledger = new LedgerCommands();
    private final List<NamedPayment> payments = new ArrayList<>();
    private final List<RecordedEvent> requests = new ArrayList<>();
    private final List<RecordedEvent> reversals = new ArrayList<>();
    private final Set<Long> exceeding = new HashSet<>();
    private final Random random;
    private long submissions;
    private long configurations = 1;
    private int date = 20260101;

    LedgerTraffic(final Random random) {
        this.random = random;
    }

    /** The setting, with a prefund. */
    List<DirectBuffer> beginning(final long nowNs) {
        final List<DirectBuffer> first = new ArrayList<>(
                LedgerSetting.configuration(configurations++, LedgerSetting.CAP).commands());
        first.add(linkUp());
        first.add(ledger.cutOver(date, 2));
        first.add(ledger.wallet(LedgerSetting.ALICE, LedgerSetting.ALICE_TOKEN, c -> {}));
        first.add(ledger.wallet(LedgerSetting.BOB, LedgerSetting.BOB_TOKEN, c -> c.debitLimitMinor(50_00)));
        first.add(ledger.merchant(LedgerSetting.SHOP, TestConfiguration.ACQUIRER, "MERCHANT0000001"));
        first.add(ledger.prefund(LedgerSetting.PREFUND, LedgerSetting.BANK_PARTICIPANT));
        first.add(ledger.submit(
                ++submissions,
                nowNs,
                List.of(LedgerCommands.post(LedgerSetting.WORLD, LedgerSetting.ALICE, 3_000_00))));
        return first;
    }

    long pauseNs() {
        final int kind = random.nextInt(1000);
        if (kind == 0) {
            return LedgerSetting.VALIDITY_NS;
        }
        return kind < 20
                ? random.nextLong(900 * TestConfiguration.SECOND_NS)
                : random.nextLong(TestConfiguration.SECOND_NS);
    }

    void onEvent(final RecordedEvent event) {
        switch (event.name()) {
            case "PaymentRouted" -> requests.add(event);
            case "ReversalRequested" -> reversals.add(event);
            case "LedgerLimitExceeded" -> exceeded(event.number("debitAccountId"));
            default -> {}
        }
    }

    /** Whether an accomplished fact, and not a request, has taken an account past its limit. */
    boolean mayExceed(final LedgerView.Account account) {
        return exceeding.contains(account.id());
    }

    /** A position or prefund may have taken its participant's total with it. */
    private void exceeded(final long accountId) {
        exceeding.add(accountId);
        exceeding.add(LedgerSetting.total((int) (accountId >>> 37 & 0xFFFF)));
        if (accountId == LedgerSetting.PREFUND) {
            exceeding.add(LedgerSetting.total(LedgerSetting.BANK_PARTICIPANT));
        }
    }

    /** Whether only traffic with a ledger causes an event. */
    static boolean isOfLedger(final int template) {
        return (template >= 140 && template < 160) || template == CapUsageChangedDecoder.TEMPLATE_ID;
    }

    /** Events of the ledger that the stream should have caused and did not. */
    Set<Integer> unseen(final List<RecordedEvent> events) {
        final Set<Integer> unseen = new HashSet<>(RecordedEvent.templateIds());
        unseen.removeIf(template -> !isOfLedger(template));
        events.forEach(event -> unseen.remove(event.templateId()));
        return unseen;
    }

    DirectBuffer next(final long nowNs) {
        final int kind = random.nextInt(100);
        if (kind < 40) {
            return payment(nowNs);
        } else if (kind < 55) {
            return answer();
        } else if (kind < 65) {
            return reversalAnswer();
        } else if (kind < 70) {
            return payments.isEmpty() ? commands.clockTick() : commands.requestReversal(any(payments), nowNs, c -> {});
        } else if (kind < 80) {
            return followUp(nowNs);
        } else if (kind < 92) {
            return transfers(nowNs);
        }
        return rare(kind);
    }

    private DirectBuffer payment(final long nowNs) {
        final NamedPayment payment = new NamedPayment(payments.size() + 1, nowNs);
        payments.add(payment);
        final TransactionType type = TYPES[random.nextInt(TYPES.length)];
        final boolean onUs = random.nextInt(3) > 0;
        final boolean advice = random.nextInt(25) == 0 && type.value() <= TransactionType.CASH_WITHDRAWAL.value();
        final boolean moves = type != TransactionType.BALANCE_INQUIRY;
        final boolean hasDestination = type == TransactionType.TRANSFER || type == TransactionType.TOP_UP;
        final long token = random.nextBoolean() ? LedgerSetting.ALICE_TOKEN : LedgerSetting.BOB_TOKEN;
        return commands.requestPayment(payment, request -> {
            request.transactionType(type.value())
                    .amountMinor(moves ? 1 + random.nextInt(300_00) : 0)
                    .acquirerId(1 + random.nextInt(2))
                    .destinationAccountId(hasDestination ? account() : 0)
                    .sourceAccountId(type == TransactionType.WITHDRAWAL && random.nextInt(4) > 0 ? account() : 0)
                    .advice(advice ? BooleanType.TRUE : BooleanType.FALSE)
                    .bin(onUs ? 60_000_000 : 41_000_000);
            if (onUs) {
                request.panToken().high(random.nextInt(20) == 0 ? 1 : token).low(8_000);
            }
        });
    }

    private DirectBuffer followUp(final long nowNs) {
        if (payments.isEmpty()) {
            return commands.clockTick();
        }
        final NamedPayment original = any(payments);
        final NamedPayment followUp = new NamedPayment(payments.size() + 1, nowNs);
        payments.add(followUp);
        final TransactionType[] types = {TransactionType.COMPLETION, TransactionType.VOID, TransactionType.REFUND};
        final TransactionType type = types[random.nextInt(types.length)];
        return commands.requestFollowUp(
                type,
                followUp,
                original,
                request -> request.amountMinor(type == TransactionType.VOID ? 0 : 1 + random.nextInt(100_00)));
    }

    private DirectBuffer transfers(final long nowNs) {
        final List<LedgerCommands.Leg> legs = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            final long id = 1 + random.nextLong(12);
            final long expiresAtNs = nowNs + random.nextLong(60 * TestConfiguration.SECOND_NS);
            legs.add(
                    switch (random.nextInt(5)) {
                        case 0 -> LedgerCommands.postPending(id, random.nextInt(2) * 50L);
                        case 1 -> LedgerCommands.voidPending(id);
                        case 2 ->
                            LedgerCommands.reserve(id, account(), account(), 1 + random.nextInt(90_00), expiresAtNs);
                        default -> LedgerCommands.post(account(), account(), 1 + random.nextInt(90_00));
                    });
        }
        final boolean repeats = random.nextInt(10) == 0;
        return ledger.submit(repeats ? submissions : ++submissions, nowNs, legs);
    }

    private DirectBuffer rare(final int kind) {
        return switch (kind) {
            case 92 -> random.nextInt(4) == 0 ? ledger.cutOver(++date, 1 + random.nextInt(3)) : settle();
            case 93 -> ledger.cutOver(date - random.nextInt(2), 1);
            case 94 ->
                commands.linkStateChanged(
                        TestConfiguration.LINK,
                        TestConfiguration.ISSUER,
                        TestConfiguration.GATEWAY,
                        random.nextInt(4) == 0 ? LinkState.DOWN : LinkState.SIGNED_ON);
            case 95 ->
                ledger.change(
                        LedgerSetting.BOB,
                        50_00,
                        1_000_000,
                        random.nextInt(3) == 0 ? AccountStatus.FROZEN : AccountStatus.OPEN);
            case 96 -> ledger.wallet(100 + random.nextInt(20), 70_000 + random.nextInt(20), c -> {});
            case 97 -> notSent();
            case 98 -> random.nextInt(20) == 0 ? commands.hostStarted(0) : linkUp();
            default -> commands.clockTick();
        };
    }

    /** A position of a date that may be closed is settled a little. */
    private DirectBuffer settle() {
        final int day = date - 1 - random.nextInt(2);
        final long position = LedgerSetting.position(7 + random.nextInt(3), Math.max(day, 20260101));
        return ledger.submit(
                ++submissions,
                Scenario.START_NS,
                List.of(LedgerCommands.post(LedgerSetting.WORLD, position, 1 + random.nextInt(100))));
    }

    private DirectBuffer answer() {
        if (requests.isEmpty()) {
            return commands.clockTick();
        }
        final RecordedEvent request =
                requests.remove(requests.size() - 1 - random.nextInt(Math.min(8, requests.size())));
        return commands.issuerResponse(request, random.nextInt(4) == 0 ? 1016 : 0, c -> {});
    }

    private DirectBuffer reversalAnswer() {
        return reversals.isEmpty()
                ? commands.clockTick()
                : commands.issuerReversalResponse(
                        reversals.remove(random.nextInt(reversals.size())), random.nextInt(5) == 0 ? 9112 : 0);
    }

    private DirectBuffer notSent() {
        return requests.isEmpty()
                ? commands.clockTick()
                : commands.notSent(requests.remove(requests.size() - 1), NotSentReason.CHANNEL_FULL, c -> {});
    }

    private DirectBuffer linkUp() {
        return commands.linkStateChanged(
                TestConfiguration.LINK, TestConfiguration.ISSUER, TestConfiguration.GATEWAY, LinkState.SIGNED_ON);
    }

    private long account() {
        return ACCOUNTS[random.nextInt(ACCOUNTS.length)];
    }

    private <T> T any(final List<T> list) {
        return list.get(list.size() - 1 - random.nextInt(Math.min(40, list.size())));
    }
}
