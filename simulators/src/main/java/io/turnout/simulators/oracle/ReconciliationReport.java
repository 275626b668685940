package io.turnout.simulators.oracle;

import java.util.List;

/**
 * What a reconciliation found.
 *
 * @param results one per check, in the order of {@link Check}
 * @param totals one per currency
 * @param requestCount payments asked for
 * @param approvedCount payments approved and not reversed by the acquirer
 * @param declinedCount payments declined
 * @param unknownCount payments with an unknown outcome
 * @param rejectedCount payments refused for good
 * @param reversedCount payments approved and then reversed by the acquirer
 * @param unansweredCount payments without a final outcome
 * @param pendingCount payments of which a bank has still to hear: reversals and advices
 */
public record ReconciliationReport(
        List<CheckResult> results,
        List<CurrencyTotal> totals,
        long requestCount,
        long approvedCount,
        long declinedCount,
        long unknownCount,
        long rejectedCount,
        long reversedCount,
        long unansweredCount,
        long pendingCount) {

    /** Copies the lists. */
    public ReconciliationReport {
        results = List.copyOf(results);
        totals = List.copyOf(totals);
    }

    /** Whether all checks passed. */
    public boolean isPassed() {
        return results.stream().allMatch(CheckResult::isPassed);
    }

    /** The result of one check. */
    public CheckResult result(final Check check) {
        return results.stream()
                .filter(result -> result.check() == check)
                .findFirst()
                .orElseThrow();
    }
}
