package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.Outcome;

/** Canonical result codes: the four digits of ISO 8583:2003 DE39, as numbers. */
final class ResultCodes {
    static final int APPROVED = 0;
    static final int PARTIAL_APPROVAL = 2;
    static final int EXPIRED_CARD = 1001;
    static final int RESTRICTED_CARD = 1004;
    static final int INVALID_MERCHANT = 1009;
    static final int INVALID_AMOUNT = 1010;
    static final int INVALID_CARD_NUMBER = 1011;
    static final int NO_ACCOUNT = 1014;
    static final int FUNCTION_NOT_SUPPORTED = 1015;
    static final int INSUFFICIENT_FUNDS = 1016;
    static final int NOT_PERMITTED = 1020;
    static final int AMOUNT_LIMIT_EXCEEDED = 1021;
    static final int NO_ACTION_TAKEN = 4001;
    static final int ORIGINAL_AMOUNT_INCORRECT = 4005;
    static final int INVALID_TRANSACTION = 9102;
    static final int ISSUER_INOPERATIVE = 9107;
    static final int NO_ROUTE = 9108;
    static final int SYSTEM_MALFUNCTION = 9109;
    static final int ISSUER_TIMEOUT = 9111;
    static final int ISSUER_UNAVAILABLE = 9112;
    static final int DUPLICATE = 9113;
    static final int ORIGINAL_NOT_FOUND = 9114;
    static final int SECURITY_FAILURE = 9121;
    static final int REQUEST_IN_PROGRESS = 9123;
    private static final int FIRST_NOT_APPROVED = 1000;

    private ResultCodes() {}

    /** Whether the issuer approved: codes below 1000 and no others. */
    static boolean isApproval(final int resultCode) {
        return resultCode < FIRST_NOT_APPROVED;
    }

    /**
     * Whether an issuer's answer to a reversal ends it. That the original was not found ends it only when no late
     * original can arrive any more.
     */
    static boolean closesReversal(final int resultCode, final boolean lateAnswerWindowOver) {
        return isApproval(resultCode)
                || resultCode == DUPLICATE
                || resultCode == NO_ACTION_TAKEN
                || (resultCode == ORIGINAL_NOT_FOUND && lateAnswerWindowOver);
    }

    /** Whether an issuer's answer to an advice ends it: it is taken, or was before. */
    static boolean closesAdvice(final int resultCode) {
        return isApproval(resultCode) || resultCode == DUPLICATE;
    }

    /** Whether the issuer's answer to a request says nothing of the payment but that the issuer is out of order. */
    static boolean isIssuerFailure(final int resultCode) {
        return switch (resultCode) {
            case ISSUER_INOPERATIVE, SYSTEM_MALFUNCTION, ISSUER_TIMEOUT, ISSUER_UNAVAILABLE -> true;
            default -> false;
        };
    }

    /** Whether a refusal says nothing about what was refused, so that it is worth asking again. */
    static boolean isTemporary(final int resultCode) {
        return switch (resultCode) {
            case ISSUER_INOPERATIVE,
                    NO_ROUTE,
                    SYSTEM_MALFUNCTION,
                    ISSUER_TIMEOUT,
                    ISSUER_UNAVAILABLE,
                    REQUEST_IN_PROGRESS -> true;
            default -> false;
        };
    }

    /** The code of an answer that the switch itself gives. */
    static int of(final DeclineReason reason) {
        return switch (reason) {
            case UNSUPPORTED_TRANSACTION,
                    UNKNOWN_CURRENCY,
                    REVERSED_BY_ACQUIRER,
                    ORIGINAL_STATE,
                    AUTHORISATION_EXPIRED -> INVALID_TRANSACTION;
            case TRANSACTION_NOT_PERMITTED -> FUNCTION_NOT_SUPPORTED;
            case INVALID_AMOUNT -> INVALID_AMOUNT;
            case CURRENCY_NOT_PERMITTED, TERMINAL_BLOCKED -> NOT_PERMITTED;
            case CARD_BLOCKED, ACCOUNT_NOT_USABLE -> RESTRICTED_CARD;
            case MERCHANT_BLOCKED -> INVALID_MERCHANT;
            case ACCOUNT_NOT_FOUND -> NO_ACCOUNT;
            case INSUFFICIENT_FUNDS -> INSUFFICIENT_FUNDS;
            case ORIGINAL_NOT_FOUND -> ORIGINAL_NOT_FOUND;
            case ORIGINAL_AMOUNT -> ORIGINAL_AMOUNT_INCORRECT;
            case ORIGINAL_BUSY -> REQUEST_IN_PROGRESS;
            case INVALID_CARD_NUMBER -> INVALID_CARD_NUMBER;
            case EXPIRED_CARD -> EXPIRED_CARD;
            case AMOUNT_LIMIT_EXCEEDED, BALANCE_LIMIT_EXCEEDED -> AMOUNT_LIMIT_EXCEEDED;
            case NO_ROUTE -> NO_ROUTE;
            case ISSUER_UNAVAILABLE, BREAKER_OPEN, LINK_LOST -> ISSUER_UNAVAILABLE;
            case ISSUER_BUSY, REQUEST_NOT_SENT, POSITION_LIMIT_EXCEEDED -> ISSUER_INOPERATIVE;
            case STAN_EXHAUSTED, CARD_DATA_UNAVAILABLE, SWITCH_RESTARTED -> SYSTEM_MALFUNCTION;
            case ISSUER_TIMEOUT -> ISSUER_TIMEOUT;
            case SECURITY_FAILURE -> SECURITY_FAILURE;
            default -> throw new IllegalArgumentException("not a decision of the switch: reason=" + reason);
        };
    }

    /** What a reason other than NONE makes of a payment. */
    static Outcome outcomeOf(final DeclineReason reason) {
        return switch (reason) {
            case ISSUER_TIMEOUT, LINK_LOST, SWITCH_RESTARTED -> Outcome.UNKNOWN;
            default -> Outcome.DECLINED;
        };
    }
}
