package io.turnout.launcher;

import io.turnout.core.pipeline.VerificationReport;
import io.turnout.launcher.node.DataDirectory;
import io.turnout.launcher.node.Journals;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code turnout journal verify}: replays the commands and compares everything with the event journal. */
@Command(
        name = "verify",
        description = {
            "Replays the command journal in a scratch engine and compares every event, the chain over",
            "them and the state of every snapshot. Exit code 5 when anything differs."
        },
        mixinStandardHelpOptions = true)
final class JournalVerifyCommand implements Callable<Integer> {

    @Option(names = "--data", required = true, paramLabel = "DIRECTORY", description = "Data directory of the switch.")
    private Path dataDirectory;

    @Mixin
    private CapacityOptions size;

    @Option(names = "--tail", description = "Begin at the newest valid snapshot instead of the first command.")
    private boolean tail;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final Progress progress = new Progress(spec.commandLine().getErr(), "verifying");
        final VerificationReport report =
                Journals.verify(DataDirectory.existing(dataDirectory), size.capacity(), tail, progress);
        out.printf("commands   %d to %d replayed%n", report.firstCommand(), report.lastCommand());
        out.printf("events     %d equal, %d not yet written%n", report.comparedEvents(), report.unwrittenEvents());
        out.printf("snapshots  %d equal%n", report.comparedSnapshots());
        report.refusedSnapshots().forEach(reason -> out.printf("           refused: %s%n", reason));
        out.printf("state      %016x%n", report.stateHash());
        out.println(
                report.isClean()
                        ? "The journals are in order."
                        : report.firstDifference().orElseThrow());
        out.flush();
        return report.isClean() ? ExitCode.OK.code() : ExitCode.DATA_DAMAGED.code();
    }
}
