package io.turnout.codecs.iso8583;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class WorkedExampleTest {
    private static final String ASCII = "0200723C448128C0800016411111111111111100000000000001234506111030"
            + "15000123183015061130125411051000810000001344111111111111111=3012"
            + "2011234567890516210000123TERM0001MERCHANT0000001156";

    @Test
    void shouldReadAndWriteThePurchaseInAscii() {
        final Dialect dialect = Dialects.builtIn("iso87-ascii");
        final IsoDecoder decoder = new IsoDecoder(dialect);
        final byte[] bytes = ASCII.getBytes(StandardCharsets.US_ASCII);
        assertEquals(0, decoder.decode(new UnsafeBuffer(bytes), 0, bytes.length));
        assertEquals(200, decoder.mti());
        assertEquals(12345, decoder.getLong(4));
        assertEquals(123, decoder.getLong(11));
        assertTrue(decoder.equalsAscii(41, "TERM0001"));
        final UnsafeBuffer out = new UnsafeBuffer(new byte[512]);
        final IsoEncoder encoder = new IsoEncoder(dialect).wrap(out, 0, 512).begin(200);
        for (int de = decoder.nextField(0); de != IsoDecoder.NO_FIELD; de = decoder.nextField(de)) {
            encoder.putString(de, decoder.getString(de));
        }
        assertEquals(bytes.length, encoder.finish());
        assertEquals(ASCII, out.getStringWithoutLengthAscii(0, bytes.length));
    }
}
