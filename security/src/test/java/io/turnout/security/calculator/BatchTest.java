package io.turnout.security.calculator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.security.CryptoException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BatchTest {
    private static final long SEED = Long.getLong("turnout.seed", 1);
    private static final int MUTATIONS_OF_EACH = 40;

    @Test
    void shouldWriteTheSameLinesWithResultsAdded() throws Exception {
        // Given the vectors without what is expected
        final List<Map<String, String>> vectors = VectorsTest.vectors();
        final String questions =
                vectors.stream().map(vector -> json(vector, "expected")).collect(Collectors.joining("\n"));

        // When
        final List<String> answers = run(questions);

        // Then
        assertEquals(vectors.size(), answers.size());
        for (int i = 0; i < answers.size(); i++) {
            final Map<String, String> answer = new HashMap<>(JsonLine.parse(answers.get(i)));
            answer.put("expected", answer.remove("result"));
            assertEquals(vectors.get(i), answer);
        }
    }

    @Test
    void shouldAnswerEveryMutationWithAResultOrANamedError() throws Exception {
        final Random random = new Random(SEED);
        for (final Map<String, String> vector : VectorsTest.vectors()) {
            final String line = json(vector, "expected");
            for (int i = 0; i < MUTATIONS_OF_EACH; i++) {
                final String mutated = mutate(line, random);
                final List<String> answers = run(mutated);
                assertTrue(
                        answers.size() <= 1 && answers.stream().allMatch(BatchTest::isAnswer),
                        () -> "seed=" + SEED + " line=" + mutated);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense|BAD_PARAMETER",
                "[]|BAD_PARAMETER",
                "{}|BAD_PARAMETER",
                "{'cat':'cat'}|BAD_PARAMETER",
                "{'cat':'luhn','cat':'luhn'}|BAD_PARAMETER",
                "{'cat':'kcv','name':'TDES','key':'001'}|NOT_HEXADECIMAL",
                "{'cat':'kcv','name':'TDES','key':'0011'}|BAD_KEY_LENGTH",
                "{'cat':'tdes-dukpt','name':'transaction key','ksn':'FFFF9876543210E00000'}|BAD_COUNTER",
                "{'cat':'aes-dukpt','name':'transaction key','ksn':'1234567890123456FFFFF000'}|BAD_COUNTER",
                "{'cat':'pinblock','format': 0, 'pin':'12','pan':'4012345678909'}|BAD_PIN",
                "{'cat':'pinblock','format': 7, 'pin':'1234','pan':'4012345678909'}|BAD_PARAMETER",
                "{'cat':'tr31','kbpk':'00112233445566778899AABBCCDDEEFF','keyblock':'Z0016P0TE00E0000'}|BAD_KEY_BLOCK"
            })
    void shouldNameErrors(final String line, final String kind) throws Exception {
        final String answer = run(line.replace('\'', '"')).get(0);

        assertTrue(answer.contains("\"error\": {\"kind\": \"" + kind + "\""), answer);
    }

    @ParameterizedTest
    @CsvSource({
        "name, AES-256 BDK key (usage 1000), type, 3TDEA, 48",
        "name, AES-256 BDK hmac128_key (usage 2000), unused, '', 32",
        "name, AES-192 BDK data_aes192_key (usage 3002), unused, '', 48"
    })
    void shouldDeriveEveryTypeOfKey(
            final String name, final String text, final String other, final String value, final int digits)
            throws CryptoException {
        final Question question = new Question(Map.of(
                "cat",
                "aes-dukpt",
                "ksn",
                "123456789012345600000001",
                name,
                text,
                other,
                value.isEmpty() ? "-" : value));

        assertEquals(digits, new Calculator().answer(question).length());
    }

    @Test
    void shouldRememberTheInitialKeyOfADevice() throws Exception {
        // Given a base key that is said once
        final String baseKey = ", 'bdk': '00112233445566778899AABBCCDDEEFF'}\n";
        final String initial = "{'cat': 'tdes-dukpt', 'name': 'initial key', 'ksn': 'FFFF1111111111000000'";
        final String first = "{'cat': 'tdes-dukpt', 'name': 'transaction key', 'ksn': 'FFFF1111111111000001'";

        // When
        final List<String> answers = run((initial + baseKey + first + "}\n" + first + baseKey).replace('\'', '"'));

        // Then
        assertEquals(
                JsonLine.parse(answers.get(2)).get("result"),
                JsonLine.parse(answers.get(1)).get("result"));
    }

    private static String mutate(final String line, final Random random) {
        final StringBuilder mutated = new StringBuilder(line);
        for (int i = random.nextInt(3); i >= 0; i--) {
            final int position = random.nextInt(mutated.length());
            switch (random.nextInt(3)) {
                case 0 -> mutated.deleteCharAt(position);
                case 1 -> mutated.setCharAt(position, (char) (' ' + random.nextInt(0x60)));
                default -> mutated.insert(position, mutated.substring(position / 2, position));
            }
        }
        return mutated.toString();
    }

    private static boolean isAnswer(final String line) {
        return line.endsWith("}") && (line.contains("\"result\": \"") || line.contains("\"error\": {\"kind\": \""));
    }

    private static List<String> run(final String questions) throws IOException {
        final StringWriter answers = new StringWriter();
        new Batch().run(new BufferedReader(new StringReader(questions)), new PrintWriter(answers));
        return answers.toString().lines().toList();
    }

    private static String json(final Map<String, String> members, final String without) {
        return members.entrySet().stream()
                .filter(member -> !member.getKey().equals(without))
                .map(member -> JsonLine.quote(member.getKey()) + ": " + JsonLine.quote(member.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
