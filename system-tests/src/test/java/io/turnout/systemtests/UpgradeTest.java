package io.turnout.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.core.pipeline.RecoveryException;
import io.turnout.core.pipeline.RecoveryProgress;
import io.turnout.core.pipeline.RecoveryReport;
import io.turnout.core.pipeline.VerificationReport;
import io.turnout.launcher.node.Capacities;
import io.turnout.launcher.node.Journals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Today's switch starts on the data directory of an earlier one, and goes on. */
final class UpgradeTest {
    private static final int PAYMENTS = 10_000;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "schema-0, 0, EARLIER_VERSION", // its snapshot says too little: everything is replayed
        "schema-1, 1020, ''"
    })
    void shouldStartFromTheSnapshotThatTellsAllAndGoOn(
            final String kept, final long snapshotCommand, final String refused) throws IOException {
        final Path data = KeptData.unpack(kept, directory);

        try (SwitchFixture fixture = new SwitchFixture(data, PAYMENTS).start()) {
            final RecoveryReport report = fixture.node().recoveryReport();
            assertEquals(snapshotCommand, report.snapshotCommandSequence());
            assertTrue(report.refusedSnapshots().toString().contains(refused), report::toString);
            assertEquals(refused.isEmpty() ? 0 : 1, report.refusedSnapshots().size());
            fixture.pay();
            fixture.stop();

            final VerificationReport whole = verify(fixture, false);
            assertEquals(Optional.empty(), whole.firstDifference());
            assertEquals(refused.isEmpty() ? 1 : 0, whole.comparedSnapshots());
            final Optional<Path> built =
                    Journals.buildSnapshot(fixture.directory(), Capacities.of(PAYMENTS), 2, RecoveryProgress.NONE);
            assertTrue(built.isPresent(), "a snapshot of today's version");
            fixture.start();
            assertEquals(List.of(), fixture.node().recoveryReport().refusedSnapshots());
            assertTrue(fixture.node().recoveryReport().snapshotCommandSequence() > snapshotCommand);
            fixture.pay();
            fixture.stop();
            assertTrue(verify(fixture, false).isClean());
            assertTrue(verify(fixture, true).isClean());
        }
    }

    @Test
    void shouldNotStartWhenTheCommandsAreGoneThatTheSnapshotDoesNotReplace() throws IOException {
        final Path data = KeptData.unpack("schema-0", directory);
        try (SwitchFixture fixture = new SwitchFixture(data, PAYMENTS).start()) {
            fixture.pay();
            fixture.stop();
            final List<Path> segments = segments(data.resolve("commands"));
            assertTrue(segments.size() > 1, segments::toString);
            Files.delete(segments.get(0));

            final RecoveryException refused = assertThrows(RecoveryException.class, fixture::start);

            assertEquals(RecoveryException.Problem.COMMANDS_MISSING, refused.problem());
            assertTrue(refused.getMessage().contains("EARLIER_VERSION"), refused::getMessage);
        }
    }

    private static List<Path> segments(final Path commands) throws IOException {
        try (Stream<Path> files = Files.list(commands)) {
            return files.filter(file -> file.toString().endsWith(".journal"))
                    .sorted()
                    .toList();
        }
    }

    private static VerificationReport verify(final SwitchFixture fixture, final boolean tail) {
        return Journals.verify(fixture.directory(), Capacities.of(PAYMENTS), tail, RecoveryProgress.NONE);
    }
}
