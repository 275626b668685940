package io.turnout.launcher;

import io.turnout.launcher.admin.AccountNames;
import io.turnout.launcher.admin.Amounts;
import io.turnout.launcher.ledger.LedgerRecords;
import io.turnout.launcher.ledger.LedgerRecords.Account;
import io.turnout.launcher.ledger.LedgerRecords.Reservation;
import io.turnout.launcher.node.DataDirectory;
import io.turnout.launcher.node.Journals;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code turnout ledger show}: balances, holds and limits. */
@Command(
        name = "show",
        description = {
            "Shows accounts with their balances, holds and limits, and the open reservations.",
            "Read from the newest snapshot and the commands after it; the switch may be running. The balances of all "
                    + "accounts of a currency add up to nothing, or the exit code is 5."
        },
        mixinStandardHelpOptions = true)
final class LedgerShowCommand implements Callable<Integer> {
    private static final String ROW = "%-26s %-10s %-8s %18s %18s %18s %18s %18s%n";

    @Option(names = "--data", required = true, paramLabel = "DIRECTORY", description = "Data directory of the switch.")
    private Path dataDirectory;

    @Option(names = "--json", description = "One object a line, amounts in minor units.")
    private boolean json;

    @Mixin
    private CapacityOptions size;

    @Parameters(
            arity = "0..*",
            paramLabel = "ACCOUNT",
            description = "Only these: a number, or a name such as settlement:CNY (default: all).")
    private List<String> wanted = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final LedgerRecords records = new LedgerRecords();
        final Progress progress = new Progress(spec.commandLine().getErr(), "replaying");
        final long lastCommand =
                Journals.state(DataDirectory.existing(dataDirectory), size.capacity(), progress, records);
        final List<Account> accounts =
                records.accounts().stream().filter(this::isWanted).toList();
        for (final String name : wanted) {
            if (accounts.stream().noneMatch(account -> name(account).equals(name))) {
                throw new CommandFailure(ExitCode.FAILED, "there is no account " + name);
            }
        }
        if (json) {
            accounts.forEach(account -> json(out, account));
            records.reservations().forEach(reservation -> json(out, reservation));
            out.printf("{\"lastCommand\":%d,\"unresolvedPayments\":%d}%n", lastCommand, records.unresolvedCount());
        } else {
            table(out, accounts);
            reservations(out, records.reservations());
            totals(out, records);
            out.printf("%nas of command %d; %d payments have no end yet%n", lastCommand, records.unresolvedCount());
        }
        out.flush();
        final boolean isBalanced = records.sums().values().stream().allMatch(sum -> sum == 0);
        return isBalanced ? ExitCode.OK.code() : ExitCode.DATA_DAMAGED.code();
    }

    private boolean isWanted(final Account account) {
        return wanted.isEmpty() || wanted.contains(name(account));
    }

    private static void table(final PrintWriter out, final List<Account> accounts) {
        if (accounts.isEmpty()) {
            out.println("There are no accounts.");
            return;
        }
        out.printf(ROW, "account", "kind", "status", "balance", "held of it", "to come", "debit limit", "maximum");
        for (final Account account : accounts) {
            out.printf(
                    ROW,
                    name(account),
                    account.kind().name().toLowerCase(Locale.ROOT),
                    account.status().name().toLowerCase(Locale.ROOT),
                    Amounts.format(account.balanceMinor(), account.currency()) + " " + Amounts.code(account.currency()),
                    Amounts.format(account.debitsPendingMinor(), account.currency()),
                    Amounts.format(account.creditsPendingMinor(), account.currency()),
                    limit(account.debitLimitMinor(), account.currency()),
                    limit(account.maximumBalanceMinor(), account.currency()));
        }
    }

    private static void reservations(final PrintWriter out, final List<Reservation> reservations) {
        for (final Reservation reservation : reservations) {
            final Account debit = reservation.debit();
            out.printf(
                    "%s %d holds %s %s from %s to %s, %s%n",
                    reservation.ofPayment() ? "payment" : "reservation",
                    reservation.id(),
                    Amounts.format(reservation.amountMinor(), debit.currency()),
                    Amounts.code(debit.currency()),
                    name(debit),
                    name(reservation.credit()),
                    expiry(reservation.expiresAtNs()));
        }
    }

    private static void totals(final PrintWriter out, final LedgerRecords records) {
        for (final Map.Entry<Integer, Long> sum : records.sums().entrySet()) {
            out.printf(
                    "sum of all %s accounts: %s%s%n",
                    Amounts.code(sum.getKey()),
                    Amounts.format(sum.getValue(), sum.getKey()),
                    sum.getValue() == 0 ? "" : " - the books do not balance");
        }
    }

    private static void json(final PrintWriter out, final Account account) {
        out.printf(
                "{\"account\":\"%s\",\"accountId\":%d,\"kind\":\"%s\",\"status\":\"%s\",\"currency\":\"%s\","
                        + "\"balanceMinor\":%d,\"debitsPendingMinor\":%d,\"creditsPendingMinor\":%d,"
                        + "\"debitLimitMinor\":%d,\"maximumBalanceMinor\":%d}%n",
                name(account),
                account.id(),
                account.kind(),
                account.status(),
                Amounts.code(account.currency()),
                account.balanceMinor(),
                account.debitsPendingMinor(),
                account.creditsPendingMinor(),
                account.debitLimitMinor(),
                account.maximumBalanceMinor());
    }

    private static void json(final PrintWriter out, final Reservation reservation) {
        out.printf(
                "{\"%s\":%d,\"amountMinor\":%d,\"debit\":\"%s\",\"credit\":\"%s\",\"expiresAtNs\":%d}%n",
                reservation.ofPayment() ? "holdOfPayment" : "reservation",
                reservation.id(),
                reservation.amountMinor(),
                name(reservation.debit()),
                name(reservation.credit()),
                reservation.expiresAtNs());
    }

    private static String name(final Account account) {
        return AccountNames.name(
                account.id(), account.kind(), account.owner(), account.currency(), account.businessDate());
    }

    /** An account of the engine's own has no limit: so large a number that no sum reaches it. */
    private static String limit(final long limitMinor, final int currency) {
        return limitMinor == LedgerRecords.NO_LIMIT ? "none" : Amounts.format(limitMinor, currency);
    }

    private static String expiry(final long expiresAtNs) {
        return expiresAtNs == Long.MAX_VALUE
                ? "without end"
                : "until " + Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(expiresAtNs));
    }
}
