package io.turnout.codecs.iso8583;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TextEncodingTest {
    private static final String COMMON =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz =.-/@#%&*()+,:;?'";

    @ParameterizedTest
    @EnumSource
    void shouldTranslateEveryByteThereAndBack(final TextEncoding encoding) {
        final byte[] toLatin1 = encoding.toLatin1();
        final byte[] fromLatin1 = encoding.fromLatin1();
        for (int i = 0; i < 256; i++) {
            assertEquals((byte) i, fromLatin1[toLatin1[i] & 0xFF]);
            assertEquals((byte) i, toLatin1[fromLatin1[i] & 0xFF]);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldTranslateAsTheJdkDoes(final TextEncoding encoding) {
        final byte[] latin1 = COMMON.getBytes(StandardCharsets.ISO_8859_1);
        final byte[] translated = new byte[latin1.length];
        for (int i = 0; i < latin1.length; i++) {
            translated[i] = encoding.fromLatin1()[latin1[i] & 0xFF];
        }
        assertArrayEquals(COMMON.getBytes(encoding.charset()), translated);
    }
}
