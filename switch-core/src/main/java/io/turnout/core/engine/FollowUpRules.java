package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.RequestFollowUpDecoder;
import io.turnout.codecs.sbe.engine.TransactionType;

/** What a follow-up must fulfil before its issuer is asked. */
final class FollowUpRules {

    private FollowUpRules() {}

    /**
     * The first rule broken that does not depend on the issuer, or {@link DeclineReason#NONE}.
     *
     * @param original null when it is not known
     */
    static DeclineReason check(
            final RequestFollowUpDecoder request, final Configuration configuration, final PaymentRecord original) {
        final int type = request.transactionType();
        if (!TransactionTypes.isFollowUp(type)) {
            return DeclineReason.UNSUPPORTED_TRANSACTION;
        }
        if (!configuration.permits(request.acquirerId(), type)) {
            return DeclineReason.TRANSACTION_NOT_PERMITTED;
        }
        if (original == null) {
            return DeclineReason.ORIGINAL_NOT_FOUND;
        }
        if (!StatedOriginal.isOfCard(request, original)) {
            return DeclineReason.INVALID_CARD_NUMBER;
        }
        if (!StatedOriginal.isOfCurrency(request, original)) {
            return DeclineReason.ORIGINAL_AMOUNT;
        }
        final DeclineReason ofState = ofState(type, original);
        if (ofState != DeclineReason.NONE) {
            return ofState;
        }
        return TransactionTypes.isCompletion(type) && request.adviceRaw() != BooleanType.TRUE.value()
                ? ofLimit(request, configuration, original)
                : DeclineReason.NONE;
    }

    /** The first rule broken between the follow-up, its original and the issuer. */
    static DeclineReason check(
            final RequestFollowUpDecoder request, final PaymentRecord original, final Issuer issuer, final long nowNs) {
        final int type = request.transactionType();
        if (!issuer.permits(type)) {
            return DeclineReason.TRANSACTION_NOT_PERMITTED;
        }
        if (isExpired(type, original, issuer, nowNs)) {
            return DeclineReason.AUTHORISATION_EXPIRED;
        }
        return ofAmount(request, original, issuer);
    }

    /** Where pre-authorisations expire exactly, there is nothing to void either. */
    private static boolean isExpired(
            final int type, final PaymentRecord original, final Issuer issuer, final long nowNs) {
        final long validityNs = issuer.preAuthorisationValidityNs();
        final boolean mayExpire = TransactionTypes.isCompletion(type)
                || (issuer.expiresExactly()
                        && validityNs != 0
                        && !original.onUs()
                        && original.transactionType() == TransactionType.PRE_AUTHORISATION.value());
        return mayExpire && nowNs - original.requestedAtNs() >= validityNs;
    }

    private static DeclineReason ofState(final int type, final PaymentRecord original) {
        final boolean fits =
                switch (TransactionType.get((short) type)) {
                    case COMPLETION -> original.transactionType() == TransactionType.PRE_AUTHORISATION.value();
                    case VOID -> TransactionTypes.isVoidable(original.transactionType());
                    default -> TransactionTypes.isRefundable(original.transactionType());
                };
        if (!fits) {
            return DeclineReason.ORIGINAL_STATE;
        }
        return switch (original.state()) {
            case PENDING, ADVISING, MANUAL_REVIEW -> DeclineReason.ORIGINAL_BUSY;
            case REVERSING ->
                original.replacementAmountMinor() == 0 ? DeclineReason.ORIGINAL_STATE : DeclineReason.ORIGINAL_BUSY;
            case APPROVED -> ofApproved(type, original);
            case EXPIRED -> DeclineReason.AUTHORISATION_EXPIRED;
            default -> DeclineReason.ORIGINAL_STATE;
        };
    }

    private static DeclineReason ofApproved(final int type, final PaymentRecord original) {
        if (original.followUpInFlight()) {
            return DeclineReason.ORIGINAL_BUSY;
        }
        final boolean refunded = original.refundedMinor() != 0;
        return TransactionTypes.isVoid(type) && refunded ? DeclineReason.ORIGINAL_STATE : DeclineReason.NONE;
    }

    private static DeclineReason ofLimit(
            final RequestFollowUpDecoder request, final Configuration configuration, final PaymentRecord original) {
        final long limitMinor = configuration.amountLimitMinor(request.acquirerId(), original.currency());
        if (limitMinor == LongMap.MISSING) {
            return DeclineReason.CURRENCY_NOT_PERMITTED;
        }
        return request.amountMinor() > limitMinor ? DeclineReason.AMOUNT_LIMIT_EXCEEDED : DeclineReason.NONE;
    }

    private static DeclineReason ofAmount(
            final RequestFollowUpDecoder request, final PaymentRecord original, final Issuer issuer) {
        final int type = request.transactionType();
        final long amountMinor = request.amountMinor();
        if (TransactionTypes.isVoid(type)) {
            // A void is of the whole; to say so by leaving the amount out is as good.
            return amountMinor == 0 || amountMinor == original.settledMinor()
                    ? DeclineReason.NONE
                    : DeclineReason.ORIGINAL_AMOUNT;
        }
        if (amountMinor < 1 || amountMinor > PaymentRules.MAXIMUM_AMOUNT_MINOR) {
            return DeclineReason.INVALID_AMOUNT;
        }
        final long mostMinor = TransactionTypes.isCompletion(type)
                ? issuer.maximumCompletionMinor(original.settledMinor())
                : original.settledMinor() - original.refundedMinor();
        return amountMinor > mostMinor ? DeclineReason.ORIGINAL_AMOUNT : DeclineReason.NONE;
    }
}
