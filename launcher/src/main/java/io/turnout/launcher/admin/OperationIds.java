package io.turnout.launcher.admin;

import io.turnout.launcher.CommandFailure;
import io.turnout.launcher.ExitCode;
import java.security.SecureRandom;
import java.util.UUID;

/**
 * Names of operations: UUIDs of version 7 (RFC 9562), which hold the time when they were made, so that an operation can
 * be sent again from its name alone.
 */
final class OperationIds {
    private static final long NS_PER_MS = 1_000_000L;
    private static final int VERSION = 7;
    private static final int FRACTION_BITS = 12;
    private static final long FRACTION_MASK = (1L << FRACTION_BITS) - 1;
    private static final SecureRandom RANDOM = new SecureRandom();

    private OperationIds() {}

    /** A new one; the twelve bits behind the milliseconds hold their fraction (RFC 9562, section 6.2, method 3). */
    static UUID next(final long nowNs) {
        final long fraction = ((nowNs % NS_PER_MS) << FRACTION_BITS) / NS_PER_MS;
        final long high = ((nowNs / NS_PER_MS) << Short.SIZE) | ((long) VERSION << FRACTION_BITS) | fraction;
        return new UUID(high, (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | Long.MIN_VALUE);
    }

    /** When it was made, nanoseconds since the epoch. */
    static long createdAtNs(final UUID id) {
        final long high = id.getMostSignificantBits();
        return (high >>> Short.SIZE) * NS_PER_MS + (((high & FRACTION_MASK) * NS_PER_MS) >> FRACTION_BITS);
    }

    static UUID parse(final String text) {
        try {
            final UUID id = UUID.fromString(text);
            if (id.version() == VERSION) {
                return id;
            }
        } catch (final IllegalArgumentException ignored) {
            // Said below, as for the wrong version.
        }
        throw new CommandFailure(ExitCode.USAGE, "'" + text + "' is not the id of an operation");
    }
}
