package io.turnout.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryLockTest {
    @TempDir
    private Path directory;

    /** Tries to lock a directory and says how it went. */
    static final class LockMain {
        private LockMain() {}

        public static void main(final String[] arguments) {
            try (DirectoryLock lock = DirectoryLock.acquire(Path.of(arguments[0]))) {
                System.out.println("locked " + (lock != null));
            } catch (final DirectoryLockedException exception) {
                System.out.println(exception.getMessage());
            }
        }
    }

    private String lockInAnotherProcess() {
        final List<String> printed = ChildJvm.run(LockMain.class, directory);
        return printed.get(0);
    }

    @Test
    void shouldCreateTheDirectory() {
        final Path missing = directory.resolve("a/b");
        DirectoryLock.acquire(missing).close();
        assertTrue(Files.isDirectory(missing));
    }

    @Test
    void shouldRefuseAnotherProcessEvenAfterARefusalInThisOne() {
        try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
            // A second attempt must not open and close the lock file: that would drop the lock of the first.
            for (int attempt = 0; attempt < 2; attempt++) {
                final DirectoryLockedException refused =
                        assertThrows(DirectoryLockedException.class, () -> DirectoryLock.acquire(directory));
                assertTrue(refused.getMessage().contains("belongs to this process"), refused.getMessage());
            }
            final String refused = lockInAnotherProcess();
            assertTrue(
                    refused.contains(
                            "belongs to process " + ProcessHandle.current().pid() + ";"),
                    refused);
            assertTrue(refused.contains("stop the switch that runs there"), refused);
            assertTrue(lock != null);
        }
        assertEquals("locked true", lockInAnotherProcess());
    }

    @Test
    void shouldSeeThroughOtherNamesOfTheSameDirectory() throws IOException {
        final Path link =
                Files.createSymbolicLink(directory.resolve("link"), Files.createDirectory(directory.resolve("real")));
        try (DirectoryLock lock = DirectoryLock.acquire(directory.resolve("real"))) {
            assertTrue(lock != null);
            assertThrows(DirectoryLockedException.class, () -> DirectoryLock.acquire(link));
        }
    }

    @Test
    void shouldNameAPlaceThatCannotBeADirectory() throws IOException {
        final Path file = Files.createFile(directory.resolve("file"));
        final JournalException refused =
                assertThrows(JournalException.class, () -> DirectoryLock.acquire(file.resolve("data")));
        assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
    }
}
