package io.turnout.launcher.node;

import io.turnout.launcher.CommandFailure;
import io.turnout.launcher.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where everything lies in the data directory of a switch.
 *
 * @param root the directory
 */
public record DataDirectory(Path root) {

    /** A directory that a switch has used. */
    public static DataDirectory existing(final Path root) {
        final DataDirectory directory = new DataDirectory(root);
        if (!Files.isDirectory(directory.commands())) {
            throw new CommandFailure(ExitCode.FAILED, root + " is no data directory of a switch: no commands/ in it");
        }
        return directory;
    }

    /** The command journal. */
    public Path commands() {
        return root.resolve("commands");
    }

    /** The event journal. */
    public Path events() {
        return root.resolve("events");
    }

    /** What the host keeps beside the journals: snapshots and the mark of a run. */
    public Path host() {
        return root.resolve("host");
    }

    /** The snapshots. */
    public Path snapshots() {
        return host().resolve("snapshots");
    }
}
