package io.turnout.codecs.iso8583;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/** Random messages of a dialect, with every kind of value at every length, the extremes more often than the rest. */
final class RandomMessages {
    static final int CAPACITY = 1 << 16;

    private static final int LONG = 30;
    private static final int LONGEST = 200;
    private static final int SHORT_MESSAGE = 250;
    private static final String CHINESE = "成功银联";

    private final Dialect dialect;
    private final Random random;
    private final IsoEncoder encoder;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CAPACITY]);

    RandomMessages(final Dialect dialect, final long seed) {
        this.dialect = dialect;
        this.random = new Random(seed);
        this.encoder = new IsoEncoder(dialect);
    }

    /** Values by field; of a fixed field, as long as it must be. */
    Map<Integer, String> values() {
        final Map<Integer, String> values = new TreeMap<>();
        final int density = 1 + random.nextInt(20);
        for (int field = 1; field <= Dialect.LAST_FIELD; field++) {
            if (dialect.has(field) && random.nextInt(density) == 0) {
                values.put(field, value(dialect.field(field)));
            }
        }
        return values;
    }

    /** Values that make a message of at most a few hundred bytes. */
    Map<Integer, String> shortValues() {
        Map<Integer, String> values = values();
        while (encoded(0, values).length > SHORT_MESSAGE) {
            values = values();
        }
        return values;
    }

    byte[] encoded(final int mti, final Map<Integer, String> values) {
        encoder.wrap(buffer, 0, CAPACITY).begin(mti);
        values.forEach(encoder::putString);
        final int length = encoder.finish();
        if (length < 0) {
            throw new IllegalStateException(EncodeError.of(length) + " field=" + encoder.errorField() + " " + values);
        }
        final byte[] message = new byte[length];
        buffer.getBytes(0, message);
        return message;
    }

    private String value(final FieldSpec spec) {
        final int count = spec.isFixed() ? spec.maximumCount : count(spec.maximumCount);
        final StringBuilder value = new StringBuilder();
        if (spec.type == FieldType.SIGNED) {
            value.append(random.nextBoolean() ? 'C' : 'D');
        }
        if (spec.isChinese() && count > 2 && random.nextBoolean()) {
            value.append(CHINESE.charAt(random.nextInt(CHINESE.length())));
            while (value.length() < count - 1) {
                value.append(character(spec));
            }
            return value.toString();
        }
        while (value.length() < spec.characters(count)) {
            value.append(character(spec));
        }
        return value.toString();
    }

    private int count(final int maximum) {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> Math.min(maximum, LONGEST);
            default -> random.nextInt(Math.min(maximum, LONG) + 1);
        };
    }

    private char character(final FieldSpec spec) {
        return switch (spec.type) {
            case NUMERIC, SIGNED -> (char) ('0' + random.nextInt(10));
            case TRACK -> "0123456789=".charAt(random.nextInt(11));
            case BINARY, NIBBLES -> "0123456789ABCDEF".charAt(random.nextInt(16));
            case TEXT -> (char) (spec.check == ValueCheck.ANYTHING ? random.nextInt(256) : random.nextInt(128));
        };
    }
}
