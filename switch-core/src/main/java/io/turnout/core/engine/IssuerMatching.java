package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.DefineIssuerDecoder;
import io.turnout.codecs.sbe.engine.IssuerAdviceResponseDecoder;
import io.turnout.codecs.sbe.engine.IssuerResponseDecoder;
import io.turnout.codecs.sbe.engine.IssuerReversalResponseDecoder;
import io.turnout.codecs.sbe.engine.MatchKey;
import io.turnout.codecs.sbe.engine.SnapshotIssuerDecoder;
import io.turnout.codecs.sbe.engine.SnapshotIssuerEncoder;
import io.turnout.codecs.sbe.engine.SnapshotPaymentDecoder;
import org.agrona.DirectBuffer;

/**
 * What an issuer's answers are matched by, and what else in them must agree with the message they answer. What an
 * answer leaves out contradicts nothing.
 */
final class IssuerMatching {
    static final int ALL_CHECKS = 0b1111;

    private static final int RETRIEVAL_REFERENCE = 1;
    private static final int AMOUNT = 1 << 1;
    private static final int TERMINAL = 1 << 2;
    private static final int ACQUIRING_INSTITUTION = 1 << 3;
    private static final int USUAL_CHECKS = RETRIEVAL_REFERENCE | AMOUNT;
    private static final long NO_AMOUNT = -1;
    private static final long NO_INSTITUTION = 0;

    private MatchKey key = MatchKey.STAN_AND_TIME;
    private int checks = USUAL_CHECKS;

    void configure(final DefineIssuerDecoder definition) {
        if (definition.actingVersion() >= DefineIssuerDecoder.matchKeySinceVersion()) {
            set(definition.matchKeyRaw(), definition.matchChecks().getRaw());
        } else {
            set(MatchKey.STAN_AND_TIME.value(), 0);
        }
    }

    void restore(final SnapshotIssuerDecoder record) {
        if (record.actingVersion() >= SnapshotIssuerDecoder.matchKeySinceVersion()) {
            set(record.matchKeyRaw(), record.matchChecks().getRaw());
        }
    }

    void save(final SnapshotIssuerEncoder record) {
        record.matchKey(key);
        record.buffer().putByte(record.offset() + SnapshotIssuerEncoder.matchChecksEncodingOffset(), (byte) checks);
    }

    /** Whether answers are matched by their STAN alone. */
    boolean isByStan() {
        return key == MatchKey.STAN;
    }

    boolean agrees(final PaymentRecord payment, final IssuerResponseDecoder response) {
        final boolean isOtherAmount =
                response.amountMinor() != NO_AMOUNT && response.amountMinor() != payment.amountMinor();
        if (isOtherAmount && (checks & AMOUNT) != 0) {
            return false;
        }
        final int block = response.offset();
        if (!agreesInReference(
                payment, response.buffer(), block + IssuerResponseDecoder.retrievalReferenceEncodingOffset())) {
            return false;
        }
        return response.actingVersion() < IssuerResponseDecoder.terminalIdSinceVersion()
                || agrees(
                        payment,
                        response.buffer(),
                        block + IssuerResponseDecoder.terminalIdEncodingOffset(),
                        response.acquiringInstitution());
    }

    boolean agrees(final PaymentRecord payment, final IssuerReversalResponseDecoder response) {
        if (response.actingVersion() < IssuerReversalResponseDecoder.retrievalReferenceSinceVersion()) {
            return true;
        }
        final int block = response.offset();
        return agreesInReference(
                        payment,
                        response.buffer(),
                        block + IssuerReversalResponseDecoder.retrievalReferenceEncodingOffset())
                && agrees(
                        payment,
                        response.buffer(),
                        block + IssuerReversalResponseDecoder.terminalIdEncodingOffset(),
                        response.acquiringInstitution());
    }

    boolean agrees(final PaymentRecord payment, final IssuerAdviceResponseDecoder response) {
        if (response.actingVersion() < IssuerAdviceResponseDecoder.retrievalReferenceSinceVersion()) {
            return true;
        }
        final int block = response.offset();
        return agreesInReference(
                        payment,
                        response.buffer(),
                        block + IssuerAdviceResponseDecoder.retrievalReferenceEncodingOffset())
                && agrees(
                        payment,
                        response.buffer(),
                        block + IssuerAdviceResponseDecoder.terminalIdEncodingOffset(),
                        response.acquiringInstitution());
    }

    private void set(final int newKey, final int newChecks) {
        key = newKey == MatchKey.STAN.value() ? MatchKey.STAN : MatchKey.STAN_AND_TIME;
        checks = newChecks == 0 ? USUAL_CHECKS : newChecks;
    }

    private boolean agreesInReference(final PaymentRecord payment, final DirectBuffer buffer, final int referenceAt) {
        return (checks & RETRIEVAL_REFERENCE) == 0
                || agrees(
                        buffer,
                        referenceAt,
                        payment,
                        SnapshotPaymentDecoder.retrievalReferenceEncodingOffset(),
                        IssuerResponseDecoder.retrievalReferenceEncodingLength());
    }

    private boolean agrees(
            final PaymentRecord payment, final DirectBuffer buffer, final int terminalAt, final long institution) {
        final boolean isOtherInstitution = institution != NO_INSTITUTION && institution != payment.institutionId();
        if (isOtherInstitution && (checks & ACQUIRING_INSTITUTION) != 0) {
            return false;
        }
        return (checks & TERMINAL) == 0
                || agrees(
                        buffer,
                        terminalAt,
                        payment,
                        SnapshotPaymentDecoder.terminalIdEncodingOffset(),
                        IssuerResponseDecoder.terminalIdEncodingLength());
    }

    /** Whether a text of an answer is blank or the same as in the payment. */
    private static boolean agrees(
            final DirectBuffer buffer, final int at, final PaymentRecord payment, final int field, final int length) {
        return Bytes.areBlank(buffer, at, length)
                || Bytes.areEqual(buffer, at, payment.buffer(), payment.offset() + field, length);
    }
}
