package io.turnout.security.calculator;

import io.turnout.security.AesDukpt;
import io.turnout.security.AesDukptKeyType;
import io.turnout.security.AesDukptUsage;
import io.turnout.security.CipherAlgorithm;
import io.turnout.security.CryptoException;
import io.turnout.security.Hex;
import io.turnout.security.KeyedCipher;
import io.turnout.security.PinBlockFormat;
import io.turnout.security.PinBlocks;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Questions on DUKPT with AES. A base key that a line leaves out is that of the examples to ANSI X9.24-3:2017. */
final class AesDukptQuestions {
    private static final String EXAMPLE_BASE_KEY_PART = "FEDCBA9876543210F1F1F1F1F1F1F1F1";
    private static final int DEFAULT_BITS = 128;
    private static final int DEVICE_DIGITS = 2 * AesDukpt.INITIAL_KEY_ID_LENGTH;

    private static final Pattern BASE_KEY_BITS = Pattern.compile("AES-?(128|192|256) BDK");
    private static final Pattern USAGE = Pattern.compile("usage ([0-9A-Fa-f]{4})");
    private static final Pattern TYPE =
            Pattern.compile("(?i)(aes|hmac)[-_]?(128|192|256)|([23])[-_]?(?:TDEA|TDES)|(?:TDEA|TDES)[-_]?([23])");
    private static final Pattern PIN_FIELD = Pattern.compile("pin field ([0-9A-Fa-f]{32})\\b");
    private static final Pattern PIN = Pattern.compile("PIN ([0-9]{4,12})\\b");
    private static final Pattern PAN = Pattern.compile("PAN ([0-9]+)");

    private final KnownDevices devices = new KnownDevices();

    String answer(final Question question) throws CryptoException {
        final String id = question.has("ksn") ? question.text("ksn") : question.text("ikid");
        final byte[] initialKeyId = Hex.decode("key serial number", id);
        final String bits = question.optional("bits", BASE_KEY_BITS).orElse("" + DEFAULT_BITS);
        final String device = bits + id.substring(0, Math.min(id.length(), DEVICE_DIGITS));
        final byte[] initialKey = devices.initialKey(
                question, device, exampleBaseKey(bits), baseKey -> AesDukpt.initialKey(baseKey, initialKeyId));
        if (question.names("initial key")) {
            return Hex.encode(initialKey);
        }
        final byte[] ksn = question.bytes("ksn");
        final byte[] transactionKey = AesDukpt.transactionKey(initialKey, ksn);
        if (question.names("transaction", "derivation") && !question.has("usage")) {
            return Hex.encode(transactionKey);
        }
        if (question.names("pin block", "pinblock")) {
            return pinBlock(question, ksn, transactionKey);
        }
        return Hex.encode(AesDukpt.workingKey(transactionKey, ksn, usage(question), keyType(question)));
    }

    private static String pinBlock(final Question question, final byte[] ksn, final byte[] transactionKey)
            throws CryptoException {
        final String pan = question.text("pan", PAN);
        final KeyedCipher key = CipherAlgorithm.AES.withKey(
                AesDukpt.workingKey(transactionKey, ksn, AesDukptUsage.PIN, keyType(question)));
        final Optional<String> field = question.optional("pinfield", PIN_FIELD);
        final byte[] clear = field.isPresent()
                ? Hex.decode("PIN field", field.get())
                : PinBlockQuestions.clear(question, PinBlockFormat.FORMAT_4, question.text("pin", PIN), pan);
        return Hex.encode(PinBlocks.encipher(PinBlockFormat.FORMAT_4, key, clear, pan));
    }

    private static byte[] exampleBaseKey(final String bits) throws CryptoException {
        final String digits = EXAMPLE_BASE_KEY_PART.repeat(2);
        return switch (bits) {
            case "128" -> HexFormat.of().parseHex(EXAMPLE_BASE_KEY_PART);
            case "192" -> HexFormat.of().parseHex(digits.substring(0, 48));
            case "256" -> HexFormat.of().parseHex(digits);
            default -> throw Question.unknown("length of an AES key", bits);
        };
    }

    private static AesDukptUsage usage(final Question question) throws CryptoException {
        final Optional<String> code = question.optional("usage", USAGE);
        if (code.isPresent()) {
            if (!code.get().matches("[0-9A-Fa-f]{4}")) {
                throw Question.unknown("key usage", code.get());
            }
            return AesDukptUsage.of(HexFormat.fromHexDigits(code.get()));
        }
        if (question.names("pin")) {
            return AesDukptUsage.PIN;
        }
        if (question.names("mac")) {
            return AesDukptUsage.MAC_GENERATION;
        }
        if (question.names("data")) {
            return AesDukptUsage.DATA_ENCRYPTION;
        }
        throw Question.unknown("use of a transaction key", question.name());
    }

    /** The type in its own parameter or in the name, where the base key's length comes first. */
    private static AesDukptKeyType keyType(final Question question) {
        final String text = question.optional("type")
                .orElse(BASE_KEY_BITS.matcher(question.name()).replaceAll(""));
        final Matcher type = TYPE.matcher(text);
        if (!type.find()) {
            return AesDukptKeyType.AES_128;
        }
        if (type.group(1) != null) {
            return AesDukptKeyType.valueOf(type.group(1).toUpperCase(Locale.ROOT) + "_" + type.group(2));
        }
        return AesDukptKeyType.valueOf("TDES_" + (type.group(3) != null ? type.group(3) : type.group(4)));
    }
}
