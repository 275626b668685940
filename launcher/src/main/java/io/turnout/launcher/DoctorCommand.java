package io.turnout.launcher;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code turnout doctor}: looks at the machine and says what to mend. */
@Command(
        name = "doctor",
        description = "Looks at this machine: PASS, WARN or FAIL for each thing that matters, and how to mend it.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            paramLabel = "DIRECTORY",
            defaultValue = "${sys:java.io.tmpdir}",
            description = "Where the journals will be; its disk is measured (default: ${DEFAULT-VALUE}).")
    private Path dataDirectory;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final List<MachineCheck.Finding> findings = MachineCheck.all(dataDirectory);
        boolean failed = false;
        for (final MachineCheck.Finding finding : findings) {
            out.printf("%-4s  %-22s %s%n", finding.grade(), finding.subject(), finding.reading());
            if (!finding.advice().isEmpty()) {
                out.printf("      %-22s %s%n", "", "→ " + finding.advice());
            }
            failed |= finding.grade() == MachineCheck.Grade.FAIL;
        }
        out.flush();
        return failed ? ExitCode.FAILED.code() : ExitCode.OK.code();
    }
}
