package io.turnout.gateway.issuer;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.sbe.engine.TransactionType;
import io.turnout.gateway.iso.IsoVersion;
import io.turnout.gateway.net.TlsEndpoint;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * One way to an issuer: a connection, or a group of them that carry its messages together.
 *
 * @param issuerId whose link, from 1
 * @param linkId number of the link, from 1, unique in the switch
 * @param sockets its connections; the link is up when all are
 * @param dialect how it writes its messages; of 1987 or 1993
 * @param framing how it tells messages apart
 * @param rules how both sides behave on it
 * @param timers how long the link waits for what
 * @param tls below the connections; empty = plain text
 * @param institutions whom its messages name beside the acquirer
 */
public record IssuerLinkConfiguration(
        int issuerId,
        int linkId,
        List<IssuerSocketConfiguration> sockets,
        Dialect dialect,
        Framing framing,
        Rules rules,
        IssuerTimers timers,
        Optional<TlsEndpoint> tls,
        LinkInstitutions institutions) {

    private static final int LARGEST_ID = 0xFFFE;

    /**
     * How both sides behave on a link.
     *
     * @param signOn who has to sign on
     * @param matchesByStan whether an answer is matched by its STAN alone, so that it need not have DE7
     * @param outOfService whether it is out of service when the gateway starts
     */
    public record Rules(SignOn signOn, boolean matchesByStan, boolean outOfService) {
        /** The switch signs on, and answers bring DE7. */
        public static final Rules USUAL = new Rules(SignOn.OURS, false, false);
    }

    /** Checks the ranges, and that the dialect can carry the messages of a link. */
    public IssuerLinkConfiguration {
        if (issuerId < 1 || issuerId > LARGEST_ID || linkId < 1 || linkId > LARGEST_ID) {
            throw new IllegalArgumentException(
                    "issuerId=" + issuerId + " linkId=" + linkId + " must be 1 to " + LARGEST_ID);
        }
        sockets = List.copyOf(sockets);
        if (sockets.stream().noneMatch(socket -> socket.direction().sends())
                || sockets.stream().noneMatch(socket -> socket.direction().receives())) {
            throw new IllegalArgumentException("linkId=" + linkId + ": its connections must send and receive");
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

    /** A link over one connection that the switch opens, with the usual rules and nobody named but the acquirer. */
    public IssuerLinkConfiguration(
            final int issuerId,
            final int linkId,
            final InetSocketAddress address,
            final Dialect dialect,
            final Framing framing,
            final IssuerTimers timers) {
        this(
                issuerId,
                linkId,
                List.of(IssuerSocketConfiguration.client(address)),
                dialect,
                framing,
                Rules.USUAL,
                timers,
                Optional.empty(),
                LinkInstitutions.NONE);
    }

    private static boolean isPurchaseOf(final IsoVersion version, final Dialect dialect) {
        return version.mtiOf1987(dialect.transactions().mti(TransactionType.PURCHASE.value(), false)) > 0;
    }
}
