package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.ReconciliationMode;
import io.turnout.codecs.sbe.engine.RequestPaymentEncoder;
import io.turnout.codecs.sbe.engine.TransactionType;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/**
 * A scenario with accounts: acquirer 1 is participant 7, the bank is participant 8, and issuer 3, on us, is participant
 * 9. Alice and Bob have wallets, the shop is a merchant of acquirer 1, and a fee of 3 + 1 % up to 50 is paid.
 */
final class LedgerSetting {
    static final int ACQUIRER_PARTICIPANT = 7;
    static final int BANK_PARTICIPANT = 8;
    static final int WALLETS_PARTICIPANT = 9;
    static final int WALLETS = 3;
    static final int DATE = 20260921;
    static final long CAP = 1_000_00;
    static final int MARGIN_PERCENT = 5;
    static final long ALICE = 101;
    static final long BOB = 102;
    static final long SHOP = 201;
    static final long PREFUND = 301;
    static final long ALICE_TOKEN = 60_001;
    static final long BOB_TOKEN = 60_002;
    static final long VALIDITY_NS = 7 * 24 * 3600 * TestConfiguration.SECOND_NS;
    static final long WORLD = EngineAccounts.settlement(TestConfiguration.EURO);
    static final long FEES = EngineAccounts.fee(TestConfiguration.EURO);
    static final LedgerCapacity LEDGER = new LedgerCapacity(200, 16, 16, 16, 8);

    private static final String MERCHANT = "MERCHANT0000001";

    private final LedgerCommands commands = new LedgerCommands();
    private final Scenario scenario =
            new Scenario(Scenario.CAPACITY.with(LEDGER).withOriginals(16));

    /** Everybody is there; Alice has 500.00, Bob has nothing. */
    static LedgerSetting standard() {
        final LedgerSetting setting = new LedgerSetting();
        setting.scenario.given().configuration(configuration(1, CAP)).signedOn(TestConfiguration.LINK);
        setting.apply(setting.commands.cutOver(DATE, 2));
        setting.apply(setting.commands.wallet(ALICE, ALICE_TOKEN, c -> {}));
        setting.apply(setting.commands.wallet(BOB, BOB_TOKEN, c -> c.maximumBalanceMinor(600_00)));
        setting.apply(setting.commands.merchant(SHOP, TestConfiguration.ACQUIRER, MERCHANT));
        setting.submit(1, LedgerCommands.post(WORLD, ALICE, 500_00));
        return setting;
    }

    static TestConfiguration configuration(final long hash, final long bankCapMinor) {
        return configuration(hash, bankCapMinor, ReconciliationMode.NONE);
    }

    static TestConfiguration configuration(
            final long hash, final long bankCapMinor, final ReconciliationMode reconciliation) {
        return new TestConfiguration(hash)
                .begin(begin -> begin.maximumPayments(60)
                        .horizonNs(TestConfiguration.HORIZON_NS)
                        .originalsRetentionNs(VALIDITY_NS)
                        .maximumOriginals(16))
                .currency(TestConfiguration.EURO, 2)
                .currency(TestConfiguration.YEN, 0)
                .ledger(10, 8, 4, MARGIN_PERCENT)
                .participant(ACQUIRER_PARTICIPANT, TestConfiguration.EURO, CAP)
                .participant(BANK_PARTICIPANT, TestConfiguration.EURO, bankCapMinor)
                .participant(WALLETS_PARTICIPANT, TestConfiguration.EURO, CAP)
                .acquirer(TestConfiguration.ACQUIRER, a -> a.participantId(ACQUIRER_PARTICIPANT)
                        .transactionTypes(0x7FE))
                .acquirer(TestConfiguration.OTHER_ACQUIRER, a -> a.transactionTypes(0x7FE))
                .limit(TestConfiguration.ACQUIRER, TestConfiguration.EURO, 2_000_00)
                .limit(TestConfiguration.OTHER_ACQUIRER, TestConfiguration.EURO, 2_000_00)
                .fee(TestConfiguration.ACQUIRER, TestConfiguration.EURO, 3, 100, 50)
                .issuer(TestConfiguration.ISSUER, i -> i.participantId(BANK_PARTICIPANT)
                        .reconciliation(reconciliation)
                        .transactionTypes(0x7FE)
                        .preAuthorisationValidityNs(VALIDITY_NS))
                .issuer(WALLETS, i -> i.participantId(WALLETS_PARTICIPANT)
                        .transactionTypes(0x7FE)
                        .overCapturePercent(120)
                        .preAuthorisationValidityNs(VALIDITY_NS)
                        .onUs(BooleanType.TRUE))
                .link(TestConfiguration.LINK, TestConfiguration.ISSUER, TestConfiguration.GATEWAY, 8)
                .bins(40_000_000, 49_999_999, TestConfiguration.ISSUER)
                .bins(60_000_000, 60_999_999, WALLETS);
    }

    static long position(final int participant) {
        return position(participant, DATE);
    }

    static long position(final int participant, final int date) {
        return EngineAccounts.position(participant, TestConfiguration.EURO, date);
    }

    static long total(final int participant) {
        return EngineAccounts.total(participant, TestConfiguration.EURO);
    }

    /** A request with Alice's card. */
    static Consumer<RequestPaymentEncoder> alice(final TransactionType type, final long amountMinor) {
        return card(ALICE_TOKEN, type, amountMinor, 0);
    }

    static Consumer<RequestPaymentEncoder> alice(
            final TransactionType type, final long amountMinor, final long destination) {
        return card(ALICE_TOKEN, type, amountMinor, destination);
    }

    static Consumer<RequestPaymentEncoder> card(
            final long token, final TransactionType type, final long amountMinor, final long destination) {
        return request -> {
            request.bin(60_000_000)
                    .transactionType(type.value())
                    .amountMinor(amountMinor)
                    .destinationAccountId(destination);
            request.panToken().high(token).low(8_000);
        };
    }

    /** A request with a card of the bank. */
    static Consumer<RequestPaymentEncoder> bank(
            final TransactionType type, final long amountMinor, final long destination) {
        return request ->
                request.transactionType(type.value()).amountMinor(amountMinor).destinationAccountId(destination);
    }

    /** A withdrawal from a wallet to a card of the bank. */
    static Consumer<RequestPaymentEncoder> withdrawal(final long amountMinor, final long source) {
        return bank(TransactionType.WITHDRAWAL, amountMinor, 0).andThen(request -> request.sourceAccountId(source));
    }

    Scenario scenario() {
        return scenario;
    }

    LedgerCommands commands() {
        return commands;
    }

    LedgerView view() {
        return LedgerView.of(scenario.engine());
    }

    Then apply(final DirectBuffer command) {
        scenario.when().command(command);
        return scenario.then();
    }

    Then submit(final long submissionId, final LedgerCommands.Leg... legs) {
        return apply(commands.submit(submissionId, scenario.nowNs(), List.of(legs)));
    }

    Then pay(final String name, final Consumer<RequestPaymentEncoder> request) {
        scenario.when().payment(name, request);
        return scenario.then();
    }

    Then answer(final String name, final int resultCode) {
        scenario.when().issuerAnswers(name, resultCode);
        return scenario.then();
    }

    void linkDown() {
        scenario.when().link(TestConfiguration.LINK, LinkState.DOWN);
    }
}
