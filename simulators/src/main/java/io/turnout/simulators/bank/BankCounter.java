package io.turnout.simulators.bank;

/** What a bank counts. */
public enum BankCounter {
    /** Payment requests received. */
    PAYMENTS("payments"),
    /** Payment requests carried out. */
    DEBITS("debits"),
    /** Payments declined. */
    DECLINES("declines"),
    /** Payment requests that had arrived before. */
    DUPLICATES("duplicates"),
    /** Payment requests that arrived after their reversal. */
    LATE_ORIGINALS("late originals"),
    /** Advices received. */
    ADVICES("advices"),
    /** Advices taken now, not before. */
    ADVICES_TAKEN("advices taken"),
    /** Completions and voids declined because of what they name. */
    ORIGINALS_UNFIT("originals unfit"),
    /** Reversal messages received. */
    REVERSALS("reversals"),
    /** Requests undone, whole or in part. */
    REVERSED("reversed"),
    /** Reversals of payments that have not arrived. */
    REVERSALS_UNKNOWN("reversals of unknown"),
    /** Reversals of another amount than was debited. */
    REVERSALS_DIFFERENT("reversals of another amount"),
    /** Sign-ons accepted. */
    SIGN_ONS("sign-ons"),
    /** Sign-ons refused. */
    SIGN_ONS_REFUSED("sign-ons refused"),
    /** Echo tests answered. */
    ECHOES("echoes"),
    /** Payments declined because the connection had not signed on. */
    NOT_SIGNED_ON("not signed on"),
    /** Messages refused because their MAC is missing or wrong. */
    MACS_REFUSED("MACs refused"),
    /** Requests of the switch for a new key. */
    KEY_REQUESTS("key requests"),
    /** New keys sent. */
    KEYS_SENT("keys sent"),
    /** New keys the switch has taken. */
    KEYS_TAKEN("keys taken"),
    /** New keys the switch has refused, and changes of keys sent again that it has answered. */
    KEYS_REFUSED("keys refused"),
    /** PINs that could be read. */
    PINS_READ("PINs read"),
    /** PINs that could not be read; the payment is declined. */
    PINS_UNREADABLE("PINs unreadable"),
    /** Messages treated otherwise than answered, by script. */
    MISBEHAVIOURS("misbehaviours"),
    /** Totals received. */
    TOTALS("totals"),
    /** Of these, the same as the bank's. */
    TOTALS_IN_BALANCE("totals in balance"),
    /** Of these, others than the bank's. */
    TOTALS_OUT_OF_BALANCE("totals out of balance"),
    /** Of these, of a date of which the bank has none. */
    TOTALS_UNKNOWN("totals unknown"),
    /** Totals sent that the other side had too. */
    TOTALS_AGREED("totals agreed"),
    /** Totals sent that the other side had not. */
    TOTALS_DISPUTED("totals disputed"),
    /** Answers sent, whole ones. */
    ANSWERS("answers"),
    /** Answers whose connection was gone or had no room. */
    ANSWERS_LOST("answers lost"),
    /** Messages that could not be read, or lack a field. */
    FORMAT_ERRORS("format errors"),
    /** Messages dropped because too many answers were waiting. */
    OVERLOADED("overloaded"),
    /** Messages not posted because the books are full. */
    BOOKS_FULL("books full"),
    /** Connections accepted. */
    CONNECTIONS("connections"),
    /** Connections ended. */
    DISCONNECTS("disconnects"),
    /** Connections closed because the bytes were not in frames. */
    FRAMING_ERRORS("framing errors"),
    /** Attempts to listen again that failed. */
    LISTEN_FAILURES("listen failures");

    private final String label;

    BankCounter(final String label) {
        this.label = label;
    }

    /** For tables. */
    public String label() {
        return label;
    }
}
