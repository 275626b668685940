package io.turnout.launcher.crypto;

import io.turnout.launcher.CommandFailure;
import io.turnout.launcher.DevelopmentOnly;
import io.turnout.launcher.ExitCode;
import io.turnout.security.calculator.Batch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code turnout crypto}: PIN blocks, DUKPT, MACs, check values, key blocks by hand or by the line. */
@Command(
        name = "crypto",
        description = {
            "A calculator for test keys: PIN blocks, DUKPT, MACs, check values, key blocks.",
            "It takes and prints keys and PINs in clear, so it is refused in production.",
            "With --jsonl it reads lines of JSON such as {\"cat\": \"parity\", \"key\": \"0022446688AACCEE\"} and"
                    + " prints each with its result, or with an error that has a kind and a message.",
            "Categories: tdes-dukpt, aes-dukpt, pinblock, mac, kcv, tr31, parity, luhn, resident-id."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            PinBlockCommand.class,
            DukptCommand.class,
            MacCommand.class,
            KcvCommand.class,
            KeyBlockCommand.class,
            ParityCommand.class,
            ComponentsCommand.class,
            LuhnCommand.class,
            ResidentIdCommand.class
        })
public final class CryptoCommand implements Callable<Integer> {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Configuration of the switch on this machine; in production the calculator is refused."
                    + " Without it, the variable " + DevelopmentOnly.VARIABLE
                    + " decides, and without both it is development.")
    private Path configuration;

    @Option(names = "--jsonl", description = "Lines of JSON on standard input, answered line by line.")
    private boolean lines;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!lines) {
            throw new CommandFailure(ExitCode.USAGE, "which calculation? (expected a command, see --help, or --jsonl)");
        }
        requireDevelopment(spec);
        final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        final long errors = new Batch().run(in, spec.commandLine().getOut());
        return errors == 0 ? ExitCode.OK.code() : ExitCode.FAILED.code();
    }

    /** Refuses to handle keys and PINs in clear where they may be real. */
    static void requireDevelopment(final CommandSpec command) {
        CommandSpec parent = command;
        while (!(parent.userObject() instanceof CryptoCommand)) {
            parent = parent.parent();
        }
        final Path file = ((CryptoCommand) parent.userObject()).configuration;
        DevelopmentOnly.require("crypto handles keys and PINs in clear", file);
    }
}
