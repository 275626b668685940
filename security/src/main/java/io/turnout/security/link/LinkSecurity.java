package io.turnout.security.link;

import io.turnout.security.CryptoError;
import io.turnout.security.CryptoException;
import io.turnout.security.module.KeyCryptogram;
import io.turnout.security.module.KeyGeneration;
import io.turnout.security.module.KeyPurpose;
import io.turnout.security.module.MacScheme;
import io.turnout.security.module.SecurityModule;

/**
 * Verifies what comes in on a link before anything in it is believed, authenticates what goes out, and changes keys
 * while messages are under way. Does no input or output and reads no clock; used by the link's thread, on which the
 * security module may block.
 *
 * <p>A key change (0800 with DE70 161) goes: {@link #onKeyCryptogram} or {@link #onKeyBlock}, and its outcome is the
 * answer; from then on messages under the new key are believed; the first of them, or the agreed delay, makes it the
 * key for what goes out; the old one stays good for incoming messages for its grace.
 */
public final class LinkSecurity {
    private final SecurityModule module;
    private final MacScheme scheme;
    private final MacForm form;
    private final int macFieldLength;
    private final LinkKey macKey;
    private final LinkKey pinKey;
    private final byte[] mac;

    private long rejected;

    /**
     * @param module where the keys are; outlives the link
     * @param scheme of the MACs
     * @param form of the MAC in its field
     * @param macFieldLength bytes or characters of DE64 and DE128
     * @param macKey how the MAC key is changed, or null for a link without MACs
     * @param pinKey how the PIN key is changed, or null for a link without PINs
     * @param listener hears of changes
     */
    public LinkSecurity(
            final SecurityModule module,
            final MacScheme scheme,
            final MacForm form,
            final int macFieldLength,
            final LinkKeySettings macKey,
            final LinkKeySettings pinKey,
            final LinkKeyListener listener) {
        if (macFieldLength != form.fieldLength(scheme.length(), macFieldLength)) {
            throw new IllegalArgumentException("macFieldLength=" + macFieldLength + " needed="
                    + form.fieldLength(scheme.length(), macFieldLength));
        }
        this.module = module;
        this.scheme = scheme;
        this.form = form;
        this.macFieldLength = macFieldLength;
        this.macKey = key(module, macKey, KeyPurpose.MAC, listener);
        this.pinKey = key(module, pinKey, KeyPurpose.PIN, listener);
        this.mac = new byte[scheme.length()];
    }

    private static LinkKey key(
            final SecurityModule module,
            final LinkKeySettings settings,
            final KeyPurpose purpose,
            final LinkKeyListener listener) {
        if (settings == null) {
            return null;
        }
        requirePurpose(settings, purpose);
        return new LinkKey(module, settings, listener);
    }

    private static void requirePurpose(final LinkKeySettings settings, final KeyPurpose purpose) {
        if (settings.purpose() != purpose) {
            throw new IllegalArgumentException("key=" + settings.name() + " purpose=" + settings.purpose());
        }
    }

    /**
     * Verifies an incoming message. Call it before anything else looks at the message.
     *
     * @param covered begins with the bytes that the MAC covers
     * @param coveredLength how many they are
     * @param macField begins with the content of DE64 or DE128
     * @param fieldLength its bytes or characters; negative if the message has none
     */
    public Verdict verify(
            final byte[] covered,
            final int coveredLength,
            final byte[] macField,
            final int fieldLength,
            final long nowNs) {
        if (state(KeyPurpose.MAC) == LinkKeyState.ABSENT) {
            return reject(Verdict.NO_KEY);
        }
        if (fieldLength < 0) {
            return reject(Verdict.MISSING_MAC);
        }
        try {
            final boolean isWellFormed = form.macIn(macField, fieldLength, mac, scheme.length());
            final KeyGeneration generation = isWellFormed
                    ? module.verifyMac(macKey.settings().name(), scheme, covered, coveredLength, mac, nowNs)
                    : KeyGeneration.NONE;
            if (generation == KeyGeneration.NONE) {
                macKey.onFailure(nowNs);
                return reject(Verdict.WRONG_MAC);
            }
            macKey.onVerified(generation, nowNs);
            return Verdict.BELIEVED;
        } catch (final CryptoException e) {
            return reject(Verdict.NOT_VERIFIABLE);
        }
    }

