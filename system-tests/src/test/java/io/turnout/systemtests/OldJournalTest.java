package io.turnout.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.core.pipeline.RecoveryProgress;
import io.turnout.core.pipeline.VerificationReport;
import io.turnout.launcher.node.Capacities;
import io.turnout.launcher.node.DataDirectory;
import io.turnout.launcher.node.Journals;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
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
        "schema-0, 500", // purchases and reversals
        "schema-1, 1100", // every transaction of the demonstration
        "schema-1-wallets, 20" // accounts opened by operators, and a restart
    })
    void shouldDeriveTheSameEventsFromTheCommandsOfEveryEarlierSchema(final String journal, final int events)
            throws IOException {
        final Path data = unpack("/journals/" + journal + ".zip");

        final VerificationReport report =
                Journals.verify(DataDirectory.existing(data), Capacities.of(10_000), false, RecoveryProgress.NONE);

        assertEquals(Optional.empty(), report.firstDifference());
        assertTrue(report.comparedEvents() > events, report.toString());
        assertEquals(0, report.unwrittenEvents());
    }

    /** Unpacks an archive and answers the data directory in it. */
    private Path unpack(final String resource) throws IOException {
        try (InputStream stream = OldJournalTest.class.getResourceAsStream(resource);
                ZipInputStream zip = new ZipInputStream(stream)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                final Path target = directory.resolve(entry.getName()).normalize();
                if (!target.startsWith(directory)) {
                    throw new IOException("entry outside of the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(zip, target);
                }
            }
        }
        return directory.resolve("data");
    }
}
