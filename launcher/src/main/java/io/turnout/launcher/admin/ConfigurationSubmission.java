package io.turnout.launcher.admin;

import io.turnout.launcher.CommandFailure;
import io.turnout.launcher.ExitCode;
import java.io.PrintWriter;
import java.util.List;
import org.agrona.DirectBuffer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends the commands of a configuration to a running switch, each as an operation. */
public final class ConfigurationSubmission {
    @Mixin
    private OperatorOptions operator;

    @Option(
            names = "--at",
            paramLabel = "SEQUENCE",
            defaultValue = "0",
            description = "Activates it just before the command with this sequence; 0 = at once (default).")
    private long effectiveSequence;

    @Option(names = "--output", defaultValue = "table", description = "table or json (default: ${DEFAULT-VALUE}).")
    private OutputFormat output;

    /**
     * Submits the commands in their order and prints the answer to the last one.
     *
     * @param commands Begin, changes, Activate
     * @return how the process exits
     */
    public int submit(final PrintWriter out, final List<DirectBuffer> commands) {
        try (AdminClient client = operator.connect()) {
            for (final DirectBuffer command : commands.subList(0, commands.size() - 1)) {
                final AdminAnswer answer =
                        client.submit(operator.request(OperationIds.next(OperatorOptions.nowNs()), 0), command);
                if (!answer.isGood()) {
                    new AnswerPrinter(out, output).print(answer);
                    throw new CommandFailure(
                            ExitCode.FAILED, "the changes are not in force; mend what is refused and apply again");
                }
            }
            final DirectBuffer activation = commands.get(commands.size() - 1);
            final AdminAnswer answer = client.submit(
                    operator.request(OperationIds.next(OperatorOptions.nowNs()), effectiveSequence), activation);
            return new AnswerPrinter(out, output).print(answer).code();
        }
    }
}
