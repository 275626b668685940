package io.turnout.journal;

import io.turnout.journal.chronicle.ChronicleJournal;
import io.turnout.journal.chronicle.ChronicleJournalConfiguration;
import io.turnout.journal.file.FileJournal;
import io.turnout.journal.file.FileJournalConfiguration;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** A writer to be killed: {@code <file|chronicle> <directory> <flush|endless|sync|lock>}. */
public final class JournalWriterMain {
    private static final long PAUSE_NS = 100_000;

    private JournalWriterMain() {}

    public static void main(final String[] arguments) {
        final Path directory = Path.of(arguments[1]);
        switch (arguments[2].toLowerCase(Locale.ROOT)) {
            case "flush" -> appendAndDie(open(arguments[0], directory));
            case "endless" -> appendForEver(open(arguments[0], directory));
            case "sync" -> syncForEver(open(arguments[0], directory));
            case "lock" -> tryToOpen(arguments[0], directory);
            default -> throw new IllegalArgumentException(arguments[2]);
        }
    }

    private static Journal open(final String implementation, final Path directory) {
        return switch (implementation) {
            case "file" -> FileJournal.open(new FileJournalConfiguration(directory, 64 << 10, 16 << 10, 4096, 4096));
            case "chronicle" ->
                ChronicleJournal.open(new ChronicleJournalConfiguration(directory, 1 << 20, 4096, 1 << 20));
            default -> throw new IllegalArgumentException(implementation);
        };
    }

    /** 100 records flushed, then death without a word. */
    private static void appendAndDie(final Journal journal) {
        Records.append(journal, journal.lastSequence() + 1, journal.lastSequence() + 100);
        journal.flush();
        Runtime.getRuntime().halt(137);
    }

    private static void appendForEver(final Journal journal) {
        for (long sequence = journal.lastSequence() + 1; ; sequence++) {
            Records.append(journal, sequence, sequence);
            journal.flush();
            System.out.println(sequence);
            // Slower than any reader, so that there is not more to compare than the test asks for.
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    /** Some records unsynced at any time, and what is synced said. */
    private static void syncForEver(final Journal journal) {
        for (long first = journal.lastSequence() + 1; ; first += 20) {
            Records.append(journal, first, first + 9);
            journal.flush();
            journal.sync();
            System.out.println(first + 9);
            Records.append(journal, first + 10, first + 19);
            journal.flush();
            journal.prepare();
        }
    }

    private static void tryToOpen(final String implementation, final Path directory) {
        try (Journal journal = open(implementation, directory)) {
            System.out.println("opened at " + journal.lastSequence());
        } catch (final DirectoryLockedException exception) {
            System.out.println("refused: " + exception.getMessage());
        }
    }
}
