package io.turnout.security.calculator;

import io.turnout.security.CryptoException;
import io.turnout.security.Hex;
import io.turnout.security.KeyBlockHeader;
import io.turnout.security.KeyBlocks;
import io.turnout.security.ProtectionKey;
import java.security.SecureRandom;

/** Questions on key blocks: a block gives its key, a key and a header give a block. */
final class KeyBlockQuestions {
    private static final SecureRandom RANDOM = new SecureRandom();

    private KeyBlockQuestions() {}

    static String answer(final Question question) throws CryptoException {
        final boolean wraps = !question.has("keyblock");
        final KeyBlockHeader header = KeyBlockHeader.parse(question.text(wraps ? "header" : "keyblock"));
        final ProtectionKey protection = ProtectionKey.inMemory(header.version().cipher(), question.bytes("kbpk"));
        return wraps
                ? KeyBlocks.wrap(protection, header, question.bytes("key"), RANDOM)
                : Hex.encode(
                        KeyBlocks.unwrap(protection, question.text("keyblock")).key());
    }
}
