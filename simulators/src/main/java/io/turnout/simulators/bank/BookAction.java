package io.turnout.simulators.bank;

import io.turnout.simulators.lines.Line;

/** What a record in the books of a bank says. Money moves with {@link #DEBIT} and {@link #REVERSAL} only. */
public enum BookAction {
    /** The card was debited. */
    DEBIT("debit"),
    /** The payment was declined; no money moved. */
    DECLINE("decline"),
    /** The same payment request again; nothing happened. */
    DUPLICATE("duplicate"),
    /** A debit was undone. */
    REVERSAL("reversal"),
    /** A reversal of a payment that had been undone, or had not moved money. */
    REVERSAL_REPEAT("reversal-repeat"),
    /** A reversal of a payment request that has not arrived; it will be declined if it does. */
    REVERSAL_UNKNOWN("reversal-unknown"),
    /** A reversal of another amount than the debit's; nothing happened. */
    REVERSAL_AMOUNT_DIFFERS("reversal-amount-differs"),
    /** A payment request that arrived after its reversal; declined. */
    LATE_ORIGINAL("late-original");

    private static final BookAction[] ALL = values();

    private final String key;

    BookAction(final String key) {
        this.key = key;
    }

    /** The name as it stands in the file. */
    public String key() {
        return key;
    }

    /** The action of a record. */
    public static BookAction of(final Line line) {
        for (final BookAction action : ALL) {
            if (line.is(BookField.ACTION, action.key)) {
                return action;
            }
        }
        throw line.malformed("unknown action");
    }
}
