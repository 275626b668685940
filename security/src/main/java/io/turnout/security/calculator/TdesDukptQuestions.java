package io.turnout.security.calculator;

import io.turnout.security.CipherAlgorithm;
import io.turnout.security.CipherMac;
import io.turnout.security.CryptoException;
import io.turnout.security.Hex;
import io.turnout.security.KeyedCipher;
import io.turnout.security.Padding;
import io.turnout.security.PinBlockFormat;
import io.turnout.security.TdesDukpt;
import io.turnout.security.TdesDukptUsage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Questions on DUKPT with DES. Key, PIN and message that a line leaves out are those of ANSI X9.24-1:2009 annex A.4.
 */
final class TdesDukptQuestions {
    private static final byte[] EXAMPLE_BASE_KEY = HexFormat.of().parseHex("0123456789ABCDEFFEDCBA9876543210");
    private static final byte[] EXAMPLE_MESSAGE = "4012345678909D987".getBytes(StandardCharsets.US_ASCII);
    private static final String EXAMPLE_PIN = "1234";
    private static final String EXAMPLE_PAN = "4012345678909";
    private static final int DEVICE_LENGTH = 8;
    private static final int MAC_LENGTH = 4;
    private static final int COUNTER_BITS_IN_DEVICE = 0x1F;

    private static final Pattern CLEAR_BLOCK = Pattern.compile("block ([0-9A-Fa-f]{16})\\b");
    private static final Pattern PIN = Pattern.compile("PIN ([0-9]{4,12})\\b");
    private static final Pattern PAN = Pattern.compile("PAN ([0-9]+)");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern LEFT_BYTES = Pattern.compile("left ([0-9]+)");

    private final KnownDevices devices = new KnownDevices();

    String answer(final Question question) throws CryptoException {
        final byte[] ksn = Hex.decode("ksn", leftFilled(question.text("ksn")));
        final byte[] initialKey = devices.initialKey(
                question, device(ksn), EXAMPLE_BASE_KEY, baseKey -> TdesDukpt.initialKey(baseKey, ksn));
        if (question.names("initial key")) {
            return Hex.encode(initialKey);
        }
        final byte[] transactionKey = TdesDukpt.transactionKey(initialKey, ksn);
        if (question.names("transaction key")) {
            return Hex.encode(transactionKey);
        }
        final TdesDukptUsage usage = usage(question);
        final byte[] key = TdesDukpt.usageKey(transactionKey, usage);
        return question.names(" key") ? Hex.encode(key) : use(question, usage, CipherAlgorithm.TDES.withKey(key), key);
    }

    private static String use(
            final Question question, final TdesDukptUsage usage, final KeyedCipher cipher, final byte[] key)
            throws CryptoException {
        return switch (usage) {
            case PIN -> Hex.encode(cipher.encrypt(clearBlock(question)));
            case MAC_REQUEST, MAC_RESPONSE -> {
                final KeyedCipher left = CipherAlgorithm.TDES.withKey(Arrays.copyOf(key, key.length / 2));
                final byte[] mac = CipherMac.retail(left, cipher, Padding.METHOD_1, message(question));
                yield Hex.encode(MacQuestions.left(mac, question.number("length", LEFT_BYTES, MAC_LENGTH)));
            }
            case DATA_REQUEST, DATA_RESPONSE ->
                Hex.encode(cipher.encryptCbc(new byte[cipher.blockLength()], zeroFilled(message(question), cipher)));
        };
    }

    private static TdesDukptUsage usage(final Question question) throws CryptoException {
        final boolean response = question.names("response");
        if (question.names("mac")) {
            return response ? TdesDukptUsage.MAC_RESPONSE : TdesDukptUsage.MAC_REQUEST;
        }
        if (question.names("data")) {
            return response ? TdesDukptUsage.DATA_RESPONSE : TdesDukptUsage.DATA_REQUEST;
        }
        if (question.names("pin")) {
            return TdesDukptUsage.PIN;
        }
        throw Question.unknown("use of a transaction key", question.name());
    }

    private static byte[] clearBlock(final Question question) throws CryptoException {
        final Optional<String> block = question.optional("block", CLEAR_BLOCK);
        if (block.isPresent()) {
            return Hex.decode("block", block.get());
        }
        final String pin = question.optional("pin", PIN).orElse(EXAMPLE_PIN);
        final String pan = question.optional("pan", PAN).orElse(EXAMPLE_PAN);
        return PinBlockQuestions.clear(question, PinBlockQuestions.format(question, PinBlockFormat.FORMAT_0), pin, pan);
    }

    private static byte[] message(final Question question) throws CryptoException {
        if (question.has("data")) {
            return question.bytes("data");
        }
        return question.inName(QUOTED)
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                .orElse(EXAMPLE_MESSAGE);
    }

    private static byte[] zeroFilled(final byte[] data, final KeyedCipher cipher) {
        final int blockLength = cipher.blockLength();
        return Arrays.copyOf(data, (data.length + blockLength - 1) / blockLength * blockLength);
    }

    /** A short key serial number lacks leading Fs, as terminals print it. */
    private static String leftFilled(final String ksn) {
        return "F".repeat(Math.max(0, 2 * TdesDukpt.KSN_LENGTH - ksn.length())) + ksn;
    }

    private static String device(final byte[] ksn) {
        final byte[] device = Arrays.copyOf(ksn, DEVICE_LENGTH);
        device[DEVICE_LENGTH - 1] &= ~COUNTER_BITS_IN_DEVICE;
        return Hex.encode(device);
    }
}
