package io.turnout.gateway.acquirer;

import io.turnout.codecs.sbe.acquirer.ReversalReason;
import io.turnout.codecs.sbe.acquirer.ReversalRequestDecoder;
import java.util.BitSet;

/** Checks the form of a reversal: whether each field holds what its description in the schema allows. */
public final class ReversalRequestForm {

    /** Every field has its form. */
    public static final int VALID = 0;

    private static final BitSet REASONS = new BitSet();

    static {
        for (final ReversalReason reason : ReversalReason.values()) {
            REASONS.set(reason.value(), reason != ReversalReason.NULL_VAL);
        }
    }

    private ReversalRequestForm() {}

    /** Id of the first field with a wrong form, or {@link #VALID}. */
    public static int check(final ReversalRequestDecoder request) {
        if (request.createdAtNs() <= 0) {
            return ReversalRequestDecoder.createdAtNsId();
        }
        if (request.originalCreatedAtNs() <= 0) {
            return ReversalRequestDecoder.originalCreatedAtNsId();
        }
        if (!REASONS.get(request.reasonRaw())) {
            return ReversalRequestDecoder.reasonId();
        }
        return replacementAmountMinor(request) >= 0 ? VALID : ReversalRequestDecoder.replacementAmountMinorId();
    }

    /** What shall stand of the payment; 0 when nothing shall, as in a request of version 0. */
    public static long replacementAmountMinor(final ReversalRequestDecoder request) {
        final boolean isAbsent = request.actingVersion() < ReversalRequestDecoder.replacementAmountMinorSinceVersion();
        return isAbsent ? 0 : request.replacementAmountMinor();
    }
}
