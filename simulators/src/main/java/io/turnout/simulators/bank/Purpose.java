package io.turnout.simulators.bank;

/** What a request of payment does to the card's account. */
enum Purpose {
    /** Takes the amount: a purchase, cash, a transfer, the funding of another account. */
    DEBIT(1, BookAction.DEBIT),
    /** Gives the amount: a refund, a payment to the card. */
    CREDIT(-1, BookAction.CREDIT),
    /** Sets the amount aside for a completion. */
    HOLD(0, BookAction.HOLD),
    /** Asks for the balance. */
    INQUIRY(0, BookAction.INQUIRY),
    /** Takes the amount, and ends the hold it names. */
    COMPLETION(1, BookAction.COMPLETION),
    /** Undoes the request it names. */
    VOID(0, BookAction.VOID);

    private static final Purpose[] ALL = values();
    private static final int FIRST_CREDIT = 20;
    private static final int FIRST_INQUIRY = 30;
    private static final int FIRST_TRANSFER = 40;

    private final int sign;
    private final BookAction action;

    Purpose(final int sign, final BookAction action) {
        this.sign = sign;
        this.action = action;
    }

    /** 1 when the amount is taken, -1 when it is given, 0 when no money moves. */
    int sign() {
        return sign;
    }

    /** How it stands in the books. */
    BookAction action() {
        return action;
    }

    /** Whether it names another request, and changes it. */
    boolean namesOriginal() {
        return this == COMPLETION || this == VOID;
    }

    /**
     * The purpose of a request, by the type of transaction in DE3 (ISO 8583:1987, table of processing codes).
     *
     * @param type the first two digits of DE3
     * @param authorisation whether the message is of class 1: nothing is posted
     * @param namesOriginal whether it names another request in DE90
     */
    static Purpose of(final int type, final boolean authorisation, final boolean namesOriginal) {
        final boolean credit = type >= FIRST_CREDIT && type < FIRST_INQUIRY;
        if (namesOriginal) {
            return credit ? VOID : COMPLETION;
        }
        if (credit) {
            return CREDIT;
        }
        if (type >= FIRST_INQUIRY && type < FIRST_TRANSFER) {
            return INQUIRY;
        }
        return authorisation ? HOLD : DEBIT;
    }

    /** The purpose that stands in the books so, or null. */
    static Purpose of(final BookAction action) {
        for (final Purpose purpose : ALL) {
            if (purpose.action == action) {
                return purpose;
            }
        }
        return null;
    }
}
