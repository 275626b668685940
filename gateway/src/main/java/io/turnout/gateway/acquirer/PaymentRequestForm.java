package io.turnout.gateway.acquirer;

import io.turnout.codecs.sbe.acquirer.BooleanType;
import io.turnout.codecs.sbe.acquirer.PanEntryMode;
import io.turnout.codecs.sbe.acquirer.PaymentRequestDecoder;
import io.turnout.codecs.sbe.acquirer.PinEntryCapability;
import io.turnout.codecs.sbe.acquirer.PosCondition;
import io.turnout.codecs.sbe.acquirer.TransactionType;
import io.turnout.gateway.vault.CardVault;
import io.turnout.gateway.vault.SensitiveDataKind;
import java.util.BitSet;
import org.agrona.DirectBuffer;

/**
 * Checks the form of a payment request: whether each field holds what its description in the schema allows. Whether
 * amount, currency, transaction type and card are acceptable is the engine's decision, so these only must not be
 * absent. Finds the variable-length fields on the way.
 */
final class PaymentRequestForm {

    /** Every field has its form. */
    static final int VALID = 0;

    private static final int LARGEST_CURRENCY = 999;
    private static final int LARGEST_MERCHANT_CATEGORY = 9999;
    private static final int LARGEST_CARD_SEQUENCE = 99;

    private static final BitSet PAN_ENTRY_MODES = new BitSet();
    private static final BitSet PIN_ENTRY_CAPABILITIES = new BitSet();
    private static final BitSet POS_CONDITIONS = new BitSet();

    static {
        for (final PanEntryMode mode : PanEntryMode.values()) {
            PAN_ENTRY_MODES.set(mode.value(), mode != PanEntryMode.NULL_VAL);
        }
        for (final PinEntryCapability capability : PinEntryCapability.values()) {
            PIN_ENTRY_CAPABILITIES.set(capability.value(), capability != PinEntryCapability.NULL_VAL);
        }
        for (final PosCondition condition : PosCondition.values()) {
            POS_CONDITIONS.set(condition.value(), condition != PosCondition.NULL_VAL);
        }
    }

    private final Span pan = new Span();
    private final Span track2 = new Span();
    private final Span pinBlock = new Span();
    private final Span securityCode = new Span();
    private final Span iccData = new Span();
    private final Span pinKsn = new Span();
    private DirectBuffer buffer;
    private int block;
    private int field;
    private boolean advice;

    /**
     * Checks a request.
     *
     * @param request just wrapped, its variable-length fields inside the message
     * @return id of the first field with a wrong form, or {@link #VALID}
     */
    int check(final PaymentRequestDecoder request) {
        buffer = request.buffer();
        block = request.offset();
        field = VALID;
        locate(request);
        checkNumbers(request);
        checkTexts();
        checkAdvice(request);
        checkCard();
        return field;
    }

    /** The card number's digits. */
    Span pan() {
        return pan;
    }

    /** Sensitive data of a kind; length 0 when there is none. */
    Span sensitive(final SensitiveDataKind kind) {
        return switch (kind) {
            case TRACK2 -> track2;
            case PIN_BLOCK -> pinBlock;
            case SECURITY_CODE -> securityCode;
            case ICC_DATA -> iccData;
            case PIN_KSN -> pinKsn;
        };
    }

    boolean hasSensitiveData() {
        return (track2.length | pinBlock.length | securityCode.length | iccData.length) != 0;
    }

    /** Whether the track is of the same card; true when there is no track. */
    boolean isTrackOfCard() {
        if (track2.length == 0) {
            return true;
        }
        boolean same = FieldForms.track2PanLength(buffer, track2.offset, track2.length) == pan.length;
        for (int i = 0; i < pan.length && same; i++) {
            same = buffer.getByte(track2.offset + i) == buffer.getByte(pan.offset + i);
        }
        return same;
    }

    private void locate(final PaymentRequestDecoder request) {
        pan.set(request.limit() + PaymentRequestDecoder.panHeaderLength(), request.skipPan());
        track2.set(request.limit() + PaymentRequestDecoder.track2HeaderLength(), request.skipTrack2());
        pinBlock.set(request.limit() + PaymentRequestDecoder.pinBlockHeaderLength(), request.skipPinBlock());
        securityCode.set(
                request.limit() + PaymentRequestDecoder.securityCodeHeaderLength(), request.skipSecurityCode());
        iccData.set(request.limit() + PaymentRequestDecoder.iccDataHeaderLength(), request.skipIccData());
        final boolean hasKsn =
                pinBlock.length != 0 && request.actingVersion() >= PaymentRequestDecoder.pinKsnSinceVersion();
        pinKsn.set(
                block + PaymentRequestDecoder.pinKsnEncodingOffset(),
                hasKsn ? PaymentRequestDecoder.pinKsnLength() : 0);
    }

    private void checkNumbers(final PaymentRequestDecoder request) {
        must(request.createdAtNs() > 0, PaymentRequestDecoder.createdAtNsId());
        must(
                request.amountMinor() != PaymentRequestDecoder.amountMinorNullValue(),
                PaymentRequestDecoder.amountMinorId());
        must(FieldForms.isDateTime(request.localDateTime()), PaymentRequestDecoder.localDateTimeId());
        must(isWithin(request.currency(), 1, LARGEST_CURRENCY), PaymentRequestDecoder.currencyId());
        must(
                request.currencyExponent() != PaymentRequestDecoder.currencyExponentNullValue(),
                PaymentRequestDecoder.currencyExponentId());
        must(
                request.transactionTypeRaw() != TransactionType.NULL_VAL.value(),
                PaymentRequestDecoder.transactionTypeId());
        must(FieldForms.isExpiry(request.expiry()), PaymentRequestDecoder.expiryId());
        must(
                request.cardSequence() <= LARGEST_CARD_SEQUENCE
                        || request.cardSequence() == PaymentRequestDecoder.cardSequenceNullValue(),
                PaymentRequestDecoder.cardSequenceId());
        must(PAN_ENTRY_MODES.get(request.panEntryModeRaw()), PaymentRequestDecoder.panEntryModeId());
        must(PIN_ENTRY_CAPABILITIES.get(request.pinEntryCapabilityRaw()), PaymentRequestDecoder.pinEntryCapabilityId());
        must(POS_CONDITIONS.get(request.posConditionRaw()), PaymentRequestDecoder.posConditionId());
        must(
                isWithin(request.merchantCategory(), 1, LARGEST_MERCHANT_CATEGORY),
                PaymentRequestDecoder.merchantCategoryId());
    }

