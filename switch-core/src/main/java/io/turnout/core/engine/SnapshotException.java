package io.turnout.core.engine;

/** A snapshot is damaged, incomplete, or not for this engine. No engine comes of it. */
public final class SnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with a snapshot. */
    public enum Problem {
        /** A record has another schema, an unknown template or a version newer than this program. */
        UNKNOWN_RECORD,
        /** A record is shorter or longer than it must be. */
        BAD_LENGTH,
        /** A record stands where another one must. */
        OUT_OF_ORDER,
        /** A field holds a value that no engine can have written. */
        ILLEGAL_VALUE,
        /** There are more or fewer records than announced. */
        WRONG_COUNT,
        /** The engine restored has another state hash than the one that wrote the snapshot. */
        HASH_MISMATCH,
        /** The end marker is missing. */
        INCOMPLETE,
        /** An earlier version wrote it, and it does not tell all that a replay gives. */
        SAYS_TOO_LITTLE
    }

    private final Problem problem;

    SnapshotException(final Problem problem, final String detail) {
        super("snapshot refused: problem=" + problem + " " + detail);
        this.problem = problem;
    }

    /** What is wrong. */
    public Problem problem() {
        return problem;
    }
}
