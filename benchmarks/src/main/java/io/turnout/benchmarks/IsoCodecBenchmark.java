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
 * <p>Every field is checked by the decoder and then read: the 17 numbers as numbers, the 8 texts as characters copied
 * to another buffer. The encoder is given these numbers and characters.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(2)
public class IsoCodecBenchmark {
    static final String MESSAGE =
            "0200723E66D10CE1801016476173900101011900000000000001234511231205011234561205011123271211235"
                    + "4118400510010012D000000001112345678901632811000123A1B2C3TERM0001MERCHANT0000001"
                    + "ACME STORE            SPRINGFIELD  IL US0200123456789ABCDEF0123840012012345678901";

    private static final int CAPACITY = 1024;
    private static final int TEXT_SLOT = 64;

    /** The dialects measured. */
    @Param({"iso87-ascii", "iso87-bcd", "iso87-ebcdic-binbitmap"})
    public String dialectName;

    private final UnsafeBuffer received = new UnsafeBuffer(new byte[CAPACITY]);
    private final UnsafeBuffer sent = new UnsafeBuffer(new byte[CAPACITY]);
    private final UnsafeBuffer texts = new UnsafeBuffer(new byte[CAPACITY]);
    private final long[] numbers = new long[17];
    private final int[] textLengths = new int[8];
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
        encoder.putLong(2, numbers[0])
                .putLong(3, numbers[1])
                .putLong(4, numbers[2])
                .putLong(7, numbers[3]);
        encoder.putLong(11, numbers[4])
                .putLong(12, numbers[5])
                .putLong(13, numbers[6])
                .putLong(14, numbers[7]);
        encoder.putLong(15, numbers[8])
                .putLong(18, numbers[9])
                .putLong(19, numbers[10])
                .putLong(22, numbers[11]);
        encoder.putLong(23, numbers[12])
                .putLong(25, numbers[13])
                .putLong(26, numbers[14])
                .putLong(28, numbers[15]);
        encoder.putLong(32, numbers[16]);
        encoder.putAscii(37, texts, 0, textLengths[0]).putAscii(38, texts, TEXT_SLOT, textLengths[1]);
        encoder.putAscii(41, texts, 2 * TEXT_SLOT, textLengths[2]).putAscii(42, texts, 3 * TEXT_SLOT, textLengths[3]);
        encoder.putAscii(43, texts, 4 * TEXT_SLOT, textLengths[4]).putAscii(48, texts, 5 * TEXT_SLOT, textLengths[5]);
        encoder.putAscii(49, texts, 6 * TEXT_SLOT, textLengths[6]).putAscii(60, texts, 7 * TEXT_SLOT, textLengths[7]);
        return encoder.finish();
    }

    /** Finds and checks all fields, and reads what an authorisation needs of them. */
    @Benchmark
    public long decodeAndReadFour() {
        require(decoder.decode(received, 0, length) == 0);
        return decoder.getLong(4) + decoder.getLong(7) + decoder.getLong(11) + decoder.characterAt(41, 0);
    }

    private long read() {
        readNumbers();
        textLengths[0] = decoder.getAscii(37, texts, 0);
        textLengths[1] = decoder.getAscii(38, texts, TEXT_SLOT);
        textLengths[2] = decoder.getAscii(41, texts, 2 * TEXT_SLOT);
        textLengths[3] = decoder.getAscii(42, texts, 3 * TEXT_SLOT);
        textLengths[4] = decoder.getAscii(43, texts, 4 * TEXT_SLOT);
        textLengths[5] = decoder.getAscii(48, texts, 5 * TEXT_SLOT);
        textLengths[6] = decoder.getAscii(49, texts, 6 * TEXT_SLOT);
        textLengths[7] = decoder.getAscii(60, texts, 7 * TEXT_SLOT);
        return numbers[2] + textLengths[7];
    }

    private void readNumbers() {
        numbers[0] = decoder.getLong(2);
        numbers[1] = decoder.getLong(3);
        numbers[2] = decoder.getLong(4);
        numbers[3] = decoder.getLong(7);
        numbers[4] = decoder.getLong(11);
        numbers[5] = decoder.getLong(12);
        numbers[6] = decoder.getLong(13);
        numbers[7] = decoder.getLong(14);
        numbers[8] = decoder.getLong(15);
        numbers[9] = decoder.getLong(18);
        numbers[10] = decoder.getLong(19);
        numbers[11] = decoder.getLong(22);
        numbers[12] = decoder.getLong(23);
        numbers[13] = decoder.getLong(25);
        numbers[14] = decoder.getLong(26);
        numbers[15] = decoder.getLong(28);
        numbers[16] = decoder.getLong(32);
    }

    private static void require(final boolean condition) {
        if (!condition) {
            throw new IllegalStateException("the message cannot be read or written");
        }
    }
}
