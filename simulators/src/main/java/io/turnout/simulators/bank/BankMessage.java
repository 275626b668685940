package io.turnout.simulators.bank;

import java.util.Arrays;

/**
 * What the bank reads out of an ISO 8583 request. Reused for every message; holds the card number only until the next.
 */
final class BankMessage {

    static final int LONGEST_PAN = 19;

    /** Message type as a number, the repeat digit included: 0200, 0420, 0421, 0800. */
    int mti;

    /** DE11. */
    int stan;

    /** The number MMDDhhmmss that others name the message by: DE7, or DE12 in 1993. */
    long transmissionDateTime;

    /** DE32. */
    long institutionId;

    /** DE37, the first 8 characters. */
    long rrnHigh;

    /** DE37, the last 4 characters. */
    int rrnLow;

    /** DE4. */
    long amountMinor;

    /** DE49. */
    int currency;

    /** The month and day out of DE15, or DE28 of a reconciliation of 1993; 0 = none. */
    int settlementDate;

    /** DE2. */
    final byte[] pan = new byte[LONGEST_PAN];

    int panLength;

    /** DE70. */
    int networkCode;

    /** What a payment or an advice is for. */
    Purpose purpose = Purpose.DEBIT;

    /** Out of DE95, or DE4 of 1993: what shall stand after a partial reversal; 0 = nothing. */
    long replacementMinor;

    /** Out of DE90: DE11 of the original. */
    int originalStan;

    /** Out of DE90: DE7 of the original. */
    long originalTransmissionDateTime;

    /** Out of DE90: DE32 of the original; DE32 of this message where DE90 has none. */
    long originalInstitutionId;

    /** The last four digits of the card number; fewer when it is shorter. */
    int lastFour() {
        int digits = 0;
        for (int i = Math.max(0, panLength - 4); i < panLength; i++) {
            digits = digits * 10 + pan[i] - '0';
        }
        return digits;
    }

    /** Leaves no card number behind. */
    void clear() {
        Arrays.fill(pan, (byte) 0);
        panLength = 0;
        purpose = Purpose.DEBIT;
        replacementMinor = 0;
        settlementDate = 0;
    }
}
