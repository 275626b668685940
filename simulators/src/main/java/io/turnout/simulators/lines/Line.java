package io.turnout.simulators.lines;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** One record as read from a file. A flyweight: valid only during {@link LineHandler#onLine}. */
public final class Line {

    private static final int ABSENT = -1;

    private final LineField[] fields;
    private final byte[][] keys;
    private final int[] starts;
    private final int[] lengths;

    private byte[] bytes = new byte[0];
    private int position;
    private int limit;
    private Path file = Path.of("");
    private long lineNumber;

    Line(final LineField[] fields) {
        this.fields = fields.clone();
        keys = new byte[fields.length][];
        starts = new int[fields.length];
        lengths = new int[fields.length];
        for (final LineField field : fields) {
            keys[field.ordinal()] = field.key().getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** Whether the record has the field. */
    public boolean has(final LineField field) {
        return starts[field.ordinal()] != ABSENT;
    }

    /** The number in a field the record must have. */
    public long number(final LineField field) {
        final int start = required(field);
        final int end = start + lengths[field.ordinal()];
        final boolean negative = bytes[start] == '-';
        final int first = negative ? start + 1 : start;
        if (first == end || end - first > 19) {
            throw malformed("no number in " + field.key());
        }
        long value = 0;
        for (int i = first; i < end; i++) {
            final int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                throw malformed("no number in " + field.key());
            }
            value = value * 10 + digit;
        }
        if (value < 0) {
            throw malformed("number out of range in " + field.key());
        }
        return negative ? -value : value;
    }

    /** The number in a field, or another value when the record does not have it. */
    public long number(final LineField field, final long absent) {
        return has(field) ? number(field) : absent;
    }

    /** The text in a field the record must have. */
    public String text(final LineField field) {
        final int start = required(field);
        return new String(bytes, start, lengths[field.ordinal()], StandardCharsets.US_ASCII);
    }

    /** The first characters of a text as one number, first character in the highest byte, blank-filled. */
    public long packed(final LineField field, final int from, final int characters) {
        final int start = required(field);
        final int length = lengths[field.ordinal()];
        long value = 0;
        for (int i = from; i < from + characters; i++) {
            value = value << 8 | (i < length ? bytes[start + i] & 0xFF : ' ');
        }
        return value;
    }

    /** Whether a field has exactly this text. */
    public boolean is(final LineField field, final String text) {
        final int start = starts[field.ordinal()];
        if (start == ABSENT || lengths[field.ordinal()] != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[start + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** An error that names the file and the line. */
    public LineFormatException malformed(final String reason) {
        return new LineFormatException(file + ":" + lineNumber + ": " + reason);
    }

    void wrap(final byte[] newBytes, final int offset, final int length, final Path newFile, final long newLineNumber) {
        bytes = newBytes;
        position = offset;
        limit = offset + length;
        file = newFile;
        lineNumber = newLineNumber;
        Arrays.fill(starts, ABSENT);
        parse();
    }

    private void parse() {
        expect('{');
        if (next() == '}') {
            position++;
        } else {
            pair();
            while (next() == ',') {
                position++;
                pair();
            }
            expect('}');
        }
        if (position != limit) {
            throw malformed("something follows the record");
        }
    }

    private void pair() {
        expect('"');
        final int keyStart = position;
        final int keyLength = toQuote();
        expect(':');
        final int ordinal = ordinal(keyStart, keyLength);
        if (starts[ordinal] != ABSENT) {
            throw malformed("a field stands twice");
        }
        if (next() == '"') {
            position++;
            starts[ordinal] = position;
            lengths[ordinal] = toQuote();
        } else {
            starts[ordinal] = position;
            while (next() != ',' && next() != '}') {
                position++;
            }
            lengths[ordinal] = position - starts[ordinal];
        }
    }

    private int toQuote() {
        final int start = position;
        while (next() != '"') {
            if (next() == '\\') {
                throw malformed("escapes are not used here");
            }
            position++;
        }
        return position++ - start;
    }

    private int ordinal(final int start, final int length) {
        for (final LineField field : fields) {
            final byte[] key = keys[field.ordinal()];
            if (Arrays.equals(key, 0, key.length, bytes, start, start + length)) {
                return field.ordinal();
            }
        }
        throw malformed("unknown field " + new String(bytes, start, length, StandardCharsets.US_ASCII));
    }

    private int next() {
        if (position >= limit) {
            throw malformed("the record ends too early");
        }
        return bytes[position];
    }

    private void expect(final char expected) {
        if (next() != expected) {
            throw malformed("expected " + expected);
        }
        position++;
    }

    private int required(final LineField field) {
        final int start = starts[field.ordinal()];
        if (start == ABSENT) {
            throw malformed("field " + field.key() + " is missing");
        }
        return start;
    }
}
