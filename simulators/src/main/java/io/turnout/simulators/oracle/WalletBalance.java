package io.turnout.simulators.oracle;

/**
 * What the switch says of a wallet.
 *
 * @param accountId of it in the switch's ledger
 * @param openingMinor what it held before the first payment
 * @param closingMinor what it holds now
 */
public record WalletBalance(long accountId, long openingMinor, long closingMinor) {}
