package io.turnout.security.link;

import io.turnout.security.CryptoException;
import io.turnout.security.module.KeyCryptogram;
import io.turnout.security.module.KeyDescription;
import io.turnout.security.module.KeyGeneration;
import io.turnout.security.module.SecurityModule;

/** One key of a link over its life; the states are drawn at {@link LinkKeyState}. */
final class LinkKey {
    private final SecurityModule module;
    private final LinkKeySettings settings;
    private final LinkKeyListener listener;

    private LinkKeyState state = LinkKeyState.ABSENT;
    private String pendingId = "";
    private int failuresInARow;
    private long switchAtNs;
    private long nextRequestNs;
    private boolean requested;

    LinkKey(final SecurityModule module, final LinkKeySettings settings, final LinkKeyListener listener) {
        this.module = module;
        this.settings = settings;
        this.listener = listener;
        if (module.describe(settings.name(), KeyGeneration.CURRENT) != null) {
            state = LinkKeyState.STEADY;
        }
    }

    LinkKeySettings settings() {
        return settings;
    }

    LinkKeyState state() {
        return state;
    }

    KeyChange onCryptogram(final KeyCryptogram cryptogram, final long nowNs) {
        try {
            return accept(
                    module.importCryptogram(settings.masterKey(), settings.name(), settings.purpose(), cryptogram),
                    nowNs);
        } catch (final CryptoException e) {
            return KeyChange.refused(e.error());
        }
    }

    KeyChange onKeyBlock(final String keyBlock, final String checkValue, final long nowNs) {
        try {
            return accept(
                    module.importKeyBlock(
                            settings.masterKey(), settings.name(), settings.purpose(), keyBlock, checkValue),
                    nowNs);
        } catch (final CryptoException e) {
            return KeyChange.refused(e.error());
        }
    }

    private KeyChange accept(final KeyDescription key, final long nowNs) throws CryptoException {
        final boolean isNext = key.equals(module.describe(settings.name(), KeyGeneration.NEXT));
        if (isNext && state == LinkKeyState.CHANGING && key.id().equals(pendingId)) {
            return KeyChange.accepted(key);
        }
        if (!isNext) {
            onCurrentRepeated(nowNs);
            return KeyChange.accepted(key);
        }
        pendingId = key.id();
        if (state == LinkKeyState.ABSENT || state == LinkKeyState.DISTRUSTED) {
            activate(nowNs, "new key");
        } else {
            switchAtNs = nowNs + settings.switchDelayNs();
            state(LinkKeyState.CHANGING, nowNs, "new key");
        }
        return KeyChange.accepted(key);
    }

    /** The peer has sent the key that is in use: nothing changes, except that both have the same now. */
    private void onCurrentRepeated(final long nowNs) {
        failuresInARow = 0;
        if (state == LinkKeyState.ABSENT || state == LinkKeyState.DISTRUSTED) {
            state(LinkKeyState.STEADY, nowNs, "the same key again");
        }
    }

    /** A new session with the peer: a key that was distrusted before is not carried into it. */
    void onConnected(final long nowNs) {
        requested = false;
        failuresInARow = 0;
        if (state == LinkKeyState.DISTRUSTED && settings.isExchanged()) {
            state(LinkKeyState.ABSENT, nowNs, "new session");
        }
    }

    /** A message came whose MAC is right under a key of this generation. */
    void onVerified(final KeyGeneration generation, final long nowNs) throws CryptoException {
        failuresInARow = 0;
        if (generation == KeyGeneration.NEXT) {
            activate(nowNs, "the peer uses the new key");
        } else if (state == LinkKeyState.DISTRUSTED) {
            state(LinkKeyState.STEADY, nowNs, "a right MAC");
        }
    }

    /** A message came whose MAC is wrong. */
    void onFailure(final long nowNs) {
        failuresInARow = Math.min(failuresInARow + 1, settings.failureLimit());
        if (failuresInARow == settings.failureLimit() && state != LinkKeyState.DISTRUSTED) {
            state(LinkKeyState.DISTRUSTED, nowNs, "wrong MACs in a row");
        }
    }

    /** Does what time demands; returns whether to ask the peer for a key now. */
    boolean onTick(final long nowNs) throws CryptoException {
        if (state == LinkKeyState.CHANGING && nowNs - switchAtNs >= 0) {
            activate(nowNs, "delay over");
        }
        final boolean wanted = state == LinkKeyState.ABSENT || state == LinkKeyState.DISTRUSTED;
        final boolean due = wanted && settings.isExchanged() && (!requested || nowNs - nextRequestNs >= 0);
        if (due) {
            requested = true;
            nextRequestNs = nowNs + settings.requestIntervalNs();
        }
        return due;
    }

    private void activate(final long nowNs, final String reason) throws CryptoException {
        module.activate(settings.name(), nowNs, settings.graceNs());
        failuresInARow = 0;
        state(LinkKeyState.STEADY, nowNs, reason);
    }

    private void state(final LinkKeyState newState, final long nowNs, final String reason) {
        final LinkKeyState old = state;
        state = newState;
        requested = false;
        listener.onState(
                settings.name(), old, newState, module.describe(settings.name(), KeyGeneration.CURRENT), nowNs, reason);
    }
}
