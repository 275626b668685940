package io.turnout.journal;

/** The directory belongs to a running process; starting a second one on it is refused. */
public final class DirectoryLockedException extends JournalException {

    /** Names the directory, who holds it and what to do. */
    public DirectoryLockedException(final String message) {
        super(message);
    }
}
