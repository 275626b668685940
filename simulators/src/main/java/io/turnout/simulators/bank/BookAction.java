package io.turnout.simulators.bank;

import io.turnout.simulators.lines.Line;

/** What a record in the books of a bank says. */
public enum BookAction {
    /** The card was debited. */
    DEBIT("debit"),
    /** The card was credited. */
    CREDIT("credit"),
    /** An amount was set aside. */
    HOLD("hold"),
    /** The balance was told; no money moved. */
    INQUIRY("inquiry"),
    /** The card was debited, and a hold ended. */
    COMPLETION("completion"),
    /** Another request was undone by a request of its own. */
    VOID("void"),
    /** The payment was declined; no money moved. */
    DECLINE("decline"),
    /** The same payment request again; nothing happened. */
    DUPLICATE("duplicate"),
    /** The same advice again; nothing happened. */
    ADVICE_REPEAT("advice-repeat"),
    /** A request was undone. */
    REVERSAL("reversal"),
    /** A request was undone in part; the amount is what stands now. */
    REDUCTION("reduction"),
    /** A reversal of a payment that had been undone, or had not moved money. */
    REVERSAL_REPEAT("reversal-repeat"),
    /** A reversal of a payment request that has not arrived; it will be declined if it does. */
    REVERSAL_UNKNOWN("reversal-unknown"),
    /** A reversal of another amount than was posted; nothing happened. */
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
