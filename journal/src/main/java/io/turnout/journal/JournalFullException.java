package io.turnout.journal;

/** No room is left for the journal. What was stored before can be read; the process must stop. */
public final class JournalFullException extends JournalException {

    /** Names the file that could not be written and what the operating system said. */
    public JournalFullException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
