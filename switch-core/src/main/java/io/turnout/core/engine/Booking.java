package io.turnout.core.engine;

/** What one leg of a chain did: enough to say so, and to take it back. */
final class Booking {
    private int debit;
    private int credit;
    private long heldMinor;
    private long amountMinor;
    private long expiresAtNs;

    /**
     * @param held hold that ended with it; 0 when there was none
     * @param amount posted, reserved or given up
     * @param expiry of the hold it began or ended; 0 when there was none
     */
    void set(final int debitNumber, final int creditNumber, final long held, final long amount, final long expiry) {
        debit = debitNumber;
        credit = creditNumber;
        heldMinor = held;
        amountMinor = amount;
        expiresAtNs = expiry;
    }

    int debit() {
        return debit;
    }

    int credit() {
        return credit;
    }

    long heldMinor() {
        return heldMinor;
    }

    long amountMinor() {
        return amountMinor;
    }

    long expiresAtNs() {
        return expiresAtNs;
    }
}
