package io.turnout.gateway.issuer;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.codecs.iso8583.Transactions;
import io.turnout.codecs.sbe.engine.AdviceRequestedDecoder;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.PaymentRoutedDecoder;
import io.turnout.codecs.sbe.engine.ReversalReason;
import io.turnout.codecs.sbe.engine.ReversalRequestedDecoder;
import io.turnout.codecs.sbe.engine.TransactionType;
import io.turnout.gateway.iso.FunctionCode;
import io.turnout.gateway.iso.IsoFields;
import io.turnout.gateway.iso.IsoVersion;
import io.turnout.gateway.iso.MessageReason;
import io.turnout.gateway.security.PeerSecurity;
import io.turnout.gateway.vault.CardVault;
import io.turnout.gateway.vault.SensitiveDataSlots;
import io.turnout.security.module.KeyPurpose;
import org.agrona.DirectBuffer;

/**
 * Writes the messages of a link in its issuer's dialect, framed. Used by one thread; nothing but opening the card
 * number allocates.
 */
final class IssuerMessageEncoder {

    /** The card number could not be opened. */
    static final int CARD_DATA_UNAVAILABLE = -1;
    /** The dialect cannot carry a value. */
    static final int NOT_ENCODABLE = -2;
    /** The PIN block cannot be translated for the issuer. */
    static final int PIN_NOT_TRANSLATED = -3;

    private static final int REVERSAL_ADVICE = 420;
    /** From the type of a message to the type of its repeat. */
    private static final int REPEAT = 1;
    /** The canonical response code that says what has been done about an advice. */
    private static final int APPROVED = 0;

    private static final int UNKNOWN_CARD_SEQUENCE = 255;
    private static final int CHIP = 5;
    private static final int CONTACTLESS_CHIP = 7;
    private static final int BLANK = ' ';
    private static final int FINANCIAL = 2;
    private static final int REVERSAL = 4;
    private static final int CLASS = 100;

    private final MessageFrame frame;
    private final LinkMessages linkMessages;
    private final ReconciliationMessages reconciliation;
    private final IsoVersion version;
    private final Transactions transactions;
    private final CardFields card;

    IssuerMessageEncoder(
            final IssuerLinkConfiguration link,
            final CardVault vault,
            final SensitiveDataSlots slots,
            final PeerSecurity security) {
        final Dialect dialect = link.dialect();
        this.frame = new MessageFrame(dialect, link.framing(), link.institutions(), security.authenticator());
        this.linkMessages = new LinkMessages(frame, security.keys());
        this.reconciliation = new ReconciliationMessages(frame);
        this.version = frame.version();
        this.transactions = dialect.transactions();
        this.card = new CardFields(dialect, vault, slots, security.pins());
    }

    /** Holds the frame written last, from index 0. */
    DirectBuffer buffer() {
        return frame.buffer();
    }

    /** Overwrites the frame written last. */
    void wipe() {
        frame.wipe();
    }

