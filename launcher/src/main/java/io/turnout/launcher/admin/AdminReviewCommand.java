package io.turnout.launcher.admin;

import io.turnout.codecs.sbe.engine.AdviceAcknowledgedDecoder;
import io.turnout.codecs.sbe.engine.ManualReviewResolvedDecoder;
import io.turnout.launcher.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.agrona.DirectBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code turnout admin review}: the payments an operator must decide on. */
@Command(
        name = "review",
        description = {
            "Lists the payments in manual review.",
            "Read from the event journal: their reversal or advice was never acknowledged by the issuer, and "
                    + "an operator finds out what became of them."
        },
        mixinStandardHelpOptions = true)
final class AdminReviewCommand implements Callable<Integer> {
    private static final int FIRST = AdviceAcknowledgedDecoder.TEMPLATE_ID;
    private static final int LAST = ManualReviewResolvedDecoder.TEMPLATE_ID;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    @Option(names = "--data", required = true, paramLabel = "DIRECTORY", description = "Data directory of the switch.")
    private Path dataDirectory;

    @Option(names = "--output", defaultValue = "table", description = "table or json (default: ${DEFAULT-VALUE}).")
    private OutputFormat output;

    @Spec
    private CommandSpec spec;

    private final Map<String, Review> reviews = new LinkedHashMap<>();

    /** A payment in manual review. */
    private record Review(String what, String issuerId, String attempts, Instant since) {}

    @Override
    public Integer call() {
        new EventScan().run(dataDirectory, FIRST, LAST, this::onEvent);
        final PrintWriter out = spec.commandLine().getOut();
        if (output == OutputFormat.JSON) {
            reviews.forEach((paymentId, review) -> out.printf(
                    "{\"paymentId\":%s,\"what\":\"%s\",\"issuerId\":%s,\"attempts\":%s,\"since\":\"%s\"}%n",
                    paymentId, review.what, review.issuerId, review.attempts, review.since));
        } else if (reviews.isEmpty()) {
            out.println("No payment is in manual review.");
        } else {
            out.printf("%-14s %-9s %6s %8s  %s%n", "payment", "what", "issuer", "attempts", "since");
            reviews.forEach((paymentId, review) -> out.printf(
                    "%-14s %-9s %6s %8s  %s%n",
                    paymentId, review.what, review.issuerId, review.attempts, review.since));
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private void onEvent(
            final String name,
            final long timestampNs,
            final Map<String, String> fields,
            final DirectBuffer buffer,
            final int offset) {
        switch (name) {
            case "ReversalDeadLettered" -> add("reversal", timestampNs, fields);
            case "AdviceDeadLettered" -> add("advice", timestampNs, fields);
            case "ReversalRequeued", "ManualReviewResolved", "ReversalAcknowledged", "AdviceAcknowledged" ->
                reviews.remove(fields.get("paymentId"));
            default -> {}
        }
    }

    private void add(final String what, final long timestampNs, final Map<String, String> fields) {
        final Instant since = Instant.ofEpochSecond(timestampNs / NS_PER_SECOND, timestampNs % NS_PER_SECOND);
        reviews.put(fields.get("paymentId"), new Review(what, fields.get("issuerId"), fields.get("attempt"), since));
    }
}
