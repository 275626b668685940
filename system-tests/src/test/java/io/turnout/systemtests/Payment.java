package io.turnout.systemtests;

import io.turnout.codecs.sbe.acquirer.BooleanType;
import io.turnout.codecs.sbe.acquirer.FollowUpRequestEncoder;
import io.turnout.codecs.sbe.acquirer.MessageHeaderEncoder;
import io.turnout.codecs.sbe.acquirer.PanEntryMode;
import io.turnout.codecs.sbe.acquirer.PaymentRequestEncoder;
import io.turnout.codecs.sbe.acquirer.PaymentStatusRequestEncoder;
import io.turnout.codecs.sbe.acquirer.PinEntryCapability;
import io.turnout.codecs.sbe.acquirer.PosCondition;
import io.turnout.codecs.sbe.acquirer.ReversalReason;
import io.turnout.codecs.sbe.acquirer.ReversalRequestEncoder;
import io.turnout.codecs.sbe.acquirer.TransactionType;
import io.turnout.gateway.acquirer.SofhFrameFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;

/** A payment as an acquirer asks for it: a good one unless told otherwise. */
final class Payment {
    static final String GOOD_PAN = "4111111111111111";

    private static final AtomicLong REFERENCES = new AtomicLong();
    private static final int BLOCK_LENGTH_OF_VERSION_0 = 127;
    private static final int MESSAGE_OFFSET = SofhFrameFormat.HEADER_LENGTH;

    private final long reference = REFERENCES.incrementAndGet();
    private final long createdAtNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    private long amountMinor = 1234;
    private int currency = 156;
    private String pan = GOOD_PAN;
    private String track2 = "";
    private String securityCode = "";
    private byte[] pinBlock = {};
    private byte[] pinKsn = new byte[PaymentRequestEncoder.pinKsnLength()];
    private byte[] iccData = {};
    private TransactionType type = TransactionType.PURCHASE;
    private boolean advice;
    private long destinationAccountId;
    private long sourceAccountId;
    private Payment original;

    Payment amountMinor(final long newAmountMinor) {
        amountMinor = newAmountMinor;
        return this;
    }

    Payment type(final TransactionType newType) {
        type = newType;
        return this;
    }

    /** Of a transfer or top-up: the account that receives it. */
    Payment from(final long newSourceAccountId) {
        sourceAccountId = newSourceAccountId;
        return this;
    }

    Payment to(final long newDestinationAccountId) {
        destinationAccountId = newDestinationAccountId;
        return this;
    }

    /** An accomplished fact, approved offline if it follows up nothing. */
    Payment advice() {
        advice = true;
        return this;
    }

    /** Completes, voids or refunds another payment. */
    static Payment following(final Payment original, final TransactionType type, final long amountMinor) {
        final Payment followUp = new Payment().type(type).amountMinor(amountMinor);
        followUp.original = original;
        return followUp;
    }

    Payment currency(final int newCurrency) {
        currency = newCurrency;
        return this;
    }

    Payment pan(final String newPan) {
        pan = newPan;
        return this;
    }

    Payment track2(final String newTrack2) {
        track2 = newTrack2;
        return this;
    }

    Payment securityCode(final String newSecurityCode) {
        securityCode = newSecurityCode;
        return this;
    }

    Payment pinBlock(final byte[] newPinBlock) {
        pinBlock = newPinBlock.clone();
        return this;
    }

    /** Of a PIN block under a key that the terminal derives: 12 bytes. */
    Payment pinKsn(final byte[] newPinKsn) {
        pinKsn = newPinKsn.clone();
        return this;
    }

    Payment iccData(final byte[] newIccData) {
        iccData = newIccData.clone();
        return this;
    }

    /** The request as it goes over the wire. */
    byte[] request() {
        return original == null ? paymentRequest() : followUpRequest();
    }

    /** The request as a client of schema version 0 writes it: without the fields that were added since. */
    byte[] requestOfVersion0() {
        final byte[] frame = paymentRequest();
        final int block = MESSAGE_OFFSET + MessageHeaderEncoder.ENCODED_LENGTH;
        final int end = block + BLOCK_LENGTH_OF_VERSION_0;
        final byte[] data = Arrays.copyOfRange(frame, block + PaymentRequestEncoder.BLOCK_LENGTH, frame.length);
        final UnsafeBuffer older = new UnsafeBuffer(Arrays.copyOf(frame, end + data.length));
        older.putBytes(end, data);
        new MessageHeaderEncoder()
                .wrap(older, MESSAGE_OFFSET)
                .blockLength(BLOCK_LENGTH_OF_VERSION_0)
                .version(0);
        return frame(older, older.capacity() - MESSAGE_OFFSET);
    }

