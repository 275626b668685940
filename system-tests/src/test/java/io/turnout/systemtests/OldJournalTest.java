package io.turnout.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.core.pipeline.RecoveryProgress;
import io.turnout.core.pipeline.VerificationReport;
import io.turnout.launcher.node.Capacities;
import io.turnout.launcher.node.DataDirectory;
import io.turnout.launcher.node.Journals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A data directory of each released schema version is kept: today's engine derives from its commands the same events,
 * with the same outcomes and money, but for the fields that have been added since.
 */
final class OldJournalTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "schema-0, 500, 0", // purchases and reversals
        "schema-1, 1100, 1", // every transaction of the demonstration
        "schema-1-wallets, 20, 0" // accounts opened by operators, and a restart
    })
    void shouldDeriveTheSameEventsFromTheCommandsOfEveryEarlierSchema(
            final String journal, final int events, final int snapshots) throws IOException {
        final Path data = KeptData.unpack(journal, directory);

        final VerificationReport report =
                Journals.verify(DataDirectory.existing(data), Capacities.of(10_000), false, RecoveryProgress.NONE);

        assertEquals(Optional.empty(), report.firstDifference());
        assertTrue(report.comparedEvents() > events, report.toString());
        assertEquals(0, report.unwrittenEvents());
        assertEquals(snapshots, report.comparedSnapshots(), report.toString());
    }
}
