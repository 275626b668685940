package io.turnout.simulators.bank;

import java.util.Map;

/**
 * What a bank has done so far.
 *
 * @param name of the bank
 * @param listening whether it takes connections now
 * @param counts all that are not 0
 */
public record BankResults(String name, boolean listening, Map<BankCounter, Long> counts) {

    /** One count. */
    public long count(final BankCounter counter) {
        return counts.getOrDefault(counter, 0L);
    }
}
