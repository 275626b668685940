package io.turnout.codecs.iso8583;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A target for a fuzzer that follows coverage: whatever the bytes are, every dialect answers a value or a named error,
 * never an exception, and what it read can be written again and read the same. See the handbook for how to run it.
 */
public final class DecoderFuzz {
    private static final int CAPACITY = 1 << 16;
    private static final List<Dialect> DIALECTS = new ArrayList<>();
    private static final UnsafeBuffer TEXT = new UnsafeBuffer(new byte[CAPACITY]);
    private static final UnsafeBuffer WRITTEN = new UnsafeBuffer(new byte[2 * CAPACITY]);

    static {
        TestDialects.all().forEach(name -> DIALECTS.add(TestDialects.named(name)));
        TestDialects.BUILT_IN.forEach(name -> DIALECTS.add(TestDialects.lenient(name)));
    }

    private DecoderFuzz() {}

    /** Called by the fuzzer; the first byte chooses the dialect. */
    public static void fuzzerTestOneInput(final byte[] input) {
        if (input.length == 0 || input.length > CAPACITY / 2) {
            return;
        }
        final Dialect dialect = DIALECTS.get((input[0] & 0xFF) % DIALECTS.size());
        final byte[] message = Arrays.copyOfRange(input, 1, input.length);
        final IsoDecoder decoder = new IsoDecoder(dialect);
        final int error = decoder.decode(new UnsafeBuffer(message), 0, message.length);
        DecodeError.of(error);
        final IsoEncoder encoder = new IsoEncoder(dialect).wrap(WRITTEN, 0, WRITTEN.capacity());
        encoder.begin(decoder.mti());
        for (int field = decoder.nextField(0); field != IsoDecoder.NO_FIELD; field = decoder.nextField(field)) {
            decoder.getLong(field);
            decoder.getBytes(field, TEXT, 0);
            decoder.getString(field);
            encoder.putAscii(field, TEXT, 0, decoder.getAscii(field, TEXT, 0));
        }
        if (error == 0) {
            requireTheSame(dialect, decoder, encoder.finish());
        }
    }

    private static void requireTheSame(final Dialect dialect, final IsoDecoder decoder, final int length) {
        final IsoDecoder again = new IsoDecoder(dialect);
        require(length > 0, "a message that was read cannot be written: " + EncodeError.of(length));
        require(again.decode(WRITTEN, 0, length) == 0, "a message that was written cannot be read");
        require(again.mti() == decoder.mti(), "the MTI is another");
        for (int field = decoder.nextField(0); field != IsoDecoder.NO_FIELD; field = decoder.nextField(field)) {
            require(
                    decoder.getString(field).equals(again.getString(field)),
                    dialect.name() + ": field " + field + " is another");
        }
    }

    private static void require(final boolean condition, final String problem) {
        if (!condition) {
            throw new IllegalStateException(problem);
        }
    }
}
