package io.turnout.security.calculator;

import io.turnout.security.CryptoError;
import io.turnout.security.CryptoException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One line of JSON (RFC 8259): an object whose values are texts, numbers, true, false or null, not objects or arrays.
 */
public final class JsonLine {
    private static final int CODE_DIGITS = 4;

    private final String text;
    private int position;

    private JsonLine(final String text) {
        this.text = text;
    }

    /** The members of an object; numbers, true and false as they are written, null left out. */
    public static Map<String, String> parse(final String line) throws CryptoException {
        return new JsonLine(line).object();
    }

    /**
     * The same line with one member more at its end.
     *
     * @param line an object that {@link #parse} took
     * @param json the member's value, already JSON
     */
    public static String append(final String line, final String member, final String json) {
        final String body = line.substring(0, line.lastIndexOf('}'));
        return body + (body.contains(":") ? ", " : "") + quote(member) + ": " + json + "}";
    }

    /** A text as JSON. */
    public static String quote(final String value) {
        final StringBuilder quoted = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            final char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private Map<String, String> object() throws CryptoException {
        final Map<String, String> members = new LinkedHashMap<>();
        expect('{');
        if (peek() == '}') {
            position++;
        } else {
            do {
                final String name = string();
                expect(':');
                final String value = peek() == '"' ? string() : literal();
                if (members.containsKey(name)) {
                    throw invalid();
                }
                if (!value.equals("null") || text.charAt(position - 1) == '"') {
                    members.put(name, value);
                }
            } while (more());
        }
        if (peek() != 0) {
            throw invalid();
        }
        return members;
    }

    private boolean more() throws CryptoException {
        final char next = peek();
        position++;
        if (next != ',' && next != '}') {
            throw invalid();
        }
        return next == ',';
    }

    private String string() throws CryptoException {
        expect('"');
        final StringBuilder value = new StringBuilder();
        while (true) {
            final char c = next();
            if (c == '"') {
                return value.toString();
            }
            if (c < ' ') {
                throw invalid();
            }
            value.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() throws CryptoException {
        final char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> code();
            default -> throw invalid();
        };
    }

    private char code() throws CryptoException {
        int value = 0;
        for (int i = 0; i < CODE_DIGITS; i++) {
            final int digit = Character.digit(next(), 16);
            if (digit < 0) {
                throw invalid();
            }
            value = value * 16 + digit;
        }
        return (char) value;
    }

    private String literal() throws CryptoException {
        final int start = position;
        while (position < text.length() && ",} \t".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        final String literal = text.substring(start, position);
        if (!literal.matches("true|false|null|-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) {
            throw invalid();
        }
        return literal;
    }

    private void expect(final char c) throws CryptoException {
        if (peek() != c) {
            throw invalid();
        }
        position++;
    }

    /** The next character that is not blank, or 0 at the end; stays before it. */
    private char peek() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        return position < text.length() ? text.charAt(position) : 0;
    }

    private char next() throws CryptoException {
        if (position >= text.length()) {
            throw invalid();
        }
        return text.charAt(position++);
    }

    private CryptoException invalid() {
        return new CryptoException(
                CryptoError.BAD_PARAMETER, "not a JSON object of plain values, near character " + (position + 1));
    }
}
