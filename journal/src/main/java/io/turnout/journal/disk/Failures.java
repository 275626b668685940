package io.turnout.journal.disk;

import io.turnout.journal.JournalException;
import io.turnout.journal.JournalFullException;
import java.io.IOException;

/** Turns what the operating system says into what the operator reads. */
public final class Failures {
    private Failures() {}

    /** The exception to throw when an action on a file has failed. */
    public static JournalException named(final String action, final Object file, final IOException cause) {
        if (isFull(cause)) {
            return new JournalFullException(
                    "no room left: cannot " + action + " " + file + ": " + cause.getMessage()
                            + "; free some space on that file system and start again",
                    cause);
        }
        return new JournalException("cannot " + action + " " + file + ": " + cause, cause);
    }

    private static boolean isFull(final IOException cause) {
        final String message = String.valueOf(cause.getMessage());
        return message.contains("No space left on device") || message.contains("Disk quota exceeded");
    }
}
