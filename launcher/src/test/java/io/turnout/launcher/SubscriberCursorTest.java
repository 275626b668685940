package io.turnout.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SubscriberCursorTest {
    @TempDir
    private Path data;

    @Test
    void shouldRememberHowFarASubscriberHasRead() {
        try (SubscriberCursor cursor = SubscriberCursor.open(data, "reports")) {
            assertEquals(0, cursor.read());
            cursor.write(41);
            cursor.write(42);
        }
        try (SubscriberCursor cursor = SubscriberCursor.open(data, "reports");
                SubscriberCursor other = SubscriberCursor.open(data, "audit")) {
            assertEquals(42, cursor.read());
            assertEquals(0, other.read());
        }
    }

    @Test
    void shouldRefuseTheSameSubscriberTwice() {
        final SubscriberCursor cursor = SubscriberCursor.open(data, "reports");
        final CommandFailure failure = assertThrows(CommandFailure.class, () -> SubscriberCursor.open(data, "reports"));
        cursor.close();

        assertEquals(ExitCode.REFUSED, failure.exitCode());
    }

    @Test
    void shouldRefuseADamagedCursor() throws IOException {
        try (SubscriberCursor cursor = SubscriberCursor.open(data, "reports")) {
            cursor.write(42);
        }
        final Path file = data.resolve("subscribers").resolve("reports.cursor");
        final byte[] bytes = Files.readAllBytes(file);
        bytes[7] ^= 1;
        Files.write(file, bytes);

        try (SubscriberCursor cursor = SubscriberCursor.open(data, "reports")) {
            assertEquals(
                    ExitCode.DATA_DAMAGED,
                    assertThrows(CommandFailure.class, cursor::read).exitCode());
        }
    }

    @Test
    void shouldRefuseANameThatLeavesTheDirectory() {
        assertEquals(
                ExitCode.USAGE,
                assertThrows(CommandFailure.class, () -> SubscriberCursor.open(data, "../elsewhere"))
                        .exitCode());
    }
}
