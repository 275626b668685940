package io.turnout.simulators.bank;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.security.CipherAlgorithm;
import io.turnout.security.CipherMac;
import io.turnout.security.CryptoException;
import io.turnout.security.Hex;
import io.turnout.security.KeyedCipher;
import io.turnout.security.link.MacForm;
import io.turnout.security.module.MacScheme;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bank's own MACs over whole messages, made from the plain definitions and not by the switch's code, so that the
 * two are checked against each other.
 */
final class BankMac {
    private static final int SHORT_FIELD = 64;
    private static final int LONG_FIELD = 128;
    private static final int LEFT_PART = 8;

    private final Dialect dialect;
    private final MacScheme scheme;
    private final MacForm form;

    BankMac(final Dialect dialect, final MacScheme scheme, final MacForm form) {
        this.dialect = dialect;
        this.scheme = scheme;
        this.form = form;
    }

    /** Ends a message with its MAC; {@code distortion} may make it wrong. Returns as the encoder's own finish. */
    int finish(
            final IsoEncoder encoder,
            final byte[] key,
            final DirectBuffer buffer,
            final int offset,
            final Behaviour distortion) {
        final int field = isShort() && encoder.lastAnnouncedField() == SHORT_FIELD ? SHORT_FIELD : LONG_FIELD;
        final byte[] nothing = new byte[dialect.maximumLength(field)];
        Arrays.fill(nothing, dialect.isBinary(field) ? 0 : (byte) '0');
        put(encoder, field, new UnsafeBuffer(nothing));
        final int length = encoder.finish();
        if (length < 0) {
            return length;
        }
        final int end = length - encoder.fixedBytes(field);
        final byte[] mac = mac(key, bytes(buffer, offset + dialect.headerLength(), offset + end));
        if (distortion == Behaviour.WRONG_MAC) {
            mac[0] ^= 1;
        }
        final byte[] content = content(mac, nothing.length);
        encoder.replaceLast(new UnsafeBuffer(content), 0, content.length);
        return length;
    }

    /** Whether a message ends with its MAC under a key. */
    boolean isRight(final IsoDecoder message, final byte[] key, final DirectBuffer buffer, final int offset) {
        final int field = message.isPresent(LONG_FIELD) ? LONG_FIELD : SHORT_FIELD;
        if (!message.isPresent(field) || message.nextField(field) != IsoDecoder.NO_FIELD) {
            return false;
        }
        final byte[] covered = bytes(buffer, offset + dialect.headerLength(), message.valueOffset(field));
        final String expected =
                new String(content(mac(key, covered), dialect.maximumLength(field)), StandardCharsets.ISO_8859_1);
        final byte[] received = new byte[2 * dialect.maximumLength(field)];
        final UnsafeBuffer target = new UnsafeBuffer(received);
        final int length =
                dialect.isBinary(field) ? message.getBytes(field, target, 0) : message.getAscii(field, target, 0);
        return expected.equalsIgnoreCase(new String(received, 0, Math.max(0, length), StandardCharsets.ISO_8859_1));
    }

    boolean isThere(final IsoDecoder message) {
        return message.isPresent(SHORT_FIELD) || message.isPresent(LONG_FIELD);
    }

    private void put(final IsoEncoder encoder, final int field, final UnsafeBuffer content) {
        if (dialect.isBinary(field)) {
            encoder.putBytes(field, content, 0, content.capacity());
        } else {
            encoder.putAscii(field, content, 0, content.capacity());
        }
    }

    private byte[] content(final byte[] mac, final int fieldLength) {
        return form == MacForm.HEXADECIMAL
                ? Hex.encode(mac).getBytes(StandardCharsets.US_ASCII)
                : Arrays.copyOf(mac, fieldLength);
    }

    private byte[] mac(final byte[] key, final byte[] covered) {
        try {
            final byte[] whole =
                    switch (scheme.algorithm()) {
                        case CBC -> CipherMac.cbc(des(key), scheme.padding(), covered);
                        case RETAIL ->
                            CipherMac.retail(des(Arrays.copyOf(key, LEFT_PART)), des(key), scheme.padding(), covered);
                        case CMAC -> CipherMac.cmac(CipherAlgorithm.AES.withKey(key), covered);
                        case UNIONPAY_ECB -> CipherMac.unionPayEcb(des(key), covered);
                    };
            return Arrays.copyOf(whole, scheme.length());
        } catch (final CryptoException e) {
            throw new IllegalStateException("the bank's key does not go with its MACs: " + e.error(), e);
        }
    }

    private boolean isShort() {
        return dialect.has(SHORT_FIELD)
                && (!dialect.has(LONG_FIELD)
                        || dialect.maximumLength(SHORT_FIELD) == dialect.maximumLength(LONG_FIELD));
    }

    private static KeyedCipher des(final byte[] key) throws CryptoException {
        return CipherAlgorithm.TDES.withKey(key);
    }

    private static byte[] bytes(final DirectBuffer buffer, final int from, final int to) {
        final byte[] bytes = new byte[to - from];
        buffer.getBytes(from, bytes);
        return bytes;
    }
}
