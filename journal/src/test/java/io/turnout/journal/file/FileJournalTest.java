package io.turnout.journal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.journal.JournalTail;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileJournalTest {
    @TempDir
    private Path directory;

    @Test
    void shouldReplayWhatWasAppendedOverSeveralSegmentsAndEpochs() {
        // given
        final FileJournalConfiguration configuration = new FileJournalConfiguration(directory, 8192, 4096, 512, 4096);
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[300]);

        // when
        for (int epoch = 0; epoch < 3; epoch++) {
            try (FileJournal journal = FileJournal.open(configuration)) {
                assertEquals(epoch * 100L, journal.lastSequence());
                for (int i = 1; i <= 100; i++) {
                    journal.append(epoch * 100L + i, i, payload, 0, payload.capacity());
                    journal.flush();
                    assertEquals(epoch * 100L + i, journal.sync());
                }
            }
        }

        // then
        try (FileJournalReader reader = new FileJournalReader(directory);
                JournalTail tail = reader.tail(1)) {
            assertEquals(300, reader.replay(1, (sequence, timestampNs, buffer, offset, length) -> true));
            assertEquals(300, tail.poll((sequence, timestampNs, buffer, offset, length) -> true, 1000));
        }
    }
}
