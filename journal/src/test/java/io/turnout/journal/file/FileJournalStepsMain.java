package io.turnout.journal.file;

import io.turnout.journal.JournalException;
import io.turnout.journal.JournalFullException;
import io.turnout.journal.Records;
import java.nio.file.Path;

/** A short life of a file journal, printed step by step so that a trace of its system calls can be read. */
public final class FileJournalStepsMain {
    private FileJournalStepsMain() {}

    public static void main(final String[] arguments) {
        final Path directory = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "steps" -> steps(directory);
            case "life" -> life(directory);
            case "open" -> open(directory);
            case "fail" -> fail(directory);
            case "fill" -> fill(directory);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static FileJournal open(final Path directory) {
        final FileJournal journal =
                FileJournal.open(new FileJournalConfiguration(directory, 8 << 10, 4 << 10, 1024, 4096));
        System.out.println("opened " + journal.lastSequence());
        return journal;
    }

    /** One record per step, so that each step's system calls stand between two lines. */
    private static void steps(final Path directory) {
        final FileJournal journal = open(directory);
        System.out.println("step first");
        Records.append(journal, 1, 1);
        journal.flush();
        journal.sync();
        System.out.println("step append");
        Records.append(journal, 2, 4);
        System.out.println("step flush");
        journal.flush();
        System.out.println("step sync");
        journal.sync();
        System.out.println("step idle sync");
        journal.sync();
        System.out.println("step roll");
        Records.append(journal, 5, 45);
        journal.flush();
        System.out.println("step sync both");
        journal.sync();
        System.out.println("step end");
        Runtime.getRuntime().halt(0);
    }

    /** All that a journal does, saying what is promised. */
    private static void life(final Path directory) {
        try (FileJournal journal = open(directory)) {
            final long first = journal.lastSequence() + 1;
            for (long sequence = first; sequence < first + 60; sequence++) {
                Records.append(journal, sequence, sequence);
                if (sequence % 3 == 0) {
                    journal.flush();
                    System.out.println("flushed " + sequence);
                }
                if (sequence % 7 == 0) {
                    System.out.println("synced " + journal.sync());
                }
                if (sequence % 4 == 0) {
                    journal.prepare();
                }
            }
        }
        System.out.println("closed");
    }

    /** Syncs until it fails, then tries everything again. */
    private static void fail(final Path directory) {
        final FileJournal journal = open(directory);
        long sequence = 0;
        try {
            while (sequence < 100) {
                sequence++;
                Records.append(journal, sequence, sequence);
                journal.flush();
                journal.sync();
            }
        } catch (final JournalException exception) {
            System.out.println("failed: " + exception.getMessage());
        }
        final long next = journal.lastSequence() + 1;
        attempt("sync", journal::sync);
        attempt("append", () -> Records.append(journal, next, next));
        attempt("flush", journal::flush);
        attempt("prepare", journal::prepare);
        attempt("close", journal::close);
        System.out.println("synced " + journal.syncedSequence());
    }

    private static void attempt(final String name, final Runnable action) {
        try {
            action.run();
            System.out.println(name + " done");
        } catch (final JournalException exception) {
            System.out.println(name + " refused: " + exception.getMessage());
        }
    }

    /** Writes until the disk is full. */
    private static void fill(final Path directory) {
        try (FileJournal journal =
                FileJournal.open(new FileJournalConfiguration(directory, 1 << 20, 64 << 10, 1024, 64 << 10))) {
            long sequence = journal.lastSequence();
            while (true) {
                sequence++;
                Records.append(journal, sequence, sequence);
                journal.flush();
                journal.prepare();
                if (sequence % 1000 == 0) {
                    System.out.println("flushed " + sequence);
                }
            }
        } catch (final JournalFullException exception) {
            System.out.println("full: " + exception.getMessage());
        }
    }
}
