package io.turnout.gateway.support;

import io.turnout.codecs.sbe.acquirer.BooleanType;
import io.turnout.codecs.sbe.acquirer.FollowUpRequestEncoder;
import io.turnout.codecs.sbe.acquirer.HeartbeatEncoder;
import io.turnout.codecs.sbe.acquirer.LogonEncoder;
import io.turnout.codecs.sbe.acquirer.LogoutEncoder;
import io.turnout.codecs.sbe.acquirer.LogoutReason;
import io.turnout.codecs.sbe.acquirer.MessageHeaderEncoder;
import io.turnout.codecs.sbe.acquirer.PanEntryMode;
import io.turnout.codecs.sbe.acquirer.PaymentRequestEncoder;
import io.turnout.codecs.sbe.acquirer.PaymentStatusRequestEncoder;
import io.turnout.codecs.sbe.acquirer.PinEntryCapability;
import io.turnout.codecs.sbe.acquirer.PosCondition;
import io.turnout.codecs.sbe.acquirer.ReversalReason;
import io.turnout.codecs.sbe.acquirer.ReversalRequestEncoder;
import io.turnout.codecs.sbe.acquirer.TransactionType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;

/** Frames an acquirer sends. */
public final class AcquirerMessages {

    public static final String SECRET = "sixteen-byte-key";
    public static final String PAN = "4111111111111111";
    public static final String TRACK2 = PAN + "=29122011234567890";
    public static final long CREATED_AT = 1_700_000_000_000_000_000L;

    /** A frame of schema version 0, as a client of that version wrote it: a purchase with track 2, reference 7/9. */
    public static final byte[] PAYMENT_OF_VERSION_0 = HexFormat.of()
            .parseHex("000000C4EB507F000A00010000000700000000000000090000000000000000002A36FE9C9717D2040000000000000867"
                    + "606C661200009C000201600B0105010023155445524D303030314D45524348414E5430303030303031434F524E455220"
                    + "53484F5020202020202020202020202020205348414E474841492020202020434E52524E303030303030303031103431"
                    + "313131313131313131313131313122343131313131313131313131313131313D32393132323031313233343536373839"
                    + "30000000");

    /** A frame of schema version 0: the reversal 0/9 of the payment 0/8. */
    public static final byte[] REVERSAL_OF_VERSION_0 = HexFormat.of()
            .parseHex("0000003FEB5031000C00010000000000000000000000090000000000000000002A36FE9C971700000000000000000800"
                    + "00000000000000002A36FE9C971701");

    private static final int HEADER = 6;
    private static final int MESSAGE = HEADER + MessageHeaderEncoder.ENCODED_LENGTH;

    private AcquirerMessages() {}

    public static byte[] logon(final long acquirerId, final String secret) {
        return logon(acquirerId, secret, 1000);
    }

    public static byte[] logon(final long acquirerId, final String secret, final long heartbeatMs) {
        final UnsafeBuffer buffer = buffer();
        final byte[] credential = secret.getBytes(StandardCharsets.US_ASCII);
        final LogonEncoder logon = new LogonEncoder()
                .wrapAndApplyHeader(buffer, HEADER, new MessageHeaderEncoder())
                .acquirerId(acquirerId)
                .heartbeatIntervalMs(heartbeatMs)
                .putCredential(credential, 0, credential.length);
        return frame(buffer, logon.encodedLength());
    }

    public static byte[] heartbeat() {
        final UnsafeBuffer buffer = buffer();
        new HeartbeatEncoder()
                .wrapAndApplyHeader(buffer, HEADER, new MessageHeaderEncoder())
                .sentAtNs(1);
        return frame(buffer, HeartbeatEncoder.BLOCK_LENGTH);
    }

    public static byte[] logout() {
        final UnsafeBuffer buffer = buffer();
        new LogoutEncoder()
                .wrapAndApplyHeader(buffer, HEADER, new MessageHeaderEncoder())
                .reason(LogoutReason.REQUESTED);
        return frame(buffer, LogoutEncoder.BLOCK_LENGTH);
    }

    /** Completes, voids or refunds the payment 7/original. */
    public static byte[] followUp(
            final long reference, final long original, final TransactionType type, final boolean advice) {
        final UnsafeBuffer buffer = buffer();
        final FollowUpRequestEncoder followUp = new FollowUpRequestEncoder()
                .wrapAndApplyHeader(buffer, HEADER, new MessageHeaderEncoder())
                .createdAtNs(CREATED_AT)
                .originalCreatedAtNs(CREATED_AT - 1)
                .amountMinor(12_34)
                .localDateTime(20231115080000L)
                .transactionType(type)
                .advice(advice ? BooleanType.TRUE : BooleanType.FALSE)
                .retrievalReference("RRN000000002");
        followUp.clientReference().high(7).low(reference);
        followUp.originalClientReference().high(7).low(original);
        return frame(buffer, FollowUpRequestEncoder.BLOCK_LENGTH);
    }

    public static byte[] reversal(final long reference, final long original) {
        return reversal(reference, original, 0);
    }

    public static byte[] reversal(final long reference, final long original, final long replacementAmountMinor) {
        final UnsafeBuffer buffer = buffer();
        final ReversalRequestEncoder reversal = new ReversalRequestEncoder()
                .wrapAndApplyHeader(buffer, HEADER, new MessageHeaderEncoder())
                .createdAtNs(CREATED_AT)
                .originalCreatedAtNs(CREATED_AT)
                .reason(ReversalReason.CUSTOMER_CANCELLATION)
                .replacementAmountMinor(replacementAmountMinor);
        reversal.clientReference().high(0).low(reference);
        reversal.originalClientReference().high(0).low(original);
        return frame(buffer, ReversalRequestEncoder.BLOCK_LENGTH);
    }

