package io.turnout.benchmarks;

import com.solab.iso8583.IsoMessage;
import com.solab.iso8583.IsoType;
import com.solab.iso8583.MessageFactory;
import com.solab.iso8583.parse.FieldParseInfo;
import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Dialects;
import io.turnout.codecs.iso8583.FieldDescription;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
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
 * Our codec and j8583 in the same run, on the financial request of {@link IsoCodecBenchmark}: 25 fields, 251 bytes,
 * ASCII.
 *
 * <p>Decoding copies every field to where a program would use it: ours as characters into a buffer, the peer's as the
 * objects it makes. Encoding begins with those characters or objects. Both results are checked to be the same bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(2)
public class IsoPeerBenchmark {
    private static final String DIALECT = "iso87-ascii";
    private static final int MTI = 200;
    private static final int MTI_OF_PEER = 0x200;
    private static final int SLOT = 64;
    private static final int CAPACITY = 4096;

    private final Dialect dialect = Dialects.builtIn(DIALECT);
    private final IsoDecoder decoder = new IsoDecoder(dialect);
    private final IsoEncoder encoder = new IsoEncoder(dialect);
    private final UnsafeBuffer sent = new UnsafeBuffer(new byte[CAPACITY]);
    private final UnsafeBuffer texts = new UnsafeBuffer(new byte[CAPACITY]);
    private final MessageFactory<IsoMessage> factory = new MessageFactory<>();

    private byte[] message;
    private UnsafeBuffer received;
    private int[] fields;
    private int[] textLengths;
    private IsoType[] types;
    private int[] lengths;
    private Object[] values;

    /** Reads the message once with both, and requires that both write it back. */
    @Setup
    public void prepare() throws ParseException, UnsupportedEncodingException {
        message = IsoCodecBenchmark.MESSAGE.getBytes(StandardCharsets.US_ASCII);
        received = new UnsafeBuffer(message);
        require(decoder.decode(received, 0, message.length) == 0);
        fields = new int[64];
        int count = 0;
        for (int field = decoder.nextField(0); field > 0; field = decoder.nextField(field)) {
            fields[count++] = field;
        }
        fields = Arrays.copyOf(fields, count);
        textLengths = new int[count];
        types = new IsoType[count];
        lengths = new int[count];
        values = new Object[count];
        final Map<Integer, FieldParseInfo> guide = new HashMap<>();
        for (int i = 0; i < count; i++) {
            final FieldDescription description = dialect.describe(fields[i]);
            types[i] = typeOf(description.attribute());
            lengths[i] = dialect.maximumLength(fields[i]);
            guide.put(fields[i], FieldParseInfo.getInstance(types[i], lengths[i], "ISO-8859-1", false));
        }
        factory.setCharacterEncoding("ISO-8859-1");
        factory.setParseMap(MTI_OF_PEER, guide);
        decode();
        decodePeer();
        require(encode() == message.length);
        require(sent.getStringWithoutLengthAscii(0, message.length).equals(IsoCodecBenchmark.MESSAGE));
        require(Arrays.equals(encodePeer(), message));
    }

    /** All fields, as characters. */
    @Benchmark
    public int decode() {
        require(decoder.decode(received, 0, message.length) == 0);
        int sum = 0;
        for (int i = 0; i < fields.length; i++) {
            textLengths[i] = decoder.getAscii(fields[i], texts, i * SLOT);
            sum += textLengths[i];
        }
        return sum;
    }

    /** All fields, from characters. */
    @Benchmark
    public int encode() {
        encoder.wrap(sent, 0, CAPACITY).begin(MTI);
        for (int i = 0; i < fields.length; i++) {
            encoder.putAscii(fields[i], texts, i * SLOT, textLengths[i]);
        }
        return encoder.finish();
    }

    /** All fields, as the objects that j8583 makes of them. */
    @Benchmark
    public int decodePeer() throws ParseException, UnsupportedEncodingException {
        final IsoMessage read = factory.parseMessage(message, 0);
        for (int i = 0; i < fields.length; i++) {
            values[i] = read.getObjectValue(fields[i]);
        }
        return values.length;
    }

    /** All fields, from those objects. */
    @Benchmark
    public byte[] encodePeer() {
        final IsoMessage written = factory.newMessage(MTI_OF_PEER);
        for (int i = 0; i < fields.length; i++) {
            written.setValue(fields[i], values[i], types[i], lengths[i]);
        }
        return written.writeData();
    }

    private static IsoType typeOf(final String attribute) {
        if (attribute.contains("...")) {
            return IsoType.LLLVAR;
        }
        if (attribute.contains("..")) {
            return IsoType.LLVAR;
        }
        return attribute.startsWith("n") ? IsoType.NUMERIC : IsoType.ALPHA;
    }

    private static void require(final boolean condition) {
        if (!condition) {
            throw new IllegalStateException("the message cannot be read or written");
        }
    }
}
