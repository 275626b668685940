package io.turnout.systemtests.crash;

import io.turnout.journal.Journal;
import io.turnout.launcher.node.NodeEnvironment;
import io.turnout.launcher.node.SwitchNode;
import io.turnout.launcher.node.Wiring;
import io.turnout.launcher.settings.SwitchSettingsReader;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.ShutdownSignalBarrier;

/**
 * A switch made of the product's own parts that dies at a named step.
 *
 * <p>Arguments: configuration file, step ({@code after-append}, {@code before-sync}, {@code after-bank-write},
 * {@code before-event-journal}, {@code during-recovery}), and how often the step is reached before it dies.
 */
public final class CrashingSwitch implements Wiring {
    private final CrashStep step;
    private final Countdown countdown;

    private CrashingSwitch(final CrashStep step, final long count) {
        this.step = step;
        this.countdown = new Countdown(count);
    }

    /** Runs the switch until it dies or is told to stop. */
    public static void main(final String[] arguments) {
        final Wiring wiring = new CrashingSwitch(CrashStep.of(arguments[1]), Long.parseLong(arguments[2]));
        final NodeEnvironment environment =
                NodeEnvironment.of(CrashingSwitch::fail).withWiring(wiring);
        try (ShutdownSignalBarrier barrier = new ShutdownSignalBarrier();
                SwitchNode node = SwitchNode.start(SwitchSettingsReader.read(Path.of(arguments[0])), environment)) {
            System.out.println("ready: acquirers at port " + node.acquirerPort());
            barrier.await();
        }
    }

    @Override
    public Journal commandJournal(final Journal journal) {
        return new CrashingJournal(
                journal,
                CrashingSwitch::goOn,
                at(CrashStep.AFTER_APPEND),
                at(CrashStep.BEFORE_SYNC),
                at(CrashStep.DURING_RECOVERY));
    }

    @Override
    public Journal eventJournal(final Journal journal) {
        return new CrashingJournal(
                journal,
                at(CrashStep.BEFORE_EVENT_JOURNAL),
                CrashingSwitch::goOn,
                CrashingSwitch::goOn,
                CrashingSwitch::goOn);
    }

    @Override
    public Agent gateway(final Agent agent, final LongSupplier issuerRequestsSent) {
        return step == CrashStep.AFTER_BANK_WRITE ? new CrashingGateway(agent, issuerRequestsSent, countdown) : agent;
    }

    private Runnable at(final CrashStep wanted) {
        return step == wanted ? countdown::reached : CrashingSwitch::goOn;
    }

    private static void goOn() {
        // Not the step to die at.
    }

    private static void fail(final String component, final Throwable cause) {
        System.err.println(component + " failed: " + cause);
        for (final StackTraceElement element : cause.getStackTrace()) {
            System.err.println("    at " + element);
        }
        Runtime.getRuntime().halt(1);
    }
}
