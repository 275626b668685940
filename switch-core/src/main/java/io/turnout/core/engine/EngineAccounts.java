package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.AccountKind;

/**
 * Ids of the accounts that the engine opens by itself. They follow from what the account is, so that an operator can
 * name a position without having been told its id.
 *
 * <pre>
 *   bit 58      | bits 53..55 | bits 37..52 | bits 27..36 | bits 0..26
 *   always set  | kind        | participant | currency    | business date, CCYYMMDD
 * </pre>
 */
public final class EngineAccounts {
    /** Ids from 1 to this one are the operator's to give. */
    public static final long LAST_OPERATOR_ID = (1L << 58) - 1;

    /** Participants have numbers from 1 to this one. */
    public static final int LAST_PARTICIPANT = (1 << 16) - 1;

    private static final int KIND_SHIFT = 53;
    private static final int PARTICIPANT_SHIFT = 37;
    private static final int CURRENCY_SHIFT = 27;

    private EngineAccounts() {}

    /** A participant's total in a currency. */
    public static long total(final long participant, final int currency) {
        return id(AccountKind.TOTAL, participant, currency, 0);
    }

    /** A participant's position in a currency on a business date, CCYYMMDD. */
    public static long position(final long participant, final int currency, final int businessDate) {
        return id(AccountKind.POSITION, participant, currency, businessDate);
    }

    /** What takes the fees in a currency. */
    public static long fee(final int currency) {
        return id(AccountKind.FEE, 0, currency, 0);
    }

    /** The outside world in a currency. */
    public static long settlement(final int currency) {
        return id(AccountKind.SETTLEMENT, 0, currency, 0);
    }

    private static long id(final AccountKind kind, final long participant, final int currency, final int date) {
        return LAST_OPERATOR_ID
                + 1
                + ((long) kind.value() << KIND_SHIFT)
                + (participant << PARTICIPANT_SHIFT)
                + ((long) currency << CURRENCY_SHIFT)
                + date;
    }
}
