package io.turnout.codecs.iso8583;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;

/**
 * What the codes of ISO 8583 and the tags of EMV mean, for people. From {@code codes.csv}: table, code, meaning. May be
 * used by all threads.
 */
public final class CodeTables {
    private static final Map<String, String> MEANINGS = read();
    private static final int ENTRY_MODE_DIGITS = 3;

    private CodeTables() {}

    /** The four digits of an MTI: version, class, function and origin. */
    public static String mti(final int mti) {
        final String digits = "%04d".formatted(mti);
        return join(
                meaning("version", digits.substring(0, 1)),
                meaning("class", digits.substring(1, 2)),
                meaning("function", digits.substring(2, 3)),
                meaning("origin", digits.substring(3)));
    }

    /**
     * What the value of a data element means, or an empty text when nothing is known of it.
     *
     * @param version first digit of the MTI; some data elements changed with the year of the standard
     */
    public static String meaning(final int version, final int field, final String value) {
        return switch (field) {
            case 3 -> processingCode(value);
            case 22 -> version == 0 ? entryMode(value) : "";
            case 24 -> version == 0 ? "" : meaning("function-code", value);
            case 25 -> version == 0 ? meaning("condition", value) : meaning("reason", value);
            case 49, 50, 51 -> currency(value);
            case 66 -> version == 0 ? meaning("settlement", value) : "";
            case 70 -> version == 0 ? meaning("network", value) : "";
            default -> "";
        };
    }

    /** The name of a tag of chip data in hexadecimal characters, or an empty text. */
    static String nameOfEmvTag(final String tag) {
        return meaning("emv", tag);
    }

    private static String processingCode(final String value) {
        if (value.length() < 6) {
            return "";
        }
        final String type = meaning("transaction", value.substring(0, 2));
        final String from = meaning("account", value.substring(2, 4));
        final String to = meaning("account", value.substring(4, 6));
        return join(type, from.isEmpty() ? "" : "from " + from, to.isEmpty() ? "" : "to " + to);
    }

    /** Some networks send a fourth digit, which has no meaning in the standard. */
    private static String entryMode(final String value) {
        return value.length() < ENTRY_MODE_DIGITS
                ? ""
                : join(meaning("entry", value.substring(0, 2)), meaning("pin-entry", value.substring(2, 3)));
    }

    private static String currency(final String value) {
        return Currency.getAvailableCurrencies().stream()
                .filter(currency -> "%03d".formatted(currency.getNumericCode()).equals(value))
                .map(Currency::getCurrencyCode)
                .sorted()
                .findFirst()
                .orElse("");
    }

    private static String meaning(final String table, final String code) {
        return MEANINGS.getOrDefault(table + ' ' + code, "");
    }

    private static String join(final String... parts) {
        final StringBuilder text = new StringBuilder();
        for (final String part : parts) {
            if (!part.isEmpty()) {
                text.append(text.length() == 0 ? "" : ", ").append(part);
            }
        }
        return text.toString();
    }

    private static Map<String, String> read() {
        try (InputStream stream = CodeTables.class.getResourceAsStream("codes.csv")) {
            final Map<String, String> meanings = new HashMap<>();
            new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                final String[] columns = line.split(",", 3);
                meanings.put(columns[0] + ' ' + columns[1], columns[2]);
            });
            return Map.copyOf(meanings);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
