package io.turnout.core.pipeline;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunMarkTest {
    @TempDir
    Path directory;

    private RunMark mark;

    @BeforeEach
    void setUp() {
        mark = new RunMark(directory);
    }

    @Test
    void shouldFindNoLossWhereNothingRan() {
        assertFalse(mark.mayHaveLostCommands());
    }

    @Test
    void shouldFindNoLossAfterTheDeathOfTheProcess() {
        mark.set(Durability.ASYNC);

        assertFalse(mark.mayHaveLostCommands());
    }

    @Test
    void shouldFindAPossibleLossAfterAnotherBootWithoutAClose() throws IOException {
        mark.set(Durability.ASYNC);
        pretendAnotherBoot();

        assertTrue(mark.mayHaveLostCommands());
    }

    @Test
    void shouldFindNoLossWhenEveryCommandWasSynced() throws IOException {
        mark.set(Durability.SYNC);
        pretendAnotherBoot();

        assertFalse(mark.mayHaveLostCommands());
    }

    @Test
    void shouldFindNoLossAfterACleanClose() throws IOException {
        mark.set(Durability.ASYNC);
        pretendAnotherBoot();
        mark.clear();

        assertFalse(mark.mayHaveLostCommands());
    }

    @Test
    void shouldTrustNoMarkItCannotRead() throws IOException {
        Files.writeString(directory.resolve("running"), "");

        assertTrue(mark.mayHaveLostCommands());
    }

    private void pretendAnotherBoot() throws IOException {
        final Path file = directory.resolve("running");
        Files.writeString(file, Files.readString(file).replaceFirst("boot=.*", "boot=another"));
    }
}
