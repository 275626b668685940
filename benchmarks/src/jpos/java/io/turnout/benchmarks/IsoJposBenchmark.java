package io.turnout.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.packager.ISO87APackager;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The message of {@link IsoPeerBenchmark} in jPOS, whose licence (AGPL) keeps it out of every other build than that of
 * the profile {@code jpos}. Decoding ends with all fields as texts, encoding begins with them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(2)
public class IsoJposBenchmark {
    private static final int LAST_FIELD = 64;

    private final ISO87APackager packager = new ISO87APackager();
    private final byte[] message = IsoCodecBenchmark.MESSAGE.getBytes(StandardCharsets.US_ASCII);
    private int[] fields;
    private String[] values;

    /** Reads the message once, and requires that it is written back. */
    @Setup
    public void prepare() throws ISOException {
        final ISOMsg read = new ISOMsg();
        read.setPackager(packager);
        read.unpack(message);
        fields = IntStream.rangeClosed(2, LAST_FIELD).filter(read::hasField).toArray();
        values = new String[fields.length];
        decodeJpos();
        if (!Arrays.equals(message, encodeJpos())) {
            throw new IllegalStateException("the message is written in another way");
        }
    }

    /** All fields, as texts. */
    @Benchmark
    public int decodeJpos() throws ISOException {
        final ISOMsg read = new ISOMsg();
        read.setPackager(packager);
        read.unpack(message);
        for (int i = 0; i < fields.length; i++) {
            values[i] = read.getString(fields[i]);
        }
        return values.length;
    }

    /** All fields, from texts. */
    @Benchmark
    public byte[] encodeJpos() throws ISOException {
        final ISOMsg written = new ISOMsg();
        written.setPackager(packager);
        written.setMTI("0200");
        for (int i = 0; i < fields.length; i++) {
            written.set(fields[i], values[i]);
        }
        return written.pack();
    }
}
