package io.turnout.security.calculator;

import io.turnout.security.CipherAlgorithm;
import io.turnout.security.CryptoException;
import io.turnout.security.Hex;
import io.turnout.security.KeyCheckValue;
import io.turnout.security.KeyedCipher;
import java.util.Locale;
import java.util.regex.Pattern;

/** Questions on check values of keys. */
final class CheckValueQuestions {
    private static final Pattern LEFT_BYTES = Pattern.compile("(?i)left ([0-9]+)");

    private CheckValueQuestions() {}

    static String answer(final Question question) throws CryptoException {
        final String words =
                question.optional("algorithm").orElse(question.name()).toLowerCase(Locale.ROOT);
        final CipherAlgorithm algorithm = MacQuestions.cipher(words, CipherAlgorithm.TDES);
        final KeyedCipher key = algorithm.withKey(question.bytes("key"));
        final boolean cmac = words.contains("cmac") || (algorithm == CipherAlgorithm.AES && !words.contains("encrypt"));
        final int length = question.number("length", LEFT_BYTES, customaryLength(question, cmac));
        return Hex.encode(cmac ? KeyCheckValue.cmac(key, length) : KeyCheckValue.zeros(key, length));
    }

    /** ANSI X9.143 takes 5 bytes of a CMAC; its predecessor TR-31:2018 and everybody else take 3. */
    private static int customaryLength(final Question question, final boolean cmac) {
        return cmac && !question.names("tr-31") ? KeyCheckValue.AES_LENGTH : KeyCheckValue.TDES_LENGTH;
    }
}
