package io.turnout.gateway.security;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.security.CryptoException;
import io.turnout.security.link.KeyChange;
import io.turnout.security.link.LinkSecurity;
import io.turnout.security.module.KeyPurpose;

/**
 * The messages by which keys are changed, for all links of one peer: what comes under one link is good for each. Does
 * no input or output. Used by the gateway's thread.
 */
public final class KeyExchange {

    /** A peer whose keys are not changed by messages. */
    public static final KeyExchange NONE = new KeyExchange(null, null, null, null);

    private static final int ACCEPTED = 0;
    private static final int SECURITY_FAILURE = 9121;
    private static final int NO_CODE = 0;
    private static final int SECURITY_CONTROL = 53;
    /** DE53 of a request: what the key is for, then the cipher, as UnionPay has it; the rest is reserved. */
    private static final long PIN_KEY_WANTED = 1_600_000_000_000_000L;

    private static final long MAC_KEY_WANTED = 2_600_000_000_000_000L;

    private final LinkSecurity security;
    private final KeyExchangeSettings settings;
    private final KeyMessageReader reader;
    private final GatewayCounters counters;

    private KeyExchange(
            final LinkSecurity security,
            final KeyExchangeSettings settings,
            final KeyMessageReader reader,
            final GatewayCounters counters) {
        this.security = security;
        this.settings = settings;
        this.reader = reader;
        this.counters = counters;
    }

    /** @param settings null when the peer's keys are not changed by messages */
    static KeyExchange of(
            final Dialect dialect,
            final LinkSecurity security,
            final KeyExchangeSettings settings,
            final GatewayCounters counters) {
        final KeyMessageReader reader = settings == null ? null : new KeyMessageReader(dialect, settings.format());
        return new KeyExchange(security, settings, reader, counters);
    }

    /** A new connection to the peer is open. */
    public void onConnected(final long nowNs) {
        if (security != null) {
            security.onConnected(nowNs);
        }
    }

    /** Whether no key is missing that payments need. */
    public boolean isReady() {
        return security == null || security.isReady();
    }

    /** Does what time demands; returns the purpose of a key to ask the peer for now, or null. */
    public KeyPurpose onTick(final long nowNs) {
        if (security == null) {
            return null;
        }
        try {
            final KeyPurpose wanted = security.onTick(nowNs);
            if (wanted != null) {
                counters.increment(GatewayCounter.KEYS_REQUESTED);
            }
            return wanted;
        } catch (final CryptoException e) {
            counters.increment(GatewayCounter.KEY_FAILURES);
            return null;
        }
    }

    /** How long a link may wait for a key. */
    public long timeoutNs() {
        return settings == null ? Long.MAX_VALUE : settings.timeoutNs();
    }

    /** DE70 of a request for a key; 0 when none is ever made. */
    public int requestCode() {
        return settings == null ? NO_CODE : settings.requestCode();
    }

    /** Type of a request for a key. */
    public int requestMti() {
        return settings.requestMti();
    }

    /** Says in a request, already begun, what the key is for, if the peer has more than one. */
    public void putRequest(final IsoEncoder encoder, final KeyPurpose purpose) {
        if (security.isKept(KeyPurpose.MAC) && security.isKept(KeyPurpose.PIN)) {
            encoder.putLong(SECURITY_CONTROL, purpose == KeyPurpose.PIN ? PIN_KEY_WANTED : MAC_KEY_WANTED);
        }
    }

    /** Whether a network management request brings a new key. */
    public boolean isChange(final int networkCode) {
        return settings != null && networkCode == settings.changeCode();
    }

    /** Takes the key out of a message that may be believed; returns the canonical code to answer with. */
    public int onChange(final IsoDecoder message, final long nowNs) {
        final KeyChange change = reader.take(message, security, nowNs);
        counters.increment(change.isAccepted() ? GatewayCounter.KEYS_ACCEPTED : GatewayCounter.KEYS_REFUSED);
        return change.isAccepted() ? ACCEPTED : SECURITY_FAILURE;
    }

    /** The peer has answered a request for a key; some put the key into the answer. */
    public void onRequestAnswered(final boolean accepted, final IsoDecoder answer, final long nowNs) {
        if (accepted && reader.hasKey(answer)) {
            onChange(answer, nowNs);
        } else if (!accepted) {
            counters.increment(GatewayCounter.KEY_REQUESTS_REFUSED);
        }
    }
}
