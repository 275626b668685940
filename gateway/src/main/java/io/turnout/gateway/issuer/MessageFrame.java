package io.turnout.gateway.issuer;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.gateway.iso.IsoFields;
import io.turnout.gateway.iso.IsoVersion;
import io.turnout.gateway.security.MessageAuthenticator;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One message of a link at a time, in its dialect and framed. Used by one thread; allocates nothing. The buffer lies
 * outside the Java heap, because it holds card data in clear until {@link #wipe}.
 */
final class MessageFrame {

    private static final int CAPACITY = 4 * 1024;
    private static final int TEXT_CAPACITY = 1024;
    private static final int FIELD_NUMBER_LENGTH = 3;

    private final Dialect dialect;
    private final IsoVersion version;
    private final Framing framing;
    private final LinkInstitutions institutions;
    private final MessageAuthenticator authenticator;
    private final IsoEncoder encoder;
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY));
    private final UnsafeBuffer text = new UnsafeBuffer(new byte[TEXT_CAPACITY]);

    MessageFrame(
            final Dialect dialect,
            final Framing framing,
            final LinkInstitutions institutions,
            final MessageAuthenticator authenticator) {
        this.dialect = dialect;
        this.version = IsoVersion.of(dialect)
                .orElseThrow(() -> new IllegalArgumentException("dialect=" + dialect.name() + " is only read"));
        this.framing = framing;
        this.institutions = institutions;
        this.authenticator = authenticator;
        this.encoder = new IsoEncoder(dialect);
    }

    Dialect dialect() {
        return dialect;
    }

    IsoVersion version() {
        return version;
    }

    LinkInstitutions institutions() {
        return institutions;
    }

    /** On the message begun last. */
    IsoEncoder encoder() {
        return encoder;
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

    /** Begins a message; its type as 1987 numbers it. */
    IsoEncoder begin(final int mtiOf1987) {
        final int headerLength = framing.headerLength();
        return encoder.wrap(buffer, headerLength, CAPACITY - headerLength - framing.trailerLength())
                .begin(version.mti(mtiOf1987));
    }

    /**
     * Ends the message and puts its MAC: bytes of the frame, {@link IssuerMessageEncoder#NOT_ENCODABLE} or
     * {@link MessageAuthenticator#MAC_UNAVAILABLE}.
     */
    int finish() {
        final int messageLength = authenticator.finish(encoder, buffer, framing.headerLength());
        if (messageLength < 0) {
            return messageLength == MessageAuthenticator.MAC_UNAVAILABLE
                    ? messageLength
                    : IssuerMessageEncoder.NOT_ENCODABLE;
        }
        final int frameLength = framing.write(buffer, 0, messageLength);
        return frameLength < 0 ? IssuerMessageEncoder.NOT_ENCODABLE : frameLength;
    }

    /** DE33, where the link has one. */
    void putForwarder() {
        if (institutions.forwarding() != 0) {
            encoder.putLong(IsoFields.FORWARDING_INSTITUTION, institutions.forwarding());
        }
    }

    /** DE100, where the link has one. */
    void putReceiver() {
        if (institutions.receiving() != 0) {
            encoder.putLong(IsoFields.RECEIVING_INSTITUTION, institutions.receiving());
        }
    }

    /** DE39: a canonical code in the words of the dialect. */
    void putResponseCode(final int resultCode, final int mtiOf1987) {
        encoder.putPacked(
                IsoFields.RESPONSE_CODE, version.responseCode(dialect.responseCodes(), resultCode, mtiOf1987));
    }

    /**
     * DE44: the data element that could not be read, three digits; not written when there is none, or where the dialect
     * has no text there.
     */
    void putFieldInError(final int field) {
        if (field > 0
                && dialect.has(IsoFields.ADDITIONAL_RESPONSE_DATA)
                && !dialect.isBinary(IsoFields.ADDITIONAL_RESPONSE_DATA)) {
            text.putByte(0, (byte) ('0' + field / 100));
            text.putByte(1, (byte) ('0' + field / 10 % 10));
            text.putByte(2, (byte) ('0' + field % 10));
            encoder.putAscii(IsoFields.ADDITIONAL_RESPONSE_DATA, text, 0, FIELD_NUMBER_LENGTH);
        }
    }

    /** A data element as the request has it; not written when the request lacks it, or when it is too long to copy. */
    void echo(final IsoDecoder request, final int field) {
        final int count = request.count(field);
        if (count >= 0 && count <= TEXT_CAPACITY / 2) {
            encoder.putAscii(field, text, 0, request.getAscii(field, text, 0));
        }
    }
}
