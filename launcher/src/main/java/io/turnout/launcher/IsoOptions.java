package io.turnout.launcher;

import io.turnout.launcher.iso.DialectTables;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/** What the commands about ISO 8583 messages have in common. */
final class IsoOptions {
    @Option(names = "--dialect", paramLabel = "NAME", description = "A dialect of the product, or a .yaml file.")
    private String dialect;

    @Option(
            names = "--dialects",
            paramLabel = "FILE",
            description = "Tables of dialects in JSON, by name; looked at before the dialects of the product.")
    private Path tables;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration of the switch on this machine; in production --unmasked is refused."
                    + " Without it, the variable " + DevelopmentOnly.VARIABLE
                    + " decides, and without both it is development.")
    private Path configuration;

    DialectTables tables() {
        return tables == null ? DialectTables.none() : DialectTables.read(tables);
    }

    String dialect() {
        if (dialect == null) {
            throw new CommandFailure(ExitCode.USAGE, "which dialect? (expected --dialect=NAME)");
        }
        return dialect;
    }

    /** Refuses what shows cards and secrets where they are real. */
    void requireDevelopment(final String what) {
        DevelopmentOnly.require(what + " shows cards and secrets", configuration);
    }

    /** Answers each line of the standard input with one line. */
    static void answerLines(final PrintWriter out, final UnaryOperator<String> answer) throws IOException {
        final BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null && !out.checkError(); line = lines.readLine()) {
            if (!line.isBlank()) {
                out.println(answer.apply(line));
            }
        }
        out.flush();
    }
}
