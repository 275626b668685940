package io.turnout.journal;

import java.nio.file.Path;

/** A record is damaged or missing. Says exactly which. */
public final class JournalCorruptException extends JournalException {
    private final Path file;
    private final long offset;
    private final long sequence;

    /**
     * @param file where the damage is
     * @param offset first byte of the damaged record
     * @param sequence the sequence expected there
     * @param problem what is wrong with it
     */
    public JournalCorruptException(final Path file, final long offset, final long sequence, final String problem) {
        super("journal damaged: file=" + file + " offset=" + offset + " sequence=" + sequence + ": " + problem);
        this.file = file;
        this.offset = offset;
        this.sequence = sequence;
    }

    /** The damaged file. */
    public Path file() {
        return file;
    }

    /** First byte of the damaged record in the file. */
    public long offset() {
        return offset;
    }

    /** The sequence that was expected there. */
    public long sequence() {
        return sequence;
    }
}
