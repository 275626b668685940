package io.turnout.launcher.admin;

import io.turnout.launcher.admin.AdminClient.Request;
import java.io.PrintWriter;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
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
        return send(out, request -> client -> client.submit(request, command));
    }

    /** Submits a command that depends on the operation's id and prints the answer. */
    int submit(final PrintWriter out, final Function<UUID, DirectBuffer> command) {
        return send(out, request -> {
            final DirectBuffer encoded = command.apply(request.id());
            return client -> client.submit(request, encoded);
        });
    }

    /** Prints lines for people, before the answer. */
    void table(final PrintWriter out, final Consumer<PrintWriter> lines) {
        if (output == OutputFormat.TABLE) {
            lines.accept(out);
        }
    }

    /** Submits a command about a card and prints the answer. */
    int submit(final PrintWriter out, final DirectBuffer command, final byte[] pan) {
        return send(out, request -> client -> client.submit(request, command, pan));
    }

    /** What is wrong with a command is said before there is a connection. */
    private int send(final PrintWriter out, final Function<Request, Function<AdminClient, AdminAnswer>> action) {
        final UUID name = id == null ? OperationIds.next(OperatorOptions.nowNs()) : OperationIds.parse(id);
        final Function<AdminClient, AdminAnswer> submission = action.apply(operator.request(name, effectiveSequence));
        try (AdminClient client = operator.connect()) {
            return new AnswerPrinter(out, output)
                    .print(submission.apply(client))
                    .code();
        }
    }
}
