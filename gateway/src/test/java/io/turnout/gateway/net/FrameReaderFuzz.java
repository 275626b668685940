package io.turnout.gateway.net;

import io.turnout.codecs.iso8583.Framing;
import io.turnout.gateway.acquirer.SofhFrameFormat;
import io.turnout.gateway.net.FrameReader.Result;
import io.turnout.gateway.net.FrameReader.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A target for a fuzzer: however a stream is cut, and whichever message is held back and handed over again, the same
 * messages are read from it and the same end is found.
 */
public final class FrameReaderFuzz {
    private static final List<FrameFormat> FORMATS = new ArrayList<>();
    private static final int LONGEST_PIECE = 37;

    static {
        FORMATS.add(new SofhFrameFormat());
        for (final Framing framing : Framing.values()) {
            FORMATS.add(new IsoFrameFormat(framing));
        }
    }

    private final List<byte[]> messages = new ArrayList<>();
    private int untilHeld;

    private FrameReaderFuzz() {}

    /** Called by the fuzzer; the first byte chooses the format, the second the pieces and the message held back. */
    public static void fuzzerTestOneInput(final byte[] input) {
        if (input.length < 2 || input.length > NetLoop.READ_LENGTH) {
            return;
        }
        final FrameFormat format = FORMATS.get((input[0] & 0xFF) % FORMATS.size());
        final byte[] stream = Arrays.copyOfRange(input, 2, input.length);
        final FrameReaderFuzz whole = new FrameReaderFuzz();
        final Result result = whole.read(format, stream, Math.max(1, stream.length), Integer.MAX_VALUE);
        final FrameReaderFuzz cut = new FrameReaderFuzz();
        final Result resultInPieces = cut.read(format, stream, 1 + (input[1] & 0xFF) % LONGEST_PIECE, input[1] & 0xF);
        final boolean same = result == resultInPieces && whole.messages.size() == cut.messages.size();
        if (!same) {
            throw new IllegalStateException(format.getClass().getSimpleName() + " at once: "
                    + whole.messages.size() + " " + result + ", in pieces: " + cut.messages.size() + " "
                    + resultInPieces);
        }
        for (int i = 0; i < whole.messages.size(); i++) {
            if (!Arrays.equals(whole.messages.get(i), cut.messages.get(i))) {
                throw new IllegalStateException("message " + i + " is another when the stream comes in pieces");
            }
        }
    }

    private Result read(final FrameFormat format, final byte[] stream, final int pieceLength, final int held) {
        untilHeld = held;
        final FrameReader reader = new FrameReader(format);
        final UnsafeBuffer buffer = new UnsafeBuffer(stream);
        Result result = Result.READ;
        for (int i = 0; i < stream.length && result == Result.READ; i += pieceLength) {
            result = reader.read(buffer, i, Math.min(pieceLength, stream.length - i), 0, this::take);
            if (result == Result.HELD) {
                result = reader.resume(0, this::take);
            }
        }
        return result;
    }

    private Verdict take(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (untilHeld-- == 0) {
            return Verdict.HELD;
        }
        final byte[] message = new byte[length];
        buffer.getBytes(offset, message);
        messages.add(message);
        return Verdict.TAKEN;
    }
}
