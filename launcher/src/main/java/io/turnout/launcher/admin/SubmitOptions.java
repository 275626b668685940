package io.turnout.launcher.admin;

import io.turnout.launcher.admin.AdminClient.Request;
import java.io.PrintWriter;
import java.util.UUID;
import java.util.function.BiFunction;
import org.agrona.DirectBuffer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that submits an operation. */
final class SubmitOptions {
    @Mixin
    private OperatorOptions operator;

    @Option(
            names = "--id",
            paramLabel = "UUID",
            description = "Sends the operation with this id again; it is never executed twice (default: a new one).")
    private String id;

    @Option(
            names = "--at",
            paramLabel = "SEQUENCE",
            defaultValue = "0",
            description = "Executes it just before the command with this sequence; 0 = at once (default).")
    private long effectiveSequence;

    @Option(names = "--output", defaultValue = "table", description = "table or json (default: ${DEFAULT-VALUE}).")
    private OutputFormat output;

    /** Submits a command and prints the answer. */
    int submit(final PrintWriter out, final DirectBuffer command) {
        return send(out, (client, request) -> client.submit(request, command));
    }

    /** Submits a command about a card and prints the answer. */
    int submit(final PrintWriter out, final DirectBuffer command, final byte[] pan) {
        return send(out, (client, request) -> client.submit(request, command, pan));
    }

    private int send(final PrintWriter out, final BiFunction<AdminClient, Request, AdminAnswer> action) {
        final UUID name = id == null ? OperationIds.next(OperatorOptions.nowNs()) : OperationIds.parse(id);
        final Request request = operator.request(name, effectiveSequence);
        try (AdminClient client = operator.connect()) {
            return new AnswerPrinter(out, output)
                    .print(action.apply(client, request))
                    .code();
        }
    }
}