    private byte[] followUpRequest() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SofhFrameFormat.MAXIMUM_FRAME_LENGTH]);
        final FollowUpRequestEncoder request = new FollowUpRequestEncoder()
                .wrapAndApplyHeader(buffer, MESSAGE_OFFSET, new MessageHeaderEncoder())
                .createdAtNs(createdAtNs)
                .originalCreatedAtNs(original.createdAtNs)
                .amountMinor(amountMinor)
                .localDateTime(20260101120000L)
                .transactionType(type)
                .advice(advice ? BooleanType.TRUE : BooleanType.FALSE)
                .retrievalReference("            ");
        request.clientReference().high(7).low(reference);
        request.originalClientReference().high(7).low(original.reference);
        return frame(buffer, MessageHeaderEncoder.ENCODED_LENGTH + FollowUpRequestEncoder.BLOCK_LENGTH);
    }

    /** The reversal of this payment; above 0, that much shall stand. */
    byte[] reversal(final long replacementAmountMinor) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SofhFrameFormat.MAXIMUM_FRAME_LENGTH]);
        final ReversalRequestEncoder request = new ReversalRequestEncoder()
                .wrapAndApplyHeader(buffer, MESSAGE_OFFSET, new MessageHeaderEncoder())
                .createdAtNs(createdAtNs)
                .originalCreatedAtNs(createdAtNs)
                .reason(ReversalReason.CUSTOMER_CANCELLATION)
                .replacementAmountMinor(replacementAmountMinor);
        request.clientReference().high(8).low(reference);
        request.originalClientReference().high(7).low(reference);
        return frame(buffer, MessageHeaderEncoder.ENCODED_LENGTH + ReversalRequestEncoder.BLOCK_LENGTH);
    }

    private byte[] paymentRequest() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SofhFrameFormat.MAXIMUM_FRAME_LENGTH]);
        final PaymentRequestEncoder request = new PaymentRequestEncoder()
                .wrapAndApplyHeader(buffer, MESSAGE_OFFSET, new MessageHeaderEncoder())
                .createdAtNs(createdAtNs)
                .amountMinor(amountMinor)
                .localDateTime(20260101120000L)
                .currency(currency)
                .currencyExponent((short) 2)
                .transactionType(type)
                .expiry(3012)
                .cardSequence((short) 1)
                .panEntryMode(PanEntryMode.MAGNETIC_STRIPE_COMPLETE)
                .pinEntryCapability(PinEntryCapability.PIN_POSSIBLE)
                .posCondition(PosCondition.NORMAL)
                .merchantCategory(5411)
                .terminalId("TERM0001")
                .merchantId("MERCHANT0000001")
                .merchantName("CORNER SHOP              ")
                .merchantCity("SHANGHAI     ")
                .merchantCountry("CN")
                .retrievalReference("            ")
                .destinationAccountId(destinationAccountId)
                .sourceAccountId(sourceAccountId)
                .advice(advice ? BooleanType.TRUE : BooleanType.FALSE)
                .approvalCode(advice ? "OFFLIN" : "      ")
                .putPinKsn(pinKsn, 0, pinKsn.length);
        request.clientReference().high(7).low(reference);
        final byte[] panBytes = bytes(pan);
        final byte[] trackBytes = bytes(track2);
        final byte[] codeBytes = bytes(securityCode);
        request.putPan(panBytes, 0, panBytes.length)
                .putTrack2(trackBytes, 0, trackBytes.length)
                .putPinBlock(pinBlock, 0, pinBlock.length)
                .putSecurityCode(codeBytes, 0, codeBytes.length)
                .putIccData(iccData, 0, iccData.length);
        return frame(buffer, MessageHeaderEncoder.ENCODED_LENGTH + request.encodedLength());
    }

    /** The question where this payment stands. */
    byte[] statusRequest() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SofhFrameFormat.MAXIMUM_FRAME_LENGTH]);
        final PaymentStatusRequestEncoder request = new PaymentStatusRequestEncoder()
                .wrapAndApplyHeader(buffer, MESSAGE_OFFSET, new MessageHeaderEncoder())
                .createdAtNs(createdAtNs);
        request.clientReference().high(7).low(reference);
        return frame(buffer, MessageHeaderEncoder.ENCODED_LENGTH + request.encodedLength());
    }

    /** Puts the framing header before a message that stands behind its place. */
    static byte[] frame(final UnsafeBuffer buffer, final int messageLength) {
        SofhFrameFormat.putHeader(buffer, 0, messageLength);
        return Arrays.copyOf(buffer.byteArray(), MESSAGE_OFFSET + messageLength);
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
