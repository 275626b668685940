package io.turnout.simulators.oracle;

import io.turnout.simulators.acquirer.AcquirerField;
import io.turnout.simulators.bank.BookAction;
import io.turnout.simulators.lines.Line;

/** What a payment does to a card, as both sides can say it. */
enum Transaction {
    DEBIT(1),
    CREDIT(-1),
    HOLD(0),
    INQUIRY(0),
    COMPLETION(1),
    VOID(0);

    private static final String[][] TYPES = {
        {"PURCHASE", "CASH_WITHDRAWAL", "TRANSFER", "TOP_UP"},
        {"REFUND", "WITHDRAWAL"},
        {"PRE_AUTHORISATION"},
        {"BALANCE_INQUIRY"},
        {"COMPLETION"},
        {"VOID"},
    };
    private static final Transaction[] ALL = values();

    private final int sign;

    Transaction(final int sign) {
        this.sign = sign;
    }

    /** 1 where the cardholder pays, -1 where he is paid, 0 where no money moves by itself. */
    int sign() {
        return sign;
    }

    /** What an acquirer asked for; without a type it is a purchase. */
    static Transaction ofAcquirer(final Line line) {
        if (!line.has(AcquirerField.TYPE)) {
            return DEBIT;
        }
        for (int i = 0; i < TYPES.length; i++) {
            for (final String type : TYPES[i]) {
                if (line.is(AcquirerField.TYPE, type)) {
                    return ALL[i];
                }
            }
        }
        throw line.malformed("unknown type");
    }

    /** What a bank did. */
    static Transaction ofBank(final Line line) {
        return switch (BookAction.of(line)) {
            case DEBIT -> DEBIT;
            case CREDIT -> CREDIT;
            case HOLD -> HOLD;
            case INQUIRY -> INQUIRY;
            case COMPLETION -> COMPLETION;
            case VOID -> VOID;
            default -> throw line.malformed("not a posting");
        };
    }
}
