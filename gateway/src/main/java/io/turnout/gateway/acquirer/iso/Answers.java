package io.turnout.gateway.acquirer.iso;

import io.turnout.codecs.sbe.acquirer.FollowUpRequestDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentRequestDecoder;
import io.turnout.codecs.sbe.acquirer.RejectReason;
import io.turnout.codecs.sbe.acquirer.ReversalRequestDecoder;

/**
 * What this edge answers on its own, in canonical codes, and which data element stands for which field of a request.
 * The table in the handbook says the same.
 */
final class Answers {

    static final int APPROVED = 0;
    static final int FUNCTION_NOT_SUPPORTED = 1015;
    static final int CUSTOMER_CANCELLATION = 1060;
    static final int PARTIAL_APPROVAL = 2;
    static final int SUSPECTED_MALFUNCTION = 4002;
    static final int FORMAT_ERROR = 9100;
    static final int INVALID_TRANSACTION = 9102;
    static final int ACQUIRER_NOT_SUPPORTED = 9105;
    static final int INOPERATIVE = 9107;
    static final int TIMEOUT = 9111;
    static final int DUPLICATE = 9113;
    static final int ORIGINAL_NOT_FOUND = 9114;
    static final int MAC_FAILED = 9116;

    private Answers() {}

    /** Whether messages of this type tell what has happened: advices and reversals. */
    static boolean isFact(final int mti) {
        return mti / 100 == 4 || mti % 100 >= 20;
    }

    /** What a request that left no trace in the switch is answered. */
    static int of(final RejectReason reason, final int mti) {
        return switch (reason) {
            case NOT_LOGGED_ON -> ACQUIRER_NOT_SUPPORTED;
            case CREATED_IN_FUTURE -> FORMAT_ERROR;
            case DUPLICATE_CONFLICT -> isFact(mti) ? FORMAT_ERROR : DUPLICATE;
            // Of a reversal it is the original that the switch may have forgotten; of others the key itself.
            case STALE_REQUEST -> mti / 100 == 4 ? ORIGINAL_NOT_FOUND : INVALID_TRANSACTION;
            default -> INOPERATIVE;
        };
    }

    /** The data element at fault when a request is refused so, or {@link Fields#NONE}. */
    static int fieldOf(final RejectReason reason) {
        return reason == RejectReason.CREATED_IN_FUTURE ? Fields.TRANSMISSION_DATE_TIME : Fields.NONE;
    }

    /** The data element that a field of a PaymentRequest comes from. */
    static int fieldOfPayment(final int fieldId) {
        if (fieldId == PaymentRequestDecoder.amountMinorId()) {
            return Fields.AMOUNT;
        } else if (fieldId == PaymentRequestDecoder.createdAtNsId()) {
            return Fields.TRANSMISSION_DATE_TIME;
        } else if (fieldId == PaymentRequestDecoder.localDateTimeId()) {
            return Fields.LOCAL_DATE;
        } else if (fieldId == PaymentRequestDecoder.currencyId()
                || fieldId == PaymentRequestDecoder.currencyExponentId()) {
            return Fields.CURRENCY;
        } else if (fieldId == PaymentRequestDecoder.expiryId()) {
            return Fields.EXPIRY;
        } else if (fieldId == PaymentRequestDecoder.cardSequenceId()) {
            return Fields.CARD_SEQUENCE;
        } else if (fieldId == PaymentRequestDecoder.panEntryModeId()
                || fieldId == PaymentRequestDecoder.pinEntryCapabilityId()) {
            return Fields.POS_ENTRY_MODE;
        } else if (fieldId == PaymentRequestDecoder.posConditionId()) {
            return Fields.POS_CONDITION;
        } else if (fieldId == PaymentRequestDecoder.merchantCategoryId()) {
            return Fields.MERCHANT_CATEGORY;
        }
        return fieldOfText(fieldId);
    }

    private static int fieldOfText(final int fieldId) {
        if (fieldId == PaymentRequestDecoder.terminalIdId()) {
            return Fields.TERMINAL_ID;
        } else if (fieldId == PaymentRequestDecoder.merchantIdId()) {
            return Fields.MERCHANT_ID;
        } else if (fieldId == PaymentRequestDecoder.merchantNameId()
                || fieldId == PaymentRequestDecoder.merchantCityId()
                || fieldId == PaymentRequestDecoder.merchantCountryId()) {
            return Fields.MERCHANT_NAME_AND_PLACE;
        } else if (fieldId == PaymentRequestDecoder.retrievalReferenceId()) {
            return Fields.RETRIEVAL_REFERENCE;
        } else if (fieldId == PaymentRequestDecoder.approvalCodeId()) {
            return Fields.APPROVAL_CODE;
        } else if (fieldId == PaymentRequestDecoder.panId()) {
            return Fields.PAN;
        } else if (fieldId == PaymentRequestDecoder.track2Id()) {
            return Fields.TRACK2;
        } else if (fieldId == PaymentRequestDecoder.pinBlockId()) {
            return Fields.PIN_BLOCK;
        } else if (fieldId == PaymentRequestDecoder.iccDataId()) {
            return Fields.ICC_DATA;
        }
        return Fields.PROCESSING_CODE;
    }

    /** The data element that a field of a FollowUpRequest comes from. */
    static int fieldOfFollowUp(final int fieldId) {
        if (fieldId == FollowUpRequestDecoder.createdAtNsId()) {
            return Fields.TRANSMISSION_DATE_TIME;
        } else if (fieldId == FollowUpRequestDecoder.originalCreatedAtNsId()) {
            return Fields.ORIGINAL_DATA;
        } else if (fieldId == FollowUpRequestDecoder.amountMinorId()) {
            return Fields.AMOUNT;
        } else if (fieldId == FollowUpRequestDecoder.localDateTimeId()) {
            return Fields.LOCAL_DATE;
        } else if (fieldId == FollowUpRequestDecoder.retrievalReferenceId()) {
            return Fields.RETRIEVAL_REFERENCE;
        }
        return Fields.PROCESSING_CODE;
    }

    /** The data element that a field of a ReversalRequest comes from. */
    static int fieldOfReversal(final int fieldId) {
        if (fieldId == ReversalRequestDecoder.createdAtNsId()) {
            return Fields.TRANSMISSION_DATE_TIME;
        }
        return fieldId == ReversalRequestDecoder.replacementAmountMinorId()
                ? Fields.REPLACEMENT_AMOUNTS
                : Fields.ORIGINAL_DATA;
    }
}
