package io.turnout.simulators.acquirer;

import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What an acquirer has done so far.
 *
 * @param name of the acquirer
 * @param counts all that are not 0
 * @param openCount payments something is still expected for
 * @param done whether every payment has been begun and nothing is expected any more
 * @param elapsedNs from the first payment to now, or to the end
 * @param latency nanoseconds from the instant a payment was due to its final answer
 */
public record AcquirerResults(
        String name,
        Map<AcquirerCounter, Long> counts,
        int openCount,
        boolean done,
        long elapsedNs,
        Histogram latency) {

    /** One count. */
    public long count(final AcquirerCounter counter) {
        return counts.getOrDefault(counter, 0L);
    }

    /** Payments with a final answer. */
    public long answeredCount() {
        return count(AcquirerCounter.APPROVED) + count(AcquirerCounter.DECLINED) + count(AcquirerCounter.UNKNOWN);
    }
}
