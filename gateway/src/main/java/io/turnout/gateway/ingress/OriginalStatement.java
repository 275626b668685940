package io.turnout.gateway.ingress;

/**
 * What an acquirer says of the payment that its message names, beside the key. A mutable holder, filled per message and
 * read at once.
 */
public final class OriginalStatement {

    /** Nothing, as in the binary protocol. */
    public static final OriginalStatement NOTHING = new OriginalStatement();

    private int bin;
    private int lastFour;
    private int currency;
    private long amountMinor;

    /** Sets what it says. */
    public OriginalStatement set(
            final int binDigits, final int lastFourDigits, final int currencyNumber, final long amount) {
        bin = binDigits;
        lastFour = lastFourDigits;
        currency = currencyNumber;
        amountMinor = amount;
        return this;
    }

    /** Leading digits of the card; 0 = it does not say. */
    int bin() {
        return bin;
    }

    /** Last four digits of the card. */
    int lastFour() {
        return lastFour;
    }

    /** Number of the currency; 0 = it does not say. */
    int currency() {
        return currency;
    }

    /** Amount of the payment in minor units. */
    long amountMinor() {
        return amountMinor;
    }
}
