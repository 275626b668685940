package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.RequestFollowUpDecoder;
import io.turnout.codecs.sbe.engine.RequestReversalDecoder;
import io.turnout.codecs.sbe.engine.SnapshotPaymentDecoder;

/**
 * What an acquirer says of the payment that a reversal or a follow-up names: card, currency and amount. When it says
 * something else than the payment, it means another one, and nothing must happen to this one. What it does not say, as
 * before version 2, is not compared.
 */
final class StatedOriginal {

    private StatedOriginal() {}

    /** {@link ResultCodes#APPROVED}, or what the acquirer is told. */
    static int check(final RequestReversalDecoder request, final PaymentRecord original) {
        if (request.actingVersion() < RequestReversalDecoder.binSinceVersion() || original.tombstone()) {
            return ResultCodes.APPROVED;
        }
        if (!isOfCard(request.bin(), request.lastFour(), original)) {
            return ResultCodes.INVALID_CARD_NUMBER;
        }
        final boolean agrees = request.currency() == 0
                || (request.currency() == original.currency() && isAmount(request.amountMinor(), original));
        return agrees ? ResultCodes.APPROVED : ResultCodes.ORIGINAL_AMOUNT_INCORRECT;
    }

    /** Whether a follow-up is of the card it says. */
    static boolean isOfCard(final RequestFollowUpDecoder request, final PaymentRecord original) {
        return request.actingVersion() < RequestFollowUpDecoder.binSinceVersion()
                || isOfCard(request.bin(), request.lastFour(), original);
    }

    /** Whether a follow-up's amount is in the currency of the payment. */
    static boolean isOfCurrency(final RequestFollowUpDecoder request, final PaymentRecord original) {
        return request.actingVersion() < RequestFollowUpDecoder.currencySinceVersion()
                || request.currency() == 0
                || request.currency() == original.currency();
    }

    /** Folds what a follow-up says into the hash of its content; leaves the hash alone when it says nothing. */
    static long fold(final long hash, final RequestFollowUpDecoder request) {
        final boolean silent = request.actingVersion() < RequestFollowUpDecoder.binSinceVersion()
                || (request.bin() == 0 && request.currency() == 0);
        return silent
                ? hash
                : Hash.fold(Hash.fold(Hash.fold(hash, request.bin()), request.lastFour()), request.currency());
    }

    private static boolean isOfCard(final long bin, final int lastFour, final PaymentRecord original) {
        final SnapshotPaymentDecoder record = original.decoder();
        return bin == 0 || (bin == record.bin() && lastFour == record.lastFour());
    }

    /** An issuer may have approved a part: the acquirer may mean what it asked for or what stands. */
    private static boolean isAmount(final long amountMinor, final PaymentRecord original) {
        return amountMinor == original.amountMinor() || amountMinor == original.settledMinor();
    }
}
