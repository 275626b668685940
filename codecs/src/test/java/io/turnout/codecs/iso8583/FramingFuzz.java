package io.turnout.codecs.iso8583;

import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A target for a fuzzer: however a stream is cut, the same messages are found in it, or the same error. */
public final class FramingFuzz {
    private static final int MAXIMUM = 512;
    private static final List<Framing> FRAMINGS = List.of(Framing.values());

    private FramingFuzz() {}

    /** Called by the fuzzer; the first byte chooses the framing. */
    public static void fuzzerTestOneInput(final byte[] input) {
        if (input.length == 0) {
            return;
        }
        final Framing framing = FRAMINGS.get((input[0] & 0xFF) % FRAMINGS.size());
        final byte[] stream = Arrays.copyOfRange(input, 1, input.length);
        final UnsafeBuffer buffer = new UnsafeBuffer(stream);
        int position = 0;
        int result = 0;
        while (result >= 0 && position < stream.length) {
            result = framing.read(buffer, position, stream.length - position, MAXIMUM);
            requireTheSameByteByByte(framing, buffer, position, result);
            position += result < 0 ? 0 : result == 0 ? framing.headerLength() : framing.frameLength(result);
        }
    }

    private static void requireTheSameByteByByte(
            final Framing framing, final UnsafeBuffer buffer, final int position, final int expected) {
        int result = Framing.NEED_MORE;
        for (int available = 0; result == Framing.NEED_MORE && position + available <= buffer.capacity(); available++) {
            result = framing.read(buffer, position, available, MAXIMUM);
        }
        if (result != expected) {
            throw new IllegalStateException(framing + " at once " + expected + ", byte by byte " + result);
        }
    }
}