    /**
     * 0100 or 0200: the request of a payment, in the manner of the dialect; 0400 for a void, if the dialect says so.
     *
     * @return bytes of the frame, {@link #CARD_DATA_UNAVAILABLE}, {@link #NOT_ENCODABLE}, {@link #PIN_NOT_TRANSLATED}
     *     or {@link io.turnout.gateway.security.MessageAuthenticator#MAC_UNAVAILABLE}, as for all messages
     */
    int paymentRequest(final PaymentRoutedDecoder event, final long nowNs) {
        final int type = event.transactionTypeRaw();
        if (!canWrite(type, event.originalTransactionType())) {
            return NOT_ENCODABLE;
        }
        final DirectBuffer source = event.buffer();
        final int block = event.offset();
        if (!card.openPan(source, block + PaymentRoutedDecoder.sealedPanEncodingOffset(), event.panToken())) {
            return CARD_DATA_UNAVAILABLE;
        }
        final int slot = event.slot().index();
        if (!card.translatePin((int) event.acquirerId(), slot, nowNs)) {
            return PIN_NOT_TRANSLATED;
        }
        final int mti = mtiOf1987(type, false);
        final IsoEncoder encoder = begin(mti, processingCode(type, event.originalTransactionType()));
        putKey(event.amountMinor(), event.transmissionDateTime(), event.stan(), event.localDateTime());
        putExpiry(event.expiry());
        version.putSettlementDate(encoder, event.businessDate());
        version.putMerchantType(encoder, event.merchantCategory());
        final int posCondition = posCondition(type, event.originalTransactionType(), event.posCondition());
        version.putEntryMode(
                encoder, event.panEntryMode(), event.pinEntryCapability(), posCondition, card.hasPinBlock());
        putCardSequence(event.panEntryMode(), event.cardSequence());
        version.putCircumstances(
                encoder, function(type, mti), MessageReason.NONE, posCondition, event.merchantCategory());
        putInstitutions(event.institutionId());
        card.putTrack2(encoder, slot);
        putReference(source, block + PaymentRoutedDecoder.retrievalReferenceEncodingOffset());
        final boolean namesOriginal = namesOriginal(type);
        if (namesOriginal) {
            putApprovalCode(source, block + PaymentRoutedDecoder.originalApprovalCodeEncodingOffset());
        }
        putTerminal(source, block + PaymentRoutedDecoder.terminalIdEncodingOffset());
        version.putNameAndPlace(encoder, source, block + PaymentRoutedDecoder.merchantNameEncodingOffset());
        encoder.putLong(IsoFields.CURRENCY, event.currency());
        card.putPinBlock(encoder);
        card.putIccData(encoder, slot);
        if (namesOriginal) {
            putOriginalData(
                    mtiOf1987(event.originalTransactionType(), event.originalAdvice() == BooleanType.TRUE),
                    event.originalStan(),
                    event.originalTransmissionDateTime(),
                    event.originalLocalDateTime(),
                    event.institutionId());
        }
        frame.putReceiver();
        return frame.finish();
    }

    /**
     * 0120 or 0220, or 0121 or 0221 from the second attempt on: the advice of a payment that is a fact. It carries no
     * sensitive data.
     *
     * @return bytes of the frame, {@link #CARD_DATA_UNAVAILABLE} or {@link #NOT_ENCODABLE}
     */
    int advice(final AdviceRequestedDecoder event) {
        final int type = event.transactionTypeRaw();
        if (!canWrite(type, event.originalTransactionType())) {
            return NOT_ENCODABLE;
        }
        final DirectBuffer source = event.buffer();
        final int block = event.offset();
        if (!card.openPan(source, block + AdviceRequestedDecoder.sealedPanEncodingOffset(), event.panToken())) {
            return CARD_DATA_UNAVAILABLE;
        }
        final int mti = mtiOf1987(type, true) + (event.attempt() > 1 ? REPEAT : 0);
        final IsoEncoder encoder = begin(mti, processingCode(type, event.originalTransactionType()));
        putKey(event.amountMinor(), event.transmissionDateTime(), event.stan(), event.localDateTime());
        putExpiry(event.expiry());
        version.putSettlementDate(encoder, event.businessDate());
        version.putMerchantType(encoder, event.merchantCategory());
        final int posCondition = posCondition(type, event.originalTransactionType(), event.posCondition());
        version.putEntryMode(encoder, event.panEntryMode(), event.pinEntryCapability(), posCondition, false);
        putCardSequence(event.panEntryMode(), event.cardSequence());
        version.putCircumstances(
                encoder, function(type, mti), MessageReason.NONE, posCondition, event.merchantCategory());
        putInstitutions(event.institutionId());
        putReference(source, block + AdviceRequestedDecoder.retrievalReferenceEncodingOffset());
        final boolean namesOriginal = namesOriginal(type);
        final int approvalCode = namesOriginal
                ? AdviceRequestedDecoder.originalApprovalCodeEncodingOffset()
                : AdviceRequestedDecoder.approvalCodeEncodingOffset();
        putApprovalCode(source, block + approvalCode);
        encoder.putPacked(
                IsoFields.RESPONSE_CODE, frame.dialect().responseCodes().packed(APPROVED));
        putTerminal(source, block + AdviceRequestedDecoder.terminalIdEncodingOffset());
        version.putNameAndPlace(encoder, source, block + AdviceRequestedDecoder.merchantNameEncodingOffset());
        encoder.putLong(IsoFields.CURRENCY, event.currency());
        if (namesOriginal) {
            putOriginalData(
                    mtiOf1987(event.originalTransactionType(), event.originalAdvice() == BooleanType.TRUE),
                    event.originalStan(),
                    event.originalTransmissionDateTime(),
                    event.originalLocalDateTime(),
                    event.institutionId());
        }
        frame.putReceiver();
        return frame.finish();
    }

