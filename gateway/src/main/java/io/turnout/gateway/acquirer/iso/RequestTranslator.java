package io.turnout.gateway.acquirer.iso;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.ResponseCodes;
import io.turnout.codecs.iso8583.Transactions;
import io.turnout.codecs.sbe.acquirer.BooleanType;
import io.turnout.codecs.sbe.acquirer.FollowUpRequestDecoder;
import io.turnout.codecs.sbe.acquirer.FollowUpRequestEncoder;
import io.turnout.codecs.sbe.acquirer.MessageHeaderDecoder;
import io.turnout.codecs.sbe.acquirer.MessageHeaderEncoder;
import io.turnout.codecs.sbe.acquirer.PaymentRequestDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentRequestEncoder;
import io.turnout.codecs.sbe.acquirer.ReversalReason;
import io.turnout.codecs.sbe.acquirer.ReversalRequestDecoder;
import io.turnout.codecs.sbe.acquirer.ReversalRequestEncoder;
import io.turnout.codecs.sbe.acquirer.TransactionType;
import java.nio.ByteBuffer;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Translates an acquirer's message into the request that an acquirer of the binary protocol would have sent. The
 * request lies in memory outside the Java heap, because it holds card data, until {@link #wipe}. Decides nothing but
 * what cannot be said in the other form. Used by one thread; allocates nothing.
 */
final class RequestTranslator {

    /** The request is complete. */
    static final int TRANSLATED = 0;

    private static final int CAPACITY = 1024;
    private static final int NO_EXPONENT = 2;

    private final IsoDecoder decoder;
    private final RequestReader reader;
    private final Transactions transactions;
    private final ResponseCodes responseCodes;
    private final Map<Integer, Integer> exponents;
    private final PaymentWriter payments;
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY));
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
    private final FollowUpRequestEncoder followUp = new FollowUpRequestEncoder();
    private final ReversalRequestEncoder reversal = new ReversalRequestEncoder();
    private final PaymentRequestDecoder paymentDecoder = new PaymentRequestDecoder();
    private final FollowUpRequestDecoder followUpDecoder = new FollowUpRequestDecoder();
    private final ReversalRequestDecoder reversalDecoder = new ReversalRequestDecoder();
    private final IsoKey key = new IsoKey();
    private final IsoKey originalKey = new IsoKey();
    private boolean isFollowUp;
    private long createdAtNs;
    /** Of the header and the block, which hold no sensitive data. */
    private int contentLength;

    RequestTranslator(
            final Dialect dialect,
            final IsoDecoder decoder,
            final RequestReader reader,
            final Map<Integer, Integer> exponents) {
        this.decoder = decoder;
        this.reader = reader;
        this.transactions = dialect.transactions();
        this.responseCodes = dialect.responseCodes();
        this.exponents = exponents;
        this.payments = new PaymentWriter(dialect, decoder, reader);
    }

    /**
     * Translates a request (0100, 0200) or an advice (0120, 0220).
     *
     * @return {@link #TRANSLATED}, the data element that is missing or wrong, or a canonical response code from 1000
     */
    int payment(final boolean advice, final long nowNs) {
        final boolean namesOriginal = reader.namesOriginal();
        final int type = transactions.typeOf(
                reader.mti() / 100 * 100, reader.processingCode(), reader.posCondition(), namesOriginal);
        isFollowUp = namesOriginal || isFollowUpByNature(type);
        final int missing = isFollowUp ? reader.missingOfFollowUp() : reader.missingOfPayment();
        if (missing != Fields.NONE) {
            return missing;
        }
        if (type == Transactions.NONE || (isFollowUp && !mayNameOriginal(type))) {
            return Answers.INVALID_TRANSACTION;
        }
        if (advice && isDeclined()) {
            return Answers.FUNCTION_NOT_SUPPORTED;
        }
        final long localDateTime = reader.localDateTime(nowNs);
        if (localDateTime == IsoTimes.NONE) {
            return Fields.LOCAL_DATE;
        }
        final int keyProblem = key(nowNs);
        if (keyProblem != TRANSLATED) {
            return keyProblem;
        }
        return isFollowUp ? followUp(type, advice, localDateTime, nowNs) : payment(type, advice, localDateTime);
    }

    /**
     * Translates a reversal (0400, 0420).
     *
     * @return as {@link #payment}
     */
    int reversal(final long nowNs) {
        final int missing = reader.missingOfReversal();
        if (missing != Fields.NONE) {
            return missing;
        }
        final long replacementMinor = reader.replacementAmountMinor();
        if (replacementMinor < 0) {
            return Fields.REPLACEMENT_AMOUNTS;
        }
        int problem = key(nowNs);
        if (problem == TRANSLATED) {
            problem = originalKey(nowNs);
        }
        if (problem != TRANSLATED) {
            return problem;
        }
        reversal.wrapAndApplyHeader(buffer, 0, header)
                .createdAtNs(createdAtNs)
                .originalCreatedAtNs(reader.originalCreatedAtNs(nowNs))
                .reason(reason())
                .replacementAmountMinor(replacementMinor);
        reversal.clientReference().high(key.high()).low(key.low());
        reversal.originalClientReference().high(originalKey.high()).low(originalKey.low());
        contentLength = MessageHeaderEncoder.ENCODED_LENGTH + ReversalRequestEncoder.BLOCK_LENGTH;
        return TRANSLATED;
    }

    /** Whether the message translated last as a payment became a follow-up. */
    boolean isFollowUp() {
        return isFollowUp;
    }

    /** The payment translated last. */
    PaymentRequestDecoder paymentRequest() {
        return paymentDecoder.wrapAndApplyHeader(buffer, 0, headerDecoder);
    }

    /** The follow-up translated last. */
    FollowUpRequestDecoder followUpRequest() {
        return followUpDecoder.wrapAndApplyHeader(buffer, 0, headerDecoder);
    }

    /** The reversal translated last. */
    ReversalRequestDecoder reversalRequest() {
        return reversalDecoder.wrapAndApplyHeader(buffer, 0, headerDecoder);
    }

    /** The key of the message translated last. */
    IsoKey key() {
        return key;
    }

    /**
     * Stands for all that the message translated last asks: equal for a repeat, whatever it brings of sensitive data.
     */
    long content() {
        long hash = reader.amountMinor() * 31 + reader.currency();
        for (int i = 0; i < contentLength; i++) {
            hash = mix(hash, buffer.getByte(i));
        }
        for (int i = 0; i < payments.panLength(); i++) {
            hash = mix(hash, payments.panDigit(i));
        }
        return hash;
    }

    /** The card number of the message translated last, in {@link PaymentWriter#pan}. */
    PaymentWriter card() {
        return payments;
    }

    /** Overwrites the request translated last. */
    void wipe() {
        buffer.setMemory(0, CAPACITY, (byte) 0);
        payments.wipe();
    }

    private int payment(final int type, final boolean advice, final long localDateTime) {
        final int exponent = exponents.getOrDefault(reader.currency(), NO_EXPONENT);
        final boolean ownCondition = transactions.posCondition(type, -1) >= 0;
        final int problem = payments.write(
                buffer, type, advice, ownCondition ? 0 : reader.posCondition(), exponent, createdAtNs, localDateTime);
        if (problem != TRANSLATED) {
            return problem;
        }
        payments.encoder().clientReference().high(key.high()).low(key.low());
        contentLength = MessageHeaderEncoder.ENCODED_LENGTH + PaymentRequestEncoder.BLOCK_LENGTH;
        return TRANSLATED;
    }

    private int followUp(final int type, final boolean advice, final long localDateTime, final long nowNs) {
        if (!reader.namesOriginal()) {
            return Answers.ORIGINAL_NOT_FOUND;
        }
        final int problem = originalKey(nowNs);
        if (problem != TRANSLATED) {
            return problem;
        }
        followUp.wrapAndApplyHeader(buffer, 0, header)
                .createdAtNs(createdAtNs)
                .originalCreatedAtNs(reader.originalCreatedAtNs(nowNs))
                .amountMinor(reader.amountMinor())
                .localDateTime(localDateTime)
                .transactionType(TransactionType.get((short) type))
                .advice(advice ? BooleanType.TRUE : BooleanType.FALSE);
        followUp.clientReference().high(key.high()).low(key.low());
        followUp.originalClientReference().high(originalKey.high()).low(originalKey.low());
        payments.putText(
                buffer,
                followUp.offset() + FollowUpRequestEncoder.retrievalReferenceEncodingOffset(),
                FollowUpRequestEncoder.retrievalReferenceEncodingLength(),
                Fields.RETRIEVAL_REFERENCE);
        contentLength = MessageHeaderEncoder.ENCODED_LENGTH + FollowUpRequestEncoder.BLOCK_LENGTH;
        return TRANSLATED;
    }

    private int key(final long nowNs) {
        createdAtNs = reader.createdAtNs(nowNs);
        if (createdAtNs == IsoTimes.NONE) {
            return Fields.TRANSMISSION_DATE_TIME;
        }
        final int problem = payments.readPan();
        if (problem != TRANSLATED) {
            return problem;
        }
        key.of(reader.mti(), reader.institution(), reader.stan(), reader.transmissionDateTime(), decoder);
        return TRANSLATED;
    }

    private int originalKey(final long nowNs) {
        if (!reader.isOriginalReadable() || reader.originalCreatedAtNs(nowNs) == IsoTimes.NONE) {
            return Fields.ORIGINAL_DATA;
        }
        originalKey.of(
                reader.originalMti(),
                reader.originalInstitution(),
                reader.originalStan(),
                reader.originalDateTime(),
                decoder);
        return TRANSLATED;
    }

    /** What DE39 of a reversal says of why, or what a reversal of this type usually means. */
    private ReversalReason reason() {
        return switch (responseCodes.canonical(decoder)) {
            case Answers.CUSTOMER_CANCELLATION -> ReversalReason.CUSTOMER_CANCELLATION;
            case Answers.TIMEOUT -> ReversalReason.RESPONSE_TIMEOUT;
            case Answers.SUSPECTED_MALFUNCTION -> ReversalReason.SUSPECTED_MALFUNCTION;
            default -> reader.mti() % 100 < 20 ? ReversalReason.CUSTOMER_CANCELLATION : ReversalReason.RESPONSE_TIMEOUT;
        };
    }

    /** An advice that tells of a decline: no money has moved, and none must. */
    private boolean isDeclined() {
        return responseCodes.canonical(decoder) >= ResponseCodes.FIRST_DECLINE;
    }

    private static boolean isFollowUpByNature(final int type) {
        return type == TransactionType.COMPLETION.value() || type == TransactionType.VOID.value();
    }

    private static boolean mayNameOriginal(final int type) {
        return isFollowUpByNature(type) || type == TransactionType.REFUND.value();
    }

    /** The finalizer of SplitMix64. */
    private static long mix(final long hash, final byte value) {
        long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        return mixed ^ mixed >>> 27;
    }
}
