package io.turnout.codecs.iso8583;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

final class DialectReaderTest {
    @ParameterizedTest
    @FieldSource("io.turnout.codecs.iso8583.TestDialects#BUILT_IN")
    void shouldReadTheDialectsOfTheProduct(final String name) {
        assertEquals(name, Dialects.builtIn(name).name());
    }

    @Test
    void shouldShipEveryDialectOfTheConfigurationFolder() throws IOException {
        final Path folder = Path.of(System.getProperty("turnout.repository.root"), "config", "dialects");
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    TestDialects.BUILT_IN.stream().map(name -> name + ".yaml").collect(Collectors.toSet()),
                    files.map(file -> String.valueOf(file.getFileName())).collect(Collectors.toSet()));
        }
    }

    @ParameterizedTest
    @CsvSource({"iso87-ascii", "iso87-bcd", "iso93-ascii", "iso93-bcd", "iso93-ebcdic", "cups"})
    void shouldNameEveryFieldOfTheStandard(final String name) {
        final Dialect dialect = Dialects.builtIn(name);
        for (int field = 2; field <= 128; field++) {
            assertTrue(dialect.has(field), name + " " + field);
            assertFalse(dialect.fieldName(field).isEmpty(), name + " " + field);
            assertTrue(dialect.maximumLength(field) > 0, name + " " + field);
        }
        assertFalse(dialect.has(1));
        assertFalse(dialect.has(129));
        assertFalse(dialect.has(-1));
        assertEquals("", dialect.fieldName(129));
        assertEquals(0, dialect.maximumLength(1));
    }

    @ParameterizedTest
    @CsvSource({"no-such-dialect", "../iso87-ascii", "''", "ISO87-ASCII"})
    void shouldNotFindADialectOfAnotherName(final String name) {
        assertThrows(IllegalArgumentException.class, () -> Dialects.builtIn(name));
    }

    @Test
    void shouldInheritWhatIsNotOverridden() {
        // given
        final Dialect dialect = read("""
                dialect: child
                extends: base
                encodings:
                  digits: bcd
                fields:
                  3: n4
                  5: none
                  6: ans..9 | Something else
                """);

        // then
        assertTrue(dialect.field(2).packed, "inherits the line and takes the new encoding");
        assertEquals("Account", dialect.fieldName(2));
        assertEquals(4, dialect.maximumLength(3));
        assertEquals("Code", dialect.fieldName(3), "a line without a name keeps the inherited one");
        assertFalse(dialect.field(4).packed, "an override in the inherited line stays");
        assertFalse(dialect.has(5));
        assertEquals("Something else", dialect.fieldName(6));
        assertEquals(9, dialect.headerLength());
        assertEquals(1016, dialect.responseCodes().canonical(ResponseCodes.pack("51")));
        assertFalse(dialect.has(70), "a dialect with one bitmap loses the fields of the second");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "fields:; 2: n..19 digits=bdc     | 5:6  | fields.2: 'bdc' is not known (expected one of ascii,",
                "fields:; 2: n..19 digit=bcd      | 5:6  | fields.2: 'digit' cannot be overridden (expected text,",
                "fields:; 2: n..19 bcd            | 5:6  | fields.2: 'bcd' is not an override (expected 'key=value')",
                "fields:; 2: n4 pad=left pad=left | 5:6  | fields.2: 'pad=left' overrides the same twice",
                "fields:; 2: n19..                | 5:6  | fields.2: 'n19..' is not an attribute of ISO 8583",
                "fields:; 2: n0                   | 5:6  | fields.2: 'n0' is not an attribute of ISO 8583",
                "fields:; 2: b63                  | 5:6  | fields.2: 'b63' is not a whole number of bytes",
                "fields:; 2: x+n..8               | 5:6  | fields.2: 'x+n..8' has a sign and no fixed length",
                "fields:; 2: n..100               | 5:6  | fields.2: the maximum 100 does not fit its length",
                "fields:; 1: b64                  | 5:6  | fields.1: not a data element (expected a number",
                "fields:; 193: b64                | 5:8  | fields.193: not a data element",
                "fields:; 9-7: none               | 5:8  | fields.9-7: not a data element",
                "fields:; two: n4                 | 5:8  | fields.two: not a data element",
                "fields:; 70: n3                  | 5:7  | fields.70: the bitmaps have no room for it",
                "message:; mti: ascci             | 5:8  | message.mti: 'ascci' is not known (did you mean 'ascii'?",
                "message:; bitmaps: 4             | 5:12 | message.bitmaps: '4' is out of range (expected a whole",
                "mesage:; mti: bcd                | 4:1  | unknown key 'mesage' (did you mean 'message'?)",
                "response-codes:; 0: 0000         | 5:6  | response-codes.0: not a response code (expected two to",
                "response-codes:; 00: 0           | 5:7  | response-codes.00: '0' is not a canonical code",
                "transactions:; purchases: 0200   | 5:14 | transactions.purchases: not a type of transaction",
                "transactions:; purchase: 0200    | 5:13 | transactions.purchase: '0200' is not a transaction",
                "transactions:; void: 0400 000000 | 5:9  | transactions.void: '0400 000000' is not a transaction"
            })
    void shouldReportWhatIsWrongAndWhere(final String lines, final String place, final String problem) {
        // given
        final String text = "dialect: child\nextends: base\n# wrong\n" + lines.replace(";", "\n ");

        // when
        final ConfigurationException exception = assertThrows(ConfigurationException.class, () -> read(text));

        // then
        assertTrue(exception.getMessage().startsWith("child.yaml:" + place + ": " + problem), exception.getMessage());
        assertEquals(1, exception.problems().size(), exception.getMessage());
    }

    @Test
    void shouldReportAnInheritedFieldThatAChangedEncodingBreaks() {
        // given
        final String base = """
                dialect: base
                encodings:
                  length: binary
                fields:
                  2: b..255 length=hex
                  3: b..255
                """;
        final DialectReader reader = new DialectReader(name -> Optional.of(base));

        // when
        final ConfigurationException exception = assertThrows(
                ConfigurationException.class,
                () -> reader.read("child.yaml", "dialect: child\nextends: base\nencodings:\n  length: ascii\n"));

        // then
        assertEquals(
                "child.yaml:1:1: fields.3: the maximum 255 does not fit its length (expected 99 or less)",
                exception.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"child", "a"})
    void shouldReportADialectThatExtendsItself(final String base) {
        final Map<String, String> files = Map.of(
                "child", "dialect: child\nextends: " + base + "\n",
                "a", "dialect: a\nextends: b\n",
                "b", "dialect: b\nextends: a\n");
        final DialectReader reader = new DialectReader(name -> Optional.ofNullable(files.get(name)));
        final ConfigurationException exception =
                assertThrows(ConfigurationException.class, () -> reader.read("child.yaml", files.get("child")));
        assertTrue(exception.getMessage().contains("extends itself"), exception.getMessage());
    }

    @Test
    void shouldReportABaseThatIsNotThere() {
        final ConfigurationException exception =
                assertThrows(ConfigurationException.class, () -> read("dialect: child\nextends: iso87-asci\n"));
        assertTrue(
                exception.getMessage().startsWith("child.yaml:2:10: extends: there is no dialect 'iso87-asci'"),
                exception.getMessage());
    }

    @Test
    void shouldReadAFileThatExtendsOneBesideItAndOneOfTheProduct(@TempDir final Path folder) throws IOException {
        // given
        Files.writeString(folder.resolve("bank.yaml"), "dialect: bank\nextends: iso87-bcd\nfields:\n  48: b...255\n");
        final Path file = Files.writeString(
                folder.resolve("bank-test.yaml"), "dialect: bank-test\nextends: bank\nfields:\n  60: none\n");

        // when
        final Dialect dialect = DialectReader.read(file);

        // then
        assertEquals("Dialect bank-test", dialect.toString());
        assertEquals(255, dialect.maximumLength(48));
        assertFalse(dialect.has(60));
        assertTrue(dialect.has(61));
    }

    @Test
    void shouldReportAFileThatCannotBeRead(@TempDir final Path folder) {
        assertThrows(ConfigurationException.class, () -> DialectReader.read(folder.resolve("absent.yaml")));
    }

    private static Dialect read(final String text) {
        final String base = """
                dialect: base
                message:
                  header-bytes: 9
                  bitmaps: 1
                fields:
                  2: n..19              | Account
                  3: n6                 | Code
                  4: n12 digits=ascii   | Amount
                  5-6: ans...999        | Reserved
                response-codes:
                  51: 1016 | insufficient funds
                """;
        return new DialectReader(name -> name.equals("base") ? Optional.of(base) : Optional.empty())
                .read("child.yaml", text);
    }
}
