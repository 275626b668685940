package io.turnout.core.pipeline;

import java.nio.file.Path;

/** A snapshot file cannot be used. Nothing is restored from it; an older one may do. */
public final class SnapshotFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the file. */
    public enum Problem {
        /** It does not begin as a snapshot does. */
        NOT_A_SNAPSHOT,
        /** A later version of this program wrote it. */
        UNKNOWN_VERSION,
        /** An earlier version wrote it, which did not write down all that a replay of its commands gives. */
        EARLIER_VERSION,
        /** It ends too early. */
        TRUNCATED,
        /** Its bytes do not give its checksum. */
        CHECKSUM_WRONG,
        /** Its records are not in order. */
        MALFORMED,
        /** The engine did not accept its records. */
        ENGINE_REFUSED,
        /** The engine restored is not the one that wrote it. */
        STATE_DIFFERS,
        /** The command journal does not reach its last command. */
        AHEAD_OF_COMMANDS,
        /** The event journal does not hold its last event with its chain value. */
        NOT_IN_EVENT_JOURNAL,
        /** It cannot be read. */
        UNREADABLE
    }

    private final Problem problem;

    SnapshotFileException(final Problem problem, final Path file, final String detail) {
        super(message(problem, file, detail));
        this.problem = problem;
    }

    SnapshotFileException(final Problem problem, final Path file, final Throwable cause) {
        super(message(problem, file, cause.getMessage()), cause);
        this.problem = problem;
    }

    /** What is wrong. */
    public Problem problem() {
        return problem;
    }

    private static String message(final Problem problem, final Path file, final String detail) {
        return "snapshot refused: problem=" + problem + " file=" + file + " " + detail;
    }
}
