package io.turnout.codecs.iso8583;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class SubFieldsTest {
    private static final long SEED = Long.getLong("turnout.seed", 1);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "iso87-ascii | 3  | 311000 | 1=31 2=10 3=00 | NONE",
                "iso87-ascii | 3  | 3110 | 1=31 2=10 | NONE",
                "iso87-ascii | 3  | 311 | 1=31 | TRUNCATED",
                "iso87-ascii | 54 | 0001156C0000000123451002840D000000000001"
                        + " | 1.1=00 1.2=01 1.3=156 1.4=C 1.5=000000012345 2.1=10 2.2=02 2.3=840 2.4=D 2.5=000000000001"
                        + " | NONE",
                "iso87-ascii | 90 | 020000012306111030150001000000100000000000"
                        + " | 1=0200 2=000123 3=0611103015 4=00010000001 5=00000000000 | NONE",
                "iso87-ascii | 95 | 000000010000000000000000C00000000D00000001"
                        + " | 1=000000010000 2=000000000000 3=C00000000 4=D00000001 | NONE",
                "iso87-ascii | 55 | 9F2608C20428A3FF53F0AD950500000000009A03230825"
                        + " | 9F26=C20428A3FF53F0AD 95=0000000000 9A=230825 | NONE",
                "iso87-ascii | 55 | 00FF8A023030FF | 8A=3030 | NONE",
                "iso87-ascii | 55 | 8A03303 0 | - | TRUNCATED",
                "iso87-ascii | 55 | 8A0330 | - | TRUNCATED",
                "iso87-ascii | 55 | 8A81 | - | TRUNCATED_LENGTH",
                "iso87-ascii | 55 | 9F | - | TRUNCATED_LENGTH",
                "iso87-ascii | 55 | 8A023030910480 | 8A=3030 | TRUNCATED",
                "iso87-ascii | 55 | 8A80 | - | BAD_LENGTH",
                "iso87-ascii | 55 | 8A84FFFFFFFF | - | BAD_LENGTH",
                "ipm-ascii   | 48 | 0001001Y0158002AB | 0001=Y 0158=AB | NONE",
                "ipm-ascii   | 48 | 0001001Y01580X2AB | 0001=Y | BAD_LENGTH",
                "ipm-ascii   | 48 | 0001001Y0158009AB | 0001=Y | TRUNCATED",
                "ipm-ascii   | 48 | 0001001Y01 | 0001=Y | TRUNCATED_LENGTH",
                "iso87-ebcdic-binbitmap | 48 | R42070103210 | =R 42=0103210 | NONE",
                "iso93-ascii | 56 | 11000001232606111830150810000001"
                        + " | 1=1100 2=000123 3=260611183015 4=10000001 | NONE",
                "iso93-ascii | 56 | 11000001232606111830151210000001"
                        + " | 1=1100 2=000123 3=260611183015 | LENGTH_OVER_MAX",
                "unionpay-pos | 60 | 22000001000500 | 1=22 2=000001 3=000 4=5 5=0 6=0 | NONE"
            })
    void shouldTakeAValueApart(
            final String dialect, final int field, final String value, final String parts, final DecodeError error) {
        // given
        final SubFields subFields = TestDialects.named(dialect).subFields(field).orElseThrow();

        // when
        final SubFields.Reading reading = subFields.read(value.replace(" ", ""));

        // then
        assertEquals(parts == null ? "" : parts, text(reading));
        if (error != DecodeError.NONE || value.indexOf(' ') < 0) {
            assertEquals(error, reading.error());
        }
    }

    @ParameterizedTest
    @CsvSource({"iso87-ascii,3", "iso87-ascii,54", "iso87-ascii,90", "iso87-ascii,55", "ipm-ascii,48", "iso93-ascii,56"
    })
    void shouldPutTogetherWhatItTookApart(final String dialect, final int field) {
        // given
        final SubFields subFields = TestDialects.named(dialect).subFields(field).orElseThrow();
        final Random random = new Random(SEED);
        for (int i = 0; i < 500; i++) {
            final Map<String, String> parts = parts(dialect, field, random);

            // when
            final String value = subFields.write(parts);

            // then
            final Map<String, String> read = new LinkedHashMap<>();
            final SubFields.Reading reading = subFields.read(value);
            reading.parts().forEach(part -> read.put(part.tag(), part.value()));
            assertEquals(DecodeError.NONE, reading.error(), () -> "seed=" + SEED + " value=" + value);
            assertEquals(parts, read, () -> "seed=" + SEED + " value=" + value);
        }
    }

    @ParameterizedTest
    @CsvSource({"iso87-ascii,3", "iso87-ascii,54", "iso87-ascii,55", "ipm-ascii,48", "iso93-ascii,56"})
    void shouldAnswerPartsOrANamedErrorForAnyText(final String dialect, final int field) {
        // given
        final SubFields subFields = TestDialects.named(dialect).subFields(field).orElseThrow();
        final Random random = new Random(SEED);
        for (int i = 0; i < 5_000; i++) {
            final StringBuilder value = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                value.append("0123456789ABCDEF0000000019x\u00ff".charAt(random.nextInt(28)));
            }

            // when
            final SubFields.Reading reading = subFields.read(value.toString());

            // then
            final int characters = reading.parts().stream()
                    .mapToInt(part -> part.value().length())
                    .sum();
            assertTrue(characters <= 2 * value.length(), () -> "seed=" + SEED + " value=" + value);
        }
    }

    static Stream<Arguments> messagesInMessages() {
        return Stream.of("nested:2", "nested:3", "nested:4", "nested:5", "postilion:127")
                .map(name -> {
                    final Dialect whole = TestDialects.named(name.substring(0, name.indexOf(':')));
                    final int field = Integer.parseInt(name.substring(name.indexOf(':') + 1));
                    return Arguments.of(name, whole.subFields(field).orElseThrow(), nested(whole, field));
                });
    }

    private static Dialect nested(final Dialect whole, final int field) {
        return whole.source().subFields().get(field).nested().dialect(whole.source(), field);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messagesInMessages")
    void shouldReadMessagesInMessagesAsItWroteThem(
            final String name, final SubFields subFields, final Dialect dialect) {
        final RandomMessages messages = new RandomMessages(dialect, SEED);
        for (int i = 0; i < 300; i++) {
            // given
            final Map<Integer, String> values = messages.values();
            final byte[] message = messages.encoded(0, values);
            final Map<String, String> parts = new LinkedHashMap<>();
            values.forEach((field, value) -> parts.put(String.valueOf(field), value));

            // when
            final String value = subFields.write(parts);
            final SubFields.Reading reading = subFields.read(value);

            // then
            assertEquals(parts, partsOf(reading), () -> name + " seed=" + SEED);
            assertEquals(DecodeError.NONE, reading.error());
            assertEquals("", reading.errorPart());
            assertEquals(NaiveDecoder.decode(dialect, message).values(), values);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messagesInMessages")
    void shouldAnswerPartsOrANamedErrorForEveryPrefixAndEveryDamagedByteOfAMessageInAMessage(
            final String name, final SubFields subFields, final Dialect dialect) {
        // given
        final RandomMessages messages = new RandomMessages(dialect, SEED);
        final byte[] message = messages.encoded(0, messages.shortValues());
        final IsoDecoder decoder = new IsoDecoder(dialect);

        // then
        for (int length = 0; length < message.length; length++) {
            final byte[] prefix = Arrays.copyOf(message, length);
            final DecodeError error = DecodeError.of(decoder.decode(new UnsafeBuffer(prefix), 0, length));
            assertTrue(error == DecodeError.TRUNCATED || error == DecodeError.TRUNCATED_LENGTH, name);
        }
        for (int i = 0; i < message.length; i++) {
            for (int value = 0; value < 256; value++) {
                final byte[] damaged = message.clone();
                damaged[i] = (byte) value;
                final DecodeError error = DecodeError.of(decoder.decode(new UnsafeBuffer(damaged), 0, damaged.length));
                final NaiveDecoder.Result expected = NaiveDecoder.decode(dialect, damaged);
                assertEquals(expected.error(), error);
                assertEquals(expected.field(), decoder.errorField());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | | TRUNCATED | ''",
                "2 | 8000000000000000 | TRUNCATED | 1",
                "2 | 80000000000000000A | TRUNCATED | 1",
                "2 | 800000000000000000AB | BAD_BCD | 1",
                "2 | 0000000000000001 | UNKNOWN_FIELD | 64",
                "2 | 40000000000000002199 | LENGTH_OVER_MAX | 2",
                "2 | 400000000000000002C1C2FF | TRAILING_DATA | ''",
                "5 | 8000000000000000 | TRUNCATED | ''",
                "5 | 800000000000000000000000000000FF | UNKNOWN_FIELD | 121"
            })
    void shouldNameThePartInError(final int field, final String hex, final DecodeError error, final String part) {
        final SubFields subFields =
                TestDialects.named("nested").subFields(field).orElseThrow();

        final SubFields.Reading reading = subFields.read(hex == null ? "" : hex);

        assertEquals(error, reading.error());
        assertEquals(part, reading.errorPart());
    }

    @Test
    void shouldFindPartsOfPartsOfParts() {
        // given
        final SubFields outer = TestDialects.named("nested").subFields(2).orElseThrow();
        final SubFields middle = outer.subFields("25").orElseThrow();

        // when
        final String inner = middle.write(Map.of("1", "123", "64", "0123456789ABCDEF"));
        final String value = outer.write(Map.of("1", "7", "25", inner));

        // then
        final Map<String, String> parts = partsOf(outer.read(value));
        assertEquals(Map.of("1", "007", "25", inner), parts);
        assertEquals(Map.of("1", "123", "64", "0123456789ABCDEF"), partsOf(middle.read(parts.get("25"))));
        assertEquals(
                "ans9", outer.subFields("26").orElseThrow().describe().get("2").replace("..", ""));
        assertTrue(outer.subFields("2").isEmpty());
        assertTrue(middle.subFields("1").isEmpty());
    }

    @Test
    void shouldTakePartsOfCharactersOutOfABinaryField() {
        // given
        final Dialect dialect = TestDialects.named("nested");
        final SubFields subFields = dialect.subFields(6).orElseThrow();

        // when
        final String value = subFields.writeField(Map.of("1", "42", "2", "AB"));

        // then
        assertEquals("F4F2C1C240", value);
        assertEquals("1=42 2=AB ", text(subFields.readField(value)));
    }

    @ParameterizedTest
    @CsvSource({
        "nested,2,2,123456789012345678901,VALUE_TOO_LONG",
        "nested,2,1,A,NOT_NUMERIC",
        "nested,2,3,1,UNKNOWN_FIELD",
        "nested,2,x,1,UNKNOWN_FIELD",
        "nested,2,55,1,NOT_HEX",
        "nested,6,2,ABCD,VALUE_TOO_LONG",
        "nested,6,3,A,UNKNOWN_FIELD",
        "iso87-ascii,54,1.6,A,UNKNOWN_FIELD",
        "iso87-ascii,55,8A,1,NOT_HEX",
        "iso87-ascii,55,9F,11,UNKNOWN_FIELD",
        "ipm-ascii,48,12345,A,UNKNOWN_FIELD"
    })
    void shouldNameThePartThatDoesNotFit(
            final String dialect, final int field, final String tag, final String value, final EncodeError error) {
        final SubFields subFields = TestDialects.named(dialect).subFields(field).orElseThrow();

        final SubFieldException refusal =
                assertThrows(SubFieldException.class, () -> subFields.writeField(Map.of(tag, value)));

        assertEquals(tag, refusal.part());
        assertEquals(error, refusal.error());
    }

    @Test
    void shouldHideWhatIsSecretInAMessageInAMessage() {
        final SubFields subFields =
                TestDialects.named("postilion").subFields(127).orElseThrow();

        assertEquals(FieldMask.HIDDEN, TestDialects.named("postilion").mask(127));
        assertEquals(FieldMask.HIDDEN, subFields.mask("10", FieldMask.HIDDEN));
        assertEquals(FieldMask.SHOWN, subFields.mask("2", FieldMask.HIDDEN));
    }

    @Test
    void shouldNameTheTagsOfChipData() {
        final SubFields subFields =
                TestDialects.named("iso87-bcd").subFields(55).orElseThrow();

        final SubFields.Reading reading = subFields.read("9F3602003799020001");

        assertEquals("Application transaction counter", reading.parts().get(0).name());
        assertEquals("", reading.parts().get(1).name());
    }

    @ParameterizedTest
    @CsvSource({"3,4,00", "3,1,123", "48,12345,A", "55,9F,00", "55,00,00"})
    void shouldRefusePartsThatHaveNoPlaceOrDoNotFit(final int field, final String tag, final String value) {
        final SubFields subFields =
                TestDialects.named("ipm-ascii").subFields(field).orElseThrow();

        assertThrows(IllegalArgumentException.class, () -> subFields.write(Map.of(tag, value)));
    }

    private static Map<String, String> parts(final String dialect, final int field, final Random random) {
        final SubFieldLayout layout =
                TestDialects.named(dialect).source().subFields().get(field);
        final Map<String, String> parts = new LinkedHashMap<>();
        switch (layout.form()) {
            case POSITIONS -> {
                final int groups = layout.repeated() ? 1 + random.nextInt(6) : 1;
                for (int group = 1; group <= groups; group++) {
                    final String before = layout.repeated() ? group + "." : "";
                    layout.parts()
                            .forEach((tag, format) -> parts.put(
                                    before + tag,
                                    digits(
                                            random,
                                            format.lengthDigits() == 0
                                                    ? format.maximumCount()
                                                    : random.nextInt(format.maximumCount() + 1))));
                }
            }
            case TLV, LTV -> {
                for (int count = random.nextInt(9); count > 0; count--) {
                    parts.put(digits(random, layout.tagCharacters()), digits(random, random.nextInt(30)));
                }
            }
            default -> {
                for (int count = random.nextInt(9); count > 0; count--) {
                    final String tag = random.nextBoolean() ? "9F%02X" : "5F81%02X";
                    parts.put(tag.formatted(random.nextInt(128)), digits(random, 2 * random.nextInt(300)));
                }
            }
        }
        return parts;
    }

    private static String digits(final Random random, final int count) {
        return random.ints(count, 0, 10).mapToObj(String::valueOf).collect(Collectors.joining());
    }

    private static Map<String, String> partsOf(final SubFields.Reading reading) {
        final Map<String, String> parts = new LinkedHashMap<>();
        reading.parts().forEach(part -> parts.put(part.tag(), part.value()));
        return parts;
    }

    private static String text(final SubFields.Reading reading) {
        return reading.parts().stream()
                .map(part -> part.tag() + "=" + part.value())
                .collect(Collectors.joining(" "));
    }
}
