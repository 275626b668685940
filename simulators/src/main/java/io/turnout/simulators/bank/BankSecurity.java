package io.turnout.simulators.bank;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.security.CipherAlgorithm;
import io.turnout.security.CryptoException;
import io.turnout.security.Hex;
import io.turnout.security.KeyCheckValue;
import io.turnout.security.KeyParity;
import io.turnout.security.PinBlockFormat;
import io.turnout.security.PinBlocks;
import io.turnout.simulators.RandomSequence;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a simulated bank does with its keys: makes and checks MACs, makes new keys from its seed, and reads PINs. A new
 * key is used for what the bank sends once the switch has taken it; the bank understands every key it has had.
 */
final class BankSecurity {
    private static final int NETWORK_CODE = 70;
    private static final int PIN_BLOCK = 52;
    private static final int PAN = 2;
    private static final int KEY_LENGTH = 16;
    private static final int CLASS = 100;
    private static final int NETWORK_MANAGEMENT = 8;

    private final BankSecuritySettings settings;
    private final BankMac mac;
    private final RandomSequence random;
    private final List<byte[]> understood = new ArrayList<>();
    private byte[] current;
    private byte[] offered;

    BankSecurity(final Dialect dialect, final BankSecuritySettings settings, final long seed) {
        this.settings = settings;
        this.mac = new BankMac(dialect, settings.scheme(), settings.form());
        this.random = new RandomSequence(~seed);
        if (!settings.macKey().isEmpty()) {
            use(HexFormat.of().parseHex(settings.macKey()));
        }
    }

    /** Whether a message may be believed. Before there is a key, network management may. */
    boolean isBelievable(final IsoDecoder message, final DirectBuffer buffer, final int offset) {
        if (!settings.hasMacs()) {
            return true;
        }
        final boolean isNetwork = message.mti() % (10 * CLASS) / CLASS == NETWORK_MANAGEMENT;
        if (isNetwork && !mac.isThere(message) && (current == null || isRequest(message))) {
            return true;
        }
        if (offered != null && mac.isRight(message, offered, buffer, offset)) {
            use(offered);
            return true;
        }
        for (int i = understood.size() - 1; i >= 0; i--) {
            if (mac.isRight(message, understood.get(i), buffer, offset)) {
                return true;
            }
        }
        return false;
    }

    /** Ends a message, with a MAC if there is a key. */
    int finish(final IsoEncoder encoder, final DirectBuffer buffer, final int offset, final Behaviour distortion) {
        return !settings.hasMacs() || current == null || distortion == Behaviour.MISSING_MAC
                ? encoder.finish()
                : mac.finish(encoder, current, buffer, offset, distortion);
    }

    /** Whether the switch asks for a new key. */
    boolean isRequest(final IsoDecoder message) {
        return canChange() && message.getLong(NETWORK_CODE) == settings.requestCode();
    }

    /** Whether it is time for a new key of the bank's own accord; one at a time. */
    boolean isChangeDue(final long payments) {
        return canChange() && offered == null && settings.changeEvery() > 0 && payments % settings.changeEvery() == 0;
    }

    int changeCode() {
        return settings.changeCode();
    }

    /** Makes a new key; returns it under the master key, and its check value, as they stand in DE48. */
    String offer() {
        final byte[] key = new byte[KEY_LENGTH];
        for (int i = 0; i < KEY_LENGTH; i++) {
            key[i] = (byte) random.nextLong();
        }
        if (offered != null) {
            // The switch may have it, and its answer be under way.
            understood.add(offered);
        }
        offered = KeyParity.adjusted(key);
        try {
            final byte[] master = HexFormat.of().parseHex(settings.masterKey());
            final byte[] cryptogram = CipherAlgorithm.TDES.withKey(master).encrypt(offered);
            return Hex.encode(cryptogram)
                    + Hex.encode(KeyCheckValue.zeros(CipherAlgorithm.TDES.withKey(offered), KeyCheckValue.TDES_LENGTH));
        } catch (final CryptoException e) {
            throw new IllegalStateException("masterKey: " + e.error(), e);
        }
    }

    /** The switch has answered the offer of a key; returns whether it has taken it. */
    boolean onAnswered(final IsoDecoder answer, final boolean accepted) {
        if (answer.getLong(NETWORK_CODE) != settings.changeCode()) {
            return false;
        }
        if (accepted && offered != null) {
            use(offered);
        }
        offered = null;
        return accepted;
    }

    /** Whether the message has a PIN that this bank looks at. */
    boolean hasPin(final IsoDecoder message) {
        return !settings.pinKey().isEmpty() && message.isPresent(PIN_BLOCK);
    }

    /** Whether its PIN can be read. */
    boolean isPinReadable(final IsoDecoder message) {
        final byte[] block = new byte[message.count(PIN_BLOCK)];
        message.getBytes(PIN_BLOCK, new UnsafeBuffer(block), 0);
        try {
            final byte[] key = HexFormat.of().parseHex(settings.pinKey());
            final String pan = message.getString(PAN);
            final byte[] clear =
                    PinBlocks.decipher(PinBlockFormat.FORMAT_0, CipherAlgorithm.TDES.withKey(key), block, pan);
            return PinBlocks.decode(PinBlockFormat.FORMAT_0, clear, pan).length > 0;
        } catch (final CryptoException e) {
            return false;
        }
    }

    private boolean canChange() {
        return !settings.masterKey().isEmpty();
    }

    private void use(final byte[] key) {
        current = key;
        understood.add(key);
        offered = null;
    }
}
