package io.turnout.launcher;

import io.turnout.simulators.oracle.CheckResult;
import io.turnout.simulators.oracle.Reconciliation;
import io.turnout.simulators.oracle.ReconciliationReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code turnout simulate check}: compares acquirers' logs with banks' books. */
@Command(
        name = "check",
        description = "Compares the logs of acquirers with the books of banks. Exit code 5 when they disagree.",
        mixinStandardHelpOptions = true)
final class SimulateCheckCommand implements Callable<Integer> {
    private static final long POLL_MS = 200;

    @Option(
            names = "--acquirer",
            required = true,
            paramLabel = "LOG",
            description = "Log of an acquirer; may be repeated.")
    private List<Path> logs;

    @Option(names = "--bank", required = true, paramLabel = "BOOKS", description = "Books of a bank; may be repeated.")
    private List<Path> books;

    @Option(
            names = "--ledger",
            paramLabel = "FILE",
            description = "What turnout ledger show --json said once all was settled: its wallets are compared too.")
    private Path ledger;

    @Option(
            names = "--opening",
            paramLabel = "MINOR",
            defaultValue = "0",
            description = "What each wallet held before the first payment, in minor units (default: ${DEFAULT-VALUE}).")
    private long openingMinor;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "Wait at most so long for the last reversals to reach the banks (default: ${DEFAULT-VALUE}).")
    private int waitSeconds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        final Reconciliation oracle = new Reconciliation();
        logs.forEach(oracle::addAcquirerLog);
        books.forEach(oracle::addBankBooks);
        if (ledger != null) {
            WalletFile.read(ledger, openingMinor).forEach(oracle::addWallet);
        }
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(waitSeconds);
        while (oracle.pendingCount() > 0 && System.nanoTime() < deadlineNs) {
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
        final ReconciliationReport report = oracle.check(Reconciliation.Mode.SETTLED);
        final PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "payments %,d: approved %,d, reversed %,d, declined %,d, unknown %,d, refused %,d, unanswered %,d%n",
                report.requestCount(),
                report.approvedCount(),
                report.reversedCount(),
                report.declinedCount(),
                report.unknownCount(),
                report.rejectedCount(),
                report.unansweredCount());
        for (final CheckResult result : report.results()) {
            out.printf(
                    "  %-6s  %-56s %,12d%n",
                    result.isPassed() ? "ok" : "FAILED", result.check().sentence(), result.checkedCount());
            result.examples().forEach(example -> out.println("          " + example));
        }
        out.flush();
        return (report.isPassed() ? ExitCode.OK : ExitCode.DATA_DAMAGED).code();
    }
}