    /**
     * 0420, or 0421 from the second attempt on: reversal advice, of the whole amount or of a part. It carries no
     * sensitive data.
     *
     * @return bytes of the frame, {@link #CARD_DATA_UNAVAILABLE} or {@link #NOT_ENCODABLE}
     */
    int reversal(final ReversalRequestedDecoder event) {
        final int type = event.transactionTypeRaw();
        final int originalType = event.originalTransactionType();
        if (!transactions.has(type) || (transactions.isReversal(type) && !transactions.has(originalType))) {
            return NOT_ENCODABLE;
        }
        final DirectBuffer source = event.buffer();
        final int block = event.offset();
        if (!card.openPan(source, block + ReversalRequestedDecoder.sealedPanEncodingOffset(), event.panToken())) {
            return CARD_DATA_UNAVAILABLE;
        }
        final long replacementMinor = event.replacementAmountMinor();
        final IsoEncoder encoder =
                begin(REVERSAL_ADVICE + (event.attempt() > 1 ? REPEAT : 0), processingCode(type, originalType));
        putKey(
                version.reversalAmount(event.amountMinor(), replacementMinor),
                event.transmissionDateTime(),
                event.stan(),
                event.localDateTime());
        version.putSettlementDate(encoder, event.businessDate());
        version.putMerchantType(encoder, event.merchantCategory());
        final int posCondition = posCondition(type, originalType, event.posCondition());
        version.putEntryMode(encoder, event.panEntryMode(), event.pinEntryCapability(), posCondition, false);
        final boolean isPartial = replacementMinor > 0;
        version.putCircumstances(
                encoder,
                isPartial ? FunctionCode.PARTIAL_REVERSAL : FunctionCode.FULL_REVERSAL,
                isPartial ? MessageReason.COMPLETED_PARTIALLY : reasonOf(event.reason()),
                posCondition,
                event.merchantCategory());
        version.putOriginalAmount(encoder, isPartial ? event.amountMinor() : 0);
        putInstitutions(event.institutionId());
        putReference(source, block + ReversalRequestedDecoder.retrievalReferenceEncodingOffset());
        putApprovalCode(source, block + ReversalRequestedDecoder.approvalCodeEncodingOffset());
        putTerminal(source, block + ReversalRequestedDecoder.terminalIdEncodingOffset());
        encoder.putLong(IsoFields.CURRENCY, event.currency());
        putOriginalData(
                mtiOf1987(type, event.originalAdvice() == BooleanType.TRUE),
                event.originalStan(),
                event.originalTransmissionDateTime(),
                event.localDateTime(),
                event.institutionId());
        version.putReplacementAmount(encoder, replacementMinor);
        frame.putReceiver();
        return frame.finish();
    }

    /** 0520: totals of the switch; and 0510 or 0530, how those of the issuer compare. */
    ReconciliationMessages reconciliation() {
        return reconciliation;
    }

    /** 0800: network management request; see {@link LinkMessages#networkRequest}. */
    int networkRequest(final int stan, final long nowNs, final int networkCode) {
        return linkMessages.networkRequest(stan, nowNs, networkCode);
    }

    /** 0800 or 0820: request for a new key. */
    int keyRequest(final int stan, final long nowNs, final KeyPurpose purpose) {
        return linkMessages.keyRequest(stan, nowNs, purpose);
    }

    /** The answer to a network management request: its key data and a canonical response code. */
    int networkResponse(final IsoDecoder request, final int resultCode) {
        return linkMessages.networkResponse(request, resultCode);
    }

    /** The answer to a request of a class that the link does not take. */
    int refusal(final IsoDecoder request, final int resultCode) {
        return linkMessages.refusal(request, resultCode);
    }

    /** 0620: the notice that a message could not be read. */
    int unreadable(final int stan, final long nowNs) {
        return linkMessages.unreadable(stan, nowNs);
    }

    private boolean canWrite(final int type, final int originalType) {
        return transactions.has(type) && (!namesOriginal(type) || transactions.has(originalType));
    }

    private int mtiOf1987(final int type, final boolean advice) {
        return version.mtiOf1987(transactions.mti(type, advice));
    }

    private int processingCode(final int type, final int originalType) {
        return transactions.processingCode(type, originalType);
    }

    private int posCondition(final int type, final int originalType, final int terminals) {
        return transactions.posCondition(transactions.isReversal(type) ? originalType : type, terminals);
    }

