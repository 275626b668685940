package io.turnout.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class NumberFormatTest {
    private static final long SEED = 8583;

    static Stream<Arguments> formats() {
        return Stream.of(NumberFormat.INTEGER, NumberFormat.DURATION, NumberFormat.SIZE)
                .map(format -> Arguments.of(format.expectation(), format));
    }

    @ParameterizedTest
    @CsvSource({
        "0s, 0",
        "1ns, 1",
        "1us, 1000",
        "250ms, 250000000",
        "5s, 5000000000",
        "2m, 120000000000",
        "24h, 86400000000000",
        "1d, 86400000000000",
        "106751d, 9223286400000000000",
        "-1s, -1000000000",
        "1_000ms, 1000000000"
    })
    void shouldReadDurationsInNanoseconds(final String text, final long nanoseconds) {
        assertEquals(OptionalLong.of(nanoseconds), NumberFormat.DURATION.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"0B, 0", "512B, 512", "4KiB, 4096", "64MiB, 67108864", "2GiB, 2147483648", "1TiB, 1099511627776"})
    void shouldReadSizesInBytes(final String text, final long bytes) {
        assertEquals(OptionalLong.of(bytes), NumberFormat.SIZE.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"5", "s", "5 s", "5S", "1.5s", "1h30m", "106752d", "99999999999999999999s", "5KiB", "_5s", "''"})
    void shouldRefuseWhatIsNoDuration(final String text) {
        assertEquals(OptionalLong.empty(), NumberFormat.DURATION.parse(text));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("formats")
    void shouldReadWhatItWrites(final String name, final NumberFormat format) {
        final Random random = new Random(SEED);
        for (int i = 0; i < 10_000; i++) {
            final long number = random.nextLong() >> random.nextInt(Long.SIZE);
            assertEquals(OptionalLong.of(number), format.parse(format.format(number)), () -> name + " seed=" + SEED);
        }
    }

    @Test
    void shouldWriteTheLargestUnitThatDivides() {
        assertEquals("90s", NumberFormat.DURATION.format(90_000_000_000L));
        assertEquals("1d", NumberFormat.DURATION.format(86_400_000_000_000L));
        assertEquals("0ns", NumberFormat.DURATION.format(0));
        assertEquals("1025B", NumberFormat.SIZE.format(1025));
        assertEquals("-7", NumberFormat.INTEGER.format(-7));
    }
}
