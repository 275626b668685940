package io.turnout.launcher.admin;

import io.turnout.codecs.sbe.engine.TransferAction;
import io.turnout.core.engine.EngineAccounts;
import io.turnout.launcher.settings.Currency;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One leg of a chain of transfers as operators write it.
 *
 * <pre>
 *   post DEBIT CREDIT AMOUNT CURRENCY
 *   reserve TRANSFER DEBIT CREDIT AMOUNT CURRENCY [for DURATION | until INSTANT]
 *   post-pending TRANSFER [minor:AMOUNT]
 *   void-pending TRANSFER
 * </pre>
 */
final class TransferLegText {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})([smhd])");
    private static final String FORMS = "post DEBIT CREDIT AMOUNT CURRENCY, "
            + "reserve TRANSFER DEBIT CREDIT AMOUNT CURRENCY [for DURATION | until INSTANT], "
            + "post-pending TRANSFER [minor:AMOUNT] or void-pending TRANSFER";

    private TransferLegText() {}

    /**
     * A leg as the engine takes it; what does not apply is 0.
     *
     * @param action what it does
     * @param transferId of a reservation
     * @param debitAccountId who pays
     * @param creditAccountId who receives
     * @param amountMinor minor units
     * @param currency numeric code
     * @param expiresAtNs when a reservation is given up by itself; 0 = never
     */
    record Leg(
            TransferAction action,
            long transferId,
            long debitAccountId,
            long creditAccountId,
            long amountMinor,
            int currency,
            long expiresAtNs) {}

    /**
     * Reads one leg.
     *
     * @param text words between blanks
     * @param createdAtNs what durations are counted from, so that the same chain sent again is the same
     * @throws IllegalArgumentException that says what is wrong with it
     */
    static Leg parse(final String text, final long createdAtNs) {
        final List<String> words = Arrays.asList(text.strip().split("\\s+"));
        return switch (words.get(0)) {
            case "post" -> post(words);
            case "reserve" -> reserve(words, createdAtNs);
            case "post-pending" -> {
                require(words, words.size() == 2 || words.size() == 3);
                final long amountMinor = words.size() == 3 ? positive(Amounts.parseMinor(words.get(2))) : 0;
                yield new Leg(TransferAction.POST_PENDING, transfer(words.get(1)), 0, 0, amountMinor, 0, 0);
            }
            case "void-pending" -> {
                require(words, words.size() == 2);
                yield new Leg(TransferAction.VOID_PENDING, transfer(words.get(1)), 0, 0, 0, 0, 0);
            }
            default -> throw new IllegalArgumentException("'" + words.get(0) + "' is no leg; write " + FORMS);
        };
    }

    private static Leg post(final List<String> words) {
        require(words, words.size() == 5);
        final Currency currency = Amounts.currency(words.get(4));
        return new Leg(
                TransferAction.POST,
                0,
                AccountNames.parse(words.get(1)),
                AccountNames.parse(words.get(2)),
                positive(Amounts.parse(words.get(3), currency)),
                currency.number(),
                0);
    }

    private static Leg reserve(final List<String> words, final long createdAtNs) {
        require(words, words.size() == 6 || words.size() == 8);
        final Currency currency = Amounts.currency(words.get(5));
        return new Leg(
                TransferAction.RESERVE,
                transfer(words.get(1)),
                AccountNames.parse(words.get(2)),
                AccountNames.parse(words.get(3)),
                positive(Amounts.parse(words.get(4), currency)),
                currency.number(),
                words.size() == 6 ? 0 : expiresAtNs(words, createdAtNs));
    }

    private static long expiresAtNs(final List<String> words, final long createdAtNs) {
        final String value = words.get(7);
        if (words.get(6).equals("for")) {
            final Matcher duration = DURATION.matcher(value);
            if (!duration.matches() || Long.parseLong(duration.group(1)) == 0) {
                throw new IllegalArgumentException("'" + value + "' is no duration such as 90s, 30m, 12h or 7d");
            }
            return createdAtNs + Long.parseLong(duration.group(1)) * seconds(duration.group(2)) * NS_PER_SECOND;
        }
        require(words, words.get(6).equals("until"));
        try {
            final Instant instant = Instant.parse(value);
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NS_PER_SECOND), instant.getNano());
        } catch (final DateTimeException | ArithmeticException exception) {
            throw new IllegalArgumentException("'" + value + "' is no instant such as 2026-09-21T18:00:00Z", exception);
        }
    }

    private static long seconds(final String unit) {
        return switch (unit) {
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3_600;
            default -> 86_400;
        };
    }

    private static long transfer(final String text) {
        if (!NUMBER.matcher(text).matches()
                || Long.parseLong(text) < 1
                || Long.parseLong(text) > EngineAccounts.LAST_OPERATOR_ID) {
            throw new IllegalArgumentException("'" + text + "' is no number of a reservation");
        }
        return Long.parseLong(text);
    }

    private static long positive(final long amountMinor) {
        if (amountMinor < 1) {
            throw new IllegalArgumentException("the amount must be more than nothing");
        }
        return amountMinor;
    }

    private static void require(final List<String> words, final boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("'" + String.join(" ", words) + "' is no leg; write " + FORMS);
        }
    }
}