    /** The type, DE2 and DE3. */
    private IsoEncoder begin(final int mti, final int processingCode) {
        final IsoEncoder encoder = frame.begin(mti);
        card.putPan(encoder);
        return encoder.putLong(IsoFields.PROCESSING_CODE, processingCode);
    }

    /** DE4 to DE13. */
    private void putKey(
            final long amountMinor, final long transmissionDateTime, final long stan, final long localDateTime) {
        frame.encoder()
                .putLong(IsoFields.AMOUNT, amountMinor)
                .putLong(IsoFields.TRANSMISSION_DATE_TIME, transmissionDateTime)
                .putLong(IsoFields.STAN, stan);
        version.putLocalDateTime(frame.encoder(), localDateTime);
    }

    private void putExpiry(final int expiry) {
        if (expiry != 0) {
            frame.encoder().putLong(IsoFields.EXPIRY, expiry);
        }
    }

    /** DE23 of a chip card that has one. */
    private void putCardSequence(final int panEntryMode, final int cardSequence) {
        if (isChip(panEntryMode) && cardSequence != UNKNOWN_CARD_SEQUENCE) {
            frame.encoder().putLong(IsoFields.CARD_SEQUENCE, cardSequence);
        }
    }

    private void putInstitutions(final long institutionId) {
        frame.encoder().putLong(IsoFields.ACQUIRING_INSTITUTION, institutionId);
        frame.putForwarder();
    }

    private void putReference(final DirectBuffer source, final int offset) {
        frame.encoder()
                .putAscii(
                        IsoFields.RETRIEVAL_REFERENCE,
                        source,
                        offset,
                        PaymentRoutedDecoder.retrievalReferenceEncodingLength());
    }

    /** DE38, unless it is not known. */
    private void putApprovalCode(final DirectBuffer source, final int offset) {
        if (source.getByte(offset) != BLANK) {
            frame.encoder()
                    .putAscii(
                            IsoFields.APPROVAL_CODE,
                            source,
                            offset,
                            PaymentRoutedDecoder.originalApprovalCodeEncodingLength());
        }
    }

    /** DE41 and DE42, which lie one behind the other in each event. */
    private void putTerminal(final DirectBuffer source, final int offset) {
        final int terminalLength = PaymentRoutedDecoder.terminalIdEncodingLength();
        frame.encoder()
                .putAscii(IsoFields.TERMINAL_ID, source, offset, terminalLength)
                .putAscii(
                        IsoFields.MERCHANT_ID,
                        source,
                        offset + terminalLength,
                        PaymentRoutedDecoder.merchantIdEncodingLength());
    }

    private void putOriginalData(
            final int mti,
            final long stan,
            final long transmissionDateTime,
            final long localDateTime,
            final long institutionId) {
        version.putOriginalData(
                frame.encoder(),
                mti,
                stan,
                transmissionDateTime,
                localDateTime,
                institutionId,
                frame.institutions().forwarding());
    }

    private static int function(final int type, final int mti) {
        return switch (mti / CLASS) {
            case REVERSAL -> FunctionCode.FULL_REVERSAL;
            case FINANCIAL ->
                type == TransactionType.COMPLETION.value()
                        ? FunctionCode.PREVIOUSLY_AUTHORISED
                        : FunctionCode.ORIGINAL_FINANCIAL;
            default ->
                type == TransactionType.BALANCE_INQUIRY.value()
                        ? FunctionCode.INQUIRY
                        : FunctionCode.ORIGINAL_AUTHORISATION;
        };
    }

    private static int reasonOf(final ReversalReason reason) {
        return switch (reason) {
            case CUSTOMER_CANCELLATION -> MessageReason.CUSTOMER_CANCELLATION;
            case UNABLE_TO_DELIVER -> MessageReason.UNABLE_TO_DELIVER;
            case SUSPECTED_MALFUNCTION -> MessageReason.SUSPECTED_MALFUNCTION;
            case LATE_RESPONSE -> MessageReason.LATE_RESPONSE;
            default -> MessageReason.RESPONSE_TIMEOUT;
        };
    }

    /** A refund is a credit of its own; without DE90 a bank tells it from a void, whose DE3 may be the same. */
    private static boolean namesOriginal(final int type) {
        return type == TransactionType.COMPLETION.value() || type == TransactionType.VOID.value();
    }

    private static boolean isChip(final int panEntryMode) {
        return panEntryMode == CHIP || panEntryMode == CONTACTLESS_CHIP;
    }
}
