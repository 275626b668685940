package io.turnout.gateway.acquirer.iso;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.codecs.iso8583.ResponseCodes;
import io.turnout.codecs.sbe.engine.Outcome;
import io.turnout.codecs.sbe.engine.PaymentAnsweredDecoder;
import io.turnout.gateway.security.MessageAuthenticator;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes what the switch says to an acquirer in its dialect, framed: what the message asked is echoed, what the switch
 * knows is added. A data element that the dialect cannot carry (an issuer's approval code in characters it does not
 * know) is left out. Used by one thread; allocates nothing. The buffer lies outside the Java heap, because it holds
 * card numbers until {@link #wipe}.
 */
final class AnswerEncoder {

    /** The dialect cannot carry the answer. */
    static final int NOT_ENCODABLE = -1;

    private static final int NETWORK_REQUEST = 800;
    private static final int RESPONSE = 10;
    private static final int CAPACITY = 2 * 1024;
    private static final int BLANK = ' ';
    private static final int MONTH_AND_DAY = 10_000;
    private static final int CODE_LENGTH = 3;
    private static final int BALANCE_LENGTH = 20;
    private static final int BALANCE_AMOUNT_OFFSET = 8;
    private static final int BALANCE_SIGN_OFFSET = 7;
    private static final int BALANCE_CURRENCY_OFFSET = 4;
    private static final int BALANCE_TYPE_OFFSET = 2;
    private static final int AVAILABLE_BALANCE = 2;
    private static final int FROM_ACCOUNT_OFFSET = 2;

    private final Framing framing;
    private final ResponseCodes responseCodes;
    private final IsoEncoder encoder;
    private final MessageAuthenticator authenticator;
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY));
    private final UnsafeBuffer digits = new UnsafeBuffer(new byte[BALANCE_LENGTH]);
    private int leftOut;

    AnswerEncoder(final Dialect dialect, final Framing framing, final MessageAuthenticator authenticator) {
        this.authenticator = authenticator;
        this.framing = framing;
        this.responseCodes = dialect.responseCodes();
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

    /** Whether something had to be left out of the answer written last. */
    boolean isIncomplete() {
        return leftOut != Fields.NONE;
    }

    /** The type of the answer to a message; the same for a repeat. */
    static int answerTo(final int mti) {
        return RequestReader.withoutRepeat(mti) + RESPONSE;
    }

    /** The answer to a payment: 0110, 0130, 0210, 0230. Bytes of the frame, or {@link #NOT_ENCODABLE}. */
    int payment(final int mti, final Echo echo, final PaymentAnsweredDecoder event) {
        leftOut = Fields.NONE;
        final int length = tryPayment(mti, echo, event);
        if (length >= 0) {
            return length;
        }
        leftOut = encoder.errorField();
        return tryPayment(mti, echo, event);
    }

    /**
     * An answer that says no more than a response code.
     *
     * @param field in error, or {@link Fields#NONE}
     */
    int plain(final int mti, final Echo echo, final int resultCode, final int field) {
        leftOut = Fields.NONE;
        begin(mti, echo);
        putResponseCode(echo, resultCode);
        if (field != Fields.NONE) {
            putDigits(0, CODE_LENGTH, field);
            putAscii(echo, Fields.ADDITIONAL_RESPONSE_DATA, digits, 0, CODE_LENGTH);
        }
        return finish(echo);
    }

    /** 0800: a network management request of the switch. */
    int networkRequest(final int stan, final long transmissionDateTime, final int networkCode) {
        leftOut = Fields.NONE;
        begin(NETWORK_REQUEST);
        encoder.putLong(Fields.TRANSMISSION_DATE_TIME, transmissionDateTime)
                .putLong(Fields.STAN, stan)
                .putLong(Fields.NETWORK_CODE, networkCode);
        return frame();
    }

    private int tryPayment(final int mti, final Echo echo, final PaymentAnsweredDecoder event) {
        final boolean approved = event.outcomeRaw() == Outcome.APPROVED.value();
        begin(mti, echo);
        if (approved && event.resultCode() == Answers.PARTIAL_APPROVAL) {
            echo.putBelow(encoder, Fields.AMOUNT);
            encoder.putLong(Fields.AMOUNT, event.amountMinor());
        }
        if (event.businessDate() != 0 && event.businessDate() != PaymentAnsweredDecoder.businessDateNullValue()) {
            echo.putBelow(encoder, Fields.SETTLEMENT_DATE);
            encoder.putLong(Fields.SETTLEMENT_DATE, event.businessDate() % MONTH_AND_DAY);
        }
        if (!echo.has(Fields.RETRIEVAL_REFERENCE)) {
            putText(
                    echo,
                    Fields.RETRIEVAL_REFERENCE,
                    event,
                    PaymentAnsweredDecoder.retrievalReferenceEncodingOffset(),
                    PaymentAnsweredDecoder.retrievalReferenceEncodingLength());
        }
        if (approved) {
            putText(
                    echo,
                    Fields.APPROVAL_CODE,
                    event,
                    PaymentAnsweredDecoder.approvalCodeEncodingOffset(),
                    PaymentAnsweredDecoder.approvalCodeEncodingLength());
        }
        putResponseCode(echo, event.resultCode());
        if (approved && event.balanceMinor() != PaymentAnsweredDecoder.balanceMinorNullValue()) {
            putBalance(echo, event.currency(), event.balanceMinor());
        }
        return finish(echo);
    }

    private void begin(final int mti, final Echo echo) {
        begin(answerTo(mti));
        echo.rewind().putHeader(encoder);
    }

    private void begin(final int mti) {
        final int headerLength = framing.headerLength();
        encoder.wrap(buffer, headerLength, CAPACITY - headerLength - framing.trailerLength())
                .begin(mti);
    }

    private void putResponseCode(final Echo echo, final int resultCode) {
        echo.putBelow(encoder, Fields.RESPONSE_CODE);
        encoder.putPacked(Fields.RESPONSE_CODE, responseCodes.packed(resultCode));
    }

    private void putText(
            final Echo echo, final int field, final PaymentAnsweredDecoder event, final int offset, final int length) {
        if (event.buffer().getByte(event.offset() + offset) != BLANK) {
            putAscii(echo, field, event.buffer(), event.offset() + offset, length);
        }
    }

    private void putAscii(
            final Echo echo, final int field, final DirectBuffer source, final int offset, final int length) {
        if (field != leftOut) {
            echo.putBelow(encoder, field);
            encoder.putAscii(field, source, offset, length);
        }
    }

    /** DE54: account type as in DE3, available balance, currency, credit or debit, amount. */
    private void putBalance(final Echo echo, final int currency, final long balanceMinor) {
        for (int i = 0; i < BALANCE_TYPE_OFFSET; i++) {
            final int digit = echo.characterAt(Fields.PROCESSING_CODE, FROM_ACCOUNT_OFFSET + i);
            digits.putByte(i, (byte) (digit < 0 ? '0' : digit));
        }
        putDigits(BALANCE_TYPE_OFFSET, BALANCE_CURRENCY_OFFSET, AVAILABLE_BALANCE);
        putDigits(BALANCE_CURRENCY_OFFSET, BALANCE_SIGN_OFFSET, currency);
        digits.putByte(BALANCE_SIGN_OFFSET, (byte) (balanceMinor < 0 ? 'D' : 'C'));
        putDigits(BALANCE_AMOUNT_OFFSET, BALANCE_LENGTH, Math.abs(balanceMinor));
        putAscii(echo, Fields.ADDITIONAL_AMOUNTS, digits, 0, BALANCE_LENGTH);
    }

    private void putDigits(final int from, final int to, final long value) {
        long rest = value;
        for (int i = to - 1; i >= from; i--) {
            digits.putByte(i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }

    private int finish(final Echo echo) {
        echo.putBelow(encoder, Dialect.LAST_FIELD + 1);
        return frame();
    }

    private int frame() {
        final int messageLength = authenticator.finish(encoder, buffer, framing.headerLength());
        if (messageLength < 0) {
            return NOT_ENCODABLE;
        }
        final int frameLength = framing.write(buffer, 0, messageLength);
        return frameLength < 0 ? NOT_ENCODABLE : frameLength;
    }
}
