package io.turnout.gateway.security;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.security.module.SecurityModule;
import java.util.HashMap;
import java.util.Map;

/**
 * All keys of a gateway at work, by issuer and acquirer. Made by whoever starts the gateway, then used by the gateway's
 * thread alone, except {@link #changes}.
 */
public final class GatewaySecurity {
    private final SecurityModule module;
    private final Map<Integer, PeerSecuritySettings> issuers;
    private final Map<Integer, PinSource> acquirers;
    private final Map<Integer, PeerSecuritySettings> acquirerMacs;
    private final GatewayCounters counters;
    private final KeyChanges changes;
    private final Map<Integer, PeerSecurity> opened = new HashMap<>();

    /**
     * @param module where the keys are; null when there are none
     * @param issuers what is shared with each issuer, by id; an issuer that is not here shares no key
     * @param acquirers how PIN blocks of each acquirer come in, by id
     * @param acquirerMacs how messages of acquirers that speak ISO 8583 are authenticated, by id
     * @param counters of the gateway
     */
    public GatewaySecurity(
            final SecurityModule module,
            final Map<Integer, PeerSecuritySettings> issuers,
            final Map<Integer, PinSource> acquirers,
            final Map<Integer, PeerSecuritySettings> acquirerMacs,
            final GatewayCounters counters) {
        this.module = module;
        this.issuers = Map.copyOf(issuers);
        this.acquirers = Map.copyOf(acquirers);
        this.acquirerMacs = Map.copyOf(acquirerMacs);
        this.counters = counters;
        this.changes = new KeyChanges(counters);
    }

    /** Of a gateway without keys. */
    public static GatewaySecurity none(final GatewayCounters counters) {
        return new GatewaySecurity(null, Map.of(), Map.of(), Map.of(), counters);
    }

    /**
     * The keys of an issuer, the same for all its links.
     *
     * @param dialect of its messages
     * @throws IllegalArgumentException when the dialect cannot carry what they have agreed
     */
    public PeerSecurity issuer(final int issuerId, final Dialect dialect) {
        return opened.computeIfAbsent(issuerId, id -> open(issuers.get(id), dialect));
    }

    /**
     * What authenticates the messages of an acquirer that speaks ISO 8583.
     *
     * @param dialect of its messages
     * @throws IllegalArgumentException when the dialect cannot carry what they have agreed
     */
    public MessageAuthenticator acquirer(final int acquirerId, final Dialect dialect) {
        final PeerSecuritySettings settings = acquirerMacs.get(acquirerId);
        return settings == null
                ? MessageAuthenticator.NONE
                : PeerSecurity.of(module, dialect, settings, Map.of(), changes, counters)
                        .authenticator();
    }

    /** The last changes of keys. Safe for any thread. */
    public KeyChanges changes() {
        return changes;
    }

    private PeerSecurity open(final PeerSecuritySettings settings, final Dialect dialect) {
        if (settings == null) {
            return acquirers.isEmpty()
                    ? PeerSecurity.NONE
                    : new PeerSecurity(
                            MessageAuthenticator.NONE,
                            KeyExchange.NONE,
                            new PinTranslator(module, acquirers, null, counters));
        }
        return PeerSecurity.of(module, dialect, settings, acquirers, changes, counters);
    }
}
