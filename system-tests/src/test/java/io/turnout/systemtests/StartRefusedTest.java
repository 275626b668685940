package io.turnout.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.journal.DirectoryLockedException;
import io.turnout.launcher.node.NodeEnvironment;
import io.turnout.launcher.node.SwitchNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A switch that must not start does not, and says why. */
final class StartRefusedTest {

    @TempDir
    private Path directory;

    @Test
    void shouldRefuseASecondSwitchOnTheSameDataDirectory() throws IOException {
        final Path data = directory.resolve("data");
        final Path file = directory.resolve("switch.yaml");
        try (SwitchFixture fixture = SwitchFixture.running(data)) {
            Files.writeString(file, fixture.configuration());

            final DirectoryLockedException refusal = assertThrows(
                    DirectoryLockedException.class,
                    () -> SwitchNode.start(fixture.settings(), NodeEnvironment.of((component, cause) -> {})));
            final TurnoutProcess second = TurnoutProcess.run(directory, "run", "--config", file.toString());

            assertTrue(refusal.getMessage().contains(data.toRealPath().toString()), refusal.getMessage());
            assertEquals(7, second.exitCode(), second.err());
            assertTrue(second.err().contains("directory in use: " + data.toRealPath()), second.err());
            fixture.pay();
        }
    }

    @Test
    void shouldNameEveryMistakeOfAConfiguration() throws IOException {
        final Path file = directory.resolve("switch.yaml");
        try (SwitchFixture fixture = new SwitchFixture(directory.resolve("data"), 4096)) {
            final String text = fixture.configuration()
                    .replace("durability: async", "durabilty: async")
                    .replace("answerTimeout: 5s", "answerTimeout: 5x")
                    .replace("currencies: [CNY, USD]", "currencies: [CNY, USD, XXQ]");
            Files.writeString(file, text);

            final TurnoutProcess command = TurnoutProcess.run(directory, "run", "--config", file.toString());

            assertEquals(3, command.exitCode(), command.err());
            assertNames(command.err(), position(file, text, "durabilty:"), "durability");
            assertNames(command.err(), position(file, text, "5x"), "answerTimeout");
            assertNames(command.err(), position(file, text, "[CNY, USD, XXQ]"), "XXQ");
            assertEquals(
                    3,
                    command.err()
                            .lines()
                            .filter(line -> line.contains(file + ":"))
                            .count(),
                    command.err());
        }
        assertTrue(Files.notExists(directory.resolve("data")), "nothing may be written");
    }

    @Test
    void shouldRefuseAnUnknownOption() {
        final TurnoutProcess command = TurnoutProcess.run(directory, "run", "--config", "switch.yaml", "--verbos");

        assertEquals(2, command.exitCode(), command.err());
        assertTrue(command.err().contains("--verbos"), command.err());
    }

    private static void assertNames(final String text, final String position, final String word) {
        assertTrue(
                text.lines().anyMatch(line -> line.contains(position) && line.contains(word)),
                "no line with " + position + " and " + word + " in\n" + text);
    }

    /** Where a text stands in a file, as problems are to name it. */
    private static String position(final Path file, final String text, final String wanted) {
        final int offset = text.indexOf(wanted);
        final long line =
                text.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
        return file + ":" + line + ":" + (offset - text.lastIndexOf('\n', offset)) + ":";
    }
}
