package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.TransactionType;

/** What there is to know about each {@link TransactionType} by its code, as received. */
final class TransactionTypes {
    /** Bits of all types there are. */
    static final long ALL = (1L << (TransactionType.VOID.value() + 1)) - 2;

    private static final long PURCHASES_ONLY = bit(TransactionType.PURCHASE);
    private static final long FOLLOW_UPS =
            bit(TransactionType.COMPLETION) | bit(TransactionType.VOID) | bit(TransactionType.REFUND);
    private static final long PAYMENTS = ALL & ~bit(TransactionType.COMPLETION) & ~bit(TransactionType.VOID);
    private static final long WITH_DESTINATION = bit(TransactionType.TRANSFER) | bit(TransactionType.TOP_UP);
    private static final long OF_LEDGER = WITH_DESTINATION | bit(TransactionType.WITHDRAWAL);
    private static final long ADVICES = bit(TransactionType.PURCHASE)
            | bit(TransactionType.PRE_AUTHORISATION)
            | bit(TransactionType.REFUND)
            | bit(TransactionType.CASH_WITHDRAWAL);
    private static final long REFUNDABLE = bit(TransactionType.PURCHASE) | bit(TransactionType.COMPLETION);
    private static final long VOIDABLE =
            REFUNDABLE | bit(TransactionType.PRE_AUTHORISATION) | bit(TransactionType.CASH_WITHDRAWAL);

    private TransactionTypes() {}

    /** A configured set of types; none at all stands for what there was before there was a choice: purchases. */
    static long orPurchases(final long configured) {
        return configured == 0 ? PURCHASES_ONLY : configured;
    }

    /** Whether a type is in a configured set. */
    static boolean isIn(final long types, final int type) {
        return type < Long.SIZE && (types & (1L << type)) != 0;
    }

    /** Whether a payment that follows up no other can be of this type. */
    static boolean isPayment(final int type) {
        return isIn(PAYMENTS, type);
    }

    static boolean isFollowUp(final int type) {
        return isIn(FOLLOW_UPS, type);
    }

    static boolean isCompletion(final int type) {
        return type == TransactionType.COMPLETION.value();
    }

    static boolean isVoid(final int type) {
        return type == TransactionType.VOID.value();
    }

    static boolean isRefund(final int type) {
        return type == TransactionType.REFUND.value();
    }

    /** Whether it can have happened without the issuer being asked. Wallets are always asked. */
    static boolean mayBeAdvice(final int type) {
        return isIn(ADVICES, type);
    }

    /** Whether there is something to undo when its outcome is not known. */
    static boolean movesMoney(final int type) {
        return type != TransactionType.BALANCE_INQUIRY.value();
    }

    static boolean hasDestination(final int type) {
        return isIn(WITH_DESTINATION, type);
    }

    /** Whether an account of the ledger may pay it in the place of the card. */
    static boolean mayHaveSource(final int type) {
        return type == TransactionType.WITHDRAWAL.value();
    }

    /** Whether one side of it is an account of the ledger. */
    static boolean needsLedger(final int type) {
        return isIn(OF_LEDGER, type);
    }

    static boolean isRefundable(final int type) {
        return isIn(REFUNDABLE, type);
    }

    static boolean isVoidable(final int type) {
        return isIn(VOIDABLE, type);
    }

    private static long bit(final TransactionType type) {
        return 1L << type.value();
    }
}
