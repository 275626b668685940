package io.turnout.codecs.iso8583;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Bitmaps eight characters at a time are the bitmaps one character at a time. */
final class HexTest {
    private static final long SEED = 16;
    private static final int OFFSET = 3;

    private final byte[] bytes = new byte[32];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final Random random = new Random(SEED);

    @Test
    void shouldWriteAndReadBitmapsInAscii() {
        for (int i = 0; i < 10_000; i++) {
            // given
            final long bitmap = random.nextLong();

            // when
            Hex.putAsciiBitmap(bytes, OFFSET, bitmap, false);

            // then
            final String text = new String(buffer.byteArray(), OFFSET, 16, StandardCharsets.US_ASCII);
            assertEquals("%016X".formatted(bitmap), text);
            assertTrue(Hex.isAsciiBitmap(bytes, OFFSET));
            assertEquals(bitmap, Hex.asciiBitmap(bytes, OFFSET));
            assertEquals(bitmap, Hex.bitmap(bytes, OFFSET, Hex.ASCII));
            buffer.putStringWithoutLengthAscii(OFFSET, "%016x".formatted(bitmap));
            assertEquals(bitmap, Hex.asciiBitmap(bytes, OFFSET));
        }
    }

    @Test
    void shouldWriteAndReadBitmapsInEbcdic() {
        final long bitmap = random.nextLong();
        Hex.putBitmap(bytes, OFFSET, bitmap, Hex.EBCDIC_CHARACTERS);
        final String text = new String(buffer.byteArray(), OFFSET, 16, TextEncoding.EBCDIC_1047.charset());
        assertEquals("%016X".formatted(bitmap), text);
        assertEquals(bitmap, Hex.bitmap(bytes, OFFSET, Hex.EBCDIC));
    }

    @Test
    void shouldFindEveryCharacterThatIsNotHexadecimal() {
        for (int position = 0; position < 16; position++) {
            for (int value = 0; value < 256; value++) {
                Hex.putAsciiBitmap(bytes, OFFSET, random.nextLong(), false);
                buffer.putByte(OFFSET + position, (byte) value);
                final boolean hex = value < 128 && Character.digit(value, 16) >= 0;
                assertEquals(hex, Hex.isAsciiBitmap(bytes, OFFSET), "position=" + position + " value=" + value);
                final int bad = Hex.find(bytes, OFFSET, OFFSET + 16, Hex.ASCII);
                assertEquals(hex ? ValueCheck.NOTHING : OFFSET + position, bad);
            }
        }
    }
}
