package io.turnout.launcher;

/** Ends a command with an exit code and one message for the operator. */
public final class CommandFailure extends RuntimeException {
    private final ExitCode exitCode;

    /**
     * @param exitCode how the process exits
     * @param message what happened, where, and what to do
     */
    public CommandFailure(final ExitCode exitCode, final String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** How the process exits. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
