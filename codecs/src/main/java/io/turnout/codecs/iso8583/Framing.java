package io.turnout.codecs.iso8583;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * How messages are told apart on a TCP stream: a length before each, and at some hosts a byte after it.
 *
 * <p>Reading is without state: the caller keeps the bytes that have arrived and asks again when there are more. A frame
 * of length 0 is a keep-alive. After a bad frame the stream cannot be understood any more: close the connection.
 */
public enum Framing {
    /** Two bytes, big-endian, not counted: most hosts. */
    BIN2_EXCLUSIVE(LengthEncoding.BINARY, 2, false),
    /** Two bytes, big-endian, counted themselves. */
    BIN2_INCLUSIVE(LengthEncoding.BINARY, 2, true),
    /** Three bytes, big-endian, not counted. */
    BIN3_EXCLUSIVE(LengthEncoding.BINARY, 3, false),
    /** Four bytes, big-endian, not counted. */
    BIN4_EXCLUSIVE(LengthEncoding.BINARY, 4, false),
    /** Four ASCII digits, not counted: UnionPay and others. */
    ASCII4_EXCLUSIVE(LengthEncoding.ASCII, 4, false),
    /** Four ASCII digits, counted themselves. */
    ASCII4_INCLUSIVE(LengthEncoding.ASCII, 4, true),
    /** Four hexadecimal ASCII characters, not counted. */
    HEX4_EXCLUSIVE(LengthEncoding.HEX, 4, false),
    /** Four digits packed into two bytes, not counted. */
    BCD2_EXCLUSIVE(LengthEncoding.BCD, 2, false),
    /** Two bytes, big-endian, then two zero bytes; neither counted. */
    BIN2_ZERO2(LengthEncoding.BINARY, 2, 0, 4, 0, 0),
    /** Two zero bytes, then two bytes, big-endian; neither counted. */
    ZERO2_BIN2(LengthEncoding.BINARY, 2, 2, 4, 0, 0),
    /** Two bytes, big-endian, a reserved byte and one for format and platform; not counted; see {@link #isControl}. */
    VML4(LengthEncoding.BINARY, 2, 0, 4, 0, 0),
    /** Two bytes, big-endian, that count the message and the ETX (0x03) after it. */
    BIN2_ETX(LengthEncoding.BINARY, 2, 0, 2, 1, 1);

    /** Answered by {@link #read} when the frame has not arrived as a whole. */
    public static final int NEED_MORE = -1;

    /** Answered by {@link #read} when the length or the byte after the message is not what it must be. */
    public static final int BAD = -2;

    /** Answered when the message is longer than the caller's limit, or than the length can say. */
    public static final int TOO_LONG = -3;

    private static final byte ETX = 0x03;
    private static final int CONTROL_FORMAT = 0x2;

    private final LengthEncoding encoding;
    private final int lengthBytes;
    private final int lengthOffset;
    private final int headerLength;
    private final int trailerLength;
    private final int counted;

    Framing(final LengthEncoding encoding, final int bytes, final boolean inclusive) {
        this(encoding, bytes, 0, bytes, 0, inclusive ? bytes : 0);
    }

    Framing(
            final LengthEncoding encoding,
            final int lengthBytes,
            final int lengthOffset,
            final int headerLength,
            final int trailerLength,
            final int counted) {
        this.encoding = encoding;
        this.lengthBytes = lengthBytes;
        this.lengthOffset = lengthOffset;
        this.headerLength = headerLength;
        this.trailerLength = trailerLength;
        this.counted = counted;
    }

    /** Bytes before the message. */
    public int headerLength() {
        return headerLength;
    }

    /** Bytes after the message. */
    public int trailerLength() {
        return trailerLength;
    }

    /** Bytes of the frame of a message. */
    public int frameLength(final int messageLength) {
        return headerLength + messageLength + trailerLength;
    }

    /** The longest message whose length can be written, in bytes. */
    public int maximumMessageLength() {
        return maximum() - counted;
    }

