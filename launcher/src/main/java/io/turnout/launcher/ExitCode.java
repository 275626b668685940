package io.turnout.launcher;

/** What the exit code of every command means. */
public enum ExitCode {
    /** Done. */
    OK(0),
    /** The operation failed; the message says why. */
    FAILED(1),
    /** The command line is wrong. */
    USAGE(2),
    /** The configuration is wrong. */
    CONFIGURATION_INVALID(3),
    /** A peer cannot be reached or refuses us. */
    UNREACHABLE(4),
    /** A journal, a snapshot or the books do not hold what they must. */
    DATA_DAMAGED(5),
    /** Refused by a safety check: directory in use, disk almost full. */
    REFUSED(7);

    private final int code;

    ExitCode(final int code) {
        this.code = code;
    }

    /** The number the process exits with. */
    public int code() {
        return code;
    }
}
