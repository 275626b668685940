package io.turnout.core.pipeline;

/** Journals and snapshots do not fit together, so that no host can start on them. Trying has damaged nothing. */
public final class RecoveryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What stands in the way. */
    public enum Problem {
        /** The command journal begins too late, and no valid snapshot fills the hole. */
        COMMANDS_MISSING,
        /** The event journal begins too late: events that a replay derives cannot be compared or appended. */
        EVENTS_MISSING,
        /** An event derived from the command journal differs from the one in the event journal. */
        EVENT_MISMATCH,
        /** A record of the event journal does not carry the chain value that its content gives. */
        CHAIN_BROKEN,
        /** A snapshot on the way has another state than the replay. */
        SNAPSHOT_MISMATCH,
        /** The event journal is ahead of the command journal although every command was synced first. */
        COMMANDS_LOST,
        /** The engine refused the configuration. */
        CONFIGURATION_REFUSED
    }

    private final Problem problem;
    private final String detail;

    RecoveryException(final Problem problem, final String detail) {
        super("problem=" + problem + " " + detail);
        this.problem = problem;
        this.detail = detail;
    }

    /** The same with something more to say. */
    RecoveryException and(final String more) {
        return new RecoveryException(problem, detail + "; " + more);
    }

    /** What stands in the way. */
    public Problem problem() {
        return problem;
    }
}
