package io.turnout.gateway.support;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;

/** The issuer's side of a link: writes frames and reads them. */
public final class BankMessages {

    private final Dialect dialect;
    private final Framing framing;

    public BankMessages(final Dialect dialect, final Framing framing) {
        this.dialect = dialect;
        this.framing = framing;
    }

    /** Whether a data element holds text. */
    public boolean hasText(final int field) {
        return dialect.has(field) && !dialect.isBinary(field);
    }

    /** The longest value of a data element. */
    public int lengthOf(final int field) {
        return dialect.maximumLength(field);
    }

    /** A frame with the fields put. */
    public byte[] frame(final int mti, final UnaryOperator<IsoEncoder> fields) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
        final IsoEncoder encoder = new IsoEncoder(dialect)
                .wrap(buffer, framing.headerLength(), 4000)
                .begin(mti);
        final int length = fields.apply(encoder).finish();
        if (length < 0) {
            throw new AssertionError("not encodable: " + length + " DE" + encoder.errorField());
        }
        return Arrays.copyOf(buffer.byteArray(), framing.write(buffer, 0, length));
    }

    /** A frame around any bytes. */
    public byte[] frame(final byte[] message) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[message.length + 16]);
        buffer.putBytes(framing.headerLength(), message);
        return Arrays.copyOf(buffer.byteArray(), framing.write(buffer, 0, message.length));
    }

    /** Decodes a frame that must be whole and without error. */
    public IsoDecoder decode(final byte[] frame) {
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        final int length = framing.read(buffer, 0, frame.length, 4096);
        if (length <= 0 || framing.frameLength(length) != frame.length) {
            throw new AssertionError("not one frame: " + length + " of " + frame.length);
        }
        final IsoDecoder decoder = new IsoDecoder(dialect);
        if (decoder.decode(buffer, framing.headerLength(), length) != 0) {
            throw new AssertionError("not decodable: " + decoder.error() + " DE" + decoder.errorField());
        }
        return decoder;
    }

    /** An answer to a network management request, with the code of DE39 or without any. */
    public byte[] networkResponse(final IsoDecoder request, final String responseCode) {
        return frame(request.mti() + 10, encoder -> {
            encoder.putLong(7, request.getLong(7)).putLong(11, request.getLong(11));
            if (request.mti() / 1000 == 1) {
                encoder.putLong(12, request.getLong(12)).putLong(24, request.getLong(24));
            }
            if (responseCode != null) {
                encoder.putString(39, responseCode);
            }
            return request.isPresent(70) ? encoder.putLong(70, request.getLong(70)) : encoder;
        });
    }

    /** A network management request with the code of DE70, or of DE24 in 1993. */
    public byte[] networkRequest(final int mti, final long stan, final int networkCode) {
        return frame(mti, encoder -> {
            encoder.putLong(7, 1114221320L).putLong(11, stan);
            return mti / 1000 == 1
                    ? encoder.putString(12, "231114221320").putLong(24, networkCode)
                    : encoder.putLong(70, networkCode);
        });
    }

    /** A whole answer to a payment. */
    public byte[] response(final int mti, final String responseCode) {
        return frame(mti, encoder -> encoder.putString(2, "4111111111111111")
                .putLong(4, 1234)
                .putLong(7, Events.TRANSMISSION_DATE_TIME)
                .putLong(11, Events.STAN)
                .putString(37, "RRN000000001")
                .putString(38, "AUTH01")
                .putString(39, responseCode));
    }
}
