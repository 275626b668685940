package io.turnout.launcher.iso;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages, fields and frames of other implementations pass through the lines as those implementations say. */
final class IsoLinesTest {
    @TempDir
    private Path directory;

    static Stream<Arguments> vectors() {
        return resource("vectors.jsonl").lines().map(line -> {
            final JsonNode vector = parse(line);
            return Arguments.of(vector.get("id").textValue(), vector);
        });
    }

    static Stream<Arguments> acceptedVectors() {
        return vectors().filter(vector -> !((JsonNode) vector.get()[1]).has("error"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void shouldDecodeALine(final String id, final ObjectNode vector) {
        // given
        final IsoLines lines = new IsoLines(tables(), false, false);
        final ObjectNode input = vector.deepCopy().remove(List.of("mti", "bitmap", "fields", "error"));

        // when
        final ObjectNode output = lines.decode(input.toString());

        // then
        assertEquals(0, lines.problems(), output::toString);
        assertEquals(id, output.get("id").textValue());
        assertEquals(valueOf(vector, "mti"), output.get("mti"));
        assertEquals(valueOf(vector, "bitmap"), output.get("bitmap"));
        assertEquals(vector.get("fields"), output.get("fields"));
        assertEquals(vector.get("error"), output.get("error"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("acceptedVectors")
    void shouldEncodeALineToTheSameBytes(final String id, final ObjectNode vector) {
        // given
        final IsoLines lines = new IsoLines(tables(), false, false);
        final ObjectNode input = vector.deepCopy().remove(List.of("mti", "bitmap", "hex"));
        // The fourth byte of a Visa header carries flags that are not part of what a frame says.
        final String expected = vector.get("hex").textValue();
        final boolean flags = vector.get("dialect").textValue().equals("frame:vml4");

        // when
        final ObjectNode output = lines.encode(input.toString());

        // then
        assertEquals(0, lines.problems(), output::toString);
        assertEquals(
                flags ? expected.substring(0, 6) + "00" + expected.substring(8) : expected,
                output.path("hex").textValue(),
                output::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "field:IFA_LLNUM(length=19) | 3034313233 | TRUNCATED",
                "field:IFA_LLNUM(length=3)  | 303431323334 | LENGTH_OVER_MAX",
                "field:IFA_LLNUM(length=19) | 3A3431323334 | BAD_LENGTH",
                "field:IFA_LLNUM(length=19) | 30 | TRUNCATED_LENGTH",
                "field:IFA_BINARY(length=2) | 3132334A | BAD_HEX",
                "field:IFB_NUMERIC(length=4) | 12A4 | BAD_BCD",
                "field:IFB_LLHNUM(length=19) | 031230FF | TRAILING_DATA",
                "frame:ascii4-exclusive     | 3030 | TRUNCATED_LENGTH",
                "frame:bcd2-exclusive       | 0A15 | BAD_LENGTH",
                "frame:bin4-exclusive       | 7FFFFFFF | LENGTH_OVER_MAX"
            })
    void shouldNameWhatIsWrongWithAFieldOrAFrame(final String dialect, final String hex, final String kind) {
        // when
        final ObjectNode output = new IsoLines(DialectTables.none(), false, false).decode(line(dialect, hex));

        // then
        assertEquals(kind, output.path("error").path("kind").textValue(), output::toString);
        assertTrue(output.path("error").path("field").isNull());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IF_CHAR(length=4)                  | 41424344         | ABCD",
                "IFA_LCHAR(length=9)                | 3341 4243        | ABC",
                "IFA_LLLLCHAR(length=9999)          | 30303033 414243  | ABC",
                "IFA_LLBNUM(length=19)              | 3033 1230        | 123",
                "IFA_LLBNUM(length=19,pad=true)     | 3033 0123        | 123",
                "IFA_LLABINARY(length=4)            | 3032 31324142    | 12AB",
                "IFA_FLLCHAR(length=5)              | 3033 4142432020  | ABC",
                "IFA_FLLNUM(length=5)               | 3033 3132332020  | 123",
                "IFB_NUMERIC(length=3,pad=true)     | 0123             | 123",
                "IFB_NUMERIC(length=3)              | 1230             | 123",
                "IFB_FNUMERIC(length=3)             | 123F             | 123",
                "IFB_FLLNUM(length=19)              | 03 123F          | 123",
                "IFB_LLHNUM(length=19,pad=true)     | 11 012345678901234567 | 12345678901234567",
                "IFB_LLLHNUM(length=999)            | 0003 1230        | 123",
                "IFB_LLNUM(length=37)               | 05 123D40        | 123=4",
                "IFB_LLHECHAR(length=20)            | 03 C1C2C3        | ABC",
                "IFB_LLLHECHAR(length=20)           | 0003 C1C2C3      | ABC",
                "IFB_LLHBINARY(length=20)           | 02 AB01          | AB01",
                "IFB_LLHEX(length=20)               | 04 AB01          | AB01",
                "IFB_LLHFBINARY(length=4)           | 02 AB010000      | AB01",
                "IFB_HEX(length=3)                  | AB10             | AB1",
                "IFB_AMOUNT(length=9)               | 44 00000123      | D00000123",
                "IFE_AMOUNT(length=4)               | C3 F1F2F3        | C123",
                "IFE_LLNUM(length=19)               | F0F3 F1F2F3      | 123",
                "IFE_LLLEBINARY(length=9)           | F0F0F2 C1C2F0F1  | AB01",
                "IFE_LLLBINARY(length=9)            | F0F0F2 AB01      | AB01",
                "IFE_BINARY(length=2)               | C1C2F0F1         | AB01",
                "IFEA_LLCHAR(length=9)              | F0F2 4142        | AB",
                "IFAE_LLCHAR(length=9)              | 3032 C1C2        | AB",
                "IFEB_LLNUM(length=9)               | F0F3 1230        | 123",
                "IFA_LLLLLLBINARY(length=999999)    | 303030303032 AB01 | AB01",
                "IFA_LLCHAR(length=8,lenCount=nibbles) | 3034 4142     | AB",
                "IFB_LLBINARY(length=8,lenCount=nibbles,padNibble=left) | 03 0123 | 123",
                "IFA_LLBINARY(length=8,lenCount=nibbles,nib=F) | 3033 123F | 123",
                "IFB_LLNUM(length=8,lenCount=bytes) | 02 0123          | 0123",
                "X_ALLHEXLEN_CHAR(length=99)        | 3041 4142434445464748494A | ABCDEFGHIJ",
                "X_ALLHEXLEN_HEX(length=99)         | 3034 46464646    | FFFF",
                "X_BCD4_NUM(length=9999,pad=true)   | 0003 0123        | 123",
                "org.jpos.iso.IFA_NUMERIC(length=3) | 313233           | 123"
            })
    void shouldReadAndWriteEveryClassOfPackager(final String field, final String spaced, final String value) {
        // given
        final String hex = spaced.replace(" ", "");
        final IsoLines lines = new IsoLines(DialectTables.none(), false, false);

        // when
        final ObjectNode decoded = lines.decode(line("field:" + field, hex));
        final ObjectNode fields = Json.object();
        fields.put("dialect", "field:" + field).putObject("fields").put("value", value);
        final ObjectNode encoded = lines.encode(fields.toString());

        // then
        assertEquals(value, decoded.path("fields").path("value").textValue(), decoded::toString);
        assertEquals(hex, encoded.path("hex").textValue(), encoded::toString);
    }

    /** The files of the product say the same as the tables; the words they may differ in are more precise there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "iso87-ascii",
                "iso87-bcd",
                "iso87-ascii-binbitmap",
                "iso87-ascii-bitmap16-always",
                "iso87-ascii-tertiary",
                "iso87-ebcdic-binbitmap",
                "iso87-ebcdic-hexbitmap",
                "bcd-ebcdic-binlen",
                "cups",
                "cups-rawmac",
                "cups-hexbitmap",
                "unionpay-pos",
                "unionpay-pos-nohdr",
                "iso93-ascii",
                "iso93-bcd",
                "iso93-ebcdic",
                "iso93-ascii-binbitmap",
                "ipm-ascii",
                "ipm-ascii-hexbitmap",
                "ipm-ebcdic"
            })
    void shouldMakeTheDialectsOfTheProductOfTheirTables(final String name) {
        final Dialect product = Dialects.builtIn(name);
        final Dialect table = tables().dialect(name, null, true);

        assertEquals(product.describeMessage(), table.describeMessage());
        for (int field = Dialect.FIRST_FIELD; field <= Dialect.LAST_FIELD; field++) {
            assertEquals(product.has(field), table.has(field), "field " + field);
            final boolean track = field == 35 || field == 36;
            if (product.has(field)
                    && !(track && table.describe(field).attribute().startsWith("ans"))) {
                assertEquals(words(product, field), words(table, field), "field " + field);
            }
        }
    }

    private static String words(final Dialect dialect, final int field) {
        final String words = dialect.describe(field).attribute() + " "
                + dialect.describe(field).words();
        return words.replace("text=ebcdic-500", "text=ebcdic-1047");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | not JSON",
                "[1] | not a JSON object",
                "{\"hex\":\"\"} | 'dialect' is missing",
                "{\"dialect\":\"iso87-ascii\",\"hex\":\"0\"} | not pairs of hexadecimal characters",
                "{\"dialect\":\"nobody\",\"hex\":\"\"} | no such dialect: name=nobody",
                "{\"dialect\":\"frame:nobody\",\"hex\":\"\"} | the frame 'nobody' is not known",
                "{\"dialect\":\"field:IFX_CHAR(length=1)\",\"hex\":\"\"} | field 2: the class 'IFX_CHAR' is not",
                "{\"dialect\":\"field:IF_CHAR\",\"hex\":\"\"} | the field has no length (expected length=10)",
                "{\"dialect\":\"field:IF_CHAR(length=1,odd=1)\",\"hex\":\"\"} | field 2: 'odd' is not an option"
            })
    void shouldAnswerALineItDoesNotUnderstandWithAProblem(final String line, final String problem) {
        // given
        final IsoLines lines = new IsoLines(DialectTables.none(), false, false);

        // when
        final ObjectNode output = lines.decode(line);

        // then
        assertEquals(1, lines.problems());
        assertTrue(output.get("problem").textValue().startsWith(problem), output::toString);
    }

    @Test
    void shouldTakeKeysOfATableAsOverrides() {
        // given
        final ObjectNode input =
                Json.object().put("dialect", "iso87-ascii").put("hex", "AABB" + "30383030" + "30".repeat(16));
        input.putObject("override").put("headerBytes", 2);

        // when
        final ObjectNode output = new IsoLines(DialectTables.none(), false, false).decode(input.toString());

        // then
        assertEquals("{\"h\":\"AABB\",\"0\":\"0800\"}", output.path("fields").toString(), output::toString);
    }

    @Test
    void shouldHideCardsAndSecrets() {
        // given
        final IsoLines lines = new IsoLines(DialectTables.none(), true, false);
        final String message =
                "0200" + "4000000020000000" + "164111111111111111" + "374111111111111111=30122011234567890123";

        // when
        final ObjectNode output =
                lines.decode(line("iso87-ascii", IsoMessages.hex(message.getBytes(StandardCharsets.US_ASCII))));

        // then
        assertEquals("41111111****1111", output.path("fields").path("2").textValue());
        assertEquals("*".repeat(37), output.path("fields").path("35").textValue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iso87-ascii | {'0':'0200','3':{'1':'31','2':'10','3':'00'}}",
                "iso87-ascii | {'0':'0200','54':{'1.1':'00','1.2':'01','1.3':'156','1.4':'C','1.5':'000000012345'}}",
                "iso87-ascii | {'0':'0200','55':{'9F26':'C20428A3FF53F0AD','9A':'230825'}}",
                "ipm-ascii   | {'0':'1240','48':{'0158':'AB','0001':'Y'}}",
                "postilion   | {'0':'0200','127':{'2':'KEY','20':'20260611','25':'<x/>'}}",
                "nested.yaml | {'0':'0200','2':{'1':'007','25':{'1':'12','64':'0123456789ABCDEF'},"
                        + "'26':{'1':'01','2':'XY'},'55':{'8A':'3030'}},'3':{'3':'000001','4':'A'},"
                        + "'4':{'4':'B'},'5':{'2':'000002','66':'00003','130':'4=5','192':'C00000006'},"
                        + "'6':{'1':'42','2':'ABC'}}"
            })
    void shouldTakePartsAsItShowsThem(final String dialect, final String written) {
        // given
        final JsonNode fields = parse(written.replace('\'', '"'));
        final ObjectNode line = Json.object().put("dialect", dialectFile(dialect));
        final IsoLines lines = new IsoLines(DialectTables.none(), false, true);
        line.set("fields", fields);

        // when
        final ObjectNode encoded = lines.encode(line.toString());
        line.remove("fields");
        line.set("hex", encoded.get("hex"));
        final ObjectNode decoded = lines.decode(line.toString());

        // then
        assertEquals(fields, decoded.get("fields"), () -> encoded + " " + decoded);
        assertEquals(0, lines.problems());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iso87-ascii | {'0':'0200','3':{'1':'311'}} | {'kind':'VALUE_TOO_LONG','field':3,'part':'1'}",
                "iso87-ascii | {'0':'0200','3':{'4':'3'}} | {'kind':'UNKNOWN_FIELD','field':3,'part':'4'}",
                "iso87-ascii | {'0':'0200','55':{'8A':'3'}} | {'kind':'NOT_HEX','field':55,'part':'8A'}",
                "postilion | {'0':'0200','127':{'20':'123456789'}} | {'kind':'VALUE_TOO_LONG','field':127,'part':'20'}",
                "nested.yaml | {'0':'0200','2':{'25':{'64':'01'}}}"
                        + " | {'kind':'VALUE_TOO_SHORT','field':2,'part':'25.64'}",
                "nested.yaml | {'0':'0200','2':{'26':{'2':'0123456789'}}}"
                        + " | {'kind':'VALUE_TOO_LONG','field':2,'part':'26.2'}"
            })
    void shouldNameThePartThatCannotBeEncoded(final String dialect, final String fields, final String error) {
        // given
        final ObjectNode line = Json.object().put("dialect", dialectFile(dialect));
        line.set("fields", parse(fields.replace('\'', '"')));

        // when
        final ObjectNode output = new IsoLines(DialectTables.none(), false, false).encode(line.toString());

        // then
        assertEquals(parse(error.replace('\'', '"')), output.get("error"), output::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'4':{'1':'3'}} | field 4 has no parts",
                "{'3':{'1':{'2':'3'}}} | part '1' has no parts",
                "{'3':['1']} | '3' is not a field with a value"
            })
    void shouldAnswerPartsWhereThereAreNoneWithAProblem(final String fields, final String problem) {
        // given
        final ObjectNode line = Json.object().put("dialect", "iso87-ascii").put("mti", "0200");
        line.set("fields", parse(fields.replace('\'', '"')));

        // when
        final ObjectNode output = new IsoLines(DialectTables.none(), false, false).encode(line.toString());

        // then
        assertEquals(problem, output.path("problem").textValue(), output::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ipm-ascii | 48 | 0001001Y0001001Z | NOT_REVERSIBLE | ''",
                "iso87-ascii | 55 | 008A023030 | NOT_REVERSIBLE | ''",
                "iso87-ascii | 54 | 0001156X0 | TRUNCATED | 1.5",
                "postilion | 127 | 40000000000000003033 | TRUNCATED | 2"
            })
    void shouldShowAFieldAsAWholeWhenItsPartsDoNotSayAllOfIt(
            final String dialect, final String field, final String value, final String kind, final String part) {
        // given
        final ObjectNode line = Json.object().put("dialect", dialect).put("mti", "0200");
        line.putObject("fields").put(field, value);
        final IsoLines lines = new IsoLines(DialectTables.none(), false, true);
        final ObjectNode encoded = lines.encode(line.toString());
        line.remove("fields");
        line.set("hex", encoded.get("hex"));

        // when
        final ObjectNode decoded = lines.decode(line.toString());

        // then
        assertEquals(value, decoded.path("fields").path(field).textValue(), decoded::toString);
        assertEquals(kind, decoded.path("partErrors").path(field).path("kind").textValue());
        assertEquals(part, decoded.path("partErrors").path(field).path("part").textValue());
    }

    @Test
    void shouldHideSecretPartsOfAMessageInAMessage() {
        // given
        final ObjectNode line = Json.object().put("dialect", "postilion").put("mti", "0200");
        line.putObject("fields").putObject("127").put("2", "KEY").put("10", "123");
        line.set(
                "hex",
                new IsoLines(DialectTables.none(), true, true)
                        .encode(line.toString())
                        .get("hex"));

        // when
        final ObjectNode parts = new IsoLines(DialectTables.none(), true, true).decode(line.toString());
        final ObjectNode whole = new IsoLines(DialectTables.none(), true, false).decode(line.toString());

        // then
        assertEquals(
                "{\"2\":\"KEY\",\"10\":\"***\"}",
                parts.path("fields").path("127").toString());
        assertTrue(whole.path("fields").path("127").textValue().matches("\\*+"), whole::toString);
    }

    private String dialectFile(final String name) {
        try {
            return name.endsWith(".yaml")
                    ? Files.writeString(directory.resolve(name), resource(name)).toString()
                    : name;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DialectTables tables() {
        try {
            return DialectTables.read(Files.writeString(directory.resolve("dialects.json"), resource("dialects.json")));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(final String dialect, final String hex) {
        return Json.object().put("dialect", dialect).put("hex", hex).toString();
    }

    private static JsonNode valueOf(final JsonNode vector, final String key) {
        return vector.has(key) ? vector.get(key) : NullNode.getInstance();
    }

    private static JsonNode parse(final String line) {
        try {
            return Json.MAPPER.readTree(line);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(final String name) {
        try (InputStream stream = IsoLinesTest.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
