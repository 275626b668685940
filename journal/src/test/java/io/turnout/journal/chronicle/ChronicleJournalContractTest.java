package io.turnout.journal.chronicle;

import io.turnout.journal.Journal;
import io.turnout.journal.JournalContract;
import io.turnout.journal.JournalReader;
import io.turnout.journal.OpenReport;
import java.nio.file.Path;

final class ChronicleJournalContractTest extends JournalContract {

    @Override
    protected Journal open(final Path journalDirectory) {
        return ChronicleJournal.open(new ChronicleJournalConfiguration(journalDirectory, 1 << 20, 4096, 1 << 20));
    }

    @Override
    protected JournalReader reader(final Path journalDirectory) {
        return new ChronicleReader(journalDirectory);
    }

    @Override
    protected OpenReport report(final Journal journal) {
        return ((ChronicleJournal) journal).openReport();
    }

    @Override
    protected void abandon(final Journal journal) {
        ((ChronicleJournal) journal).abandon();
    }

    @Override
    protected String name() {
        return "chronicle";
    }
}
