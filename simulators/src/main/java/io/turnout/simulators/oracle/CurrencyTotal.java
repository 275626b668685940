package io.turnout.simulators.oracle;

/**
 * The sums of one currency.
 *
 * @param currency ISO 4217 numeric code
 * @param approvedMinor paid less refunded and voided, reversals taken off, as the acquirers were told
 * @param debitedMinor debits less credits, reversals taken off, as the banks have it
 */
public record CurrencyTotal(int currency, long approvedMinor, long debitedMinor) {}
