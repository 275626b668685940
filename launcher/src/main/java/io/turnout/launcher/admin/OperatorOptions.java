package io.turnout.launcher.admin;

import io.turnout.launcher.CommandFailure;
import io.turnout.launcher.ExitCode;
import io.turnout.launcher.admin.AdminClient.Request;
import java.time.Instant;
import java.util.UUID;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who acts, where, and why: the options of every command that does something to a running switch. */
final class OperatorOptions {
    private static final int LONGEST_REASON = 64;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    @Mixin
    private ConnectionOptions connection;

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why; kept for ever beside what was done. At most 64 printable ASCII characters.")
    private String reason;

    AdminClient connect() {
        return connection.connect();
    }

    String reason() {
        final boolean isPrintable = reason.chars().allMatch(c -> c >= ' ' && c <= '~');
        if (reason.isBlank() || reason.length() > LONGEST_REASON || !isPrintable) {
            throw new CommandFailure(ExitCode.USAGE, "--reason must be 1 to 64 printable ASCII characters");
        }
        return reason;
    }

    /** A request that was made when its id was. */
    Request request(final UUID id, final long effectiveSequence) {
        return new Request(id, OperationIds.createdAtNs(id), effectiveSequence, reason());
    }

    static long nowNs() {
        final Instant now = Instant.now();
        return now.getEpochSecond() * NS_PER_SECOND + now.getNano();
    }
}
