package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.RequestPaymentDecoder;
import io.turnout.codecs.sbe.engine.TransactionType;

/** What a payment request must fulfil before an issuer is chosen, in the order of {@link DeclineReason}. */
final class PaymentRules {
    static final long MAXIMUM_AMOUNT_MINOR = 999_999_999_999L;
    private static final int MINIMUM_PAN_LENGTH = 8;
    private static final int MAXIMUM_PAN_LENGTH = 19;
    private static final int MONTHS = 12;
    private static final int CENTURY = 100;
    private static final long DATE_TIME_PER_MONTH = 100_000_000L;

    private PaymentRules() {}

    /** The first rule broken, or {@link DeclineReason#NONE}. */
    static DeclineReason check(
            final RequestPaymentDecoder request, final Configuration configuration, final BlockList blocks) {
        if (!isSupported(request)) {
            return DeclineReason.UNSUPPORTED_TRANSACTION;
        }
        if (!configuration.permits(request.acquirerId(), request.transactionType())) {
            return DeclineReason.TRANSACTION_NOT_PERMITTED;
        }
        if (!isAmountValid(request)) {
            return DeclineReason.INVALID_AMOUNT;
        }
        final int exponent = configuration.exponent(request.currency());
        if (exponent == Configuration.NO_EXPONENT) {
            return DeclineReason.UNKNOWN_CURRENCY;
        }
        if (request.currencyExponent() != exponent) {
            return DeclineReason.INVALID_AMOUNT;
        }
        final long limitMinor = configuration.amountLimitMinor(request.acquirerId(), request.currency());
        if (limitMinor == LongMap.MISSING) {
            return DeclineReason.CURRENCY_NOT_PERMITTED;
        }
        if (!isCardNumberValid(request)) {
            return DeclineReason.INVALID_CARD_NUMBER;
        }
        if (PaymentContent.isAdvice(request)) {
            // What has happened cannot be prevented any more: only what makes it unintelligible counts.
            return DeclineReason.NONE;
        }
        if (isExpired(request.expiry(), request.localDateTime())) {
            return DeclineReason.EXPIRED_CARD;
        }
        if (request.amountMinor() > limitMinor) {
            return DeclineReason.AMOUNT_LIMIT_EXCEEDED;
        }
        return blocks.check(request);
    }

    /**
     * Whether a card's last month lies before the month at the terminal. The two-digit year means the one nearest to
     * the year at the terminal.
     *
     * @param expiry YYMM; 0 = not known, passes
     * @param localDateTime CCYYMMDDhhmmss
     */
    static boolean isExpired(final int expiry, final long localDateTime) {
        if (expiry == 0) {
            return false;
        }
        final int expiryMonth = expiry % CENTURY;
        if (expiryMonth < 1 || expiryMonth > MONTHS) {
            return true;
        }
        final long localYear = localDateTime / DATE_TIME_PER_MONTH / CENTURY;
        final long localMonth = localDateTime / DATE_TIME_PER_MONTH % CENTURY;
        long expiryYear = localYear - localYear % CENTURY + expiry / CENTURY;
        if (expiryYear > localYear + CENTURY / 2) {
            expiryYear -= CENTURY;
        } else if (expiryYear <= localYear - CENTURY / 2) {
            expiryYear += CENTURY;
        }
        return expiryYear * MONTHS + expiryMonth < localYear * MONTHS + localMonth;
    }

    private static boolean isSupported(final RequestPaymentDecoder request) {
        final int type = request.transactionType();
        if (type == TransactionType.PURCHASE.value()) {
            return PaymentContent.destinationAccountId(request) == 0 && PaymentContent.sourceAccountId(request) == 0;
        }
        return request.actingVersion() >= RequestPaymentDecoder.adviceSinceVersion()
                && TransactionTypes.isPayment(type)
                && TransactionTypes.hasDestination(type) == (PaymentContent.destinationAccountId(request) != 0)
                && (PaymentContent.sourceAccountId(request) == 0 || TransactionTypes.mayHaveSource(type))
                && (!PaymentContent.isAdvice(request) || TransactionTypes.mayBeAdvice(type));
    }

    private static boolean isAmountValid(final RequestPaymentDecoder request) {
        final long amountMinor = request.amountMinor();
        return TransactionTypes.movesMoney(request.transactionType())
                ? amountMinor >= 1 && amountMinor <= MAXIMUM_AMOUNT_MINOR
                : amountMinor == 0;
    }

    private static boolean isCardNumberValid(final RequestPaymentDecoder request) {
        return request.panValidRaw() == BooleanType.TRUE.value()
                && request.panLength() >= MINIMUM_PAN_LENGTH
                && request.panLength() <= MAXIMUM_PAN_LENGTH;
    }
}
