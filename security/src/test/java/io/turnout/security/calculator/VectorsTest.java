package io.turnout.security.calculator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.security.CryptoException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Published examples of the standards and of other implementations; each line names its source. */
final class VectorsTest {

    @ParameterizedTest
    @MethodSource("vectors")
    void shouldAnswerAsPublished(final Map<String, String> vector) throws CryptoException {
        // Given the question alone, to a calculator that has seen no other line
        final Map<String, String> question = new HashMap<>(vector);
        final String expected = question.remove("expected");

        // When, then
        assertEquals(expected, new Calculator().answer(new Question(question)));
    }

    @Test
    void shouldKnowAllVectors() throws Exception {
        assertEquals(199, vectors().size());
    }

    static List<Map<String, String>> vectors() throws IOException, CryptoException {
        final List<Map<String, String>> vectors = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                VectorsTest.class.getResourceAsStream("/vectors/crypto.jsonl"), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                vectors.add(JsonLine.parse(line));
            }
        }
        return vectors;
    }
}
