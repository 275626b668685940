package io.turnout.security.calculator;

import io.turnout.security.CryptoException;
import io.turnout.security.Hex;
import io.turnout.security.KeyedCipher;
import io.turnout.security.PinBlockFormat;
import io.turnout.security.PinBlocks;
import io.turnout.security.PinTranslation;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Questions on PIN blocks: encode, decode, encipher, translate, and the card's field of format 4. */
final class PinBlockQuestions {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern FORMAT = Pattern.compile("(?i)(?:format|ISO)[- ]?([0-9])");
    private static final Pattern FILL = Pattern.compile("(?:chosen|all) ([0-9A-Fa-f]+)\\b");

    private PinBlockQuestions() {}

    static String answer(final Question question) throws CryptoException {
        final PinBlockFormat format = format(question, null);
        final String pan = question.optional("pan").orElse(null);
        if (question.names("pan field")) {
            return Hex.encode(PinBlocks.panField(pan));
        }
        final String key = question.optional("key").orElse(null);
        if (question.has("block")) {
            return question.has("tokey")
                    ? translate(question, format, pan)
                    : decode(format, key, question.bytes("block"), pan);
        }
        final byte[] clear = clear(question, format, question.text("pin"), pan);
        return Hex.encode(key == null ? clear : PinBlocks.encipher(format, cipher(format, key), clear, pan));
    }

    private static String decode(final PinBlockFormat format, final String key, final byte[] block, final String pan)
            throws CryptoException {
        final byte[] clear = key == null ? block : PinBlocks.decipher(format, cipher(format, key), block, pan);
        return new String(PinBlocks.decode(format, clear, pan), StandardCharsets.US_ASCII);
    }

    private static String translate(final Question question, final PinBlockFormat format, final String pan)
            throws CryptoException {
        final PinBlockFormat target = question.has("toformat") ? format(question.text("toformat")) : format;
        final PinTranslation from = new PinTranslation(format, cipher(format, question.text("key")));
        final PinTranslation to = new PinTranslation(target, cipher(target, question.text("tokey")));
        return Hex.encode(from.translate(question.bytes("block"), to, pan, RANDOM));
    }

    /** The clear block, filled as the question says or at random. */
    static byte[] clear(final Question question, final PinBlockFormat format, final String pin, final String pan)
            throws CryptoException {
        final byte[] digits = pin.getBytes(StandardCharsets.ISO_8859_1);
        final Optional<String> fill = question.optional("random", FILL);
        if (fill.isEmpty()) {
            return PinBlocks.encode(format, digits, pan, RANDOM);
        }
        final String text = fill.get();
        if (!text.matches("[0-9A-Fa-f]+")) {
            throw Question.unknown("filling", "not hexadecimal");
        }
        final int first = format == PinBlockFormat.FORMAT_4 ? format.length() : 2 + digits.length;
        return PinBlocks.encodeFilled(
                format, digits, pan, nibble -> Character.digit(text.charAt((nibble - first) % text.length()), 16));
    }

    /** The format in its own parameter or the name. */
    static PinBlockFormat format(final Question question, final PinBlockFormat otherwise) throws CryptoException {
        final Optional<String> format = question.optional("format", FORMAT);
        if (format.isPresent()) {
            return format(format.get());
        }
        if (question.names("x9.8")) {
            return PinBlockFormat.FORMAT_0;
        }
        if (otherwise == null) {
            throw Question.missing("format");
        }
        return otherwise;
    }

    private static PinBlockFormat format(final String digit) throws CryptoException {
        for (final PinBlockFormat format : PinBlockFormat.values()) {
            if (Integer.toString(format.code()).equals(digit)) {
                return format;
            }
        }
        throw Question.unknown("PIN block format", digit.toLowerCase(Locale.ROOT));
    }

    private static KeyedCipher cipher(final PinBlockFormat format, final String key) throws CryptoException {
        return format.cipher().withKey(Hex.decode("key", key));
    }
}
