package io.turnout.journal.file;

import io.turnout.journal.Journal;
import io.turnout.journal.JournalContract;
import io.turnout.journal.JournalReader;
import io.turnout.journal.OpenReport;
import java.nio.file.Path;

final class FileJournalContractTest extends JournalContract {

    @Override
    protected Journal open(final Path journalDirectory) {
        return FileJournal.open(new FileJournalConfiguration(journalDirectory, 16 << 10, 8 << 10, 4096, 4096));
    }

    @Override
    protected JournalReader reader(final Path journalDirectory) {
        return new FileJournalReader(journalDirectory);
    }

    @Override
    protected OpenReport report(final Journal journal) {
        return ((FileJournal) journal).openReport();
    }

    @Override
    protected void abandon(final Journal journal) {
        ((FileJournal) journal).abandon();
    }

    @Override
    protected String name() {
        return "file";
    }
}
