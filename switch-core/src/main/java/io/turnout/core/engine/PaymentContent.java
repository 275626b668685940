package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.PanTokenDecoder;
import io.turnout.codecs.sbe.engine.RequestPaymentDecoder;
import io.turnout.codecs.sbe.engine.SlotReferenceDecoder;
import io.turnout.codecs.sbe.engine.SnapshotPaymentDecoder;
import io.turnout.codecs.sbe.engine.SnapshotPaymentEncoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What a payment request says: copied into the record of the payment, and compared with it when the request comes
 * again.
 */
final class PaymentContent {
    private static final String BASE_36_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static final int PAIRS = 36 * 36;
    private static final long FOUR_DIGITS = PAIRS * PAIRS;

    /** Two digits of base 36 as they lie in memory, for each number below 36². */
    private static final short[] DIGIT_PAIRS = digitPairs();

    /** Terminal, merchant, name, city and country lie together, in this order, in the command and in the record. */
    static final int CARD_ACCEPTOR_LENGTH = SnapshotPaymentDecoder.merchantCountryEncodingOffset()
            + SnapshotPaymentDecoder.merchantCountryLength()
            - SnapshotPaymentDecoder.terminalIdEncodingOffset();

    private static final int REFERENCE_LENGTH = SnapshotPaymentDecoder.retrievalReferenceLength();
    private static final int SEALED_PAN_LENGTH = SnapshotPaymentDecoder.sealedPanLength();

    private PaymentContent() {}

    /** Copies the request into a record that has its key and its payment id. */
    static void copy(final RequestPaymentDecoder request, final PaymentRecord payment, final long institutionId) {
        final SnapshotPaymentEncoder record = payment.encoder();
        record.sessionId(request.sessionId())
                .gatewayId(request.gatewayId())
                .amountMinor(request.amountMinor())
                .settledMinor(request.amountMinor())
                .localDateTime(request.localDateTime())
                .institutionId(institutionId)
                .currency(request.currency())
                .currencyExponent(request.currencyExponent())
                .transactionType(request.transactionType())
                .expiry(request.expiry())
                .merchantCategory(request.merchantCategory())
                .cardSequence(request.cardSequence())
                .panEntryMode(request.panEntryMode())
                .pinEntryCapability(request.pinEntryCapability())
                .posCondition(request.posCondition())
                .bin(request.bin())
                .lastFour(request.lastFour());
        record.panToken().high(request.panToken().high()).low(request.panToken().low());
        copy(
                request,
                RequestPaymentDecoder.slotEncodingOffset(),
                payment,
                SnapshotPaymentEncoder.slotEncodingOffset(),
                SlotReferenceDecoder.ENCODED_LENGTH);
        copy(
                request,
                RequestPaymentDecoder.terminalIdEncodingOffset(),
                payment,
                SnapshotPaymentEncoder.terminalIdEncodingOffset(),
                CARD_ACCEPTOR_LENGTH);
        copy(
                request,
                RequestPaymentDecoder.sealedPanEncodingOffset(),
                payment,
                SnapshotPaymentEncoder.sealedPanEncodingOffset(),
                SEALED_PAN_LENGTH);
        retrievalReference(
                request.buffer(), request.offset() + RequestPaymentDecoder.retrievalReferenceEncodingOffset(), payment);
        if (request.actingVersion() >= RequestPaymentDecoder.adviceSinceVersion()) {
            copyOfVersion1(request, payment);
        }
    }

    private static void copyOfVersion1(final RequestPaymentDecoder request, final PaymentRecord payment) {
        payment.encoder().destinationAccountId(otherAccountId(request));
        if (isAdvice(request)) {
            payment.advice(true);
            payment.approvalCode(
                    request.buffer(), request.offset() + RequestPaymentDecoder.approvalCodeEncodingOffset());
        }
    }

    /** Fills what only the original of a follow-up can fill with blanks. */
    static void blankTexts(final PaymentRecord payment) {
        payment.buffer()
                .setMemory(
                        payment.offset() + SnapshotPaymentEncoder.terminalIdEncodingOffset(),
                        CARD_ACCEPTOR_LENGTH,
                        (byte) ' ');
    }

    static boolean isAdvice(final RequestPaymentDecoder request) {
        return request.adviceRaw() == BooleanType.TRUE.value();
    }

    /** Account that shall receive the money; 0 when none. */
    static long destinationAccountId(final RequestPaymentDecoder request) {
        return request.actingVersion() < RequestPaymentDecoder.destinationAccountIdSinceVersion()
                ? 0
                : request.destinationAccountId();
    }

    /** Wallet that shall pay a withdrawal to a bank card; 0 when none. */
    static long sourceAccountId(final RequestPaymentDecoder request) {
        return request.actingVersion() < RequestPaymentDecoder.sourceAccountIdSinceVersion()
                ? 0
                : request.sourceAccountId();
    }

    /** The account named beside the card; a request names one that receives or one that pays, never both. */
    private static long otherAccountId(final RequestPaymentDecoder request) {
        return destinationAccountId(request) | sourceAccountId(request);
    }

