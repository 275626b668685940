package io.turnout.codecs.iso8583;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.solab.iso8583.IsoMessage;
import com.solab.iso8583.IsoType;
import com.solab.iso8583.MessageFactory;
import com.solab.iso8583.parse.FieldParseInfo;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** j8583, which nobody here wrote, reads what we write, and we read what it writes. */
final class J8583Test {
    private static final long SEED = Long.getLong("turnout.seed", 1);
    private static final int MESSAGES = 500;
    private static final int MTI = 200;
    private static final int CAPACITY = 1 << 16;
    private static final int LONGEST = 40;

    /** The factory takes message types as they look in hexadecimal. */
    private static final int MTI_OF_PEER = 0x200;

    static Stream<String> dialects() {
        return Stream.of(
                "iso87-ascii",
                "iso87-ascii-binbitmap",
                "iso93-ascii",
                "iso93-ascii-binbitmap",
                "iso87-ebcdic-binbitmap",
                "iso87-ebcdic-hexbitmap",
                "j8583-0210",
                "j8583-0210-bin");
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void shouldBeReadByThePeer(final String name) throws Exception {
        // given
        final Dialect dialect = TestDialects.named(name);
        final MessageFactory<IsoMessage> peer = peer(dialect);
        final Random random = new Random(SEED);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CAPACITY]);
        final IsoEncoder encoder = new IsoEncoder(dialect);
        for (int i = 0; i < MESSAGES; i++) {
            final Map<Integer, String> values = values(dialect, random);

            // when
            encoder.wrap(buffer, 0, CAPACITY).begin(MTI);
            values.forEach(encoder::putString);
            final byte[] message = new byte[encoder.finish()];
            buffer.getBytes(0, message);
            final IsoMessage read = peer.parseMessage(message, 0);

            // then
            assertEquals(MTI_OF_PEER, read.getType());
            assertEquals(values, valuesOf(read, dialect), () -> describe(message));
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void shouldReadWhatThePeerWrites(final String name) {
        // given
        final Dialect dialect = TestDialects.named(name);
        final MessageFactory<IsoMessage> peer = peer(dialect);
        final Random random = new Random(SEED);
        final IsoDecoder decoder = new IsoDecoder(dialect);
        for (int i = 0; i < MESSAGES; i++) {
            final Map<Integer, String> values = values(dialect, random);

            // when
            final IsoMessage message = peer.newMessage(MTI_OF_PEER);
            values.forEach((field, value) ->
                    message.setValue(field, value, typeOf(dialect.field(field)), dialect.field(field).maximumCount));
            final byte[] written = message.writeData();
            final int error = decoder.decode(new UnsafeBuffer(written), 0, written.length);

            // then
            assertEquals(DecodeError.NONE, DecodeError.of(error), () -> describe(written));
            assertEquals(MTI, decoder.mti());
            final Map<Integer, String> read = new TreeMap<>();
            for (int field = decoder.nextField(0); field > 0; field = decoder.nextField(field)) {
                read.put(field, decoder.getString(field));
            }
            assertEquals(values, read, () -> describe(written));
        }
    }

    private static MessageFactory<IsoMessage> peer(final Dialect dialect) {
        final MessageFactory<IsoMessage> factory = new MessageFactory<>();
        final String encoding = encodingOf(dialect);
        factory.setCharacterEncoding(encoding);
        factory.setUseBinaryMessages(dialect.message().isMtiPacked());
        factory.setUseBinaryBitmap(dialect.message().bitmap() == BinaryEncoding.RAW);
        final Map<Integer, FieldParseInfo> guide = new TreeMap<>();
        for (int field = Dialect.FIRST_FIELD; field <= 128; field++) {
            if (isShared(dialect, field)) {
                final FieldSpec spec = dialect.field(field);
                guide.put(field, FieldParseInfo.getInstance(typeOf(spec), spec.maximumCount, encoding, false));
            }
        }
        factory.setParseMap(MTI_OF_PEER, guide);
        // Reaches the fields that are there already.
        factory.setForceStringEncoding(dialect.text().isEbcdic());
        return factory;
    }

    private static String encodingOf(final Dialect dialect) {
        return dialect.text().isEbcdic() ? dialect.text().charset().name() : StandardCharsets.ISO_8859_1.name();
    }

    /** The peer has texts and numbers; it has no x+n, and writes bytes in ways of its own. */
    private static boolean isShared(final Dialect dialect, final int field) {
        return dialect.has(field)
                && dialect.field(field).type != FieldType.BINARY
                && dialect.field(field).type != FieldType.SIGNED;
    }

    private static IsoType typeOf(final FieldSpec spec) {
        return switch (spec.lengthBytes) {
            case 0 -> spec.type == FieldType.NUMERIC ? IsoType.NUMERIC : IsoType.ALPHA;
            case 1, 2 -> spec.maximumCount > 99 ? IsoType.LLLVAR : IsoType.LLVAR;
            case 3 -> IsoType.LLLVAR;
            default -> IsoType.LLLLVAR;
        };
    }

    private static Map<Integer, String> values(final Dialect dialect, final Random random) {
        final Map<Integer, String> values = new TreeMap<>();
        final int density = 1 + random.nextInt(12);
        for (int field = Dialect.FIRST_FIELD; field <= 128; field++) {
            if (isShared(dialect, field) && random.nextInt(density) == 0) {
                final FieldSpec spec = dialect.field(field);
                final int count =
                        spec.isFixed() ? spec.maximumCount : random.nextInt(Math.min(LONGEST, spec.maximumCount) + 1);
                values.put(field, value(spec, count, random));
            }
        }
        return values;
    }

    private static String value(final FieldSpec spec, final int count, final Random random) {
        final StringBuilder value = new StringBuilder();
        for (int i = 0; i < count; i++) {
            value.append(
                    switch (spec.type) {
                        case NUMERIC -> (char) ('0' + random.nextInt(10));
                        case TRACK -> "0123456789=".charAt(random.nextInt(11));
                        default -> (char) (' ' + random.nextInt(95));
                    });
        }
        return value.toString();
    }

    private static Map<Integer, String> valuesOf(final IsoMessage message, final Dialect dialect) {
        final Map<Integer, String> values = new TreeMap<>();
        for (int field = Dialect.FIRST_FIELD; field <= 128; field++) {
            if (message.hasField(field)) {
                final Object value = message.getObjectValue(field);
                final FieldSpec spec = dialect.field(field);
                final String text = String.valueOf(value);
                final boolean number = spec.isFixed() && spec.type == FieldType.NUMERIC;
                values.put(field, number ? "0".repeat(Math.max(0, spec.maximumCount - text.length())) + text : text);
            }
        }
        return values;
    }

    private static String describe(final byte[] message) {
        return "seed=" + SEED + " message=" + HexFormat.of().withUpperCase().formatHex(message);
    }
}
