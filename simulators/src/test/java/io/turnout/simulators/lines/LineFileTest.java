package io.turnout.simulators.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LineFileTest {

    private enum Field implements LineField {
        NAME("name"),
        COUNT("count"),
        OTHER("other");

        private final String key;

        Field(final String key) {
            this.key = key;
        }

        @Override
        public String key() {
            return key;
        }
    }

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("new").resolve("records.jsonl");
    }

    @Test
    void shouldReadBackWhatWasWritten() throws IOException {
        // when
        try (LineWriter writer = LineWriter.open(file, Field.values())) {
            writer.begin()
                    .text(Field.NAME, "first")
                    .number(Field.COUNT, Long.MIN_VALUE + 1)
                    .end();
            writer.begin().digits(Field.NAME, 42, 4).number(Field.COUNT, -1).end();
            writer.begin()
                    .packed(Field.NAME, 0x4142434445464748L, 0x494A4B4C)
                    .hex(Field.OTHER, -1, 10)
                    .end();
            writer.begin().end();
        }

        // then
        assertEquals("""
                {"name":"first","count":-9223372036854775807}
                {"name":"0042","count":-1}
                {"name":"ABCDEFGHIJKL","other":"ffffffffffffffff000000000000000a"}
                {}
                """, Files.readString(file));
        final List<String> names = new ArrayList<>();
        final long count = reader().read(line -> names.add(line.has(Field.NAME) ? line.text(Field.NAME) : "none"));
        assertEquals(4, count);
        assertEquals(List.of("first", "0042", "ABCDEFGHIJKL", "none"), names);
    }

    @Test
    void shouldReadNumbersAndPackedTexts() throws IOException {
        write("{\"name\":\"ABC\",\"count\":-17}\n");
        reader().read(line -> {
            assertEquals(-17, line.number(Field.COUNT));
            assertEquals(5, line.number(Field.OTHER, 5));
            assertEquals(0x41424320, line.packed(Field.NAME, 0, 4));
            assertTrue(line.is(Field.NAME, "ABC"));
            assertFalse(line.is(Field.NAME, "ABD"));
            assertFalse(line.is(Field.OTHER, ""));
        });
    }

    @Test
    void shouldMakeForeignBytesHarmless() throws IOException {
        try (LineWriter writer = LineWriter.open(file, Field.values())) {
            final byte[] bytes = "a\"\\\n\u00e9z".getBytes(StandardCharsets.ISO_8859_1);
            writer.begin()
                    .printable(Field.NAME, new UnsafeBuffer(bytes), 0, bytes.length)
                    .end();
        }
        assertEquals("{\"name\":\"a????z\"}\n", Files.readString(file));
    }

    @Test
    void shouldNotShowARecordBeforeItIsFlushed() {
        try (LineWriter writer = LineWriter.open(file, Field.values())) {
            writer.begin().number(Field.COUNT, 1).end();
            assertEquals(0, reader().read(line -> {}));
            assertEquals(1, writer.flush());
            assertEquals(1, reader().read(line -> {}));
            assertEquals(0, writer.flush());
        }
    }

    @Test
    void shouldCutOffATornLastRecordAndGoOnAfterTheLastWholeOne() throws IOException {
        // given
        write("{\"count\":1}\n{\"count\":2}\n{\"cou");

        // when
        try (LineWriter writer = LineWriter.open(file, Field.values())) {
            assertEquals(5, writer.tornBytes());
            writer.begin().number(Field.COUNT, 3).end();
        }

        // then
        assertEquals("{\"count\":1}\n{\"count\":2}\n{\"count\":3}\n", Files.readString(file));
    }

    @Test
    void shouldCutOffAFileThatIsNothingButATornRecord() throws IOException {
        write("{\"cou");
        LineWriter.open(file, Field.values()).close();
        assertEquals("", Files.readString(file));
    }

    @Test
    void shouldLeaveATornRecordUntilItIsWhole() throws IOException {
        // given
        final LineReader reader = reader();
        final List<Long> counts = new ArrayList<>();
        assertEquals(0, reader.read(line -> counts.add(line.number(Field.COUNT))));

        // when
        write("{\"count\":1}\n{\"cou");
        assertEquals(1, reader.read(line -> counts.add(line.number(Field.COUNT))));
        assertEquals(5, reader.tornBytes());
        write("nt\":2}\n");
        assertEquals(1, reader.read(line -> counts.add(line.number(Field.COUNT))));

        // then
        assertEquals(List.of(1L, 2L), counts);
        assertEquals(0, reader.tornBytes());
    }

    @Test
    void shouldReadFilesLargerThanItsBuffers() throws IOException {
        final int records = 50_000;
        try (LineWriter writer = LineWriter.open(file, Field.values())) {
            for (int i = 0; i < records; i++) {
                writer.begin()
                        .text(Field.NAME, "a name of some length")
                        .number(Field.COUNT, i)
                        .end();
            }
        }
        final long[] next = {0};
        assertEquals(records, reader().read(line -> assertEquals(next[0]++, line.number(Field.COUNT))));
        assertTrue(Files.size(file) > 2 * 256 * 1024, "size=" + Files.size(file));
    }

    @Test
    void shouldNameTheFileAndLineOfWhatIsNoRecord() throws IOException {
        final String[] wrong = {
            "",
            "x",
            "{",
            "{\"count\":1",
            "{\"count\":1}x",
            "{\"unknown\":1}",
            "{\"count\":1,\"count\":2}",
            "{\"name\":\"a\\n\"}"
        };
        for (final String line : wrong) {
            Files.deleteIfExists(file);
            write("{}\n" + line + "\n");
            final LineFormatException e =
                    assertThrows(LineFormatException.class, () -> reader().read(read -> {}), line);
            assertTrue(e.getMessage().startsWith(file + ":2: "), e.getMessage());
        }
    }

    @Test
    void shouldRefuseAFieldThatIsMissingOrNoNumber() throws IOException {
        write("{\"name\":\"x\",\"count\":9223372036854775808000}\n");
        reader().read(line -> {
            assertThrows(LineFormatException.class, () -> line.number(Field.NAME));
            assertThrows(LineFormatException.class, () -> line.number(Field.COUNT));
            assertThrows(LineFormatException.class, () -> line.text(Field.OTHER));
        });
    }

    @Test
    void shouldRefuseASecondWriter() {
        final LineWriter writer = LineWriter.open(file, Field.values());
        final UncheckedIOException e =
                assertThrows(UncheckedIOException.class, () -> LineWriter.open(file, Field.values()));
        assertTrue(e.getMessage().contains("open already"), e.getMessage());
        writer.close();
        LineWriter.open(file, Field.values()).close();
    }

    @Test
    void shouldRefuseARecordThatIsTooLong() {
        try (LineWriter writer = LineWriter.open(file, Field.values())) {
            writer.begin().text(Field.NAME, "x".repeat(2000));
            assertThrows(IllegalStateException.class, writer::end);
        }
    }

    private LineReader reader() {
        return new LineReader(file, Field.values());
    }

    private void write(final String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
