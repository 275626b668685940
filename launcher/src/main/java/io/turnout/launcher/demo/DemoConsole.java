package io.turnout.launcher.demo;

import io.turnout.codecs.sbe.engine.AccountKind;
import io.turnout.core.pipeline.VerificationReport;
import io.turnout.launcher.admin.Amounts;
import io.turnout.launcher.ledger.LedgerRecords;
import io.turnout.launcher.node.DataDirectory;
import io.turnout.launcher.settings.IssuerSettings;
import io.turnout.launcher.settings.SwitchSettings;
import io.turnout.simulators.acquirer.AcquirerCounter;
import io.turnout.simulators.acquirer.AcquirerResults;
import io.turnout.simulators.oracle.CheckResult;
import io.turnout.simulators.oracle.CurrencyTotal;
import io.turnout.simulators.oracle.ReconciliationReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** What a person sees of the demonstration. */
public final class DemoConsole {
    private static final int BAR_WIDTH = 32;
    private static final long LINE_INTERVAL_NS = TimeUnit.SECONDS.toNanos(2);
    private static final double NS_PER_MS = 1e6;
    private static final long MIB = 1L << 20;

    private final PrintWriter out;
    private final boolean isTerminal;
    private int payments;
    private long lastLineNs;

    /**
     * @param out where it is printed
     * @param isTerminal whether the progress bar may redraw its line
     */
    public DemoConsole(final PrintWriter out, final boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    void begin(final DemoPlan plan, final SwitchSettings settings, final String wallets) {
        payments = plan.payments();
        lastLineNs = System.nanoTime();
        out.printf(
                "switch     layout %s, durability %s, idle %s%n",
                word(plan.layout()), word(plan.durability()), word(plan.idle()));
        out.println("           development key in force: never use it with real cards");
        for (final IssuerSettings issuer : settings.issuers()) {
            if (!issuer.onUs()) {
                out.printf(
                        "bank       %s, %s, %s%n",
                        issuer.name(), issuer.dialect(), word(issuer.framing()).replace('_', '-'));
            }
        }
        out.printf("wallets    %s%n", wallets);
        final String rate = plan.perSecond() == 0 ? "as fast as they are answered" : plan.perSecond() + " a second";
        out.printf(Locale.ROOT, "acquirer   %,d payments, %s%n", payments, rate);
        out.printf("files      %s%n%n", plan.directory());
        out.flush();
    }

    void progress(final AcquirerResults results, final String remark) {
        final long nowNs = System.nanoTime();
        final long finished = Math.min(payments, results.answeredCount() + rejected(results));
        final boolean isLast = results.done();
        if (!isTerminal && !isLast && nowNs - lastLineNs < LINE_INTERVAL_NS) {
            return;
        }
        lastLineNs = nowNs;
        final int filled = (int) (BAR_WIDTH * finished / payments);
        final String bar = "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
        out.printf(
                Locale.ROOT,
                "%s%s  %,7d of %,d  %-24s%s",
                isTerminal ? "\r" : "",
                bar,
                finished,
                payments,
                remark,
                isTerminal && !isLast ? "" : System.lineSeparator());
        out.flush();
    }

    void payments(final AcquirerResults results) {
        out.printf(Locale.ROOT, "%nAll answered after %.1f seconds.", seconds(results.elapsedNs()));
        out.flush();
    }

    void draining() {
        out.println(" Waiting until the last reversal and advice have reached their bank ...");
        out.flush();
    }

    void outcome(final ReconciliationReport report, final AcquirerResults results, final DataDirectory directory) {
        final Histogram latency = results.latency();
        out.println();
        row("payments", "%,d", report.requestCount());
        row(
                "approved",
                "%,d, of which %,d reversed by the acquirer",
                report.approvedCount() + report.reversedCount(),
                report.reversedCount());
        row("declined", "%,d", report.declinedCount());
        row("unknown", "%,d, all reversed", report.unknownCount());
        row("refused", "%,d (invalid on purpose)", report.rejectedCount());
        row("throughput", "%,.0f payments a second", results.answeredCount() / seconds(results.elapsedNs()));
        row(
                "latency",
                "p50 %.1f  p90 %.1f  p99 %.1f  p99.9 %.1f  max %.1f ms, bank included",
                ms(latency, 50),
                ms(latency, 90),
                ms(latency, 99),
                ms(latency, 99.9),
                latency.getMaxValue() / NS_PER_MS);
        row(
                "journals",
                "commands %,d MiB, events %,d MiB on disk",
                sizeBytes(directory.commands()) / MIB,
                sizeBytes(directory.events()) / MIB);
    }

    /** Where the money is: the banks' cards on both sides of the wire, and the accounts of the switch. */
    void money(final ReconciliationReport report, final LedgerRecords records) {
        for (final CurrencyTotal total : report.totals()) {
            row(
                    "money " + Amounts.code(total.currency()),
                    "bank cards paid %s as the acquirer knows it, %s as the banks do",
                    Amounts.grouped(total.approvedMinor(), total.currency()),
                    Amounts.grouped(total.debitedMinor(), total.currency()));
        }
        records.sums()
                .forEach((currency, sumMinor) -> row(
                        "ledger " + Amounts.code(currency),
                        "all accounts of the switch add up to %s; wallets hold %s",
                        Amounts.grouped(sumMinor, currency),
                        Amounts.grouped(inWallets(records, currency), currency)));
    }

    private static long inWallets(final LedgerRecords records, final int currency) {
        return records.accounts().stream()
                .filter(account -> account.kind() == AccountKind.WALLET && account.currency() == currency)
                .mapToLong(LedgerRecords.Account::balanceMinor)
                .sum();
    }

    boolean checks(
            final ReconciliationReport report, final LedgerRecords records, final VerificationReport verification) {
        out.printf("%nChecks, from the acquirer's log, the banks' books and the wallets' balances:%n");
        for (final CheckResult result : report.results()) {
            check(result.isPassed(), result.check().sentence(), result.checkedCount());
            result.examples().forEach(example -> out.println("          " + example));
        }
        final boolean isBalanced = records.sums().values().stream().allMatch(sum -> sum == 0);
        check(
                isBalanced,
                "the balances of each currency add up to nothing",
                records.sums().size());
        check(
                verification.isClean(),
                "the journals hold together: events follow from commands",
                verification.comparedEvents());
        verification.firstDifference().ifPresent(difference -> out.println("          " + difference));
        final boolean isPassed = report.isPassed() && isBalanced && verification.isClean();
        out.printf("%n%s%n", isPassed ? "Every check passed." : "CHECKS FAILED.");
        out.flush();
        return isPassed;
    }

    private void check(final boolean isPassed, final String sentence, final long count) {
        out.printf(Locale.ROOT, "  %-6s  %-56s %,12d%n", isPassed ? "ok" : "FAILED", sentence, count);
    }

    private void row(final String name, final String form, final Object... values) {
        out.printf("%-10s %s%n", name, String.format(Locale.ROOT, form, values));
    }

    private static long rejected(final AcquirerResults results) {
        return results.count(AcquirerCounter.REJECTED) + results.count(AcquirerCounter.GIVEN_UP);
    }

    private static double ms(final Histogram latency, final double percentile) {
        return latency.getValueAtPercentile(percentile) / NS_PER_MS;
    }

    private static double seconds(final long durationNs) {
        return Math.max(1, durationNs) / 1e9;
    }

    private static long sizeBytes(final Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile)
                    .mapToLong(DemoConsole::length)
                    .sum();
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static long length(final Path file) {
        try {
            return Files.size(file);
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static String word(final Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