    /**
     * Looks for a whole frame.
     *
     * @param available bytes that have arrived from the offset on
     * @param maximumMessageLength the caller's limit in bytes; a longer frame is refused as soon as its length is known
     * @return bytes of the message, which begins {@link #headerLength} bytes after the offset, 0 for a keep-alive; or
     *     {@link #NEED_MORE}, {@link #BAD} or {@link #TOO_LONG}
     */
    public int read(final DirectBuffer buffer, final int offset, final int available, final int maximumMessageLength) {
        final int messageLength = announcedLength(buffer, offset, available, maximumMessageLength);
        if (messageLength < 0 || (messageLength == 0 && trailerLength == 0)) {
            return messageLength;
        }
        final int frameLength = frameLength(messageLength);
        if (available < frameLength) {
            return NEED_MORE;
        }
        if (trailerLength != 0 && buffer.getByte(offset + frameLength - 1) != ETX) {
            return BAD;
        }
        return messageLength;
    }

    /**
     * Reads the header of a frame only, so that its length is known before it has arrived.
     *
     * @return as {@link #read}, but {@link #NEED_MORE} only when the header is not whole
     */
    public int announcedLength(
            final DirectBuffer buffer, final int offset, final int available, final int maximumMessageLength) {
        if (available < headerLength) {
            return NEED_MORE;
        }
        final long length = length(buffer, offset + lengthOffset);
        if (length == 0 && trailerLength == 0) {
            return 0;
        }
        final long messageLength = length - counted;
        if (length < 0 || messageLength < 0) {
            return BAD;
        }
        return messageLength > maximumMessageLength ? TOO_LONG : (int) messageLength;
    }

    /**
     * Writes what surrounds a message that stands {@link #headerLength} bytes after the offset.
     *
     * @return bytes of the frame, or {@link #TOO_LONG} with nothing written
     */
    public int write(final MutableDirectBuffer buffer, final int offset, final int messageLength) {
        if (messageLength > maximumMessageLength()) {
            return TOO_LONG;
        }
        buffer.setMemory(offset, headerLength, (byte) 0);
        putLength(buffer, offset + lengthOffset, messageLength + counted);
        if (trailerLength != 0) {
            buffer.putByte(offset + headerLength + messageLength, ETX);
        }
        return frameLength(messageLength);
    }

    /** Whether the frame at the offset carries a message of the transport, such as a VML heartbeat, and no payment. */
    public boolean isControl(final DirectBuffer buffer, final int offset) {
        return this == VML4 && ((buffer.getByte(offset + headerLength - 1) >> 4) & 0xF) == CONTROL_FORMAT;
    }

    private int maximum() {
        return switch (encoding) {
            case BINARY -> lengthBytes == Integer.BYTES ? Integer.MAX_VALUE : (1 << (Byte.SIZE * lengthBytes)) - 1;
            case HEX -> (1 << (4 * lengthBytes)) - 1;
            case ASCII, EBCDIC, BCD -> 9999;
        };
    }

    /** The number written in the header, or negative when it is none. */
    private long length(final DirectBuffer buffer, final int offset) {
        long length = 0;
        for (int i = offset; i < offset + lengthBytes; i++) {
            final int value = buffer.getByte(i) & 0xFF;
            final int digits = digits(value);
            if (digits < 0) {
                return -1;
            }
            length = length * base() + digits;
        }
        return length;
    }

    private int digits(final int value) {
        return switch (encoding) {
            case BINARY -> value;
            case BCD -> (value >> 4) > 9 || (value & 0xF) > 9 ? -1 : (value >> 4) * 10 + (value & 0xF);
            case HEX -> Hex.ASCII[value];
            case ASCII, EBCDIC -> value >= '0' && value <= '9' ? value - '0' : -1;
        };
    }

    private void putLength(final MutableDirectBuffer buffer, final int offset, final int length) {
        int rest = length;
        for (int i = offset + lengthBytes - 1; i >= offset; i--) {
            final int digits = rest % base();
            buffer.putByte(i, byteOf(digits));
            rest /= base();
        }
    }

    private byte byteOf(final int digits) {
        return switch (encoding) {
            case BINARY -> (byte) digits;
            case BCD -> (byte) (((digits / 10) << 4) | (digits % 10));
            case HEX, ASCII, EBCDIC -> Hex.characterOf(digits);
        };
    }

    private int base() {
        return switch (encoding) {
            case BINARY -> 256;
            case BCD -> 100;
            case HEX -> 16;
            case ASCII, EBCDIC -> 10;
        };
    }
}
