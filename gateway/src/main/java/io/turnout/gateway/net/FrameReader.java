package io.turnout.gateway.net;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Cuts a stream of bytes into messages, however TCP cut it before. A message that lies whole in the input is handed
 * over where it lies; only the rest of a read is copied. Memory is bounded by the longest frame, never by what a peer
 * announces. Bytes kept are overwritten with zeros when they are used up, because they may hold card data.
 *
 * <p>The handler may hold a message back: it is kept, with all that follows, and handed over again by {@link #resume}.
 * The owner stops reading from its connection meanwhile.
 */
public final class FrameReader {

    /** Takes messages. */
    @FunctionalInterface
    public interface Handler {

        /**
         * @param buffer valid only during the call
         * @param offset of the message, behind the frame's header
         * @param length of the message, may be 0
         */
        Verdict onMessage(DirectBuffer buffer, int offset, int length, long nowNs);
    }

    /** What the handler did with a message. */
    public enum Verdict {
        /** It is done with. */
        TAKEN,
        /** It cannot be done now: hand it over again on {@link #resume}. */
        HELD,
        /** Nothing more shall be read. */
        STOPPED
    }

    /** How a read ended. */
    public enum Result {
        /** All whole frames were taken. */
        READ,
        /** A message is held back. */
        HELD,
        /** The handler stopped; what followed is forgotten. */
        STOPPED,
        /** The bytes do not begin a frame; the connection cannot go on. */
        MALFORMED,
        /** A frame longer than allowed was announced; the connection cannot go on. */
        TOO_LONG
    }

    private final FrameFormat format;
    private final byte[] kept;
    private final UnsafeBuffer keptBuffer;
    private int keptLength;
    private boolean held;
    private long begunNs;
    private Result result = Result.READ;

    /** @param format tells frames apart */
    public FrameReader(final FrameFormat format) {
        this.format = format;
        this.kept = new byte[format.maximumFrameLength() + NetLoop.READ_LENGTH];
        this.keptBuffer = new UnsafeBuffer(kept);
    }

    /**
     * Reads what arrived.
     *
     * @param length at most {@link NetLoop#READ_LENGTH}
     */
    public Result read(
            final DirectBuffer buffer, final int offset, final int length, final long nowNs, final Handler handler) {
        if (keptLength > 0) {
            append(buffer, offset, length);
            return held ? Result.HELD : readKept(nowNs, handler);
        }
        final int taken = take(buffer, offset, length, nowNs, handler);
        if (result == Result.READ || result == Result.HELD) {
            append(buffer, offset + taken, length - taken);
            begunNs = nowNs;
        }
        return result;
    }

    /** Hands the message held back over again, and those that follow it. */
    public Result resume(final long nowNs, final Handler handler) {
        return readKept(nowNs, handler);
    }

    /** Whether a message is held back. */
    public boolean isHeld() {
        return held;
    }

    /** Whether a frame was begun and not completed for as long as this. */
    public boolean isOverdue(final long nowNs, final long timeoutNs) {
        return keptLength > 0 && !held && nowNs - begunNs >= timeoutNs;
    }

    /** Forgets everything kept. */
    public void reset() {
        discard(keptLength);
        held = false;
    }

    private Result readKept(final long nowNs, final Handler handler) {
        final int taken = take(keptBuffer, 0, keptLength, nowNs, handler);
        if (taken > 0) {
            begunNs = nowNs;
        }
        discard(result == Result.READ || result == Result.HELD ? taken : keptLength);
        return result;
    }

    private int take(
            final DirectBuffer buffer, final int offset, final int length, final long nowNs, final Handler handler) {
        result = Result.READ;
        held = false;
        int taken = 0;
        while (result == Result.READ && taken < length) {
            final int frameLength = frameLength(buffer, offset + taken, length - taken);
            if (frameLength <= 0) {
                break;
            }
            final int messageLength = Math.max(0, frameLength - format.headerLength() - format.trailerLength());
            final Verdict verdict =
                    handler.onMessage(buffer, offset + taken + format.headerLength(), messageLength, nowNs);
            held = verdict == Verdict.HELD;
            result = held ? Result.HELD : verdict == Verdict.STOPPED ? Result.STOPPED : Result.READ;
            taken += held ? 0 : frameLength;
        }
        return taken;
    }

    /** Length of a frame that is there whole, else 0; sets the result when there will never be one. */
    private int frameLength(final DirectBuffer buffer, final int offset, final int available) {
        final int length = format.frameLength(buffer, offset, available);
        if (length == FrameFormat.MALFORMED) {
            result = Result.MALFORMED;
        } else if (length == FrameFormat.TOO_LONG || length > format.maximumFrameLength()) {
            result = Result.TOO_LONG;
        }
        return result == Result.READ && length <= available ? length : 0;
    }

    private void append(final DirectBuffer buffer, final int offset, final int length) {
        if (length > kept.length - keptLength) {
            throw new IllegalStateException("more input than the connection was asked for, keptLength=" + keptLength
                    + " length=" + length + " capacity=" + kept.length);
        }
        buffer.getBytes(offset, kept, keptLength, length);
        keptLength += length;
    }

    private void discard(final int length) {
        System.arraycopy(kept, length, kept, 0, keptLength - length);
        Arrays.fill(kept, keptLength - length, keptLength, (byte) 0);
        keptLength -= length;
    }
}
