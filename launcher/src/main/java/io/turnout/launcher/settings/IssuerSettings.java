package io.turnout.launcher.settings;

import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.sbe.engine.TransactionType;
import java.util.List;
import java.util.Set;

/**
 * A bank, or the issuer of wallets that the switch itself keeps.
 *
 * @param id number, from 1
 * @param name for people
 * @param dialect of its ISO 8583: a name of the product's, or the path of a .yaml file; empty when on us
 * @param framing of its messages on TCP
 * @param responseTimeoutNs how long the switch waits for an answer to a payment request
 * @param reversal how reversals are sent
 * @param echoIntervalNs an echo is sent when nothing was heard for this long
 * @param reconnectNs pause before the first attempt to connect again; doubles from failure to failure
 * @param reconnectMaximumNs longest pause
 * @param transactions what it takes
 * @param preAuthorisation how long and how far a pre-authorisation can be completed
 * @param links at least one; none when on us
 * @param bins its cards
 * @param participant whose position its payments move; 0 = nobody's
 * @param onUs whether its cards are wallets in the ledger, so that no bank is asked
 * @param routing how its links are used, and when payments are held back from it
 * @param linkRules how both sides behave on the links
 * @param messages what its messages say beyond the dialect
 */
public record IssuerSettings(
        int id,
        String name,
        String dialect,
        Framing framing,
        long responseTimeoutNs,
        Reversal reversal,
        long echoIntervalNs,
        long reconnectNs,
        long reconnectMaximumNs,
        Set<TransactionType> transactions,
        PreAuthorisation preAuthorisation,
        List<LinkSettings> links,
        List<BinRange> bins,
        int participant,
        boolean onUs,
        RoutingSettings routing,
        LinkRules linkRules,
        MessageSettings messages) {

    /** Takes copies of the lists and transactions. */
    public IssuerSettings {
        transactions = Set.copyOf(transactions);
        links = List.copyOf(links);
        bins = List.copyOf(bins);
    }

    /**
     * How long and how far a pre-authorisation can be completed.
     *
     * @param validityNs how long after its approval
     * @param overCapturePercent largest completion in percent of the amount authorised
     */
    public record PreAuthorisation(long validityNs, int overCapturePercent) {}

    /**
     * How reversals are sent.
     *
     * @param timeoutNs how long the switch waits for an answer
     * @param backoffNs pause before the second attempt; doubles from attempt to attempt
     * @param backoffMaximumNs longest pause
     * @param lateAnswerWindowNs how long after the request an answer may still come
     * @param window reversals in flight at once
     * @param maximumAttempts before an operator decides
     */
    public record Reversal(
            long timeoutNs,
            long backoffNs,
            long backoffMaximumNs,
            long lateAnswerWindowNs,
            int window,
            int maximumAttempts) {}
}
