package io.turnout.launcher.admin;

import io.turnout.codecs.sbe.admin.LinksReportDecoder;
import io.turnout.codecs.sbe.admin.LinksReportDecoder.LinksDecoder;
import io.turnout.codecs.sbe.admin.MessageHeaderDecoder;
import io.turnout.launcher.ExitCode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code turnout admin links}: how the links to banks stand. */
@Command(
        name = "links",
        description = {
            "Shows how the links to banks stand, as the running switch sees them.",
            "Counts begin with the switch. In flight are messages sent and neither answered nor given up."
        },
        mixinStandardHelpOptions = true)
final class AdminLinksCommand implements Callable<Integer> {
    private static final String ROW = "%-6s %-5s %-14s %-11s %-20s %9s %10s %10s %9s %10s %7s %10s%n";

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
                    "issuer",
                    "link",
                    "state",
                    "service",
                    "signed on since",
                    "in flight",
                    "sent",
                    "answered",
                    "unmatched",
                    "mismatched",
                    "late",
                    "reconnects");
        }
        try (AdminClient client = connection.connect()) {
            int seen = 0;
            int remaining;
            do {
                final LinksReportDecoder report = new LinksReportDecoder()
                        .wrapAndApplyHeader(client.inquireLinks(seen), 0, new MessageHeaderDecoder());
                remaining = report.remaining();
                for (final LinksDecoder link : report.links()) {
                    print(out, link);
                    seen++;
                }
            } while (remaining > 0);
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private void print(final PrintWriter out, final LinksDecoder link) {
        if (output == OutputFormat.JSON) {
            out.printf(
                    "{\"issuerId\":%d,\"linkId\":%d,\"signedOnSince\":%s,\"inFlight\":%d,\"sent\":%d,"
                            + "\"answered\":%d,\"unmatched\":%d,\"mismatched\":%d,\"late\":%d,\"reconnects\":%d,"
                            + "\"state\":\"%s\",\"service\":\"%s\"}%n",
                    link.issuerId(),
                    link.linkId(),
                    Instants.json(link.signedOnSinceNs()),
                    link.inFlight(),
                    link.sent(),
                    link.answered(),
                    link.unmatched(),
                    link.mismatched(),
                    link.late(),
                    link.reconnects(),
                    link.state().strip(),
                    link.service().strip());
        } else {
            out.printf(
                    ROW,
                    link.issuerId(),
                    link.linkId(),
                    words(link.state()),
                    words(link.service()),
                    Instants.table(link.signedOnSinceNs()),
                    link.inFlight(),
                    link.sent(),
                    link.answered(),
                    link.unmatched(),
                    link.mismatched(),
                    link.late(),
                    link.reconnects());
        }
    }

    static String words(final String name) {
        return name.strip().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
