package io.turnout.gateway.security;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.security.CryptoError;
import io.turnout.security.CryptoException;
import io.turnout.security.KeyBlockHeader;
import io.turnout.security.link.KeyChange;
import io.turnout.security.link.LinkSecurity;
import io.turnout.security.module.KeyCryptogram;
import io.turnout.security.module.KeyPurpose;
import org.agrona.concurrent.UnsafeBuffer;

/** Takes a new key out of a message and hands it over; the key stays encrypted here. */
final class KeyMessageReader {
    private static final int TEXT_FIELD = 48;
    private static final int SECURITY_CONTROL = 53;
    private static final int SHORTEST_BLOCK = 16;
    private static final int LONGEST_TEXT = 2 * 1024;
    /** First digit of DE53 of UnionPay: what the key is for. */
    private static final int PIN_KEY = '1';

    private final KeyMessageFormat format;
    private final boolean isBinary;
    private final UnsafeBuffer text = new UnsafeBuffer(new byte[LONGEST_TEXT]);

    KeyMessageReader(final Dialect dialect, final KeyMessageFormat format) {
        this.format = format;
        this.isBinary = dialect.isBinary(format.field());
    }

    boolean hasKey(final IsoDecoder message) {
        return message.isPresent(format.field());
    }

    KeyChange take(final IsoDecoder message, final LinkSecurity security, final long nowNs) {
        try {
            return format.form() == KeyMessageFormat.Form.KEY_BLOCK
                    ? takeBlock(message, security, nowNs)
                    : takeCryptogram(message, security, nowNs);
        } catch (final CryptoException e) {
            return KeyChange.refused(e.error());
        }
    }

    private KeyChange takeBlock(final IsoDecoder message, final LinkSecurity security, final long nowNs)
            throws CryptoException {
        final String content = withoutPrefix(text(message, format.field()));
        if (content.length() < SHORTEST_BLOCK) {
            throw new CryptoException(CryptoError.BAD_KEY_BLOCK, "too short for a key block");
        }
        final int length = KeyBlockHeader.namedLength(content);
        if (length < SHORTEST_BLOCK || length > content.length()) {
            throw new CryptoException(CryptoError.BAD_KEY_BLOCK, "names another length");
        }
        final String block = content.substring(0, length);
        final KeyPurpose purpose =
                KeyBlockHeader.parse(block).usage().startsWith("P") ? KeyPurpose.PIN : KeyPurpose.MAC;
        return security.onKeyBlock(purpose, block, content.substring(length).strip(), nowNs);
    }

    private KeyChange takeCryptogram(final IsoDecoder message, final LinkSecurity security, final long nowNs)
            throws CryptoException {
        final String content;
        final String tail;
        if (isBinary) {
            content = text(message, format.field());
            tail = withoutPrefix(text(message, TEXT_FIELD)).strip();
        } else {
            content = withoutPrefix(text(message, format.field())).strip();
            tail = content;
        }
        if (tail.length() < format.checkValueDigits()) {
            throw new CryptoException(CryptoError.BAD_PARAMETER, "a new key without check value");
        }
        final int keyEnd = isBinary ? content.length() : content.length() - format.checkValueDigits();
        final String checkValue = isBinary ? tail : tail.substring(keyEnd);
        return security.onKeyCryptogram(
                purpose(message),
                new KeyCryptogram(
                        format.algorithm(),
                        format.mode(),
                        format.parity(),
                        content.substring(0, keyEnd),
                        checkValue.substring(0, format.checkValueDigits())),
                nowNs);
    }

    private static KeyPurpose purpose(final IsoDecoder message) {
        return message.characterAt(SECURITY_CONTROL, 0) == PIN_KEY ? KeyPurpose.PIN : KeyPurpose.MAC;
    }

    private String withoutPrefix(final String content) throws CryptoException {
        if (!content.startsWith(format.prefix())) {
            throw new CryptoException(CryptoError.BAD_PARAMETER, "a new key without its prefix");
        }
        return content.substring(format.prefix().length());
    }

    private String text(final IsoDecoder message, final int field) {
        if (!message.isPresent(field) || 2 * message.count(field) > LONGEST_TEXT) {
            return "";
        }
        final int length = message.getAscii(field, text, 0);
        return text.getStringWithoutLengthAscii(0, length);
    }
}
