package io.turnout.launcher;

import io.turnout.launcher.iso.IsoHand;
import io.turnout.launcher.iso.IsoLines;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code turnout iso8583 encode}: the bytes of a message. */
@Command(
        name = "encode",
        description = {
            "Prints the bytes of a message given as JSON, such as {\"0\": \"0800\", \"70\": \"301\"}; a field that is"
                    + " made of parts may be an object of them, such as {\"3\": {\"1\": \"00\", \"2\": \"30\"}}.",
            "With --jsonl, reads lines {id, dialect, override?, strictNumeric?, fields} from standard input and prints"
                    + " a line {id, hex} or {id, error} for each."
        },
        mixinStandardHelpOptions = true)
final class IsoEncodeCommand implements Callable<Integer> {
    @Mixin
    private IsoOptions options;

    @Option(names = "--jsonl", description = "Lines of JSON on standard input, answered line by line.")
    private boolean lines;

    @Parameters(paramLabel = "FIELDS", arity = "0..1", description = "The fields of one message by number.")
    private String fields;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        if (lines) {
            final IsoLines answers = new IsoLines(options.tables(), false, false);
            IsoOptions.answerLines(out, line -> answers.encode(line).toString());
            return answers.problems() == 0 ? ExitCode.OK.code() : ExitCode.FAILED.code();
        }
        if (fields == null) {
            throw new CommandFailure(ExitCode.USAGE, "which fields? (expected a JSON object, or --jsonl)");
        }
        final IsoHand hand = new IsoHand(options.tables().dialect(options.dialect(), null, true), false, false);
        out.println(hand.encode(fields));
        out.flush();
        return hand.failed() ? ExitCode.FAILED.code() : ExitCode.OK.code();
    }
}
