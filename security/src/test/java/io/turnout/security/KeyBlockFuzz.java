package io.turnout.security;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/**
 * A target for a fuzzer: any text is the header of a key block or a named error, no text is a key block unless it was
 * wrapped with the key, and a header that was read wraps a key that comes out again.
 */
public final class KeyBlockFuzz {
    private static final byte[] KEY = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    private static final Map<CipherAlgorithm, ProtectionKey> KEYS = keys();

    private KeyBlockFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(final byte[] input) {
        final String text = new String(input, StandardCharsets.ISO_8859_1);
        for (final ProtectionKey protection : KEYS.values()) {
            try {
                KeyBlocks.unwrap(protection, text);
                throw new IllegalStateException("a key block that nobody wrapped was found authentic");
            } catch (final CryptoException e) {
                requireNamed(e);
            }
        }
        final KeyBlockHeader header;
        try {
            header = KeyBlockHeader.parse(text);
        } catch (final CryptoException e) {
            requireNamed(e);
            return;
        }
        try {
            requireTheSame(header);
        } catch (final CryptoException e) {
            // Too long to be written again with the padding that whole cipher blocks need.
            requireNamed(e);
        }
    }

    private static void requireTheSame(final KeyBlockHeader header) throws CryptoException {
        final ProtectionKey protection = KEYS.get(header.version().cipher());
        final String block = KeyBlocks.wrap(protection, header, KEY, new Random(1));
        final KeyBlocks.Unwrapped unwrapped = KeyBlocks.unwrap(protection, block);
        final KeyBlockHeader read = unwrapped.header();
        final boolean same = Arrays.equals(KEY, unwrapped.key())
                && read.usage().equals(header.usage())
                && read.algorithm() == header.algorithm()
                && read.optionalBlocks()
                        .subList(0, header.optionalBlocks().size())
                        .equals(header.optionalBlocks());
        if (!same) {
            throw new IllegalStateException("what was wrapped is not what was unwrapped: " + block);
        }
    }

    private static void requireNamed(final CryptoException e) {
        if (e.error() == null) {
            throw new IllegalStateException("an error without a name", e);
        }
    }

    private static Map<CipherAlgorithm, ProtectionKey> keys() {
        try {
            final Map<CipherAlgorithm, ProtectionKey> keys = new EnumMap<>(CipherAlgorithm.class);
            for (final CipherAlgorithm algorithm : CipherAlgorithm.values()) {
                keys.put(algorithm, ProtectionKey.inMemory(algorithm, KEY));
            }
            return keys;
        } catch (final CryptoException e) {
            throw new IllegalStateException(e);
        }
    }
}