    public static byte[] status(final long reference) {
        final UnsafeBuffer buffer = buffer();
        final PaymentStatusRequestEncoder status = new PaymentStatusRequestEncoder()
                .wrapAndApplyHeader(buffer, HEADER, new MessageHeaderEncoder())
                .createdAtNs(CREATED_AT);
        status.clientReference().high(0).low(reference);
        return frame(buffer, PaymentStatusRequestEncoder.BLOCK_LENGTH);
    }

    /** A payment by card number alone. */
    public static byte[] payment(final long reference) {
        return payment(reference, PAN, "");
    }

    public static byte[] payment(final long reference, final String pan, final String track2) {
        return payment(reference, pan, track2, new byte[0], "", new byte[0]);
    }

    public static byte[] payment(
            final long reference,
            final String pan,
            final String track2,
            final byte[] pinBlock,
            final String securityCode,
            final byte[] iccData) {
        final UnsafeBuffer buffer = buffer();
        final PaymentRequestEncoder payment = begin(buffer, reference);
        final byte[] panBytes = pan.getBytes(StandardCharsets.ISO_8859_1);
        final byte[] trackBytes = track2.getBytes(StandardCharsets.ISO_8859_1);
        final byte[] codeBytes = securityCode.getBytes(StandardCharsets.ISO_8859_1);
        payment.putPan(panBytes, 0, panBytes.length)
                .putTrack2(trackBytes, 0, trackBytes.length)
                .putPinBlock(pinBlock, 0, pinBlock.length)
                .putSecurityCode(codeBytes, 0, codeBytes.length)
                .putIccData(iccData, 0, iccData.length);
        return frame(buffer, payment.encodedLength());
    }

    /** A payment frame as a client of version 1 writes it: its block ends where version 2 has added a field. */
    public static byte[] ofVersion1(final byte[] payment) {
        final int blockLength = PaymentRequestEncoder.sourceAccountIdEncodingOffset();
        final int data = offsetOf(PaymentRequestEncoder.BLOCK_LENGTH);
        final UnsafeBuffer buffer = buffer();
        buffer.putBytes(0, payment, 0, offsetOf(blockLength));
        buffer.putBytes(offsetOf(blockLength), payment, data, payment.length - data);
        new MessageHeaderEncoder().wrap(buffer, HEADER).blockLength(blockLength).version(1);
        return frame(buffer, blockLength + payment.length - data);
    }

    private static PaymentRequestEncoder begin(final UnsafeBuffer buffer, final long reference) {
        final PaymentRequestEncoder payment = new PaymentRequestEncoder()
                .wrapAndApplyHeader(buffer, HEADER, new MessageHeaderEncoder())
                .createdAtNs(CREATED_AT)
                .amountMinor(12_34)
                .localDateTime(20231114221320L)
                .currency(156)
                .currencyExponent((short) 2)
                .transactionType(TransactionType.PURCHASE)
                .expiry(2912)
                .cardSequence((short) 1)
                .panEntryMode(PanEntryMode.CHIP)
                .pinEntryCapability(PinEntryCapability.PIN_POSSIBLE)
                .posCondition(PosCondition.NORMAL)
                .merchantCategory(5411)
                .terminalId("TERM0001")
                .merchantId("MERCHANT0000001")
                .merchantName("CORNER SHOP              ")
                .merchantCity("SHANGHAI     ")
                .merchantCountry("CN")
                .retrievalReference("RRN000000001")
                .destinationAccountId(0)
                .advice(BooleanType.FALSE)
                .approvalCode("      ");
        payment.clientReference().high(7).low(reference);
        return payment;
    }

    /** A frame whose message header names another template or schema. */
    public static byte[] foreign(final int templateId, final int schemaId) {
        final UnsafeBuffer buffer = buffer();
        new MessageHeaderEncoder()
                .wrap(buffer, HEADER)
                .blockLength(0)
                .templateId(templateId)
                .schemaId(schemaId)
                .version(0);
        return frame(buffer, 0);
    }

    /** The framing header alone. */
    public static byte[] sofh(final int length, final int encodingType) {
        return ByteBuffer.allocate(HEADER)
                .putInt(length)
                .putShort((short) encodingType)
                .array();
    }

    public static byte[] join(final byte[]... frames) {
        final ByteBuffer joined = ByteBuffer.allocate(
                Arrays.stream(frames).mapToInt(frame -> frame.length).sum());
        for (final byte[] frame : frames) {
            joined.put(frame);
        }
        return joined.array();
    }

    /** How a configuration has a secret. */
    public static String sha256(final String secret) {
        try {
            final byte[] bytes = secret.getBytes(StandardCharsets.US_ASCII);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Offset of a field in a payment frame. */
    public static int offsetOf(final int fieldOffset) {
        return MESSAGE + fieldOffset;
    }

    private static UnsafeBuffer buffer() {
        return new UnsafeBuffer(new byte[4096]);
    }

    private static byte[] frame(final UnsafeBuffer buffer, final int blockLength) {
        final int length = MESSAGE + blockLength;
        final byte[] frame = Arrays.copyOf(buffer.byteArray(), length);
        System.arraycopy(sofh(length, 0xEB50), 0, frame, 0, HEADER);
        return frame;
    }
}
