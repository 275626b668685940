package io.turnout.security.calculator;

import io.turnout.security.CipherAlgorithm;
import io.turnout.security.CipherMac;
import io.turnout.security.CryptoError;
import io.turnout.security.CryptoException;
import io.turnout.security.Hex;
import io.turnout.security.KeyedCipher;
import io.turnout.security.Padding;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Questions on MACs: the name, or the parameter {@code algorithm}, says which. */
final class MacQuestions {
    private static final int SINGLE_LENGTH = 8;
    private static final Pattern PADDING = Pattern.compile("(?i)pad(?:ding)?(?: method)? ?([0-9])");
    private static final Pattern LEFT_BYTES = Pattern.compile("(?i)left ([0-9]+)");
    private static final Pattern ISO_ALGORITHM = Pattern.compile("alg(?:orithm|\\.)? ?([0-9])");
    private static final Pattern HMAC = Pattern.compile("(?i)HMAC[-_ ]?SHA[-_]?(1|224|256|384|512)\\b");

    private MacQuestions() {}

    static String answer(final Question question) throws CryptoException {
        final byte[] key = question.bytes("key");
        final byte[] data = question.bytes("data");
        final String algorithm =
                question.optional("algorithm").orElse(question.name()).toLowerCase(Locale.ROOT);
        final byte[] mac = mac(algorithm, key, padding(question), data);
        final Optional<String> length = question.optional("length", LEFT_BYTES);
        final byte[] left = length.isEmpty() ? mac : left(mac, question.number("length", LEFT_BYTES, mac.length));
        return isText(algorithm) ? new String(left, StandardCharsets.US_ASCII) : Hex.encode(left);
    }

    private static byte[] mac(final String algorithm, final byte[] key, final Padding padding, final byte[] data)
            throws CryptoException {
        final Matcher hmac = HMAC.matcher(algorithm);
        if (hmac.find()) {
            return hmac("HmacSHA" + hmac.group(1), key, data);
        }
        if (isText(algorithm)) {
            return CipherMac.unionPayEcb(CipherAlgorithm.TDES.withKey(key), data);
        }
        final Matcher iso = ISO_ALGORITHM.matcher(algorithm);
        final String isoAlgorithm = iso.find() ? iso.group(1) : "";
        if (algorithm.contains("retail") || algorithm.contains("x9.19") || isoAlgorithm.equals("3")) {
            final KeyedCipher left = CipherAlgorithm.TDES.withKey(Arrays.copyOf(key, SINGLE_LENGTH));
            return CipherMac.retail(left, CipherAlgorithm.TDES.withKey(key), padding, data);
        }
        if (algorithm.contains("cmac")) {
            return CipherMac.cmac(cipher(algorithm, CipherAlgorithm.AES).withKey(key), data);
        }
        if (algorithm.contains("cbc") || algorithm.contains("x9.9") || isoAlgorithm.equals("1")) {
            return CipherMac.cbc(cipher(algorithm, CipherAlgorithm.TDES).withKey(key), padding, data);
        }
        throw Question.unknown("MAC", algorithm);
    }

    /** The MAC of UnionPay terminals is characters, not bytes. */
    private static boolean isText(final String algorithm) {
        return algorithm.contains("unionpay") && algorithm.contains("ecb");
    }

    static CipherAlgorithm cipher(final String text, final CipherAlgorithm otherwise) {
        if (text.contains("des") || text.contains("tdea")) {
            return CipherAlgorithm.TDES;
        }
        if (text.contains("aes")) {
            return CipherAlgorithm.AES;
        }
        return text.contains("sm4") ? CipherAlgorithm.SM4 : otherwise;
    }

    private static Padding padding(final Question question) throws CryptoException {
        final int method = question.number("padding", PADDING, 1);
        return switch (method) {
            case 1 -> Padding.METHOD_1;
            case 2 -> Padding.METHOD_2;
            case 3 -> Padding.METHOD_3;
            default -> throw Question.unknown("padding method", Integer.toString(method));
        };
    }

    static byte[] left(final byte[] mac, final int length) throws CryptoException {
        if (length < 1 || length > mac.length) {
            throw new CryptoException(CryptoError.BAD_PARAMETER, "length is not 1 to " + mac.length);
        }
        return Arrays.copyOf(mac, length);
    }

    private static byte[] hmac(final String jceName, final byte[] key, final byte[] data) throws CryptoException {
        try {
            final Mac mac = Mac.getInstance(jceName);
            // An empty key is the same as a single zero byte, RFC 2104 section 2.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, jceName));
            return mac.doFinal(data);
        } catch (final GeneralSecurityException e) {
            throw new CryptoException(CryptoError.UNSUPPORTED, jceName);
        }
    }
}