    private void checkTexts() {
        final int terminal = block + PaymentRequestDecoder.terminalIdEncodingOffset();
        final int terminalLength = PaymentRequestDecoder.terminalIdEncodingLength();
        must(FieldForms.isText(buffer, terminal, terminalLength), PaymentRequestDecoder.terminalIdId());
        must(!FieldForms.isBlank(buffer, terminal, terminalLength), PaymentRequestDecoder.terminalIdId());
        final int merchant = block + PaymentRequestDecoder.merchantIdEncodingOffset();
        final int merchantLength = PaymentRequestDecoder.merchantIdEncodingLength();
        must(FieldForms.isText(buffer, merchant, merchantLength), PaymentRequestDecoder.merchantIdId());
        must(!FieldForms.isBlank(buffer, merchant, merchantLength), PaymentRequestDecoder.merchantIdId());
        must(
                FieldForms.isText(
                        buffer,
                        block + PaymentRequestDecoder.merchantNameEncodingOffset(),
                        PaymentRequestDecoder.merchantNameEncodingLength()),
                PaymentRequestDecoder.merchantNameId());
        must(
                FieldForms.isText(
                        buffer,
                        block + PaymentRequestDecoder.merchantCityEncodingOffset(),
                        PaymentRequestDecoder.merchantCityEncodingLength()),
                PaymentRequestDecoder.merchantCityId());
        must(
                FieldForms.isLetters(
                        buffer,
                        block + PaymentRequestDecoder.merchantCountryEncodingOffset(),
                        PaymentRequestDecoder.merchantCountryEncodingLength()),
                PaymentRequestDecoder.merchantCountryId());
        must(
                FieldForms.isText(
                        buffer,
                        block + PaymentRequestDecoder.retrievalReferenceEncodingOffset(),
                        PaymentRequestDecoder.retrievalReferenceEncodingLength()),
                PaymentRequestDecoder.retrievalReferenceId());
    }

    /** What versions 1 and 2 added. An accomplished fact brings an approval code at most, and no sensitive data. */
    private void checkAdvice(final PaymentRequestDecoder request) {
        advice = false;
        if (request.actingVersion() < PaymentRequestDecoder.adviceSinceVersion()) {
            return;
        }
        final int type = request.transactionTypeRaw();
        must(
                request.destinationAccountId() == 0
                        || type == TransactionType.TRANSFER.value()
                        || type == TransactionType.TOP_UP.value(),
                PaymentRequestDecoder.destinationAccountIdId());
        must(
                request.actingVersion() < PaymentRequestDecoder.sourceAccountIdSinceVersion()
                        || request.sourceAccountId() == 0
                        || type == TransactionType.WITHDRAWAL.value(),
                PaymentRequestDecoder.sourceAccountIdId());
        must(FieldForms.isBoolean(request.adviceRaw()), PaymentRequestDecoder.adviceId());
        advice = request.adviceRaw() == BooleanType.TRUE.value();
        final int code = block + PaymentRequestDecoder.approvalCodeEncodingOffset();
        final int codeLength = PaymentRequestDecoder.approvalCodeEncodingLength();
        must(
                FieldForms.isBlank(buffer, code, codeLength) || (advice && FieldForms.isText(buffer, code, codeLength)),
                PaymentRequestDecoder.approvalCodeId());
    }

    private void checkCard() {
        must(
                isWithin(pan.length, CardVault.MINIMUM_PAN_LENGTH, CardVault.MAXIMUM_PAN_LENGTH)
                        && FieldForms.isDigits(buffer, pan.offset, pan.length),
                PaymentRequestDecoder.panId());
        must(
                track2.length == 0 || (!advice && FieldForms.isTrack2(buffer, track2.offset, track2.length)),
                PaymentRequestDecoder.track2Id());
        must(
                pinBlock.length == 0 || (!advice && (pinBlock.length == 8 || pinBlock.length == 16)),
                PaymentRequestDecoder.pinBlockId());
        must(
                securityCode.length == 0
                        || (!advice
                                && isWithin(securityCode.length, 3, 4)
                                && FieldForms.isDigits(buffer, securityCode.offset, securityCode.length)),
                PaymentRequestDecoder.securityCodeId());
        must(
                iccData.length == 0 || (!advice && FieldForms.isTlv(buffer, iccData.offset, iccData.length)),
                PaymentRequestDecoder.iccDataId());
    }

    /** Keeps the first field that failed. */
    private void must(final boolean condition, final int fieldId) {
        if (!condition && field == VALID) {
            field = fieldId;
        }
    }

    private static boolean isWithin(final int value, final int lowest, final int highest) {
        return value >= lowest && value <= highest;
    }

    /** A piece of the message. */
    static final class Span {
        private int offset;
        private int length;

        int offset() {
            return offset;
        }

        int length() {
            return length;
        }

        private void set(final int newOffset, final int newLength) {
            offset = newOffset;
            length = newLength;
        }
    }
}
