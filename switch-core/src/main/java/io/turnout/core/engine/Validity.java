package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.SnapshotOriginalDecoder;
import io.turnout.codecs.sbe.engine.TransactionType;

/**
 * When the pre-authorisations of bank cards expire by themselves. They hold nothing in the ledger, so nothing has to be
 * given back then.
 *
 * <p>In the payment table each has a deadline. Past the horizon, among the originals, it has none: there a
 * pre-authorisation is found expired by the next request that names it, and nobody is told before.
 */
final class Validity {
    static final long NEVER = 0;

    private Validity() {}

    /** When an approved payment expires; {@link #NEVER} when it does not, or not while a follow-up is in flight. */
    static long endNs(final PaymentRecord payment, final Network network) {
        return payment.transactionType() != TransactionType.PRE_AUTHORISATION.value()
                        || payment.onUs()
                        || payment.followUpInFlight()
                ? NEVER
                : endNs(network.issuer(payment.issuerId()), payment.requestedAtNs());
    }

    /** Whether a payment kept past the horizon has expired since. */
    static boolean isOver(final OriginalRecord original, final Network network, final long nowNs) {
        final SnapshotOriginalDecoder record = original.decoder();
        if (record.state() != PaymentState.APPROVED
                || record.transactionType() != TransactionType.PRE_AUTHORISATION.value()
                || record.flags().onUs()
                || record.flags().followUpInFlight()) {
            return false;
        }
        final long endNs = endNs(network.issuer(record.issuerId()), record.requestedAtNs());
        return endNs != NEVER && endNs <= nowNs;
    }

    private static long endNs(final Issuer issuer, final long requestedAtNs) {
        final long validityNs = issuer.preAuthorisationValidityNs();
        return issuer.expiresExactly() && validityNs != 0 && requestedAtNs != 0 ? requestedAtNs + validityNs : NEVER;
    }
}