    /**
     * Writes the content of DE64 or DE128 for an outgoing message.
     *
     * @param covered begins with the bytes that the MAC covers
     * @param coveredLength how many they are
     * @param macField takes {@link #macFieldLength} bytes or characters, from its beginning
     * @throws CryptoException then the message must not be sent
     */
    public void macField(final byte[] covered, final int coveredLength, final byte[] macField) throws CryptoException {
        if (state(KeyPurpose.MAC) == LinkKeyState.ABSENT) {
            throw new CryptoException(CryptoError.UNKNOWN_KEY, "no MAC key yet");
        }
        module.generateMac(macKey.settings().name(), scheme, covered, coveredLength, mac);
        form.toField(mac, scheme.length(), macField, macFieldLength);
    }

    /** Bytes or characters of DE64 and DE128. */
    public int macFieldLength() {
        return macFieldLength;
    }

    /** A new session with the peer begins: a key that both seemed not to share is asked for again. */
    public void onConnected(final long nowNs) {
        if (macKey != null) {
            macKey.onConnected(nowNs);
        }
        if (pinKey != null) {
            pinKey.onConnected(nowNs);
        }
    }

    /** Whether no key is missing that the link works with. */
    public boolean isReady() {
        return isThere(macKey) && isThere(pinKey);
    }

    private static boolean isThere(final LinkKey key) {
        return key == null || key.state() != LinkKeyState.ABSENT;
    }

    /** A new key came as a cryptogram. */
    public KeyChange onKeyCryptogram(final KeyPurpose purpose, final KeyCryptogram cryptogram, final long nowNs) {
        final LinkKey key = key(purpose);
        return key == null ? KeyChange.refused(CryptoError.WRONG_KEY_USAGE) : key.onCryptogram(cryptogram, nowNs);
    }

    /**
     * A new key came in a key block.
     *
     * @param checkValue announced beside it, or empty
     */
    public KeyChange onKeyBlock(
            final KeyPurpose purpose, final String keyBlock, final String checkValue, final long nowNs) {
        final LinkKey key = key(purpose);
        return key == null
                ? KeyChange.refused(CryptoError.WRONG_KEY_USAGE)
                : key.onKeyBlock(keyBlock, checkValue, nowNs);
    }

    /**
     * Does what time demands; call it on a slow tick.
     *
     * @return the purpose of a key to ask the peer for now (0800 with DE70 162), or null
     */
    public KeyPurpose onTick(final long nowNs) throws CryptoException {
        module.expire(nowNs);
        if (macKey != null && macKey.onTick(nowNs)) {
            return KeyPurpose.MAC;
        }
        return pinKey != null && pinKey.onTick(nowNs) ? KeyPurpose.PIN : null;
    }

    /** What the link knows of a key; absent for a purpose it has no key for. */
    public LinkKeyState state(final KeyPurpose purpose) {
        final LinkKey key = key(purpose);
        return key == null ? LinkKeyState.ABSENT : key.state();
    }

    /** Whether the link has a key for this purpose, there or not. */
    public boolean isKept(final KeyPurpose purpose) {
        return key(purpose) != null;
    }

    /** Messages that were not believed since the start. */
    public long rejected() {
        return rejected;
    }

    private Verdict reject(final Verdict verdict) {
        rejected++;
        return verdict;
    }

    private LinkKey key(final KeyPurpose purpose) {
        return switch (purpose) {
            case MAC -> macKey;
            case PIN -> pinKey;
            case DATA, DERIVATION -> null;
        };
    }
}
