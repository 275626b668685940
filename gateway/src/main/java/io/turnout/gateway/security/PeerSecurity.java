package io.turnout.gateway.security;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.security.link.LinkSecurity;
import io.turnout.security.link.MacForm;
import io.turnout.security.module.MacScheme;
import io.turnout.security.module.SecurityModule;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Keys at work for one issuer: all its links share them, so that a key that comes on one is good on each. Used by the
 * gateway's thread.
 *
 * @param authenticator of its messages
 * @param keys how its keys change
 * @param pins how PINs get to it
 */
public record PeerSecurity(MessageAuthenticator authenticator, KeyExchange keys, PinTranslator pins) {

    /** Of an issuer that shares no key with the switch. */
    public static final PeerSecurity NONE =
            new PeerSecurity(MessageAuthenticator.NONE, KeyExchange.NONE, PinTranslator.NONE);

    private static final int PIN_BLOCK = 52;

    /** Why a message that could be decoded must not be believed, or null; see {@link MessageAuthenticator#verify}. */
    public GatewayCounter refusal(
            final IsoDecoder decoder, final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        return switch (authenticator.verify(decoder, buffer, offset, length, nowNs)) {
            case BELIEVED -> null;
            case WRONG_MAC -> GatewayCounter.ISSUER_MAC_WRONG;
            case MISSING_MAC, NO_KEY, NOT_VERIFIABLE -> GatewayCounter.ISSUER_MAC_MISSING;
        };
    }

    static PeerSecurity of(
            final SecurityModule module,
            final Dialect dialect,
            final PeerSecuritySettings settings,
            final Map<Integer, PinSource> sources,
            final KeyChanges changes,
            final GatewayCounters counters) {
        check(dialect, settings);
        final PeerSecuritySettings.Macs mac = settings.mac();
        final LinkSecurity link = new LinkSecurity(
                module,
                mac == null ? MacScheme.X9_19 : mac.scheme(),
                mac == null ? MacForm.BYTES : mac.form(),
                mac == null ? MacScheme.X9_19.length() : dialect.maximumLength(MessageAuthenticator.fieldOf(dialect)),
                settings.macKey(),
                settings.pinKey(),
                changes);
        return new PeerSecurity(
                mac == null ? MessageAuthenticator.NONE : new MessageAuthenticator(dialect, link, mac.policy()),
                KeyExchange.of(dialect, link, settings.exchange(), counters),
                new PinTranslator(module, sources, settings.pins(), counters));
    }

    /**
     * Refuses what the dialect cannot carry.
     *
     * @throws IllegalArgumentException with the reason
     */
    public static void check(final Dialect dialect, final PeerSecuritySettings settings) {
        if (settings.mac() != null) {
            checkMac(dialect, settings.mac());
        }
        if (settings.pins() != null) {
            final int blockLength = settings.pins().zone().format().length();
            if (dialect.maximumLength(PIN_BLOCK) != blockLength || !dialect.isBinary(PIN_BLOCK)) {
                throw new IllegalArgumentException("DE52 of dialect " + dialect.name() + " holds "
                        + dialect.maximumLength(PIN_BLOCK) + " bytes, a block of "
                        + settings.pins().zone().format() + " has " + blockLength);
            }
        }
        if (settings.exchange() != null
                && !dialect.has(settings.exchange().format().field())) {
            throw new IllegalArgumentException("dialect " + dialect.name() + " has no DE"
                    + settings.exchange().format().field() + " for keys");
        }
    }

    private static void checkMac(final Dialect dialect, final PeerSecuritySettings.Macs mac) {
        final int field = MessageAuthenticator.fieldOf(dialect);
        final boolean isText = mac.form() == MacForm.HEXADECIMAL;
        if (isText == dialect.isBinary(field)) {
            throw new IllegalArgumentException("DE" + field + " of dialect " + dialect.name() + " holds "
                    + (isText ? "bytes (expected form bytes)" : "characters (expected form hexadecimal)"));
        }
        final int needed = isText ? 2 * mac.scheme().length() : mac.scheme().length();
        final int length = dialect.maximumLength(field);
        if (length < needed || (isText && length != needed)) {
            throw new IllegalArgumentException(
                    "DE" + field + " of dialect " + dialect.name() + " holds " + length + ", the MAC takes " + needed);
        }
    }
}
