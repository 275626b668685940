package io.turnout.simulators.bank;

import io.turnout.security.link.MacForm;
import io.turnout.security.module.MacScheme;

/**
 * The test keys a simulated bank shares with the switch. All are in clear: a simulator never has others.
 *
 * @param scheme of the MACs
 * @param form of the MAC in DE64 or DE128
 * @param macKey hexadecimal; empty = the bank has none until it sends one
 * @param masterKey DES key that new keys travel under, hexadecimal; empty = keys are not changed
 * @param changeCode DE70 of the bank's message with a new key, in DE48 with its check value
 * @param requestCode DE70 of the switch's request for one
 * @param changeEvery the bank changes its key with every so many payments; 0 = on request only
 * @param pinKey DES key of PIN blocks of format 0 in DE52, hexadecimal; empty = they are not looked at
 */
public record BankSecuritySettings(
        MacScheme scheme,
        MacForm form,
        String macKey,
        String masterKey,
        int changeCode,
        int requestCode,
        int changeEvery,
        String pinKey) {

    /** A bank without keys: no MACs, no changes of keys, PIN blocks not looked at. */
    public static final BankSecuritySettings NONE =
            new BankSecuritySettings(MacScheme.X9_19, MacForm.BYTES, "", "", 0, 0, 0, "");

    /** Whether messages carry MACs. */
    public boolean hasMacs() {
        return !macKey.isEmpty() || !masterKey.isEmpty();
    }
}
