package io.turnout.gateway.issuer;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.codecs.sbe.engine.PaymentRoutedDecoder;
import io.turnout.codecs.sbe.engine.ReversalRequestedDecoder;
import io.turnout.codecs.sbe.engine.TransactionType;
import io.turnout.gateway.vault.CardVault;
import io.turnout.gateway.vault.SensitiveDataKind;
import io.turnout.gateway.vault.SensitiveDataSlots;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

    static final int PAYMENT_REQUEST = 200;
    static final int REVERSAL_ADVICE = 420;
    static final int REVERSAL_ADVICE_REPEAT = 421;
    static final int NETWORK_REQUEST = 800;
    /** From the type of a request to the type of its response. */
    static final int RESPONSE = 10;

    private static final int CAPACITY = 4 * 1024;
    private static final int UNKNOWN_CARD_SEQUENCE = 255;
    private static final int CHIP = 5;
    private static final int CONTACTLESS_CHIP = 7;
    private static final int BLANK = ' ';
    private static final int ORIGINAL_DATA_LENGTH = 42;
    private static final int ORIGINAL_STAN_OFFSET = 4;
    private static final int ORIGINAL_TIME_OFFSET = ORIGINAL_STAN_OFFSET + 6;
    private static final int ORIGINAL_INSTITUTION_OFFSET = ORIGINAL_TIME_OFFSET + 10;
    private static final int ORIGINAL_FORWARDER_OFFSET = ORIGINAL_INSTITUTION_OFFSET + 11;
    /** Name, city and country lie one behind the other in the event as they do in DE43. */
    private static final int NAME_AND_PLACE_LENGTH = PaymentRoutedDecoder.merchantNameEncodingLength()
            + PaymentRoutedDecoder.merchantCityEncodingLength()
            + PaymentRoutedDecoder.merchantCountryEncodingLength();

    private static final byte[] HEX_DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private final Dialect dialect;
    private final Framing framing;
    private final CardVault vault;
    private final SensitiveDataSlots slots;
    private final IsoEncoder encoder;
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY));
    private final UnsafeBuffer pan = new UnsafeBuffer(ByteBuffer.allocateDirect(CardVault.MAXIMUM_PAN_LENGTH));
    private final UnsafeBuffer hex =
            new UnsafeBuffer(ByteBuffer.allocateDirect(2 * SensitiveDataKind.ICC_DATA.maximumLength()));
    private final UnsafeBuffer originalData = new UnsafeBuffer(new byte[ORIGINAL_DATA_LENGTH]);

    IssuerMessageEncoder(
            final Dialect dialect, final Framing framing, final CardVault vault, final SensitiveDataSlots slots) {
        this.dialect = dialect;
        this.framing = framing;
        this.vault = vault;
        this.slots = slots;
        this.encoder = new IsoEncoder(dialect);
    }

    /** Holds the frame written last, from index 0. */
    DirectBuffer buffer() {
        return buffer;
    }

    /** Overwrites the frame written last. */
    void wipe() {
        buffer.setMemory(0, CAPACITY, (byte) 0);
    }

    /**
     * 0200: financial request.
     *
     * @return bytes of the frame, {@link #CARD_DATA_UNAVAILABLE} or {@link #NOT_ENCODABLE}
     */
    int paymentRequest(final PaymentRoutedDecoder event) {
        final int panLength = vault.unseal(
                event.buffer(),
                event.offset() + PaymentRoutedDecoder.sealedPanEncodingOffset(),
                event.panToken().high(),
                event.panToken().low(),
                pan,
                0);
        if (panLength < 0) {
            return CARD_DATA_UNAVAILABLE;
        }
        begin(PAYMENT_REQUEST)
                .putAscii(IssuerFields.PAN, pan, 0, panLength)
                .putLong(IssuerFields.PROCESSING_CODE, processingCode(event.transactionType()))
                .putLong(IssuerFields.AMOUNT, event.amountMinor())
                .putLong(IssuerFields.TRANSMISSION_DATE_TIME, event.transmissionDateTime())
                .putLong(IssuerFields.STAN, event.stan())
                .putLong(IssuerFields.LOCAL_TIME, event.localDateTime() % 1_000_000)
                .putLong(IssuerFields.LOCAL_DATE, event.localDateTime() / 1_000_000 % 10_000);
        if (event.expiry() != 0) {
            encoder.putLong(IssuerFields.EXPIRY, event.expiry());
        }
        encoder.putLong(IssuerFields.MERCHANT_CATEGORY, event.merchantCategory())
                .putLong(IssuerFields.POS_ENTRY_MODE, event.panEntryMode() * 10L + event.pinEntryCapability());
        if (isChip(event.panEntryMode()) && event.cardSequence() != UNKNOWN_CARD_SEQUENCE) {
            encoder.putLong(IssuerFields.CARD_SEQUENCE, event.cardSequence());
        }
        encoder.putLong(IssuerFields.POS_CONDITION, event.posCondition())
                .putLong(IssuerFields.ACQUIRING_INSTITUTION, event.institutionId());
        pan.setMemory(0, CardVault.MAXIMUM_PAN_LENGTH, (byte) 0);
        final int slot = event.slot().index();
        putTrack2(slot);
        putMerchant(event);
        encoder.putLong(IssuerFields.CURRENCY, event.currency());
        putPinBlock(slot);
        putIccData(slot);
        return finish();
    }

    /**
     * 0420, or 0421 from the second attempt on: reversal advice. It carries no sensitive data.
     *
     * @return bytes of the frame, {@link #CARD_DATA_UNAVAILABLE} or {@link #NOT_ENCODABLE}
     */
    int reversal(final ReversalRequestedDecoder event) {
        final int panLength = vault.unseal(
                event.buffer(),
                event.offset() + ReversalRequestedDecoder.sealedPanEncodingOffset(),
                event.panToken().high(),
                event.panToken().low(),
                pan,
                0);
        if (panLength < 0) {
            return CARD_DATA_UNAVAILABLE;
        }
        begin(event.attempt() > 1 ? REVERSAL_ADVICE_REPEAT : REVERSAL_ADVICE)
                .putAscii(IssuerFields.PAN, pan, 0, panLength)
                .putLong(IssuerFields.PROCESSING_CODE, processingCode(event.transactionType()))
                .putLong(IssuerFields.AMOUNT, event.amountMinor())
                .putLong(IssuerFields.TRANSMISSION_DATE_TIME, event.transmissionDateTime())
                .putLong(IssuerFields.STAN, event.stan())
                .putLong(IssuerFields.LOCAL_TIME, event.localDateTime() % 1_000_000)
                .putLong(IssuerFields.LOCAL_DATE, event.localDateTime() / 1_000_000 % 10_000)
                .putLong(IssuerFields.MERCHANT_CATEGORY, event.merchantCategory())
                .putLong(IssuerFields.POS_ENTRY_MODE, event.panEntryMode() * 10L + event.pinEntryCapability())
                .putLong(IssuerFields.POS_CONDITION, event.posCondition())
                .putLong(IssuerFields.ACQUIRING_INSTITUTION, event.institutionId());
        pan.setMemory(0, CardVault.MAXIMUM_PAN_LENGTH, (byte) 0);
        putTexts(event);
        encoder.putLong(IssuerFields.CURRENCY, event.currency());
        putOriginalData(event);
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
        final int messageLength = encoder.finish();
        if (messageLength < 0) {
            return NOT_ENCODABLE;
        }
        final int frameLength = framing.write(buffer, 0, messageLength);
        return frameLength < 0 ? NOT_ENCODABLE : frameLength;
    }

    private void putMerchant(final PaymentRoutedDecoder event) {
        final DirectBuffer source = event.buffer();
        final int block = event.offset();
        encoder.putAscii(
                        IssuerFields.RETRIEVAL_REFERENCE,
                        source,
                        block + PaymentRoutedDecoder.retrievalReferenceEncodingOffset(),
                        PaymentRoutedDecoder.retrievalReferenceEncodingLength())
                .putAscii(
                        IssuerFields.TERMINAL_ID,
                        source,
                        block + PaymentRoutedDecoder.terminalIdEncodingOffset(),
                        PaymentRoutedDecoder.terminalIdEncodingLength())
                .putAscii(
                        IssuerFields.MERCHANT_ID,
                        source,
                        block + PaymentRoutedDecoder.merchantIdEncodingOffset(),
                        PaymentRoutedDecoder.merchantIdEncodingLength())
                .putAscii(
                        IssuerFields.MERCHANT_NAME_AND_PLACE,
                        source,
                        block + PaymentRoutedDecoder.merchantNameEncodingOffset(),
                        NAME_AND_PLACE_LENGTH);
    }

    private void putTexts(final ReversalRequestedDecoder event) {
        final DirectBuffer source = event.buffer();
        final int block = event.offset();
        encoder.putAscii(
                IssuerFields.RETRIEVAL_REFERENCE,
                source,
                block + ReversalRequestedDecoder.retrievalReferenceEncodingOffset(),
                ReversalRequestedDecoder.retrievalReferenceEncodingLength());
        final int approvalCode = block + ReversalRequestedDecoder.approvalCodeEncodingOffset();
        if (source.getByte(approvalCode) != BLANK) {
            encoder.putAscii(
                    IssuerFields.APPROVAL_CODE,
                    source,
                    approvalCode,
                    ReversalRequestedDecoder.approvalCodeEncodingLength());
        }
        encoder.putAscii(
                        IssuerFields.TERMINAL_ID,
                        source,
                        block + ReversalRequestedDecoder.terminalIdEncodingOffset(),
                        ReversalRequestedDecoder.terminalIdEncodingLength())
                .putAscii(
                        IssuerFields.MERCHANT_ID,
                        source,
                        block + ReversalRequestedDecoder.merchantIdEncodingOffset(),
                        ReversalRequestedDecoder.merchantIdEncodingLength());
    }

    private void putTrack2(final int slot) {
        final int length = sensitiveLength(slot, SensitiveDataKind.TRACK2);
        if (length != 0) {
            encoder.putAscii(IssuerFields.TRACK2, slots.buffer(), slots.offset(slot, SensitiveDataKind.TRACK2), length);
        }
    }

    private void putPinBlock(final int slot) {
        final int length = sensitiveLength(slot, SensitiveDataKind.PIN_BLOCK);
        if (length != 0) {
            encoder.putBytes(
                    IssuerFields.PIN_BLOCK, slots.buffer(), slots.offset(slot, SensitiveDataKind.PIN_BLOCK), length);
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
    private void putOriginalData(final ReversalRequestedDecoder event) {
        putDigits(0, ORIGINAL_STAN_OFFSET, PAYMENT_REQUEST);
        putDigits(ORIGINAL_STAN_OFFSET, ORIGINAL_TIME_OFFSET, event.originalStan());
        putDigits(ORIGINAL_TIME_OFFSET, ORIGINAL_INSTITUTION_OFFSET, event.originalTransmissionDateTime());
        putDigits(ORIGINAL_INSTITUTION_OFFSET, ORIGINAL_FORWARDER_OFFSET, event.institutionId());
        putDigits(ORIGINAL_FORWARDER_OFFSET, ORIGINAL_DATA_LENGTH, 0);
        encoder.putAscii(IssuerFields.ORIGINAL_DATA, originalData, 0, ORIGINAL_DATA_LENGTH);
    }

    private void putDigits(final int from, final int to, final long value) {
        long rest = value;
        for (int i = to - 1; i >= from; i--) {
            originalData.putByte(i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }

    private static boolean isChip(final int panEntryMode) {
        return panEntryMode == CHIP || panEntryMode == CONTACTLESS_CHIP;
    }

    /** DE3: type of transaction, and the default account on both sides. */
    private static int processingCode(final TransactionType type) {
        return switch (type) {
            case PURCHASE -> 0;
            default -> throw new IllegalStateException("transactionType=" + type);
        };
    }
}
