package io.turnout.core.pipeline;

import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The hash chain over the event journal: who changes, removes or reorders a record changes every later chain value.
 *
 * <pre>chain(0) = 32 zero bytes
 * chain(i) = SHA-256(chain(i-1) ‖ event sequence ‖ command sequence ‖ timestampNs ‖ SBE header and message)</pre>
 *
 * with the numbers as 64-bit little-endian integers (SHA-256: FIPS 180-4). Used by one thread; allocates nothing after
 * construction while events are no longer than the longest seen.
 */
public final class EventChain {
    /** Bytes of a chain value. */
    public static final int VALUE_LENGTH = 32;

    private static final int EVENT_SEQUENCE_OFFSET = VALUE_LENGTH;
    private static final int COMMAND_SEQUENCE_OFFSET = EVENT_SEQUENCE_OFFSET + BitUtil.SIZE_OF_LONG;
    private static final int TIMESTAMP_OFFSET = COMMAND_SEQUENCE_OFFSET + BitUtil.SIZE_OF_LONG;
    private static final int EVENT_OFFSET = TIMESTAMP_OFFSET + BitUtil.SIZE_OF_LONG;

    private final MessageDigest sha256 = newSha256();
    private final UnsafeBuffer input = new UnsafeBuffer(new byte[EVENT_OFFSET + 512]);

    /** The value that the next one is chained to, at the beginning of the input. */
    private byte[] inputBytes = input.byteArray();

    /** Starts, or starts again, after a known value. */
    public void reset(final byte[] value) {
        if (value.length != VALUE_LENGTH) {
            throw new IllegalArgumentException("chain value: length=" + value.length + " expected=" + VALUE_LENGTH);
        }
        System.arraycopy(value, 0, inputBytes, 0, VALUE_LENGTH);
    }

    /** Chains one event to those before it. */
    public void advance(
            final long eventSequence,
            final long commandSequence,
            final long timestampNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        ensureCapacity(EVENT_OFFSET + length);
        input.putLong(EVENT_SEQUENCE_OFFSET, eventSequence, ByteOrder.LITTLE_ENDIAN);
        input.putLong(COMMAND_SEQUENCE_OFFSET, commandSequence, ByteOrder.LITTLE_ENDIAN);
        input.putLong(TIMESTAMP_OFFSET, timestampNs, ByteOrder.LITTLE_ENDIAN);
        input.putBytes(EVENT_OFFSET, buffer, offset, length);
        sha256.update(inputBytes, 0, EVENT_OFFSET + length);
        try {
            sha256.digest(inputBytes, 0, VALUE_LENGTH);
        } catch (final DigestException ex) {
            throw new IllegalStateException("SHA-256 failed", ex);
        }
    }

    /** The value after the last event. */
    public byte[] value() {
        return Arrays.copyOf(inputBytes, VALUE_LENGTH);
    }

    /** Whether the value after the last event is this one. */
    public boolean matches(final byte[] values, final int offset) {
        return Arrays.equals(inputBytes, 0, VALUE_LENGTH, values, offset, offset + VALUE_LENGTH);
    }

    void copyValue(final UnsafeBuffer destination, final int offset) {
        destination.putBytes(offset, inputBytes, 0, VALUE_LENGTH);
    }

    private void ensureCapacity(final int length) {
        if (length > inputBytes.length) {
            inputBytes = Arrays.copyOf(inputBytes, BitUtil.findNextPositivePowerOfTwo(length));
            input.wrap(inputBytes);
        }
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException ex) {
            throw new IllegalStateException("this Java has no SHA-256", ex);
        }
    }
}
