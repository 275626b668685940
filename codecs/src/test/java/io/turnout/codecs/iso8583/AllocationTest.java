package io.turnout.codecs.iso8583;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The paths of every payment make no garbage, whether the message is good or not. */
final class AllocationTest {
    private static final int ROUNDS = 2_000;
    private static final long SEED = 8;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[RandomMessages.CAPACITY]);
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[RandomMessages.CAPACITY]);
    private long blackHole;

    @ParameterizedTest
    @FieldSource("io.turnout.codecs.iso8583.TestDialects#BUILT_IN")
    void shouldDecodeAndEncodeWithoutAllocating(final String name) {
        // given
        final Dialect dialect = Dialects.builtIn(name);
        final RandomMessages messages = new RandomMessages(dialect, SEED);
        final byte[] message = messages.encoded(200, messages.shortValues());
        final IsoDecoder decoder = new IsoDecoder(dialect);
        final IsoEncoder encoder = new IsoEncoder(dialect);
        buffer.putBytes(0, message);

        // then
        assertNoAllocation(() -> {
            blackHole += decoder.decode(buffer, 0, message.length);
            encoder.wrap(scratch, 0, 1024).begin(decoder.mti());
            for (int field = decoder.nextField(0); field > 0; field = decoder.nextField(field)) {
                final int characters = decoder.getAscii(field, scratch, 2048);
                encoder.putAscii(field, scratch, 2048, characters);
                blackHole += decoder.getLong(field) + decoder.characterAt(field, 0);
                blackHole += decoder.getBytes(field, scratch, 4096);
            }
            blackHole += encoder.finish();
            blackHole += decoder.decode(buffer, 0, message.length - 1);
        });
        assertNotEquals(DecodeError.NONE.code(), decoder.error());
    }

    @Test
    void shouldPutTextsAndFramesWithoutAllocating() {
        final Dialect dialect = Dialects.builtIn("iso87-ascii");
        final ResponseCodes codes = dialect.responseCodes();
        final IsoDecoder decoder = new IsoDecoder(dialect);
        final IsoEncoder encoder = new IsoEncoder(dialect);
        assertNoAllocation(() -> {
            encoder.wrap(buffer, 4, 1024).begin(210).putLong(4, 12_345);
            encoder.putPacked(39, codes.packed(1016)).putString(41, "TERM0001").putString(43, "MERCHANT");
            final int length = encoder.putLong(70, 301).finish();
            final int frameLength = Framing.ASCII4_EXCLUSIVE.write(buffer, 0, length);
            final int found = Framing.ASCII4_EXCLUSIVE.read(buffer, 0, frameLength, 1024);
            blackHole += decoder.decode(buffer, 4, found) + codes.canonical(decoder);
            blackHole += decoder.equalsAscii(41, "TERM0001") ? 1 : 0;
            blackHole += Luhn.isValid(buffer, 4, 16) ? 1 : 0;
            PanMask.mask(buffer, 4, 16, scratch, 0);
        });
    }

    private void assertNoAllocation(final Runnable work) {
        long least = Long.MAX_VALUE;
        // The first attempts pay for class loading and compilation; one clean attempt shows that the code needs none.
        for (int attempt = 0; attempt < 5 && least != 0; attempt++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            final long overhead = threads.getCurrentThreadAllocatedBytes() - before;
            for (int i = 0; i < ROUNDS; i++) {
                work.run();
            }
            final long after = threads.getCurrentThreadAllocatedBytes();
            least = Math.min(least, after - before - 2 * overhead);
        }
        final long bytes = least;
        assertTrue(bytes <= 0, () -> "allocated bytes=" + bytes + " rounds=" + ROUNDS + " result=" + blackHole);
    }
}
