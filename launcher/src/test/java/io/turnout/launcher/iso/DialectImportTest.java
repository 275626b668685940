package io.turnout.launcher.iso;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.DialectReader;
import io.turnout.codecs.iso8583.DialectWriter;
import io.turnout.codecs.iso8583.Dialects;
import io.turnout.codecs.iso8583.SubFields;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DialectImportTest {
    @TempDir
    private Path directory;

    @Test
    void shouldReadAPackagerOfJpos() {
        // when
        final ImportedDialect imported = new JposImport(Map.of("com.acme.Stan", "org.jpos.iso.IFA_NUMERIC"))
                .read("bank", resource("packager.xml"));

        // then
        final Dialect dialect = imported.dialect();
        assertEquals(List.of(), imported.remarks());
        assertEquals(5, dialect.headerLength());
        assertEquals("n..19 length=binary digits=bcd pad=right filler=zero", line(dialect, 2));
        assertEquals("n6 digits=ascii", line(dialect, 11));
        assertEquals("Trace / audit: number", dialect.fieldName(11));
        assertEquals("n3 digits=bcd pad=left filler=zero", line(dialect, 22));
        assertFalse(dialect.has(24));
        assertEquals("x+n8 digits=bcd text=latin-1", line(dialect, 28));
        assertEquals("z..37 length=bcd digits=bcd pad=right filler=zero", line(dialect, 35));
        assertEquals("b64 binary=raw", line(dialect, 52));
        assertEquals(
                "City",
                dialect.subFields(43)
                        .orElseThrow()
                        .read("A".repeat(40))
                        .parts()
                        .get(1)
                        .name());
        assertEquals(
                "Two",
                dialect.subFields(48).orElseThrow().read("0201X").parts().get(0).name());
    }

    @Test
    void shouldReadMessagesInMessagesOfAPackagerOfJpos() {
        // when
        final Dialect dialect = new JposImport(Map.of("com.acme.Stan", "org.jpos.iso.IFA_NUMERIC"))
                .read("bank", resource("packager.xml"))
                .dialect();

        // then
        final SubFields parts = dialect.subFields(127).orElseThrow();
        assertEquals(
                Map.of("1", "n2 | First", "2", "ans..32 | Key", "25", "ans....8000 | Chip data"), parts.describe());
        assertEquals(
                Map.of("2", "n12 | Amount", "3", "ans..9"),
                parts.subFields("25").orElseThrow().describe());
        final String value = parts.write(Map.of("1", "07", "2", "KEY"));
        assertEquals("C000000000000000" + "3037" + "30334B4559", value);
        assertReadAgain(dialect);
    }

    @Test
    void shouldReadMessagesInMessagesOfASpecificationOfMoov() {
        // when
        final Dialect dialect =
                new MoovImport().read("bank", resource("moov.json")).dialect();

        // then
        final SubFields parts = dialect.subFields(62).orElseThrow();
        assertEquals(Map.of("1", "n2 | First", "3", "ans..9 | Third"), parts.describe());
        assertEquals("A000000000000000" + "07" + "02AB", parts.write(Map.of("1", "07", "3", "AB")));
        assertReadAgain(dialect);
    }

    private static void assertReadAgain(final Dialect dialect) {
        final String file = DialectWriter.write(dialect);
        final Dialect read = new DialectReader(base -> Optional.empty()).read("bank.yaml", file);
        assertEquals(file, DialectWriter.write(read));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2  | n..19 length=bcd digits=bcd pad=left filler=zero",
                "3  | ans6 text=latin-1",
                "4  | n12 digits=ascii",
                "19 | n3 digits=bcd pad=right filler=zero",
                "35 | z..37 length=ascii digits=ascii",
                "48 | ans...999 length=ascii text=latin-1",
                "52 | b64 binary=ascii-hex",
                "55 | b....999 length=binary binary=raw",
                "63 | b..200 length=hex binary=raw"
            })
    void shouldReadASpecificationOfMoov(final int field, final String expected) {
        final ImportedDialect imported = new MoovImport().read("bank", resource("moov.json"));

        assertEquals(List.of(), imported.remarks());
        assertEquals(expected, line(imported.dialect(), field));
    }

    @Test
    void shouldNameThePartsOfASpecificationOfMoov() {
        final Dialect dialect =
                new MoovImport().read("bank", resource("moov.json")).dialect();

        assertEquals(
                "From",
                dialect.subFields(3).orElseThrow().read("123456").parts().get(1).name());
        assertEquals(
                "9",
                dialect.subFields(48).orElseThrow().read("01019").parts().get(0).value());
        assertEquals(
                "8A",
                dialect.subFields(55)
                        .orElseThrow()
                        .read("8A023030")
                        .parts()
                        .get(0)
                        .tag());
    }

    @ParameterizedTest
    @CsvSource({"packager.xml", "moov.json"})
    void shouldWriteWhatItReadAsADialectFile(final String file) throws IOException {
        // given
        final Dialect imported = file.endsWith("json")
                ? new MoovImport().read("bank", resource(file)).dialect()
                : new JposImport(Map.of("com.acme.Stan", "IFA_NUMERIC"))
                        .read("bank", resource(file))
                        .dialect();

        // when
        final Dialect read =
                new DialectReader(base -> Optional.empty()).read("bank.yaml", DialectWriter.write(imported));

        // then
        assertEquals(List.of(), DialectReport.diff(imported, read));
    }

    @Test
    void shouldNameEveryClassItDoesNotKnow() {
        final IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> new JposImport(Map.of()).read("bank", resource("packager.xml")));

        assertTrue(
                refusal.getMessage().contains("field 11: the class 'com.acme.Stan' is not known"), refusal::getMessage);
    }

    @Test
    void shouldNotLookAtFilesThatAPackagerNames() throws IOException {
        // given
        final Path secret = Files.writeString(directory.resolve("secret"), "IF_CHAR");
        final Path file = Files.writeString(
                directory.resolve("packager.xml"),
                "<!DOCTYPE isopackager [<!ENTITY leak SYSTEM \"" + secret.toUri() + "\">]><isopackager>&leak;"
                        + "<isofield id=\"2\" length=\"1\" name=\"A\" class=\"IF_CHAR\"/></isopackager>");

        // when
        final ImportedDialect imported = new JposImport(Map.of()).read("bank", file);

        // then
        assertEquals("ans1 text=latin-1", line(imported.dialect(), 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.xml  | <isofield/> | not a packager",
                "a.xml  | <isopackager> | not XML",
                "a.xml  | <isopackager><isofield id=\"x\"/></isopackager> | is not a number",
                "a.json | {} | not a specification",
                "a.json | { | not JSON",
                "a.json | {\"fields\":{\"2\":{\"type\":\"Strange\",\"prefix\":\"ASCII.LL\"}}} | the type",
                "a.json | {\"fields\":{\"2\":{\"type\":\"String\",\"prefix\":\"X.LL\"}}} | the prefix"
            })
    void shouldSayWhatIsWrongWithAFile(final String name, final String text, final String problem) throws IOException {
        final Path file = Files.writeString(directory.resolve(name), text);

        final IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> {
            if (name.endsWith("json")) {
                new MoovImport().read("bank", file);
            } else {
                new JposImport(Map.of()).read("bank", file);
            }
        });

        assertTrue(refusal.getMessage().contains(problem), refusal::getMessage);
    }

    @Test
    void shouldExplainAMessage() {
        // given
        final ObjectNode fields =
                Json.object().put("0", "0210").put("2", "4111111111111111").put("39", "51");
        final Dialect dialect = Dialects.builtIn("iso87-bcd");
        final String hex = new IsoHand(dialect, true, false).encode(fields.toString());

        // when
        final String explanation = String.join("\n", new IsoExplanation(dialect, true).explain(hex));

        // then
        assertTrue(explanation.contains("0210  (ISO 8583:1987, financial, request response, acquirer)"), explanation);
        assertTrue(explanation.contains("41111111****1111"), explanation);
        assertTrue(explanation.contains("51  (insufficient funds)"), explanation);
        assertFalse(explanation.contains("4111111111111111"), explanation);
    }

    private static String line(final Dialect dialect, final int field) {
        return dialect.describe(field).attribute() + " "
                + dialect.describe(field).words();
    }

    private Path resource(final String name) {
        try (InputStream stream = DialectImportTest.class.getResourceAsStream(name)) {
            final Path file = directory.resolve("copy-" + name);
            Files.write(file, stream.readAllBytes());
            return file;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
