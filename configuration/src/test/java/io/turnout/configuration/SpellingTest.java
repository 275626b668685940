package io.turnout.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpellingTest {
    @ParameterizedTest
    @CsvSource({
        "port, port, 0",
        "prot, port, 1",
        "pot, port, 1",
        "portt, port, 1",
        "pirt, port, 1",
        "'', port, 4",
        "kitten, sitting, 3",
        "ca, abc, 3"
    })
    void shouldCountEdits(final String from, final String to, final int edits) {
        assertEquals(edits, Spelling.edits(from, to));
        assertEquals(edits, Spelling.edits(to, from));
    }

    @Test
    void shouldFindTheNearestCandidate() {
        assertEquals(Optional.of("timeout"), Spelling.nearest("timeot", List.of("time", "timeout", "port")));
    }

    @Test
    void shouldNotSuggestADifferentWord() {
        assertEquals(Optional.empty(), Spelling.nearest("window", List.of("port", "timeout")));
        assertEquals(Optional.empty(), Spelling.nearest("window", List.of()));
    }
}
