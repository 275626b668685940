package io.turnout.gateway.issuer;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.sbe.engine.TransactionType;
import java.net.InetSocketAddress;

/**
 * One connection to an issuer.
 *
 * @param issuerId whose link, from 1
 * @param linkId number of the link, from 1, unique in the switch
 * @param address where the issuer listens; resolved
 * @param dialect how it writes its messages; of 1987
 * @param framing how it tells messages apart
 * @param timers how long the link waits for what
 */
public record IssuerLinkConfiguration(
        int issuerId, int linkId, InetSocketAddress address, Dialect dialect, Framing framing, IssuerTimers timers) {

    private static final int LARGEST_ID = 0xFFFE;

    /** Checks the ranges, and that the dialect can carry the messages of a link. */
    public IssuerLinkConfiguration {
        if (issuerId < 1 || issuerId > LARGEST_ID || linkId < 1 || linkId > LARGEST_ID) {
            throw new IllegalArgumentException(
                    "issuerId=" + issuerId + " linkId=" + linkId + " must be 1 to " + LARGEST_ID);
        }
        final int missing = IssuerFields.firstMissing(dialect);
        if (missing != 0) {
            throw new IllegalArgumentException("linkId=" + linkId + ": dialect " + dialect.name()
                    + " cannot carry the messages of a link, DE" + missing + " is missing or has another length");
        }
        if (!dialect.transactions().has(TransactionType.PURCHASE.value())) {
            throw new IllegalArgumentException(
                    "linkId=" + linkId + ": dialect " + dialect.name() + " does not say how a purchase is written");
        }
    }
}
