package io.turnout.launcher.demo;

import io.turnout.core.engine.EngineCapacity;
import io.turnout.core.pipeline.RecoveryProgress;
import io.turnout.core.pipeline.VerificationReport;
import io.turnout.launcher.CommandFailure;
import io.turnout.launcher.ExitCode;
import io.turnout.launcher.ledger.LedgerRecords;
import io.turnout.launcher.node.Capacities;
import io.turnout.launcher.node.DataDirectory;
import io.turnout.launcher.node.Journals;
import io.turnout.launcher.node.NodeEnvironment;
import io.turnout.launcher.node.SwitchNode;
import io.turnout.launcher.settings.SwitchSettings;
import io.turnout.simulators.acquirer.AcquirerResults;
import io.turnout.simulators.oracle.Reconciliation;
import io.turnout.simulators.oracle.ReconciliationReport;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The main job on embedded defaults: a switch between an acquirer and two banks, one of which dies in the middle.
 *
 * <p>Whether it went well is read from the acquirer's own log and the banks' own books, never from the switch.
 */
public final class Demo {
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long SIGN_ON_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long BANK_DOWN_NS = TimeUnit.MILLISECONDS.toNanos(1500);
    private static final long ANSWERS_TIMEOUT_NS = TimeUnit.MINUTES.toNanos(5);
    private static final long REVERSALS_TIMEOUT_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int VICTIM = 1;

    private final DemoPlan plan;
    private final DemoFiles files;
    private final DemoConsole console;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /**
     * @param plan what is to be done
     * @param console told how it goes
     */
    public Demo(final DemoPlan plan, final DemoConsole console) {
        this.plan = plan;
        this.files = new DemoFiles(plan);
        this.console = console;
    }

    /**
     * Runs it.
     *
     * @return whether every check passed
     */
    public boolean run() {
        final Reconciliation oracle = new Reconciliation()
                .addAcquirerLog(files.acquirerLog())
                .addBankBooks(files.books("a"))
                .addBankBooks(files.books("b"));
        final AcquirerResults results;
        final DemoWallets wallets =
                new DemoWallets(files.acquirer(0).mix().wallets(), new DataDirectory(files.data()), capacity());
        try (Simulation simulation = new Simulation(files.banks())) {
            final SwitchSettings settings = files.switchSettings(
                    simulation.bank(0).port(), simulation.bank(1).port());
            final long links = settings.issuers().stream()
                    .mapToLong(issuer -> issuer.links().size())
                    .sum();
            console.begin(plan, settings, wallets.describe());
            try (SwitchNode node = SwitchNode.start(settings, NodeEnvironment.of(this::onFailure))) {
                simulation.start(files.acquirer(node.acquirerPort()), this::onError);
                await(() -> node.signedOnLinks() == links, SIGN_ON_TIMEOUT_NS, "banks to sign on");
                wallets.open(node.adminPort().orElseThrow());
                simulation.beginPayments();
                pay(simulation);
                results = simulation.acquirer().results();
                console.payments(results);
                console.draining();
                await(() -> oracle.pendingCount() == 0, REVERSALS_TIMEOUT_NS, "reversals to reach the banks");
                await(
                        () -> wallets.records().unresolvedCount() == 0,
                        REVERSALS_TIMEOUT_NS,
                        "the switch to hear that they did");
            }
        }
        final LedgerRecords records = wallets.records();
        wallets.tell(oracle, records);
        return judge(oracle.check(Reconciliation.Mode.SETTLED), records, results);
    }

    /** Lets the payments run; one bank dies in the middle and comes back. */
    private void pay(final Simulation simulation) {
        final long startNs = System.nanoTime();
        long diedAtNs = Long.MAX_VALUE;
        boolean isDead = false;
        while (!simulation.acquirer().isDone()) {
            final AcquirerResults results = simulation.acquirer().results();
            final long nowNs = System.nanoTime();
            if (diedAtNs == Long.MAX_VALUE && results.answeredCount() >= plan.payments() / 2) {
                simulation.bank(VICTIM).stopAbruptly();
                diedAtNs = nowNs;
                isDead = true;
            } else if (isDead && nowNs - diedAtNs > BANK_DOWN_NS) {
                simulation.bank(VICTIM).restart();
                isDead = false;
            }
            console.progress(results, isDead ? simulation.bank(VICTIM).name() + " is down" : "");
            if (nowNs - startNs > ANSWERS_TIMEOUT_NS) {
                throw new CommandFailure(ExitCode.FAILED, "payments are still open after five minutes");
            }
            pause();
        }
        simulation.bank(VICTIM).restart();
        console.progress(simulation.acquirer().results(), "");
    }

    private boolean judge(
            final ReconciliationReport report, final LedgerRecords records, final AcquirerResults results) {
        final DataDirectory directory = new DataDirectory(files.data());
        final VerificationReport verification = Journals.verify(directory, capacity(), false, RecoveryProgress.NONE);
        console.outcome(report, results, directory);
        console.money(report, records);
        return console.checks(report, records, verification);
    }

    private EngineCapacity capacity() {
        return Capacities.of(Math.max(1024, 2 * plan.payments()));
    }

    private void await(final BooleanSupplier condition, final long timeoutNs, final String what) {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - startNs > timeoutNs) {
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "waited " + TimeUnit.NANOSECONDS.toSeconds(timeoutNs) + " seconds in vain for " + what);
            }
            pause();
        }
    }

    private void pause() {
        final Throwable cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException("the demonstration broke off: " + cause, cause);
        }
        LockSupport.parkNanos(PAUSE_NS);
    }

    private void onFailure(final String component, final Throwable cause) {
        failure.compareAndSet(null, new IllegalStateException(component + " failed: " + cause, cause));
    }

    private void onError(final Throwable cause) {
        failure.compareAndSet(null, cause);
    }
}
