package io.turnout.launcher.settings;

import io.turnout.gateway.issuer.SignOn;
import java.util.Set;

/**
 * How a bank and the switch behave on the links between them.
 *
 * @param signOn who has to sign on before payments are sent
 * @param signOnRetryNs pause after a sign-on that was refused or not answered; doubles from attempt to attempt
 * @param signOnAttempts sign-ons over one connection before it is closed
 * @param networkTimeoutNs how long the switch waits for the answer to a sign-on, sign-off or echo
 * @param echoMisses echoes without answer, one after the other, after which the link is closed
 * @param matchKey what answers are matched by
 * @param matchChecks what else must agree, where the answer has it; at least one
 */
public record LinkRules(
        SignOn signOn,
        long signOnRetryNs,
        int signOnAttempts,
        long networkTimeoutNs,
        int echoMisses,
        MatchKeyMode matchKey,
        Set<MatchCheck> matchChecks) {

    /** Takes a copy of the checks. */
    public LinkRules {
        matchChecks = Set.copyOf(matchChecks);
    }
}
