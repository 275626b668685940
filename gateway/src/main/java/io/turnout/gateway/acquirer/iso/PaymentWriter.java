package io.turnout.gateway.acquirer.iso;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.sbe.acquirer.BooleanType;
import io.turnout.codecs.sbe.acquirer.MessageHeaderEncoder;
import io.turnout.codecs.sbe.acquirer.PaymentRequestEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the PaymentRequest of a message, with its card data. An advice has no sensitive data, whatever the message
 * brings (PCI DSS 3.3.1). Used by one thread; allocates nothing.
 */
final class PaymentWriter {

    private static final int UNKNOWN_CARD_SEQUENCE = 255;
    private static final int SHORTEST_PAN = 8;
    private static final int LONGEST_PAN = 19;
    private static final int LONGEST_ICC_DATA = 254;
    private static final int BLANK = ' ';
    /** The country code of ISO 3166 that stands for none. */
    private static final byte[] NO_COUNTRY = "ZZ".getBytes(StandardCharsets.US_ASCII);

    private static final int PLACE_LENGTH = PaymentRequestEncoder.merchantNameEncodingLength()
            + PaymentRequestEncoder.merchantCityEncodingLength()
            + PaymentRequestEncoder.merchantCountryEncodingLength();
    private static final byte[] NOTHING = new byte[0];

    private final IsoDecoder decoder;
    private final RequestReader reader;
    private final boolean iccDataIsBinary;
    private final int largestField;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final PaymentRequestEncoder payment = new PaymentRequestEncoder();
    private final UnsafeBuffer pan = new UnsafeBuffer(ByteBuffer.allocateDirect(LONGEST_PAN));
    private final UnsafeBuffer field;
    private int panLength;

    PaymentWriter(final Dialect dialect, final IsoDecoder decoder, final RequestReader reader) {
        this.decoder = decoder;
        this.reader = reader;
        this.iccDataIsBinary = dialect.isBinary(Fields.ICC_DATA);
        this.largestField = 2 * Math.max(1024, dialect.maximumLength(Fields.ICC_DATA));
        this.field = new UnsafeBuffer(ByteBuffer.allocateDirect(largestField));
    }

    /** Digits of the card number, from index 0. */
    DirectBuffer pan() {
        return pan;
    }

    int panLength() {
        return panLength;
    }

    byte panDigit(final int index) {
        return pan.getByte(index);
    }

    PaymentRequestEncoder encoder() {
        return payment;
    }

    void wipe() {
        pan.setMemory(0, LONGEST_PAN, (byte) 0);
        panLength = 0;
        field.setMemory(0, largestField, (byte) 0);
    }

    /** Takes the card number from DE2, or from track 2; answers the data element that does not hold one. */
    int readPan() {
        final int source = decoder.isPresent(Fields.PAN) ? Fields.PAN : Fields.TRACK2;
        final int characters = decoder.count(source);
        panLength = 0;
        while (panLength < characters && isDigit(decoder.characterAt(source, panLength))) {
            if (panLength == LONGEST_PAN) {
                return source;
            }
            pan.putByte(panLength, (byte) decoder.characterAt(source, panLength));
            panLength++;
        }
        final boolean whole = source == Fields.PAN ? panLength == characters : panLength < characters;
        return whole && panLength >= SHORTEST_PAN ? RequestTranslator.TRANSLATED : source;
    }

    /**
     * Writes the request but for its client reference.
     *
     * @return {@link RequestTranslator#TRANSLATED} or the data element that cannot be taken over
     */
    int write(
            final MutableDirectBuffer buffer,
            final int type,
            final boolean advice,
            final int posCondition,
            final int exponent,
            final long createdAtNs,
            final long localDateTime) {
        final int panEntryMode = reader.panEntryMode();
        payment.wrapAndApplyHeader(buffer, 0, header)
                .createdAtNs(createdAtNs)
                .amountMinor(reader.amountMinor())
                .localDateTime(localDateTime)
                .currency(reader.currency())
                .currencyExponent((short) exponent)
                .expiry((int) reader.numberOr(Fields.EXPIRY, 0))
                .cardSequence((short) cardSequence())
                .merchantCategory(reader.merchantCategory())
                .destinationAccountId(0)
                .sourceAccountId(0)
                .advice(advice ? BooleanType.TRUE : BooleanType.FALSE);
        final int block = payment.offset();
        buffer.putByte(block + PaymentRequestEncoder.transactionTypeEncodingOffset(), (byte) type);
        buffer.putByte(block + PaymentRequestEncoder.panEntryModeEncodingOffset(), (byte) panEntryMode);
        buffer.putByte(
                block + PaymentRequestEncoder.pinEntryCapabilityEncodingOffset(), (byte) reader.pinEntryCapability());
        buffer.putByte(block + PaymentRequestEncoder.posConditionEncodingOffset(), (byte) posCondition);
        buffer.setMemory(
                block + PaymentRequestEncoder.pinKsnEncodingOffset(), PaymentRequestEncoder.pinKsnLength(), (byte) 0);
        putTexts(buffer, block, advice);
        payment.putPan(pan, 0, panLength);
        return advice ? putNoSensitiveData() : putSensitiveData();
    }

