package io.turnout.gateway.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.gateway.net.FrameReader.Result;
import io.turnout.gateway.net.FrameReader.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class FrameReaderTest {

    private final FrameReader reader = new FrameReader(new DigitFormat());
    private final List<String> messages = new ArrayList<>();
    private Verdict verdict = Verdict.TAKEN;

    @Test
    void shouldReadFramesHoweverTheyAreCut() {
        final long seed = Long.getLong("turnout.seed", 1);
        final Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            // given a stream of frames
            messages.clear();
            final StringBuilder stream = new StringBuilder();
            final List<String> expected = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                final String message = "x".repeat(random.nextInt(8));
                expected.add(message);
                stream.append(message.length() + 2).append(message).append('.');
            }
            // when it comes in pieces
            int at = 0;
            while (at < stream.length()) {
                final int length = Math.min(stream.length() - at, 1 + random.nextInt(12));
                assertEquals(Result.READ, read(stream.substring(at, at + length), 0));
                at += length;
            }
            // then every message is read once, in order
            assertEquals(expected, messages, "seed " + seed);
        }
    }

    @Test
    void shouldKeepAMessageHeldBackAndAllThatFollows() {
        verdict = Verdict.HELD;
        assertEquals(Result.HELD, read("3a.4bc.5d", 0));
        assertTrue(reader.isHeld());
        assertEquals(List.of("a"), messages);
        assertEquals(Result.HELD, read("ef.", 0), "what comes nevertheless is kept");

        verdict = Verdict.TAKEN;
        messages.clear();
        assertEquals(Result.READ, reader.resume(0, this::take));
        assertEquals(List.of("a", "bc", "def"), messages);
        assertFalse(reader.isHeld());
    }

    @Test
    void shouldHoldAMessageBackAgain() {
        verdict = Verdict.HELD;
        read("3a.", 0);
        assertEquals(Result.HELD, reader.resume(0, this::take));
        verdict = Verdict.TAKEN;
        reader.resume(0, this::take);

        assertEquals(List.of("a", "a", "a"), messages);
    }

    @Test
    void shouldForgetEverythingWhenStopped() {
        read("3", 0);
        verdict = Verdict.STOPPED;
        assertEquals(Result.STOPPED, read("a.3b.3c", 0));
        verdict = Verdict.TAKEN;
        read("3d.", 0);

        assertEquals(List.of("a", "d"), messages);
    }

    @Test
    void shouldReportAFrameThatIsNotOne() {
        assertEquals(Result.MALFORMED, read("3a.?3b.", 0));
        assertEquals(List.of("a"), messages);
    }

    @Test
    void shouldReportAFrameTooLongAtItsFirstByte() {
        assertEquals(Result.TOO_LONG, read("3a.!", 0));
        assertEquals(List.of("a"), messages);
    }

    @Test
    void shouldTellHowLongAFrameIsUnfinished() {
        assertFalse(reader.isOverdue(100, 10));
        read("3a.4", 100);
        read("b", 105);
        assertFalse(reader.isOverdue(109, 10));
        assertTrue(reader.isOverdue(110, 10));

        read("c.3", 111);
        assertFalse(reader.isOverdue(120, 10), "a new frame has its own time");
        assertTrue(reader.isOverdue(121, 10));

        read("d.", 122);
        assertFalse(reader.isOverdue(1000, 10));
    }

    private Result read(final String bytes, final long nowNs) {
        final UnsafeBuffer buffer = new UnsafeBuffer(("#" + bytes).getBytes(US_ASCII));
        return reader.read(buffer, 1, bytes.length(), nowNs, this::take);
    }

    private Verdict take(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        messages.add(buffer.getStringWithoutLengthAscii(offset, length));
        return verdict;
    }

    /** One digit for the length of the whole frame, the message, a full stop. */
    private static final class DigitFormat implements FrameFormat {
        @Override
        public int frameLength(final DirectBuffer buffer, final int offset, final int available) {
            final byte first = buffer.getByte(offset);
            if (first == '!') {
                return TOO_LONG;
            }
            return first < '0' || first > '9' ? MALFORMED : first - '0';
        }

        @Override
        public int headerLength() {
            return 1;
        }

        @Override
        public int trailerLength() {
            return 1;
        }

        @Override
        public int maximumFrameLength() {
            return 9;
        }
    }
}
