package io.turnout.launcher.crypto;

import io.turnout.launcher.CommandFailure;
import io.turnout.launcher.ExitCode;
import io.turnout.security.CryptoException;
import io.turnout.security.calculator.Calculator;
import io.turnout.security.calculator.Question;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;

/** What the calculator's commands have in common: how they ask and print. */
final class Calculation {
    private final Calculator calculator = new Calculator();

    /** Prints the answer to one question. */
    int print(final CommandSpec spec, final Parameters parameters) {
        return printing(spec, out -> out.println(calculator.answer(parameters.question())));
    }

    /** Prints the answers to several questions on the same parameters, with a label before each. */
    int print(final CommandSpec spec, final Parameters parameters, final Map<String, String> labelledNames) {
        return printing(spec, out -> {
            for (final Map.Entry<String, String> entry : labelledNames.entrySet()) {
                final Question question =
                        parameters.with("name", entry.getValue()).question();
                out.printf("%-32s%s%n", entry.getKey(), calculator.answer(question));
            }
        });
    }

    /** Runs what prints, and names what it refuses. */
    int printing(final CommandSpec spec, final Printing printing) {
        CryptoCommand.requireDevelopment(spec);
        final PrintWriter out = spec.commandLine().getOut();
        try {
            printing.print(out);
        } catch (final CryptoException e) {
            throw new CommandFailure(ExitCode.FAILED, e.getMessage());
        } finally {
            out.flush();
        }
        return ExitCode.OK.code();
    }

    /** Something that calculates and prints. */
    @FunctionalInterface
    interface Printing {
        void print(PrintWriter out) throws CryptoException;
    }

    /** Parameters of a question; absent options are left out. */
    static final class Parameters {
        private final Map<String, String> values = new TreeMap<>();

        Parameters(final String category) {
            values.put("cat", category);
        }

        Parameters with(final String name, final Object value) {
            if (value != null) {
                values.put(name, value.toString());
            }
            return this;
        }

        Question question() {
            return new Question(values);
        }
    }
}
