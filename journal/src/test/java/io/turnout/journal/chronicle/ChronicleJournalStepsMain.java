package io.turnout.journal.chronicle;

import io.turnout.journal.JournalException;
import io.turnout.journal.JournalFullException;
import io.turnout.journal.Records;
import java.nio.file.Path;

/** A short life of a Chronicle journal, printed step by step so that a trace of its system calls can be read. */
public final class ChronicleJournalStepsMain {
    private ChronicleJournalStepsMain() {}

    public static void main(final String[] arguments) {
        final Path directory = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "steps" -> steps(directory);
            case "life" -> life(directory);
            case "fail" -> fail(directory);
            case "fill" -> fill(directory);
            case "threads" -> threads(directory);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static ChronicleJournal open(final Path directory) {
        final ChronicleJournal journal =
                ChronicleJournal.open(new ChronicleJournalConfiguration(directory, 1 << 20, 1024, 1 << 20));
        System.out.println("opened " + journal.lastSequence());
        return journal;
    }

    private static void steps(final Path directory) {
        final ChronicleJournal journal = open(directory);
        System.out.println("step first append");
        Records.append(journal, 1, 3);
        journal.flush();
        System.out.println("step first sync");
        journal.sync();
        System.out.println("step append");
        Records.append(journal, 4, 6);
        System.out.println("step flush");
        journal.flush();
        System.out.println("step sync");
        journal.sync();
        System.out.println("step idle sync");
        journal.sync();
        System.out.println("step end");
        Runtime.getRuntime().halt(0);
    }

    private static void life(final Path directory) {
        try (ChronicleJournal journal = open(directory)) {
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
            }
        }
        System.out.println("closed");
    }

    private static void fail(final Path directory) {
        final ChronicleJournal journal = open(directory);
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

    private static void fill(final Path directory) {
        final ChronicleJournalConfiguration configuration =
                new ChronicleJournalConfiguration(directory, 1 << 20, 1024, 4 << 20);
        try (ChronicleJournal journal = ChronicleJournal.open(configuration)) {
            long sequence = journal.lastSequence();
            while (true) {
                sequence++;
                Records.append(journal, sequence, sequence);
                journal.flush();
                if (sequence % 1000 == 0) {
                    System.out.println("flushed " + sequence);
                }
            }
        } catch (final JournalFullException exception) {
            System.out.println("full: " + exception.getMessage());
        }
    }

    /** Names of the threads that are there after the journal has been used and were not before. */
    private static void threads(final Path directory) {
        final int before = Thread.activeCount();
        try (ChronicleJournal journal = open(directory)) {
            Records.append(journal, 1, 10);
            journal.flush();
            journal.replay(1, new Records());
        }
        final Thread[] threads = new Thread[Thread.activeCount()];
        Thread.enumerate(threads);
        for (int index = before; index < threads.length; index++) {
            System.out.println("thread " + threads[index].getName());
        }
    }
}
