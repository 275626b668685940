package io.turnout.gateway.vault;

/**
 * What the switch is told about a card instead of its number. A mutable holder, filled per request and read at once.
 */
public final class CardReference {

    private long tokenHigh;
    private long tokenLow;
    private int bin;
    private int lastFour;
    private int panLength;
    private boolean panValid;
    private int slotIndex;
    private int slotGeneration;

    /** Fills in what the number itself tells; there is no sensitive data yet. */
    public CardReference card(
            final CardVault vault,
            final int binDigits,
            final int lastFourDigits,
            final int length,
            final boolean valid) {
        tokenHigh = vault.tokenHigh();
        tokenLow = vault.tokenLow();
        bin = binDigits;
        lastFour = lastFourDigits;
        panLength = length;
        panValid = valid;
        return slot(SensitiveDataSlots.NONE, 0);
    }

    /** Names the slot with the card's sensitive data. */
    public CardReference slot(final int index, final int generation) {
        slotIndex = index;
        slotGeneration = generation;
        return this;
    }

    /** First 8 bytes of the token. */
    public long tokenHigh() {
        return tokenHigh;
    }

    /** Last 8 bytes of the token. */
    public long tokenLow() {
        return tokenLow;
    }

    /** Leading 6 or 8 digits. */
    public int bin() {
        return bin;
    }

    /** Last four digits. */
    public int lastFour() {
        return lastFour;
    }

    /** Digits of the number. */
    public int panLength() {
        return panLength;
    }

    /** Whether the check digit is right and the track, if any, is of the same card. */
    public boolean panValid() {
        return panValid;
    }

    /** Slot of the sensitive data, or {@link SensitiveDataSlots#NONE}. */
    public int slotIndex() {
        return slotIndex;
    }

    /** Use of the slot. */
    public int slotGeneration() {
        return slotGeneration;
    }
}
