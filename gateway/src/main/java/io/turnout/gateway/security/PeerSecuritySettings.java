package io.turnout.gateway.security;

import io.turnout.security.link.LinkKeySettings;
import io.turnout.security.link.MacForm;
import io.turnout.security.module.MacScheme;
import io.turnout.security.module.PinZone;

/**
 * The keys a gateway shares with an issuer, and what they are for.
 *
 * @param mac how messages are authenticated; null = not at all
 * @param macKey how the MAC key is kept; null without MACs
 * @param pinKey how the PIN key is kept; null without PINs
 * @param pins where PIN blocks go; null = they pass as they came, which both sides' keys must allow
 * @param exchange how keys are changed by messages; null = they are not
 */
public record PeerSecuritySettings(
        Macs mac, LinkKeySettings macKey, LinkKeySettings pinKey, Pins pins, KeyExchangeSettings exchange) {

    /**
     * How messages are authenticated.
     *
     * @param scheme of the MACs
     * @param form of the MAC in its field
     * @param policy which messages carry one
     */
    public record Macs(MacScheme scheme, MacForm form, MacPolicy policy) {}

    /**
     * Where PIN blocks go.
     *
     * @param zone key and format
     * @param control DE53 of a message with a PIN, 16 digits; empty = it has none
     */
    public record Pins(PinZone zone, String control) {

        private static final int CONTROL_DIGITS = 16;

        /** Checks the digits. */
        public Pins {
            if (!control.isEmpty()
                    && (control.length() != CONTROL_DIGITS || !control.chars().allMatch(Character::isDigit))) {
                throw new IllegalArgumentException("control=" + control + " must be 16 digits");
            }
        }
    }

    /** Checks that what belongs together is there. */
    public PeerSecuritySettings {
        if ((mac == null) != (macKey == null) || (pins == null) != (pinKey == null)) {
            throw new IllegalArgumentException("mac=" + mac + " macKey=" + macKey + " pins=" + pins);
        }
    }
}
