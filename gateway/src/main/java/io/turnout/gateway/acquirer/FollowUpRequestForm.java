package io.turnout.gateway.acquirer;

import io.turnout.codecs.sbe.acquirer.BooleanType;
import io.turnout.codecs.sbe.acquirer.FollowUpRequestDecoder;
import io.turnout.codecs.sbe.acquirer.TransactionType;

/**
 * Checks the form of a follow-up: whether each field holds what its description in the schema allows. Whether the
 * original exists and allows it is the engine's decision.
 */
public final class FollowUpRequestForm {

    /** Every field has its form. */
    public static final int VALID = 0;

    private FollowUpRequestForm() {}

    /** Id of the first field with a wrong form, or {@link #VALID}. */
    public static int check(final FollowUpRequestDecoder request) {
        if (request.createdAtNs() <= 0) {
            return FollowUpRequestDecoder.createdAtNsId();
        }
        if (request.originalCreatedAtNs() <= 0) {
            return FollowUpRequestDecoder.originalCreatedAtNsId();
        }
        if (request.amountMinor() == FollowUpRequestDecoder.amountMinorNullValue()) {
            return FollowUpRequestDecoder.amountMinorId();
        }
        if (!FieldForms.isDateTime(request.localDateTime())) {
            return FollowUpRequestDecoder.localDateTimeId();
        }
        final int type = request.transactionTypeRaw();
        if (!isFollowUp(type)) {
            return FollowUpRequestDecoder.transactionTypeId();
        }
        final boolean isVoid = type == TransactionType.VOID.value();
        if (!FieldForms.isBoolean(request.adviceRaw()) || (isVoid && request.adviceRaw() == BooleanType.TRUE.value())) {
            return FollowUpRequestDecoder.adviceId();
        }
        return FieldForms.isText(
                        request.buffer(),
                        request.offset() + FollowUpRequestDecoder.retrievalReferenceEncodingOffset(),
                        FollowUpRequestDecoder.retrievalReferenceEncodingLength())
                ? VALID
                : FollowUpRequestDecoder.retrievalReferenceId();
    }

    private static boolean isFollowUp(final int type) {
        return type == TransactionType.COMPLETION.value()
                || type == TransactionType.VOID.value()
                || type == TransactionType.REFUND.value();
    }
}
