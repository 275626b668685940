package io.turnout.gateway.issuer;

import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.ResponseCodes;
import io.turnout.codecs.sbe.engine.IssuerAdviceResponseEncoder;
import io.turnout.codecs.sbe.engine.IssuerResponseEncoder;
import io.turnout.codecs.sbe.engine.IssuerReversalResponseEncoder;
import io.turnout.gateway.iso.IsoFields;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Translates the answers of an issuer into commands. An answer without the fields that say what it answers and what it
 * says is not believed. Used by one thread; allocates nothing.
 */
final class IssuerResponseTranslator {

    /** The answer has all it must have. */
    static final int COMPLETE = 0;

    private static final int LARGEST_STAN = 999_999;
    private static final long LARGEST_DATE_TIME = 1_231_235_959L;
    private static final int ABSENT_AMOUNT = -1;
    private static final int ABSENT_CURRENCY = 0;
    private static final int LARGEST_CURRENCY = 999;
    private static final int NO_CURRENCY = LARGEST_CURRENCY + 1;
    /** One digit longer than an institution's number. */
    private static final long NO_INSTITUTION_AT_ALL = 999_999_999_999L;

    private static final int SCRATCH_LENGTH = 64;

    private final IsoDecoder decoder;
    private final ResponseCodes responseCodes;
    private final boolean needsTime;
    private final Balances balances;
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[SCRATCH_LENGTH]);

    /** @param needsTime whether an answer must have DE7 */
    IssuerResponseTranslator(final IsoDecoder decoder, final ResponseCodes responseCodes, final boolean needsTime) {
        this.decoder = decoder;
        this.responseCodes = responseCodes;
        this.needsTime = needsTime;
        this.balances = new Balances(decoder);
    }

    /**
     * The first data element that the answer decoded last must have and does not have in its form, or
     * {@link #COMPLETE}.
     */
    int firstMissing() {
        if (needsTime && !isWithin(decoder.getLong(IsoFields.TRANSMISSION_DATE_TIME), LARGEST_DATE_TIME)) {
            return IsoFields.TRANSMISSION_DATE_TIME;
        }
        if (!isWithin(decoder.getLong(IsoFields.STAN), LARGEST_STAN)) {
            return IsoFields.STAN;
        }
        if (!isText(IsoFields.RETRIEVAL_REFERENCE, IssuerResponseEncoder.retrievalReferenceEncodingLength())) {
            return IsoFields.RETRIEVAL_REFERENCE;
        }
        if (!isText(IsoFields.APPROVAL_CODE, IssuerResponseEncoder.approvalCodeEncodingLength())) {
            return IsoFields.APPROVAL_CODE;
        }
        return decoder.count(IsoFields.RESPONSE_CODE) > 0
                        && isText(IsoFields.RESPONSE_CODE, IssuerResponseEncoder.issuerCodeEncodingLength())
                ? COMPLETE
                : IsoFields.RESPONSE_CODE;
    }

    /** The canonical response code of a complete answer. */
    int resultCode() {
        return responseCodes.canonical(decoder);
    }

    void translate(final IssuerResponseEncoder response) {
        final long amountMinor = decoder.getLong(IsoFields.AMOUNT);
        response.amountMinor(amountMinor == IsoDecoder.MISSING ? ABSENT_AMOUNT : amountMinor)
                .stan(decoder.getLong(IsoFields.STAN))
                .transmissionDateTime(transmissionDateTime())
                .resultCode(resultCode())
                .balanceMinor(balances.availableMinor())
                .acquiringInstitution(acquiringInstitution())
                .currency(currency());
        final MutableDirectBuffer buffer = response.buffer();
        final int block = response.offset();
        putText(
                IsoFields.RESPONSE_CODE,
                buffer,
                block + IssuerResponseEncoder.issuerCodeEncodingOffset(),
                IssuerResponseEncoder.issuerCodeEncodingLength());
        putText(
                IsoFields.APPROVAL_CODE,
                buffer,
                block + IssuerResponseEncoder.approvalCodeEncodingOffset(),
                IssuerResponseEncoder.approvalCodeEncodingLength());
        putReference(buffer, block + IssuerResponseEncoder.retrievalReferenceEncodingOffset());
        putTerminal(buffer, block + IssuerResponseEncoder.terminalIdEncodingOffset());
    }

    /** DE49: 0 when it is absent; what is no number is not the currency of any payment. */
    private int currency() {
        if (!decoder.isPresent(IsoFields.CURRENCY)) {
            return ABSENT_CURRENCY;
        }
        final long currency = decoder.getLong(IsoFields.CURRENCY);
        return currency > 0 && currency <= LARGEST_CURRENCY ? (int) currency : NO_CURRENCY;
    }

    void translate(final IssuerAdviceResponseEncoder response) {
        response.stan(decoder.getLong(IsoFields.STAN))
                .transmissionDateTime(transmissionDateTime())
                .resultCode(resultCode())
                .acquiringInstitution(acquiringInstitution());
        putReference(
                response.buffer(), response.offset() + IssuerAdviceResponseEncoder.retrievalReferenceEncodingOffset());
        putTerminal(response.buffer(), response.offset() + IssuerAdviceResponseEncoder.terminalIdEncodingOffset());
        putText(
                IsoFields.RESPONSE_CODE,
                response.buffer(),
                response.offset() + IssuerAdviceResponseEncoder.issuerCodeEncodingOffset(),
                IssuerAdviceResponseEncoder.issuerCodeEncodingLength());
    }

    void translate(final IssuerReversalResponseEncoder response) {
        response.stan(decoder.getLong(IsoFields.STAN))
                .transmissionDateTime(transmissionDateTime())
                .resultCode(resultCode())
                .acquiringInstitution(acquiringInstitution());
        putReference(
                response.buffer(),
                response.offset() + IssuerReversalResponseEncoder.retrievalReferenceEncodingOffset());
        putTerminal(response.buffer(), response.offset() + IssuerReversalResponseEncoder.terminalIdEncodingOffset());
        putText(
                IsoFields.RESPONSE_CODE,
                response.buffer(),
                response.offset() + IssuerReversalResponseEncoder.issuerCodeEncodingOffset(),
                IssuerReversalResponseEncoder.issuerCodeEncodingLength());
    }

    /** DE7, or 0 when it is absent or none: then it is no part of the key. */
    private long transmissionDateTime() {
        final long dateTime = decoder.getLong(IsoFields.TRANSMISSION_DATE_TIME);
        return isWithin(dateTime, LARGEST_DATE_TIME) ? dateTime : 0;
    }

    /** DE32, or 0 when it is absent; what is no number is nobody's. */
    private long acquiringInstitution() {
        if (!decoder.isPresent(IsoFields.ACQUIRING_INSTITUTION)) {
            return 0;
        }
        final long institution = decoder.getLong(IsoFields.ACQUIRING_INSTITUTION);
        return institution < 0 ? NO_INSTITUTION_AT_ALL : institution;
    }

    private void putReference(final MutableDirectBuffer buffer, final int offset) {
        putText(
                IsoFields.RETRIEVAL_REFERENCE,
                buffer,
                offset,
                IssuerResponseEncoder.retrievalReferenceEncodingLength());
    }

    /** DE41; what is no text is nobody's terminal. */
    private void putTerminal(final MutableDirectBuffer buffer, final int offset) {
        final int length = IssuerResponseEncoder.terminalIdEncodingLength();
        if (isText(IsoFields.TERMINAL_ID, length)) {
            putText(IsoFields.TERMINAL_ID, buffer, offset, length);
        } else {
            buffer.setMemory(offset, length, (byte) '?');
        }
    }

    private void putText(final int field, final MutableDirectBuffer buffer, final int offset, final int length) {
        buffer.setMemory(offset, length, (byte) ' ');
        final int characters = decoder.getAscii(field, scratch, 0);
        if (characters != IsoDecoder.ABSENT) {
            buffer.putBytes(offset, scratch, 0, characters);
        }
    }

    /** Whether a field is absent, or printable and not longer than this. */
    private boolean isText(final int field, final int maximumLength) {
        final int characters = decoder.count(field);
        boolean text = characters <= maximumLength;
        for (int i = 0; i < characters && text; i++) {
            final int character = decoder.characterAt(field, i);
            text = character >= ' ' && character <= '~';
        }
        return text;
    }

    private static boolean isWithin(final long value, final long largest) {
        return value > 0 && value <= largest;
    }
}
