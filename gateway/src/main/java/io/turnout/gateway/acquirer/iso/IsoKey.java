package io.turnout.gateway.acquirer.iso;

import io.turnout.codecs.iso8583.IsoDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The client reference that stands for a message of an acquirer: the first 128 bits of SHA-256 over 36 ASCII
 * characters,
 *
 * <pre>
 *   DE32, 11 digits, zero-filled | DE41, 8 characters | DE11, 6 digits | DE7, 10 digits | class of the message type
 * </pre>
 *
 * so that a repeat, which differs in the last digit of its message type alone, has the same, and so that DE90 with the
 * terminal of the message that names an original gives the original's. Filled per message and used at once; used by one
 * thread; allocates nothing.
 */
final class IsoKey {

    private static final byte[] BLANK_TERMINAL = "        ".getBytes(StandardCharsets.US_ASCII);
    private static final int INSTITUTION_LENGTH = 11;
    private static final int TERMINAL_OFFSET = INSTITUTION_LENGTH;
    private static final int TERMINAL_LENGTH = BLANK_TERMINAL.length;
    private static final int STAN_OFFSET = TERMINAL_OFFSET + TERMINAL_LENGTH;
    private static final int STAN_LENGTH = 6;
    private static final int DATE_TIME_OFFSET = STAN_OFFSET + STAN_LENGTH;
    private static final int DATE_TIME_LENGTH = 10;
    private static final int CLASS_OFFSET = DATE_TIME_OFFSET + DATE_TIME_LENGTH;
    private static final int LENGTH = CLASS_OFFSET + 1;
    private static final int DIGEST_LENGTH = 32;

    private final MessageDigest sha256 = sha256();
    private final byte[] text = new byte[LENGTH];
    private final byte[] digest = new byte[DIGEST_LENGTH];
    private final ByteBuffer digestBuffer = ByteBuffer.wrap(digest).order(ByteOrder.BIG_ENDIAN);

    /**
     * Of a message.
     *
     * @param mti of the message, or of the one it names
     * @param decoder holds the terminal (DE41)
     */
    void of(
            final int mti,
            final long institution,
            final long stan,
            final long transmissionDateTime,
            final IsoDecoder decoder) {
        putDigits(0, INSTITUTION_LENGTH, institution);
        System.arraycopy(BLANK_TERMINAL, 0, text, TERMINAL_OFFSET, TERMINAL_LENGTH);
        final int length = Math.min(TERMINAL_LENGTH, decoder.count(Fields.TERMINAL_ID));
        for (int i = 0; i < length; i++) {
            text[TERMINAL_OFFSET + i] = (byte) decoder.characterAt(Fields.TERMINAL_ID, i);
        }
        putDigits(STAN_OFFSET, STAN_LENGTH, stan);
        putDigits(DATE_TIME_OFFSET, DATE_TIME_LENGTH, transmissionDateTime);
        text[CLASS_OFFSET] = (byte) ('0' + mti / 100 % 10);
        try {
            sha256.update(text, 0, LENGTH);
            sha256.digest(digest, 0, DIGEST_LENGTH);
        } catch (final DigestException e) {
            throw new IllegalStateException("SHA-256 is not " + DIGEST_LENGTH + " bytes", e);
        }
        Arrays.fill(text, (byte) 0);
    }

    long high() {
        return digestBuffer.getLong(0);
    }

    long low() {
        return digestBuffer.getLong(Long.BYTES);
    }

    private void putDigits(final int offset, final int length, final long value) {
        long rest = value;
        for (int i = offset + length - 1; i >= offset; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java lacks SHA-256", e);
        }
    }
}
