package io.turnout.launcher.settings;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A currency of ISO 4217.
 *
 * @param code three letters
 * @param number numeric code, 1 to 999
 * @param exponent decimal digits of the minor unit, 0 to 4
 */
public record Currency(String code, int number, int exponent) {
    private static final Map<String, Currency> ALL = load();

    /** Every currency in force, by its three letters; frozen with this release so that every Java version agrees. */
    public static Map<String, Currency> all() {
        return ALL;
    }

    private static Map<String, Currency> load() {
        final Map<String, Currency> currencies = new TreeMap<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Currency.class.getResourceAsStream("/io/turnout/launcher/currencies.csv"), StandardCharsets.UTF_8))) {
            reader.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Currency::parse)
                    .forEach(currency -> currencies.put(currency.code, currency));
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return Map.copyOf(currencies);
    }

    private static Currency parse(final String line) {
        final String[] parts = line.split(",", -1);
        return new Currency(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }
}
