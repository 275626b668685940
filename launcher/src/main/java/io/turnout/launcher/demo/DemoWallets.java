package io.turnout.launcher.demo;

import io.turnout.core.engine.EngineCapacity;
import io.turnout.core.pipeline.RecoveryProgress;
import io.turnout.launcher.admin.OperatorDesk;
import io.turnout.launcher.ledger.LedgerRecords;
import io.turnout.launcher.node.DataDirectory;
import io.turnout.launcher.node.Journals;
import io.turnout.simulators.acquirer.Mix.Wallet;
import io.turnout.simulators.oracle.Reconciliation;
import io.turnout.simulators.oracle.WalletBalance;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The wallets of the demonstration: opened and filled by an operator, and read from the switch's state in the end. */
final class DemoWallets {
    static final String CREDENTIAL = "demonstration-only-operator";

    private static final long OPERATOR = 1;
    private static final String CURRENCY = "CNY";
    private static final String OPENING = "200000.00";
    private static final long OPENING_MINOR = 200_000_00;

    private final List<Wallet> wallets;
    private final DataDirectory directory;
    private final EngineCapacity capacity;

    DemoWallets(final List<Wallet> wallets, final DataDirectory directory, final EngineCapacity capacity) {
        this.wallets = wallets;
        this.directory = directory;
        this.capacity = capacity;
    }

    /** Begins a business date, opens the wallets, and puts money into each. */
    void open(final int adminPort) {
        final InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), adminPort);
        try (OperatorDesk operator = new OperatorDesk(address, OPERATOR, CREDENTIAL, "demonstration")) {
            operator.cutOver();
            for (final Wallet wallet : wallets) {
                operator.openWallet(wallet.accountId(), CURRENCY, wallet.card());
                operator.transfer(
                        "post settlement:" + CURRENCY + " " + wallet.accountId() + " " + OPENING + " " + CURRENCY);
            }
        }
    }

    /** What the journals lead to now; the switch may be running. */
    LedgerRecords records() {
        final LedgerRecords records = new LedgerRecords();
        Journals.state(directory, capacity, RecoveryProgress.NONE, records);
        return records;
    }

    /** Lets the oracle compare what the switch says of the wallets with what the acquirer was told. */
    void tell(final Reconciliation oracle, final LedgerRecords records) {
        final Map<Long, LedgerRecords.Account> accounts =
                records.accounts().stream().collect(Collectors.toMap(LedgerRecords.Account::id, Function.identity()));
        for (final Wallet wallet : wallets) {
            oracle.addWallet(new WalletBalance(
                    wallet.accountId(),
                    OPENING_MINOR,
                    accounts.get(wallet.accountId()).balanceMinor()));
        }
    }

    /** For people. */
    String describe() {
        return wallets.size() + " of an issuer on us, opened by an operator with " + OPENING + " " + CURRENCY + " each";
    }
}
