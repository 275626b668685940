package io.turnout.launcher;

import io.turnout.launcher.settings.SwitchSettingsReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
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

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A configuration file of the switch; its certificates are looked at.")
    private Path configuration;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final List<MachineCheck.Finding> findings = new ArrayList<>(MachineCheck.all(dataDirectory));
        if (configuration != null) {
            findings.addAll(CertificateCheck.all(
                    SwitchSettingsReader.read(configuration).tls(), Instant.now()));
        }
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
