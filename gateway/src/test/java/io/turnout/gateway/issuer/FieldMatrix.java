package io.turnout.gateway.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.iso8583.IsoDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which data elements a message has: a table in a file, a line for each element and a column for each message. */
final class FieldMatrix {

    private static final int FIRST_COLUMN = 2;

    /** By message, and by data element: M, C or E. */
    private final Map<String, Map<Integer, String>> rules = new HashMap<>();

    FieldMatrix(final int year) {
        final List<String> lines = read("field-matrix-" + year + ".csv");
        final String[] header = lines.get(0).split(",");
        for (final String line : lines.subList(1, lines.size())) {
            final String[] cells = line.split(",", -1);
            assertEquals(header.length, cells.length, line);
            for (int i = FIRST_COLUMN; i < cells.length; i++) {
                if (!cells[i].isEmpty()) {
                    assertTrue(List.of("M", "C", "E").contains(cells[i]), line);
                    rules.computeIfAbsent(header[i], name -> new HashMap<>()).put(Integer.parseInt(cells[0]), cells[i]);
                }
            }
        }
    }

    /** Fails unless the message has what it must have, and nothing that it must not. */
    void check(final String message, final IsoDecoder written, final IsoDecoder request) {
        final Map<Integer, String> fields = rules.get(message);
        for (int field = written.nextField(0); field != IsoDecoder.NO_FIELD; field = written.nextField(field)) {
            assertTrue(fields.containsKey(field), message + " must not have DE" + field);
        }
        fields.forEach((field, rule) -> {
            if (rule.equals("M")) {
                assertTrue(written.isPresent(field), message + " must have DE" + field);
            } else if (rule.equals("E")) {
                assertEquals(request.getString(field), written.getString(field), message + " echoes DE" + field);
            }
        });
    }

    /** Fails unless each conditional element of the message was there at least once. */
    void requireSeen(final String message, final Map<Integer, Integer> seen) {
        rules.get(message)
                .forEach((field, rule) -> assertTrue(seen.containsKey(field), message + " never had DE" + field));
        assertFalse(seen.isEmpty());
    }

    private static List<String> read(final String name) {
        try (InputStream stream = FieldMatrix.class.getResourceAsStream(name)) {
            return Arrays.stream(new String(stream.readAllBytes(), StandardCharsets.UTF_8).split("\n"))
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