    /** Puts a text blank-filled; a data element that is not there is blank. */
    void putText(final MutableDirectBuffer buffer, final int offset, final int length, final int number) {
        buffer.setMemory(offset, length, (byte) BLANK);
        final int characters = Math.min(length, decoder.count(number));
        for (int i = 0; i < characters; i++) {
            buffer.putByte(offset + i, (byte) decoder.characterAt(number, i));
        }
    }

    private void putTexts(final MutableDirectBuffer buffer, final int block, final boolean advice) {
        putText(
                buffer,
                block + PaymentRequestEncoder.terminalIdEncodingOffset(),
                PaymentRequestEncoder.terminalIdEncodingLength(),
                Fields.TERMINAL_ID);
        putText(
                buffer,
                block + PaymentRequestEncoder.merchantIdEncodingOffset(),
                PaymentRequestEncoder.merchantIdEncodingLength(),
                Fields.MERCHANT_ID);
        putText(
                buffer,
                block + PaymentRequestEncoder.merchantNameEncodingOffset(),
                PLACE_LENGTH,
                Fields.MERCHANT_NAME_AND_PLACE);
        if (!decoder.isPresent(Fields.MERCHANT_NAME_AND_PLACE)) {
            buffer.putBytes(block + PaymentRequestEncoder.merchantCountryEncodingOffset(), NO_COUNTRY);
        }
        putText(
                buffer,
                block + PaymentRequestEncoder.retrievalReferenceEncodingOffset(),
                PaymentRequestEncoder.retrievalReferenceEncodingLength(),
                Fields.RETRIEVAL_REFERENCE);
        final int approvalCode = block + PaymentRequestEncoder.approvalCodeEncodingOffset();
        final int approvalCodeLength = PaymentRequestEncoder.approvalCodeEncodingLength();
        buffer.setMemory(approvalCode, approvalCodeLength, (byte) BLANK);
        if (advice) {
            putText(buffer, approvalCode, approvalCodeLength, Fields.APPROVAL_CODE);
        }
    }

    private int putNoSensitiveData() {
        payment.putTrack2(NOTHING, 0, 0)
                .putPinBlock(NOTHING, 0, 0)
                .putSecurityCode(NOTHING, 0, 0)
                .putIccData(NOTHING, 0, 0);
        return RequestTranslator.TRANSLATED;
    }

    private int putSensitiveData() {
        final int track2Length = Math.max(0, decoder.getAscii(Fields.TRACK2, field, 0));
        payment.putTrack2(field, 0, track2Length);
        final int pinBlockLength = Math.max(0, decoder.getBytes(Fields.PIN_BLOCK, field, 0));
        payment.putPinBlock(field, 0, pinBlockLength).putSecurityCode(NOTHING, 0, 0);
        if (!decoder.isPresent(Fields.ICC_DATA)) {
            payment.putIccData(NOTHING, 0, 0);
            return RequestTranslator.TRANSLATED;
        }
        final int length = iccDataIsBinary ? decoder.getBytes(Fields.ICC_DATA, field, 0) : iccDataOfText();
        if (length < 0 || length > LONGEST_ICC_DATA) {
            return Fields.ICC_DATA;
        }
        payment.putIccData(field, 0, length);
        return RequestTranslator.TRANSLATED;
    }

    /** Where the dialect has DE55 as text, it holds the bytes as hexadecimal characters; -1 when it does not. */
    private int iccDataOfText() {
        final int characters = decoder.count(Fields.ICC_DATA);
        for (int i = 0; i < characters; i++) {
            final int digit = Character.digit(decoder.characterAt(Fields.ICC_DATA, i), 16);
            if (digit < 0) {
                return -1;
            }
            final int high = i % 2 == 0 ? 0 : field.getByte(i / 2) << 4;
            field.putByte(i / 2, (byte) (high | digit));
        }
        return characters % 2 == 0 ? characters / 2 : -1;
    }

    private int cardSequence() {
        final boolean known = decoder.isPresent(Fields.CARD_SEQUENCE);
        return known
                ? (int) Math.min(UNKNOWN_CARD_SEQUENCE - 1, decoder.getLong(Fields.CARD_SEQUENCE))
                : UNKNOWN_CARD_SEQUENCE;
    }

    private static boolean isDigit(final int character) {
        return character >= '0' && character <= '9';
    }
}
