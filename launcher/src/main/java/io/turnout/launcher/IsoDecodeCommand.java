package io.turnout.launcher;

import io.turnout.launcher.iso.IsoHand;
import io.turnout.launcher.iso.IsoLines;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code turnout iso8583 decode}: what a message says, as JSON. */
@Command(
        name = "decode",
        description = {
            "Prints what a message says, as JSON.",
            "With --jsonl, reads lines {id, dialect, override?, strictNumeric?, hex} from standard input and prints a"
                    + " line {id, mti, bitmap, fields, error?} for each. A dialect field:CLASS(length=10,pad=true) is a"
                    + " single field, frame:KIND is what surrounds a message on a stream."
        },
        mixinStandardHelpOptions = true)
final class IsoDecodeCommand implements Callable<Integer> {
    @Mixin
    private IsoOptions options;

    @Option(names = "--unmasked", description = "Shows cards and secrets as they are; refused in production.")
    private boolean unmasked;

    @Option(names = "--jsonl", description = "Lines of JSON on standard input, answered line by line.")
    private boolean lines;

    @Option(names = "--parts", description = "Shows fields that are made of parts as objects of their parts.")
    private boolean parts;

    @Parameters(paramLabel = "HEX", arity = "0..*", description = "The bytes of one message.")
    private List<String> hex;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (unmasked) {
            options.requireDevelopment("--unmasked");
        }
        final PrintWriter out = spec.commandLine().getOut();
        if (lines) {
            final IsoLines answers = new IsoLines(options.tables(), !unmasked, parts);
            IsoOptions.answerLines(out, line -> answers.decode(line).toString());
            return answers.problems() == 0 ? ExitCode.OK.code() : ExitCode.FAILED.code();
        }
        if (hex == null) {
            throw new CommandFailure(ExitCode.USAGE, "which message? (expected its bytes, or --jsonl)");
        }
        final IsoHand hand = new IsoHand(options.tables().dialect(options.dialect(), null, true), !unmasked, parts);
        out.println(hand.decode(String.join("", hex)));
        out.flush();
        return hand.failed() ? ExitCode.FAILED.code() : ExitCode.OK.code();
    }
}
