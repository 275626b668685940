package io.turnout.simulators.oracle;

/**
 * The sums of one currency.
 *
 * @param currency ISO 4217 numeric code
 * @param approvedMinor approved and not reversed, as the acquirers were told
 * @param debitedMinor debits less reversals, as the banks have it
 */
public record CurrencyTotal(int currency, long approvedMinor, long debitedMinor) {}
