package io.turnout.launcher.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.TransferAction;
import io.turnout.core.engine.EngineAccounts;
import io.turnout.launcher.admin.TransferLegText.Leg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Legs of a chain as operators write them. */
final class TransferLegTextTest {
    private static final int YUAN = 156;
    private static final long CREATED_AT_NS = 1_790_000_000_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;

    @ParameterizedTest
    @CsvSource({
        "25.00 CNY, 2500, 156",
        "0.01 CNY, 1, 156",
        "minor:2500 CNY, 2500, 156",
        "2500 JPY, 2500, 392",
        "minor:2500 JPY, 2500, 392",
        "1.500 KWD, 1500, 414",
        "9999999999.99 CNY, 999999999999, 156"
    })
    void shouldTakeAmountsWithTheDecimalsOfTheirCurrencyOrInMinorUnits(
            final String amount, final long minor, final int currency) {
        assertEquals(new Leg(TransferAction.POST, 0, 11, 12, minor, currency, 0), parse("post 11 12 " + amount));
    }

    @Test
    void shouldTakeEveryAction() {
        assertEquals(new Leg(TransferAction.RESERVE, 7, 11, 12, 25_00, YUAN, 0), parse("reserve 7 11 12 25.00 CNY"));
        assertEquals(
                new Leg(TransferAction.RESERVE, 7, 11, 12, 25_00, YUAN, CREATED_AT_NS + 1800 * SECOND_NS),
                parse("reserve 7 11 12 25.00 CNY for 30m"));
        assertEquals(
                new Leg(TransferAction.RESERVE, 7, 11, 12, 25_00, YUAN, 1_790_014_200_000_000_000L),
                parse("  reserve 7  11 12 25.00 CNY until 2026-09-21T18:10:00Z"));
        assertEquals(new Leg(TransferAction.POST_PENDING, 7, 0, 0, 0, 0, 0), parse("post-pending 7"));
        assertEquals(new Leg(TransferAction.POST_PENDING, 7, 0, 0, 1500, 0, 0), parse("post-pending 7 minor:1500"));
        assertEquals(new Leg(TransferAction.VOID_PENDING, 7, 0, 0, 0, 0, 0), parse("void-pending 7"));
    }

    @Test
    void shouldKnowTheAccountsOfTheEngineByWhatTheyAre() {
        final Leg leg = parse("post settlement:CNY position:7:CNY:20260921 1.00 CNY");

        assertEquals(EngineAccounts.settlement(YUAN), leg.debitAccountId());
        assertEquals(EngineAccounts.position(7, YUAN, 20260921), leg.creditAccountId());
        assertEquals(EngineAccounts.fee(YUAN), parse("post fee:CNY 11 1.00 CNY").debitAccountId());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "post 11 12 25 CNY | '25' does not have the 2 decimals of CNY; write 25.00 or minor:2500",
                "post 11 12 25.0 CNY | does not have the 2 decimals of CNY",
                "post 11 12 25.000 CNY | does not have the 2 decimals of CNY",
                "post 11 12 25.00 JPY | does not have the 0 decimals of JPY",
                "post 11 12 -25.00 CNY | '-25.00' is no amount",
                "post 11 12 1e9 CNY | '1e9' is no amount",
                "post 11 12 0.00 CNY | the amount must be more than nothing",
                "post 11 12 minor: CNY | 'minor:' is no amount in minor units",
                "post 11 12 minor:-5 CNY | is no amount in minor units",
                "post 11 12 25.00 XXQ | 'XXQ' is no currency in force",
                "post 11 12 25.00 | is no leg; write post DEBIT",
                "post 0 12 25.00 CNY | '0' is no account",
                "post alice 12 25.00 CNY | 'alice' is no account",
                "post settlement 12 25.00 CNY | 'settlement' is no account",
                "post total:7:CNY 12 25.00 CNY | 'total:7:CNY' is no account",
                "post position:0:CNY:20260921 12 1.00 CNY | '0' is no participant",
                "post position:7:CNY:2026 12 1.00 CNY | '2026' is no date CCYYMMDD",
                "reserve 0 11 12 25.00 CNY | '0' is no number of a reservation",
                "reserve 7 11 12 25.00 CNY for 30 | '30' is no duration",
                "reserve 7 11 12 25.00 CNY for 0m | '0m' is no duration",
                "reserve 7 11 12 25.00 CNY until tomorrow | 'tomorrow' is no instant",
                "reserve 7 11 12 25.00 CNY after 30m | is no leg",
                "post-pending 7 25.00 | '25.00' is no amount in minor units",
                "post-pending 7 minor:0 | the amount must be more than nothing",
                "void-pending | is no leg",
                "move 11 12 25.00 CNY | 'move' is no leg; write post DEBIT"
            })
    void shouldSayWhatIsWrong(final String text, final String message) {
        final IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> parse(text));

        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }

    private static Leg parse(final String text) {
        return TransferLegText.parse(text, CREATED_AT_NS);
    }
}
