package io.turnout.gateway.issuer;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.codecs.iso8583.Transactions;
import io.turnout.codecs.sbe.engine.AdviceRequestedDecoder;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.PanTokenDecoder;
import io.turnout.codecs.sbe.engine.PaymentRoutedDecoder;
import io.turnout.codecs.sbe.engine.ReversalRequestedDecoder;
import io.turnout.codecs.sbe.engine.TransactionType;
import io.turnout.gateway.security.MessageAuthenticator;
import io.turnout.gateway.security.PeerSecurity;
import io.turnout.gateway.security.PinTranslator;
import io.turnout.gateway.vault.CardVault;
import io.turnout.gateway.vault.SensitiveDataKind;
import io.turnout.gateway.vault.SensitiveDataSlots;
import io.turnout.security.module.KeyPurpose;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.agrona.AsciiSequenceView;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the messages of a link in its issuer's dialect, framed. Used by one thread; nothing but opening the card
 * number allocates. The buffer lies outside the Java heap, because it holds card data in clear until {@link #wipe}.
 */
final class IssuerMessageEncoder {

    /** The card number could not be opened. */
    static final int CARD_DATA_UNAVAILABLE = -1;
    /** The dialect cannot carry a value. */
    static final int NOT_ENCODABLE = -2;
    /** The PIN block cannot be translated for the issuer. */
    static final int PIN_NOT_TRANSLATED = -3;

    private static final int REVERSAL_ADVICE = 420;
    private static final int NETWORK_REQUEST = 800;
    /** From the type of a message to the type of its repeat. */
    private static final int REPEAT = 1;
    /** From the type of a request to the type of its response. */
    private static final int RESPONSE = 10;
    /** The canonical response code that says what has been done about an advice. */
    private static final int APPROVED = 0;

    private static final int CAPACITY = 4 * 1024;
    private static final int UNKNOWN_CARD_SEQUENCE = 255;
    private static final int CHIP = 5;
    private static final int CONTACTLESS_CHIP = 7;
    private static final int BLANK = ' ';
    /** Of DE90 and of DE95. */
    private static final int DIGITS_LENGTH = 42;

    private static final int ORIGINAL_STAN_OFFSET = 4;
    private static final int ORIGINAL_TIME_OFFSET = ORIGINAL_STAN_OFFSET + 6;
    private static final int ORIGINAL_INSTITUTION_OFFSET = ORIGINAL_TIME_OFFSET + 10;
    private static final int ORIGINAL_FORWARDER_OFFSET = ORIGINAL_INSTITUTION_OFFSET + 11;
    private static final int REPLACEMENT_AMOUNT_LENGTH = 12;
    /** Name, city and country lie one behind the other in the event as they do in DE43. */
    private static final int NAME_AND_PLACE_LENGTH = PaymentRoutedDecoder.merchantNameEncodingLength()
            + PaymentRoutedDecoder.merchantCityEncodingLength()
            + PaymentRoutedDecoder.merchantCountryEncodingLength();

    private static final byte[] HEX_DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private final Dialect dialect;
    private final Transactions transactions;
    private final Framing framing;
    private final CardVault vault;
    private final SensitiveDataSlots slots;
    private final PeerSecurity security;
    private final IsoEncoder encoder;
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY));
    private final UnsafeBuffer pan = new UnsafeBuffer(ByteBuffer.allocateDirect(CardVault.MAXIMUM_PAN_LENGTH));
    private final UnsafeBuffer hex =
            new UnsafeBuffer(ByteBuffer.allocateDirect(2 * SensitiveDataKind.ICC_DATA.maximumLength()));
    private final UnsafeBuffer digits = new UnsafeBuffer(new byte[DIGITS_LENGTH]);
    private final AsciiSequenceView panText = new AsciiSequenceView();
    private int panLength;
    private int pinLength;

    IssuerMessageEncoder(
            final Dialect dialect,
            final Framing framing,
            final CardVault vault,
            final SensitiveDataSlots slots,
            final PeerSecurity security) {
        this.dialect = dialect;
        this.transactions = dialect.transactions();
        this.framing = framing;
        this.vault = vault;
        this.slots = slots;
        this.security = security;
        this.encoder = new IsoEncoder(dialect);
    }

    /** Holds the frame written last, from index 0. */
    DirectBuffer buffer() {
        return buffer;
    }

    /** Overwrites the frame written last. */
    void wipe() {
        buffer.setMemory(0, CAPACITY, (byte) 0);
        encoder.wipe();
    }

    /**
     * 0100 or 0200: the request of a payment, in the manner of the dialect.
     *
     * @return bytes of the frame, {@link #CARD_DATA_UNAVAILABLE}, {@link #NOT_ENCODABLE}, {@link #PIN_NOT_TRANSLATED}
     *     or {@link MessageAuthenticator#MAC_UNAVAILABLE}
     */
    int paymentRequest(final PaymentRoutedDecoder event, final long nowNs) {
        final int type = event.transactionTypeRaw();
        if (!canWrite(type, event.originalTransactionType())) {
            return NOT_ENCODABLE;
        }
        final DirectBuffer source = event.buffer();
        final int block = event.offset();
        final PanTokenDecoder token = event.panToken();
        if (!openPan(source, block + PaymentRoutedDecoder.sealedPanEncodingOffset(), token)) {
            return CARD_DATA_UNAVAILABLE;
        }
        final int slot = event.slot().index();
        if (!translatePin((int) event.acquirerId(), slot, nowNs)) {
            return PIN_NOT_TRANSLATED;
        }
        begin(transactions.mti(type, false));
        putTransaction(type, event.amountMinor(), event.transmissionDateTime(), event.stan(), event.localDateTime());
        putExpiry(event.expiry());
        encoder.putLong(IssuerFields.MERCHANT_CATEGORY, event.merchantCategory());
        putEntryMode(event.panEntryMode(), event.pinEntryCapability(), event.cardSequence());
        putPosCondition(type, event.posCondition());
        encoder.putLong(IssuerFields.ACQUIRING_INSTITUTION, event.institutionId());
        putTrack2(slot);
        putReference(source, block + PaymentRoutedDecoder.retrievalReferenceEncodingOffset());
        final boolean namesOriginal = namesOriginal(type);
        if (namesOriginal) {
            putApprovalCode(source, block + PaymentRoutedDecoder.originalApprovalCodeEncodingOffset());
        }
        putTerminal(source, block + PaymentRoutedDecoder.terminalIdEncodingOffset());
        putPlace(source, block + PaymentRoutedDecoder.merchantNameEncodingOffset());
        encoder.putLong(IssuerFields.CURRENCY, event.currency());
        putPinBlock();
        putIccData(slot);
        if (namesOriginal) {
            putOriginalData(
                    transactions.mti(event.originalTransactionType(), event.originalAdvice() == BooleanType.TRUE),
                    event.originalStan(),
                    event.originalTransmissionDateTime(),
                    event.institutionId());
        }
        return finish();
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
        final PanTokenDecoder token = event.panToken();
        if (!openPan(source, block + AdviceRequestedDecoder.sealedPanEncodingOffset(), token)) {
            return CARD_DATA_UNAVAILABLE;
        }
        begin(transactions.mti(type, true) + (event.attempt() > 1 ? REPEAT : 0));
        putTransaction(type, event.amountMinor(), event.transmissionDateTime(), event.stan(), event.localDateTime());
        putExpiry(event.expiry());
        encoder.putLong(IssuerFields.MERCHANT_CATEGORY, event.merchantCategory());
        putEntryMode(event.panEntryMode(), event.pinEntryCapability(), event.cardSequence());
        putPosCondition(type, event.posCondition());
        encoder.putLong(IssuerFields.ACQUIRING_INSTITUTION, event.institutionId());
        putReference(source, block + AdviceRequestedDecoder.retrievalReferenceEncodingOffset());
        final boolean namesOriginal = namesOriginal(type);
        putApprovalCode(
                source,
                block
                        + (namesOriginal
                                ? AdviceRequestedDecoder.originalApprovalCodeEncodingOffset()
                                : AdviceRequestedDecoder.approvalCodeEncodingOffset()));
        encoder.putPacked(IssuerFields.RESPONSE_CODE, dialect.responseCodes().packed(APPROVED));
        putTerminal(source, block + AdviceRequestedDecoder.terminalIdEncodingOffset());
        putPlace(source, block + AdviceRequestedDecoder.merchantNameEncodingOffset());
        encoder.putLong(IssuerFields.CURRENCY, event.currency());
        if (namesOriginal) {
            putOriginalData(
                    transactions.mti(event.originalTransactionType(), event.originalAdvice() == BooleanType.TRUE),
                    event.originalStan(),
                    event.originalTransmissionDateTime(),
                    event.institutionId());
        }
        return finish();
    }

    /**
     * 0420, or 0421 from the second attempt on: reversal advice, of the whole amount or of a part. It carries no
     * sensitive data.
     *
     * @return bytes of the frame, {@link #CARD_DATA_UNAVAILABLE} or {@link #NOT_ENCODABLE}
     */
    int reversal(final ReversalRequestedDecoder event) {
        final int type = event.transactionTypeRaw();
        if (!transactions.has(type)) {
            return NOT_ENCODABLE;
        }
        final DirectBuffer source = event.buffer();
        final int block = event.offset();
        final PanTokenDecoder token = event.panToken();
        if (!openPan(source, block + ReversalRequestedDecoder.sealedPanEncodingOffset(), token)) {
            return CARD_DATA_UNAVAILABLE;
        }
        begin(REVERSAL_ADVICE + (event.attempt() > 1 ? REPEAT : 0));
        putTransaction(type, event.amountMinor(), event.transmissionDateTime(), event.stan(), event.localDateTime());
        encoder.putLong(IssuerFields.MERCHANT_CATEGORY, event.merchantCategory());
        putEntryMode(event.panEntryMode(), event.pinEntryCapability(), UNKNOWN_CARD_SEQUENCE);
        putPosCondition(type, event.posCondition());
        encoder.putLong(IssuerFields.ACQUIRING_INSTITUTION, event.institutionId());
        putReference(source, block + ReversalRequestedDecoder.retrievalReferenceEncodingOffset());
        putApprovalCode(source, block + ReversalRequestedDecoder.approvalCodeEncodingOffset());
        putTerminal(source, block + ReversalRequestedDecoder.terminalIdEncodingOffset());
        encoder.putLong(IssuerFields.CURRENCY, event.currency());
        putOriginalData(
                transactions.mti(type, event.originalAdvice() == BooleanType.TRUE),
                event.originalStan(),
                event.originalTransmissionDateTime(),
                event.institutionId());
        if (event.replacementAmountMinor() > 0) {
            putReplacementAmount(event.replacementAmountMinor());
        }
        return finish();
    }

    /** 0800: network management request with a code of DE70. */
    int networkRequest(final int stan, final long transmissionDateTime, final int networkCode) {
        begin(NETWORK_REQUEST)
                .putLong(IssuerFields.TRANSMISSION_DATE_TIME, transmissionDateTime)
                .putLong(IssuerFields.STAN, stan)
                .putLong(IssuerFields.NETWORK_CODE, networkCode);
        return finish();
    }

    /** 0800 or 0820: request for a new key. */
    int keyRequest(final int stan, final long transmissionDateTime, final KeyPurpose purpose) {
        begin(security.keys().requestMti())
                .putLong(IssuerFields.TRANSMISSION_DATE_TIME, transmissionDateTime)
                .putLong(IssuerFields.STAN, stan);
        security.keys().putRequest(encoder, purpose);
        encoder.putLong(IssuerFields.NETWORK_CODE, security.keys().requestCode());
        return finish();
    }

    /** The answer to a network management request: its key data and a canonical response code. */
    int networkResponse(final IsoDecoder request, final int resultCode) {
        begin(request.mti() + RESPONSE)
                .putLong(IssuerFields.TRANSMISSION_DATE_TIME, request.getLong(IssuerFields.TRANSMISSION_DATE_TIME))
                .putLong(IssuerFields.STAN, request.getLong(IssuerFields.STAN));
        final long forwarder = request.getLong(IssuerFields.FORWARDING_INSTITUTION);
        if (forwarder >= 0) {
            encoder.putLong(IssuerFields.FORWARDING_INSTITUTION, forwarder);
        }
        encoder.putPacked(IssuerFields.RESPONSE_CODE, dialect.responseCodes().packed(resultCode))
                .putLong(IssuerFields.NETWORK_CODE, request.getLong(IssuerFields.NETWORK_CODE));
        return finish();
    }

    private IsoEncoder begin(final int mti) {
        final int headerLength = framing.headerLength();
        return encoder.wrap(buffer, headerLength, CAPACITY - headerLength - framing.trailerLength())
                .begin(mti);
    }

    private int finish() {
        final int messageLength = security.authenticator().finish(encoder, buffer, framing.headerLength());
        if (messageLength < 0) {
            return messageLength == MessageAuthenticator.MAC_UNAVAILABLE ? messageLength : NOT_ENCODABLE;
        }
        final int frameLength = framing.write(buffer, 0, messageLength);
        return frameLength < 0 ? NOT_ENCODABLE : frameLength;
    }

    private boolean canWrite(final int type, final int originalType) {
        return transactions.has(type) && (!namesOriginal(type) || transactions.has(originalType));
    }

    /** Leaves the card number of an event in {@link #pan}; false when it cannot be opened. */
    private boolean openPan(final DirectBuffer source, final int offset, final PanTokenDecoder token) {
        panLength = vault.unseal(source, offset, token.high(), token.low(), pan, 0);
        return panLength >= 0;
    }

    /** DE2 to DE13; the card number is wiped. */
    private void putTransaction(
            final int type,
            final long amountMinor,
            final long transmissionDateTime,
            final long stan,
            final long localDateTime) {
        encoder.putAscii(IssuerFields.PAN, pan, 0, panLength)
                .putLong(IssuerFields.PROCESSING_CODE, transactions.processingCode(type))
                .putLong(IssuerFields.AMOUNT, amountMinor)
                .putLong(IssuerFields.TRANSMISSION_DATE_TIME, transmissionDateTime)
                .putLong(IssuerFields.STAN, stan)
                .putLong(IssuerFields.LOCAL_TIME, localDateTime % 1_000_000)
                .putLong(IssuerFields.LOCAL_DATE, localDateTime / 1_000_000 % 10_000);
        pan.setMemory(0, CardVault.MAXIMUM_PAN_LENGTH, (byte) 0);
    }

    private void putExpiry(final int expiry) {
        if (expiry != 0) {
            encoder.putLong(IssuerFields.EXPIRY, expiry);
        }
    }

    /** DE22, and DE23 of a chip card that has one. */
    private void putEntryMode(final int panEntryMode, final int pinEntryCapability, final int cardSequence) {
        encoder.putLong(IssuerFields.POS_ENTRY_MODE, panEntryMode * 10L + pinEntryCapability);
        if (isChip(panEntryMode) && cardSequence != UNKNOWN_CARD_SEQUENCE) {
            encoder.putLong(IssuerFields.CARD_SEQUENCE, cardSequence);
        }
    }

    private void putPosCondition(final int type, final int posCondition) {
        encoder.putLong(IssuerFields.POS_CONDITION, transactions.posCondition(type, posCondition));
    }

    private void putReference(final DirectBuffer source, final int offset) {
        encoder.putAscii(
                IssuerFields.RETRIEVAL_REFERENCE,
                source,
                offset,
                PaymentRoutedDecoder.retrievalReferenceEncodingLength());
    }

    /** DE38, unless it is not known. */
    private void putApprovalCode(final DirectBuffer source, final int offset) {
        if (source.getByte(offset) != BLANK) {
            encoder.putAscii(
                    IssuerFields.APPROVAL_CODE,
                    source,
                    offset,
                    PaymentRoutedDecoder.originalApprovalCodeEncodingLength());
        }
    }

    /** DE41 and DE42, which lie one behind the other in each event. */
    private void putTerminal(final DirectBuffer source, final int offset) {
        final int terminalLength = PaymentRoutedDecoder.terminalIdEncodingLength();
        encoder.putAscii(IssuerFields.TERMINAL_ID, source, offset, terminalLength)
                .putAscii(
                        IssuerFields.MERCHANT_ID,
                        source,
                        offset + terminalLength,
                        PaymentRoutedDecoder.merchantIdEncodingLength());
    }

    private void putPlace(final DirectBuffer source, final int offset) {
        encoder.putAscii(IssuerFields.MERCHANT_NAME_AND_PLACE, source, offset, NAME_AND_PLACE_LENGTH);
    }

    private void putTrack2(final int slot) {
        final int length = sensitiveLength(slot, SensitiveDataKind.TRACK2);
        if (length != 0) {
            encoder.putAscii(IssuerFields.TRACK2, slots.buffer(), slots.offset(slot, SensitiveDataKind.TRACK2), length);
        }
    }

    /** Makes the PIN block that the issuer can read; false when there is one and that is impossible. */
    private boolean translatePin(final int acquirerId, final int slot, final long nowNs) {
        final int length = sensitiveLength(slot, SensitiveDataKind.PIN_BLOCK);
        pinLength = 0;
        if (length != 0) {
            panText.wrap(pan, 0, panLength);
            pinLength = security.pins()
                    .translate(
                            acquirerId,
                            slots.buffer(),
                            slots.offset(slot, SensitiveDataKind.PIN_BLOCK),
                            length,
                            slots.offset(slot, SensitiveDataKind.PIN_KSN),
                            slots.length(slot, SensitiveDataKind.PIN_KSN),
                            panText,
                            nowNs);
        }
        return pinLength != PinTranslator.FAILED;
    }

    /** DE52, and DE53 where the issuer wants to be told how it is made. */
    private void putPinBlock() {
        if (pinLength > 0) {
            encoder.putBytes(IssuerFields.PIN_BLOCK, security.pins().block(), 0, pinLength);
            security.pins().wipe();
            if (!security.pins().control().isEmpty()) {
                encoder.putString(IssuerFields.SECURITY_CONTROL, security.pins().control());
            }
        }
    }

    /** Where the dialect has DE55 as text, the bytes are written as hexadecimal characters. */
    private void putIccData(final int slot) {
        final int length = sensitiveLength(slot, SensitiveDataKind.ICC_DATA);
        if (length == 0) {
            return;
        }
        final int offset = slots.offset(slot, SensitiveDataKind.ICC_DATA);
        if (dialect.isBinary(IssuerFields.ICC_DATA)) {
            encoder.putBytes(IssuerFields.ICC_DATA, slots.buffer(), offset, length);
        } else {
            putHex(slots.buffer(), offset, length);
            encoder.putAscii(IssuerFields.ICC_DATA, hex, 0, 2 * length);
            hex.setMemory(0, 2 * length, (byte) 0);
        }
    }

    private int sensitiveLength(final int slot, final SensitiveDataKind kind) {
        return slot == SensitiveDataSlots.NONE ? 0 : slots.length(slot, kind);
    }

    private void putHex(final DirectBuffer source, final int offset, final int length) {
        for (int i = 0; i < length; i++) {
            final int value = source.getByte(offset + i) & 0xFF;
            hex.putByte(2 * i, HEX_DIGITS[value >> 4]);
            hex.putByte(2 * i + 1, HEX_DIGITS[value & 0xF]);
        }
    }

    /** DE90: type, STAN, time and institution of the original, and no forwarding institution. */
    private void putOriginalData(
            final int mti, final long stan, final long transmissionDateTime, final long institutionId) {
        putDigits(0, ORIGINAL_STAN_OFFSET, mti);
        putDigits(ORIGINAL_STAN_OFFSET, ORIGINAL_TIME_OFFSET, stan);
        putDigits(ORIGINAL_TIME_OFFSET, ORIGINAL_INSTITUTION_OFFSET, transmissionDateTime);
        putDigits(ORIGINAL_INSTITUTION_OFFSET, ORIGINAL_FORWARDER_OFFSET, institutionId);
        putDigits(ORIGINAL_FORWARDER_OFFSET, DIGITS_LENGTH, 0);
        encoder.putAscii(IssuerFields.ORIGINAL_DATA, digits, 0, DIGITS_LENGTH);
    }

    /** DE95: what shall stand of the amount; nothing is said of settlement amounts and fees. */
    private void putReplacementAmount(final long amountMinor) {
        putDigits(0, REPLACEMENT_AMOUNT_LENGTH, amountMinor);
        putDigits(REPLACEMENT_AMOUNT_LENGTH, DIGITS_LENGTH, 0);
        encoder.putAscii(IssuerFields.REPLACEMENT_AMOUNTS, digits, 0, DIGITS_LENGTH);
    }

    private void putDigits(final int from, final int to, final long value) {
        long rest = value;
        for (int i = to - 1; i >= from; i--) {
            digits.putByte(i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }

    /** A refund is a credit of its own; without DE90 a bank tells it from a void, whose DE3 may be the same. */
    private static boolean namesOriginal(final int type) {
        return type == TransactionType.COMPLETION.value() || type == TransactionType.VOID.value();
    }

    private static boolean isChip(final int panEntryMode) {
        return panEntryMode == CHIP || panEntryMode == CONTACTLESS_CHIP;
    }
}
