package io.turnout.launcher.admin;

import io.turnout.launcher.settings.Currency;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Amounts as operators write them: {@code 25.00 CNY} with exactly the decimals of the currency, or {@code minor:2500
 * CNY}. A number that could be read either way is refused.
 */
public final class Amounts {
    private static final String MINOR = "minor:";
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,13}(\\.[0-9]{1,4})?");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");
    private static final Map<Integer, Currency> BY_NUMBER =
            Currency.all().values().stream().collect(Collectors.toMap(Currency::number, Function.identity()));

    private Amounts() {}

    /**
     * The amount in minor units.
     *
     * @throws IllegalArgumentException that says what is wrong with it
     */
    static long parse(final String text, final Currency currency) {
        if (text.startsWith(MINOR)) {
            return parseMinor(text);
        }
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is no amount; write " + example(currency));
        }
        final BigDecimal amount = new BigDecimal(text);
        if (amount.scale() != currency.exponent()) {
            throw new IllegalArgumentException("'" + text + "' does not have the " + currency.exponent()
                    + " decimals of " + currency.code() + "; write " + example(currency));
        }
        return amount.unscaledValue().longValueExact();
    }

    /** An amount in minor units of a currency that is known from elsewhere. */
    static long parseMinor(final String text) {
        final String digits = text.startsWith(MINOR) ? text.substring(MINOR.length()) : "";
        if (!WHOLE.matcher(digits).matches()) {
            throw new IllegalArgumentException("'" + text + "' is no amount in minor units such as minor:2500");
        }
        return Long.parseLong(digits);
    }

    /** The currency with three letters. */
    static Currency currency(final String code) {
        final Currency currency = Currency.all().get(code);
        if (currency == null) {
            throw new IllegalArgumentException("'" + code + "' is no currency in force");
        }
        return currency;
    }

    /** An amount as people read it, {@code -25.00}; minor units when the currency is not known. */
    public static String format(final long amountMinor, final int currencyNumber) {
        final Currency currency = BY_NUMBER.get(currencyNumber);
        return BigDecimal.valueOf(amountMinor, currency == null ? 0 : currency.exponent())
                .toPlainString();
    }

    /** An amount for long columns, {@code -1,025.00}. */
    public static String grouped(final long amountMinor, final int currencyNumber) {
        final BigDecimal amount = new BigDecimal(format(amountMinor, currencyNumber));
        return String.format(Locale.ROOT, "%,." + amount.scale() + "f", amount);
    }

    /** Three letters of a currency, or its number when it is not known. */
    public static String code(final int currencyNumber) {
        final Currency currency = BY_NUMBER.get(currencyNumber);
        return currency == null ? Integer.toString(currencyNumber) : currency.code();
    }

    private static String example(final Currency currency) {
        return BigDecimal.valueOf(2500, currency.exponent()).toPlainString() + " or minor:2500";
    }
}
