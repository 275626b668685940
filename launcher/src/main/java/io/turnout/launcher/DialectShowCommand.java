package io.turnout.launcher;

import io.turnout.codecs.iso8583.Dialects;
import io.turnout.launcher.iso.DialectReport;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code turnout dialect show}: the documentation of a dialect. */
@Command(
        name = "show",
        description =
                "Prints a dialect as a table in Markdown: every field with attribute, encoding and name; samples.",
        mixinStandardHelpOptions = true)
final class DialectShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIALECT", description = "A dialect of the product, or a .yaml file.")
    private String dialect;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        DialectReport.show(Dialects.of(dialect)).forEach(out::println);
        out.flush();
        return ExitCode.OK.code();
    }
}
