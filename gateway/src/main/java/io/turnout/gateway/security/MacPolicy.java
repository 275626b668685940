package io.turnout.gateway.security;

import java.util.List;
import java.util.Set;

/**
 * Which messages of a peer carry a MAC, and what it covers.
 *
 * @param incoming whether a message without a right MAC is not believed
 * @param outgoing whether what is sent gets a MAC
 * @param networkManagement whether sign-on, sign-off, echoes and changes of keys carry one too. Without a key they pass
 *     without, since a key may have to come by them first
 * @param coveredFields what the MAC covers, in the manner of UnionPay; empty = the whole message up to the MAC
 * @param keyExchangeCodes codes in DE70 by which keys are changed; believed while the key is distrusted, because only
 *     they can mend it, and a key is believed for its own protection
 */
public record MacPolicy(
        boolean incoming,
        boolean outgoing,
        boolean networkManagement,
        List<Integer> coveredFields,
        Set<Integer> keyExchangeCodes) {

    /** Everything carries a MAC over the whole message, and keys are not changed by messages. */
    public static final MacPolicy EVERYTHING = new MacPolicy(true, true, true, List.of(), Set.of());

    /** Takes copies of the collections. */
    public MacPolicy {
        coveredFields = List.copyOf(coveredFields);
        keyExchangeCodes = Set.copyOf(keyExchangeCodes);
    }

    /** A new object that collects the bytes; it keeps buffers, so each thread has its own. */
    MacCoverage coverage() {
        return coveredFields.isEmpty() ? MacCoverage.wholeMessage() : new SelectedFields(coveredFields);
    }
}
