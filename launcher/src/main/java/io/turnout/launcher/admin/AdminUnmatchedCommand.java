package io.turnout.launcher.admin;

import io.turnout.codecs.sbe.admin.MessageHeaderDecoder;
import io.turnout.codecs.sbe.admin.MessagesReportDecoder;
import io.turnout.codecs.sbe.admin.MessagesReportDecoder.MessagesDecoder;
import io.turnout.launcher.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code turnout admin unmatched}: the last messages of banks that nobody understood or could use. */
@Command(
        name = "unmatched",
        description = {
            "Shows the last hundred messages of banks that the running switch did not understand, or that belong to "
                    + "nothing it sent.",
            "Without card data: only the numbers that name a message."
        },
        mixinStandardHelpOptions = true)
final class AdminUnmatchedCommand implements Callable<Integer> {
    private static final String ROW = "%-20s %-5s %-12s %-5s %-7s %-11s %-7s %-12s %-6s %-16s %s%n";

    @Mixin
    private ConnectionOptions connection;

    @Option(names = "--output", defaultValue = "table", description = "table or json (default: ${DEFAULT-VALUE}).")
    private OutputFormat output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        if (output == OutputFormat.TABLE) {
            out.printf(
                    ROW,
                    "received",
                    "link",
                    "kind",
                    "mti",
                    "stan",
                    "sent at",
                    "result",
                    "payment",
                    "field",
                    "error",
                    "bytes");
        }
        try (AdminClient client = connection.connect()) {
            int seen = 0;
            int remaining;
            do {
                final MessagesReportDecoder report = new MessagesReportDecoder()
                        .wrapAndApplyHeader(client.inquireMessages(seen), 0, new MessageHeaderDecoder());
                remaining = report.remaining();
                for (final MessagesDecoder message : report.messages()) {
                    print(out, message);
                    seen++;
                }
            } while (remaining > 0);
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private void print(final PrintWriter out, final MessagesDecoder message) {
        if (output == OutputFormat.JSON) {
            out.printf(
                    "{\"received\":%s,\"stan\":%d,\"transmissionDateTime\":%d,\"paymentId\":%d,\"resultCode\":%d,"
                            + "\"field\":%d,\"lengthBytes\":%d,\"linkId\":%d,\"mti\":%d,\"kind\":\"%s\","
                            + "\"error\":\"%s\"}%n",
                    Instants.json(message.receivedNs()),
                    message.stan(),
                    message.transmissionDateTime(),
                    message.paymentId(),
                    message.resultCode(),
                    message.field(),
                    message.lengthBytes(),
                    message.linkId(),
                    message.mti(),
                    message.kind().strip(),
                    message.decodeError().strip());
        } else {
            out.printf(
                    ROW,
                    Instants.table(message.receivedNs()),
                    message.linkId(),
                    AdminLinksCommand.words(message.kind()),
                    known(message.mti() > 0, "%04d", message.mti()),
                    known(message.stan() >= 0, "%06d", message.stan()),
                    known(message.transmissionDateTime() > 0, "%010d", message.transmissionDateTime()),
                    known(message.resultCode() >= 0, "%04d", message.resultCode()),
                    known(message.paymentId() > 0, "%d", message.paymentId()),
                    known(message.field() >= 0, "DE%d", message.field()),
                    AdminLinksCommand.words(message.decodeError()),
                    known(message.lengthBytes() > 0, "%d", message.lengthBytes()));
        }
    }

    private static String known(final boolean isKnown, final String format, final long value) {
        return isKnown ? String.format(format, value) : "-";
    }
}
