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

    private long rejected;

    /**
     * @param module where the keys are; outlives the link
     * @param scheme of the MACs
     * @param form of the MAC in its field
     * @param macFieldLength bytes of DE64 and DE128
     * @param macKey how the MAC key is changed
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
        final int needed = form == MacForm.HEXADECIMAL ? 2 * scheme.length() : scheme.length();
        if (form == MacForm.HEXADECIMAL ? macFieldLength != needed : macFieldLength < needed) {
            throw new IllegalArgumentException("macFieldLength=" + macFieldLength + " needed=" + needed);
        }
        requirePurpose(macKey, KeyPurpose.MAC);
        this.module = module;
        this.scheme = scheme;
        this.form = form;
        this.macFieldLength = macFieldLength;
        this.macKey = new LinkKey(module, macKey, listener);
        if (pinKey == null) {
            this.pinKey = null;
        } else {
            requirePurpose(pinKey, KeyPurpose.PIN);
            this.pinKey = new LinkKey(module, pinKey, listener);
        }
    }

    private static void requirePurpose(final LinkKeySettings settings, final KeyPurpose purpose) {
        if (settings.purpose() != purpose) {
            throw new IllegalArgumentException("key=" + settings.name() + " purpose=" + settings.purpose());
        }
    }

    /**
     * Verifies an incoming message. Call it before anything else looks at the message.
     *
     * @param covered the bytes that the MAC covers
     * @param macField content of DE64 or DE128, or null if the message has none
     */
    public Verdict verify(final byte[] covered, final byte[] macField, final long nowNs) {
        if (macKey.state() == LinkKeyState.ABSENT) {
            return reject(Verdict.NO_KEY);
        }
        if (macField == null) {
            return reject(Verdict.MISSING_MAC);
        }
        final byte[] mac = form.macIn(macField, scheme.length());
        try {
            final KeyGeneration generation = module.verifyMac(macKey.settings().name(), scheme, covered, mac, nowNs);
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
     * The content of DE64 or DE128 for an outgoing message.
     *
     * @param covered the bytes that the MAC covers
     * @throws CryptoException then the message must not be sent
     */
    public byte[] macField(final byte[] covered) throws CryptoException {
        return form.toField(module.generateMac(macKey.settings().name(), scheme, covered), macFieldLength);
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
        if (macKey.onTick(nowNs)) {
            return KeyPurpose.MAC;
        }
        return pinKey != null && pinKey.onTick(nowNs) ? KeyPurpose.PIN : null;
    }

    /** What the link knows of a key; absent for a purpose it has no key for. */
    public LinkKeyState state(final KeyPurpose purpose) {
        final LinkKey key = key(purpose);
        return key == null ? LinkKeyState.ABSENT : key.state();
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
            case DATA -> null;
        };
    }
}