    /**
     * Whether the request asks for what the record holds. Session, gateway, slot and sealed card number may differ:
     * they belong to the way the request came, not to what it asks.
     */
    static boolean isSame(final RequestPaymentDecoder request, final PaymentRecord payment) {
        final SnapshotPaymentDecoder record = payment.decoder();
        return record.amountMinor() == request.amountMinor()
                && record.currency() == request.currency()
                && record.currencyExponent() == request.currencyExponent()
                && record.transactionType() == request.transactionType()
                && isSameCard(request, record)
                && record.localDateTime() == request.localDateTime()
                && record.merchantCategory() == request.merchantCategory()
                && record.panEntryMode() == request.panEntryMode()
                && record.pinEntryCapability() == request.pinEntryCapability()
                && record.posCondition() == request.posCondition()
                && Bytes.areEqual(
                        request.buffer(),
                        request.offset() + RequestPaymentDecoder.terminalIdEncodingOffset(),
                        payment.buffer(),
                        payment.offset() + SnapshotPaymentDecoder.terminalIdEncodingOffset(),
                        CARD_ACCEPTOR_LENGTH)
                && record.destinationAccountId() == otherAccountId(request)
                && record.originalKeyHash() == 0
                && payment.advice() == isAdvice(request)
                && isSameRetrievalReference(
                        request.buffer(),
                        request.offset() + RequestPaymentDecoder.retrievalReferenceEncodingOffset(),
                        payment);
    }

    private static boolean isSameCard(final RequestPaymentDecoder request, final SnapshotPaymentDecoder record) {
        final PanTokenDecoder token = record.panToken();
        final PanTokenDecoder requestToken = request.panToken();
        return token.high() == requestToken.high()
                && token.low() == requestToken.low()
                && record.expiry() == request.expiry()
                && record.cardSequence() == request.cardSequence();
    }

    static boolean isSameRetrievalReference(
            final DirectBuffer source, final int sourceOffset, final PaymentRecord payment) {
        if (payment.retrievalReferenceAssigned()) {
            return Bytes.areBlank(source, sourceOffset, REFERENCE_LENGTH);
        }
        final int offset = payment.offset() + SnapshotPaymentDecoder.retrievalReferenceEncodingOffset();
        return Bytes.areEqual(source, sourceOffset, payment.buffer(), offset, REFERENCE_LENGTH);
    }

    /** Copies the retrieval reference, or assigns one. */
    static void retrievalReference(final DirectBuffer source, final int sourceOffset, final PaymentRecord payment) {
        final int offset = payment.offset() + SnapshotPaymentEncoder.retrievalReferenceEncodingOffset();
        if (Bytes.areBlank(source, sourceOffset, REFERENCE_LENGTH)) {
            payment.retrievalReferenceAssigned(true);
            putBase36(payment.buffer(), offset, payment.paymentId());
        } else {
            payment.buffer().putBytes(offset, source, sourceOffset, REFERENCE_LENGTH);
        }
    }

    /** Gives a payment that no issuer has approved a code made of its id: the last six digits of it in base 36. */
    static void assignApprovalCode(final PaymentRecord payment) {
        final int offset = payment.offset() + SnapshotPaymentEncoder.approvalCodeEncodingOffset();
        final long low = payment.paymentId() % FOUR_DIGITS;
        final long high = payment.paymentId() / FOUR_DIGITS % PAIRS;
        payment.buffer().putShort(offset, DIGIT_PAIRS[(int) high], ByteOrder.LITTLE_ENDIAN);
        payment.buffer().putInt(offset + Short.BYTES, (int) fourDigits(low), ByteOrder.LITTLE_ENDIAN);
    }

    /** The payment id in base 36, filled with zeroes to the length of a retrieval reference number. */
    private static void putBase36(final MutableDirectBuffer buffer, final int offset, final long paymentId) {
        // Written in the pieces in which it is copied next: a load that spans younger stores has to wait for them.
        final long low = paymentId % FOUR_DIGITS;
        final long high = paymentId / FOUR_DIGITS;
        buffer.putLong(
                offset,
                fourDigits(high / FOUR_DIGITS) | (fourDigits(high % FOUR_DIGITS) << Integer.SIZE),
                ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + Long.BYTES, (int) fourDigits(low), ByteOrder.LITTLE_ENDIAN);
    }

    private static long fourDigits(final long number) {
        return DIGIT_PAIRS[(int) (number / PAIRS)] | (long) DIGIT_PAIRS[(int) (number % PAIRS)] << Short.SIZE;
    }

    private static short[] digitPairs() {
        final int base = BASE_36_DIGITS.length();
        final short[] pairs = new short[PAIRS];
        for (int i = 0; i < PAIRS; i++) {
            pairs[i] = (short) (BASE_36_DIGITS.charAt(i / base) | BASE_36_DIGITS.charAt(i % base) << Byte.SIZE);
        }
        return pairs;
    }

    private static void copy(
            final RequestPaymentDecoder request,
            final int requestOffset,
            final PaymentRecord payment,
            final int recordOffset,
            final int length) {
        payment.putField(recordOffset, length, request.buffer(), request.offset() + requestOffset);
    }
}
