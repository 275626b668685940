package io.turnout.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FreeSpaceGuardTest {
    @TempDir
    private Path directory;

    @Test
    void shouldAdmitWhileEnoughIsLeft() {
        final FreeSpaceGuard guard = new FreeSpaceGuard(directory, 1);
        assertTrue(guard.check());
        assertFalse(guard.mustStopAdmission());
        assertTrue(guard.usableBytes() > 0);
        assertEquals(1, guard.thresholdBytes());
    }

    @Test
    void shouldStopAdmissionWhenTooLittleIsLeft() {
        final FreeSpaceGuard guard = new FreeSpaceGuard(directory, Long.MAX_VALUE);
        assertTrue(guard.mustStopAdmission());
        assertFalse(guard.check());
    }

    @Test
    void shouldStopAdmissionWhenTheFileSystemCannotBeAsked() {
        final FreeSpaceGuard guard = new FreeSpaceGuard(directory.resolve("missing"), 1);
        assertTrue(guard.mustStopAdmission());
        assertEquals(0, guard.usableBytes());
    }

    @Test
    void shouldRefuseAThresholdThatNeverStopsAnything() {
        assertThrows(IllegalArgumentException.class, () -> new FreeSpaceGuard(directory, 0));
    }
}
