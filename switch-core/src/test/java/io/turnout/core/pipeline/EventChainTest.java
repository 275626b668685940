package io.turnout.core.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class EventChainTest {
    private static final long SEED = Long.getLong("turnout.seed", 20_261_123);

    @Test
    void shouldGiveTheValueWorkedOutByHand() {
        // printf of 32 zero bytes, 1, 2 and 3 as little-endian 64-bit numbers and "abc", through sha256sum.
        final EventChain chain = new EventChain();

        chain.advance(1, 2, 3, new UnsafeBuffer("abc".getBytes(StandardCharsets.US_ASCII)), 0, 3);

        assertEquals(
                "2e6c2b3bfae82db3651866796196338e24fdfe3b3767b770bd03d07d8cc31a24",
                HexFormat.of().formatHex(chain.value()));
    }

    @Test
    void shouldAgreeWithAPlainDigestOverTheSameBytes() throws Exception {
        final Random random = new Random(SEED);
        final EventChain chain = new EventChain();
        byte[] expected = new byte[32];
        for (int i = 1; i <= 500; i++) {
            final byte[] event = new byte[random.nextInt(1200)];
            random.nextBytes(event);
            final long commandSequence = random.nextLong();
            final long timestampNs = random.nextLong();

            chain.advance(i, commandSequence, timestampNs, new UnsafeBuffer(event), 0, event.length);

            final ByteArrayOutputStream input = new ByteArrayOutputStream();
            input.write(expected);
            input.write(ByteBuffer.allocate(24)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(i)
                    .putLong(commandSequence)
                    .putLong(timestampNs)
                    .array());
            input.write(event);
            expected = MessageDigest.getInstance("SHA-256").digest(input.toByteArray());
            assertArrayEquals(expected, chain.value(), "seed=" + SEED + " event=" + i);
            assertTrue(chain.matches(expected, 0));
        }
    }

    @Test
    void shouldGoOnFromAKnownValue() {
        final UnsafeBuffer event = new UnsafeBuffer(new byte[] {1, 2, 3});
        final EventChain whole = new EventChain();
        whole.advance(1, 1, 1, event, 0, 3);
        final EventChain half = new EventChain();
        half.reset(whole.value());

        whole.advance(2, 1, 1, event, 0, 3);
        half.advance(2, 1, 1, event, 0, 3);

        assertArrayEquals(whole.value(), half.value());
    }

    @Test
    void shouldNoticeAnyChange() {
        final UnsafeBuffer event = new UnsafeBuffer(new byte[] {1, 2, 3});
        final EventChain original = new EventChain();
        original.advance(1, 2, 3, event, 0, 3);
        final byte[] value = original.value();

        assertFalse(after(2, 2, 3, event, 3).matches(value, 0));
        assertFalse(after(1, 3, 3, event, 3).matches(value, 0));
        assertFalse(after(1, 2, 4, event, 3).matches(value, 0));
        assertFalse(after(1, 2, 3, event, 2).matches(value, 0));
        assertFalse(after(1, 2, 3, new UnsafeBuffer(new byte[] {1, 2, 4}), 3).matches(value, 0));
    }

    @Test
    void shouldRefuseAValueOfAnotherLength() {
        assertThrows(IllegalArgumentException.class, () -> new EventChain().reset(new byte[31]));
    }

    private static EventChain after(
            final long eventSequence,
            final long commandSequence,
            final long timestampNs,
            final UnsafeBuffer event,
            final int length) {
        final EventChain chain = new EventChain();
        chain.advance(eventSequence, commandSequence, timestampNs, event, 0, length);
        return chain;
    }
}
