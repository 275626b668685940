package io.turnout.journal;

/** The journal cannot go on; the message says what happened, where, and what to do. */
public class JournalException extends RuntimeException {

    /** Names the fault; the message is shown to the operator. */
    public JournalException(final String message) {
        super(message);
    }

    /** Names the fault and what caused it. */
    public JournalException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
