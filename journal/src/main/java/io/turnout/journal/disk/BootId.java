package io.turnout.journal.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * One run of the machine, between two losses of power. While it lasts, the operating system keeps every flushed write,
 * so a hole found in the same run is damage; a hole found in a later one may be a write that never reached the device.
 */
public record BootId(long high, long low) {
    /** The run of a machine that does not tell. It is the same run as no other, not even itself. */
    public static final BootId UNKNOWN = new BootId(0, 0);

    private static final Path SOURCE = Path.of("/proc/sys/kernel/random/boot_id");

    /** The run we are in; unknown where the operating system does not tell. */
    public static BootId current() {
        try {
            return parse(Files.readString(SOURCE).strip());
        } catch (final IOException | IllegalArgumentException exception) {
            return UNKNOWN;
        }
    }

    /** The opposite of {@link #toString}. */
    public static BootId parse(final String text) {
        final UUID id = UUID.fromString(text);
        return new BootId(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return new UUID(high, low).toString();
    }

    /** Whether both are known to be the same run. */
    public boolean isSameRunAs(final BootId other) {
        return equals(other) && !equals(UNKNOWN);
    }
}
