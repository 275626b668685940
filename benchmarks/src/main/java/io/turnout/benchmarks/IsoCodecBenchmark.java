package io.turnout.benchmarks;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Dialects;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reading and writing a financial request of 25 fields, 251 bytes in ASCII.
 *
 * <p>Every field is checked by the decoder and then read: the 14 numbers as numbers, the 11 texts as characters copied
 * to another buffer. The encoder is given these numbers and characters.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(2)
public class IsoCodecBenchmark {
    private static final String MESSAGE =
            "0200723E66D10CE1801016476173900101011900000000000001234511231205011234561205011123271211235"
                    + "4118400510010012D000000001112345678901632811000123A1B2C3TERM0001MERCHANT0000001"
                    + "ACME STORE            SPRINGFIELD  IL US0200123456789ABCDEF0123840012012345678901";

    private static final int[] NUMBERS = {2, 3, 4, 7, 11, 12, 13, 14, 15, 18, 19, 22, 23, 25, 26, 28, 32};
    private static final int[] TEXTS = {37, 38, 41, 42, 43, 48, 49, 60};
    private static final int CAPACITY = 1024;

    /** The dialects measured. */
    @Param({"iso87-ascii", "iso87-bcd", "iso87-ebcdic-binbitmap"})
    public String dialectName;

    private final UnsafeBuffer received = new UnsafeBuffer(new byte[CAPACITY]);
    private final UnsafeBuffer sent = new UnsafeBuffer(new byte[CAPACITY]);
    private final UnsafeBuffer texts = new UnsafeBuffer(new byte[CAPACITY]);
    private final long[] numbers = new long[NUMBERS.length];
    private final int[] textLengths = new int[TEXTS.length];
    private IsoDecoder decoder;
    private IsoEncoder encoder;
    private int length;

    /** Brings the message into the dialect. */
    @Setup
    public void translate() {
        final byte[] ascii = MESSAGE.getBytes(StandardCharsets.US_ASCII);
        decoder = new IsoDecoder(Dialects.builtIn("iso87-ascii"));
        require(decoder.decode(new UnsafeBuffer(ascii), 0, ascii.length) == 0);
        read();
        final Dialect dialect = Dialects.builtIn(dialectName);
        encoder = new IsoEncoder(dialect);
        length = encode();
        require(length > 0);
        received.putBytes(0, sent, 0, length);
        decoder = new IsoDecoder(dialect);
        require(decode() != 0);
    }

    /** Finds, checks and reads all fields. */
    @Benchmark
    public long decode() {
        require(decoder.decode(received, 0, length) == 0);
        return read();
    }

    /** Writes all fields. */
    @Benchmark
    public int encode() {
        encoder.wrap(sent, 0, CAPACITY).begin(200);
        for (int i = 0; i < NUMBERS.length; i++) {
            encoder.putLong(NUMBERS[i], numbers[i]);
        }
        int offset = 0;
        for (int i = 0; i < TEXTS.length; i++) {
            encoder.putAscii(TEXTS[i], texts, offset, textLengths[i]);
            offset += textLengths[i];
        }
        return encoder.finish();
    }

    /** Finds and checks all fields, and reads what an authorisation needs of them. */
    @Benchmark
    public long decodeAndReadFour() {
        require(decoder.decode(received, 0, length) == 0);
        return decoder.getLong(4) + decoder.getLong(7) + decoder.getLong(11) + decoder.characterAt(41, 0);
    }

    private long read() {
        long sum = 0;
        for (int i = 0; i < NUMBERS.length; i++) {
            numbers[i] = decoder.getLong(NUMBERS[i]);
            sum += numbers[i];
        }
        int offset = 0;
        for (int i = 0; i < TEXTS.length; i++) {
            textLengths[i] = decoder.getAscii(TEXTS[i], texts, offset);
            offset += textLengths[i];
        }
        return sum + offset;
    }

    private static void require(final boolean condition) {
        if (!condition) {
            throw new IllegalStateException("the message cannot be read or written");
        }
    }
}
