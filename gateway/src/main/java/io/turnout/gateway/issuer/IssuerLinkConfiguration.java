package io.turnout.gateway.issuer;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.sbe.engine.TransactionType;
import io.turnout.gateway.iso.IsoVersion;
import io.turnout.gateway.net.TlsEndpoint;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * One connection to an issuer.
 *
 * @param issuerId whose link, from 1
 * @param linkId number of the link, from 1, unique in the switch
 * @param address where the issuer listens; resolved
 * @param dialect how it writes its messages; of 1987 or 1993
 * @param framing how it tells messages apart
 * @param timers how long the link waits for what
 * @param tls below the connection; empty = plain text
 * @param institutions whom its messages name beside the acquirer
 */
public record IssuerLinkConfiguration(
        int issuerId,
        int linkId,
        InetSocketAddress address,
        Dialect dialect,
        Framing framing,
        IssuerTimers timers,
        Optional<TlsEndpoint> tls,
        LinkInstitutions institutions) {

    private static final int LARGEST_ID = 0xFFFE;

    /** A link in plain text whose messages name nobody but the acquirer. */
    public IssuerLinkConfiguration(
            final int issuerId,
            final int linkId,
            final InetSocketAddress address,
            final Dialect dialect,
            final Framing framing,
            final IssuerTimers timers) {
        this(issuerId, linkId, address, dialect, framing, timers, Optional.empty(), LinkInstitutions.NONE);
    }

    /** Checks the ranges, and that the dialect can carry the messages of a link. */
    public IssuerLinkConfiguration {
        if (issuerId < 1 || issuerId > LARGEST_ID || linkId < 1 || linkId > LARGEST_ID) {
            throw new IllegalArgumentException(
                    "issuerId=" + issuerId + " linkId=" + linkId + " must be 1 to " + LARGEST_ID);
        }
        final int missing = IsoVersion.firstMissing(dialect);
        if (missing != 0) {
            throw new IllegalArgumentException("linkId=" + linkId + ": dialect " + dialect.name()
                    + " cannot carry the messages of a link, DE" + missing + " is missing or has another length");
        }
        if (!isPurchaseOf(IsoVersion.of(dialect).orElseThrow(), dialect)) {
            throw new IllegalArgumentException(
                    "linkId=" + linkId + ": dialect " + dialect.name() + " does not say how a purchase is written");
        }
    }

    private static boolean isPurchaseOf(final IsoVersion version, final Dialect dialect) {
        return version.mtiOf1987(dialect.transactions().mti(TransactionType.PURCHASE.value(), false)) > 0;
    }
}
