package io.turnout.launcher;

import io.turnout.codecs.iso8583.Dialects;
import io.turnout.launcher.iso.DialectReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code turnout dialect diff}: what is different in two dialects. */
@Command(
        name = "diff",
        description = {
            "Prints what is different in two dialects, field by field.",
            "The exit code is 0 when they are the same, 1 when they are not."
        },
        mixinStandardHelpOptions = true)
final class DialectDiffCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FIRST", description = "A dialect of the product, or a .yaml file.")
    private String first;

    @Parameters(index = "1", paramLabel = "SECOND", description = "Another.")
    private String second;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final List<String> lines = DialectReport.diff(Dialects.of(first), Dialects.of(second));
        lines.forEach(out::println);
        out.flush();
        return lines.isEmpty() ? ExitCode.OK.code() : ExitCode.FAILED.code();
    }
}
