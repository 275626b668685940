package io.turnout.launcher.admin;

import io.turnout.codecs.sbe.engine.AccountKind;
import io.turnout.core.engine.EngineAccounts;
import io.turnout.launcher.settings.Currency;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Accounts as operators name them: by the number they gave, or, of those that the engine opens itself, by what they
 * are: {@code settlement:CNY}, {@code fee:CNY}, {@code total:7:CNY}, {@code position:7:CNY:20260921}.
 */
public final class AccountNames {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern DATE = Pattern.compile("[0-9]{8}");

    private AccountNames() {}

    /**
     * The account's id.
     *
     * @throws IllegalArgumentException that says what is wrong with the name
     */
    static long parse(final String text) {
        if (NUMBER.matcher(text).matches()) {
            final long id = Long.parseLong(text);
            if (id < 1) {
                throw unknown(text);
            }
            return id;
        }
        final String[] parts = text.split(":", -1);
        switch (parts[0]) {
            case "settlement" -> {
                require(parts, 2, text);
                return EngineAccounts.settlement(currency(parts[1]));
            }
            case "fee" -> {
                require(parts, 2, text);
                return EngineAccounts.fee(currency(parts[1]));
            }
            case "position" -> {
                require(parts, 4, text);
                if (!DATE.matcher(parts[3]).matches()) {
                    throw new IllegalArgumentException("'" + parts[3] + "' is no date CCYYMMDD");
                }
                return EngineAccounts.position(participant(parts[1]), currency(parts[2]), Integer.parseInt(parts[3]));
            }
            default -> throw unknown(text);
        }
    }

    /** An account as {@link #parse} takes it, from what it is. */
    public static String name(
            final long accountId, final AccountKind kind, final long owner, final int currency, final long date) {
        final String what = kind.name().toLowerCase(Locale.ROOT);
        return switch (kind) {
            case SETTLEMENT, FEE -> what + ":" + Amounts.code(currency);
            case TOTAL -> what + ":" + owner + ":" + Amounts.code(currency);
            case POSITION -> what + ":" + owner + ":" + Amounts.code(currency) + ":" + date;
            default -> Long.toString(accountId);
        };
    }

    private static int currency(final String code) {
        final Currency currency = Amounts.currency(code);
        return currency.number();
    }

    private static int participant(final String text) {
        if (!NUMBER.matcher(text).matches()
                || Long.parseLong(text) < 1
                || Long.parseLong(text) > EngineAccounts.LAST_PARTICIPANT) {
            throw new IllegalArgumentException("'" + text + "' is no participant");
        }
        return Integer.parseInt(text);
    }

    private static void require(final String[] parts, final int count, final String text) {
        if (parts.length != count) {
            throw unknown(text);
        }
    }

    private static IllegalArgumentException unknown(final String text) {
        return new IllegalArgumentException("'" + text
                + "' is no account: write its number, settlement:CNY, fee:CNY or position:PARTICIPANT:CNY:CCYYMMDD");
    }
}
