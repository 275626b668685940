package io.turnout.codecs.iso8583;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DialectWriterTest {
    static Stream<String> dialects() {
        return TestDialects.all();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void shouldWriteAFileThatIsReadAsTheSameDialect(final String name) {
        // given
        final Dialect dialect = TestDialects.named(name);

        // when
        final String text = DialectWriter.write(dialect);
        final Dialect read = new DialectReader(base -> Optional.empty()).read("written.yaml", text);

        // then
        assertEquals(dialect.name(), read.name());
        assertEquals(dialect.description(), read.description());
        assertEquals(dialect.message(), read.message());
        assertEquals(descriptions(dialect), descriptions(read), text);
        assertSameParts(dialect, read);
        assertEquals(dialect.samples(), read.samples());
        assertEquals(dialect.source().responseCodes(), read.source().responseCodes());
        assertEquals(dialect.source().transactions(), read.source().transactions());
        assertEquals(text, DialectWriter.write(read));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void shouldBeAbleToWriteEverySample(final String name) {
        final Dialect dialect = TestDialects.named(name);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        dialect.samples().forEach((sample, values) -> {
            // when
            final IsoEncoder encoder = new IsoEncoder(dialect).wrap(buffer, 0, buffer.capacity());
            encoder.begin(Integer.parseInt(values.get(0)));
            values.tailMap(1).forEach(encoder::putString);
            final int length = encoder.finish();

            // then
            assertTrue(length > 0, () -> sample + ": " + EncodeError.of(length) + " " + encoder.errorField());
            assertEquals(0, new IsoDecoder(dialect).decode(buffer, 0, length));
        });
    }

    private static void assertSameParts(final Dialect expected, final Dialect actual) {
        final Map<Integer, SubFieldLayout> layouts = expected.source().subFields();
        assertEquals(layouts.keySet(), actual.source().subFields().keySet());
        layouts.forEach((field, layout) -> {
            final SubFieldLayout read = actual.source().subFields().get(field);
            if (layout.nested() == null) {
                assertEquals(layout, read);
            } else {
                final Dialect expectedParts = layout.nested().dialect(expected.source(), field);
                final Dialect parts = read.nested().dialect(actual.source(), field);
                assertEquals(expectedParts.message(), parts.message());
                assertEquals(descriptions(expectedParts), descriptions(parts));
                assertSameParts(expectedParts, parts);
            }
        });
    }

    private static List<FieldDescription> descriptions(final Dialect dialect) {
        final List<FieldDescription> descriptions = new ArrayList<>();
        for (int field = 1; field <= Dialect.LAST_FIELD; field++) {
            if (dialect.has(field)) {
                descriptions.add(dialect.describe(field));
            }
        }
        return descriptions;
    }
}
