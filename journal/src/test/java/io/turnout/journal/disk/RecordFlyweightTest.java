package io.turnout.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.journal.disk.RecordFlyweight;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class RecordFlyweightTest {
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(128);
    private final RecordFlyweight record = new RecordFlyweight().wrap(bytes);

    private byte[] written(final int at, final int length) {
        final byte[] copy = new byte[length];
        bytes.get(at, copy);
        return copy;
    }

    /** CRC-32C one bit at a time, RFC 3720: the naive way. */
    private static int naiveChecksum(final byte[] input, final int from) {
        int crc = ~0;
        for (int index = from; index < input.length; index++) {
            crc ^= input[index] & 0xFF;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ 0x82F63B78;
            }
        }
        return ~crc;
    }

    @Test
    void shouldWriteTheLayoutThatIsDrawn() {
        final int length = record.encode(
                8,
                0x0102030405060708L,
                0x1112131415161718L,
                0x2122232425262728L,
                new UnsafeBuffer(new byte[] {0x61, 0x62, 0x63}),
                0,
                3);

        assertEquals(40, length);
        final byte[] actual = written(8, length);
        final byte[] expected = HexFormat.of()
                .parseHex("00000000" + "23000000" + "0807060504030201" + "1817161514131211" + "2827262524232221"
                        + "6162630000000000");
        final int checksum = naiveChecksum(expected, 4);
        for (int index = 0; index < Integer.BYTES; index++) {
            expected[index] = (byte) (checksum >>> (Byte.SIZE * index));
        }
        assertArrayEquals(expected, actual);
        assertEquals(35, record.length(8));
        assertEquals(0x0102030405060708L, record.sequence(8));
        assertEquals(0x1112131415161718L, record.timestampNs(8));
        assertEquals(0x2122232425262728L, record.syncedSequence(8));
        assertTrue(record.isIntact(8, length));
    }

    @Test
    void shouldPadWithZerosWhateverWasThere() {
        for (int payload = 0; payload <= 16; payload++) {
            final byte[] noise = new byte[128];
            Arrays.fill(noise, (byte) 0xFF);
            bytes.put(0, noise);
            final int length = record.encode(0, 1, 2, 0, new UnsafeBuffer(noise), 0, payload);

            assertEquals(RecordFlyweight.recordLength(payload), length);
            assertEquals(0, length % 8);
            for (int index = RecordFlyweight.HEADER_LENGTH + payload; index < length; index++) {
                assertEquals(0, bytes.get(index));
            }
            assertEquals((byte) 0xFF, bytes.get(length));
        }
    }

    @Test
    void shouldNoticeEveryFlippedBit() {
        final int length = record.encode(0, 1, 2, 0, new UnsafeBuffer(new byte[13]), 0, 13);
        for (int bit = 0; bit < length * Byte.SIZE; bit++) {
            final int index = bit / Byte.SIZE;
            final byte before = bytes.get(index);
            bytes.put(index, (byte) (before ^ (1 << (bit % Byte.SIZE))));
            assertFalse(record.isIntact(0, length), "bit " + bit);
            bytes.put(index, before);
        }
        assertTrue(record.isIntact(0, length));
    }

    @Test
    void shouldMarkACleanClose() {
        assertEquals(RecordFlyweight.HEADER_LENGTH, record.encodeCleanMark(16, 77));
        assertEquals(RecordFlyweight.CLEAN_MARK, record.length(16));
        assertEquals(77, record.sequence(16));
        assertEquals(77, record.syncedSequence(16));
        assertTrue(record.isIntact(16, RecordFlyweight.HEADER_LENGTH));
    }
}
