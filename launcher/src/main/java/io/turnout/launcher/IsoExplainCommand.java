package io.turnout.launcher;

import io.turnout.launcher.iso.IsoExplanation;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code turnout iso8583 explain}: a message for people. */
@Command(
        name = "explain",
        description = "Prints a message field by field, with names, places, parts and what the codes mean.",
        mixinStandardHelpOptions = true)
final class IsoExplainCommand implements Callable<Integer> {
    @Mixin
    private IsoOptions options;

    @Option(names = "--unmasked", description = "Shows cards and secrets as they are; refused in production.")
    private boolean unmasked;

    @Parameters(paramLabel = "HEX", arity = "1..*", description = "The bytes of one message.")
    private List<String> hex;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (unmasked) {
            options.requireDevelopment("--unmasked");
        }
        final PrintWriter out = spec.commandLine().getOut();
        final IsoExplanation explanation =
                new IsoExplanation(options.tables().dialect(options.dialect(), null, true), !unmasked);
        explanation.explain(String.join("", hex)).forEach(out::println);
        out.flush();
        return explanation.failed() ? ExitCode.FAILED.code() : ExitCode.OK.code();
    }
}
