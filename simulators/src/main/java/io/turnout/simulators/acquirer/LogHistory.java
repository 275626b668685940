package io.turnout.simulators.acquirer;

import io.turnout.simulators.lines.Line;
import io.turnout.simulators.lines.LineReader;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;

/** What an acquirer's log says about earlier runs: where to go on, and which payments are still open. */
final class LogHistory {

    private final AcquirerConfiguration configuration;
    private final Map<Long, OpenPayment> open = new TreeMap<>();

    private PaymentPlan plan;
    private long startedAtNs;
    private long nextNumber;
    private boolean found;

    private LogHistory(final AcquirerConfiguration configuration, final long nowNs) {
        this.configuration = configuration;
        this.startedAtNs = nowNs;
    }

    /**
     * Reads the log.
     *
     * @throws io.turnout.simulators.lines.LineFormatException when it is damaged or of another configuration
     */
    static LogHistory read(final AcquirerConfiguration configuration, final long nowNs) {
        final LogHistory history = new LogHistory(configuration, nowNs);
        new LineReader(configuration.log(), AcquirerField.all()).read(history::onLine);
        return history;
    }

    /** Whether there was no earlier run. */
    boolean isNew() {
        return !found;
    }

    /** When the first run began. */
    long startedAtNs() {
        return startedAtNs;
    }

    /** The number of the next new payment. */
    long nextNumber() {
        return nextNumber;
    }

    /** Hands over the open payments in the order of their numbers. */
    void forEachOpen(final ObjLongConsumer<OpenPayment> action, final long nowNs) {
        open.values().forEach(payment -> action.accept(payment, nowNs));
    }

    private void onRun(final Line line) {
        if (found) {
            throw line.malformed("a second run in one log");
        }
        if (line.number(AcquirerField.RUN) != PaymentPlan.fingerprint(configuration)) {
            throw line.malformed(
                    "the log is of another configuration (seed, acquirer, cards, amounts, merchant, shares or"
                            + " transactions differ)");
        }
        found = true;
        startedAtNs = line.number(AcquirerField.AT_NS);
        plan = new PaymentPlan(configuration, startedAtNs);
    }

    private void onLine(final Line line) {
        final AcquirerEvent event = AcquirerEvent.of(line);
        if (event == AcquirerEvent.RUN) {
            onRun(line);
            return;
        }
        final long number = plan == null ? -1 : plan.number(line.text(AcquirerField.RRN));
        if (number < 0) {
            throw line.malformed("a payment that is not of this run");
        }
        switch (event) {
            case SENT -> {
                nextNumber = Math.max(nextNumber, PaymentPlan.firstOf(number) + 1);
                open.put(
                        number,
                        new OpenPayment(
                                number,
                                line.number(AcquirerField.CREATED_AT_NS),
                                originalCreatedAtNs(line),
                                line.number(AcquirerField.INTENDED_AT_NS),
                                0));
            }
            case REVERSAL_SENT ->
                open.put(
                        number,
                        new OpenPayment(
                                number,
                                line.number(AcquirerField.CREATED_AT_NS),
                                0,
                                line.number(AcquirerField.CREATED_AT_NS),
                                line.number(AcquirerField.AT_NS)));
            case ANSWERED, REJECTED, GIVEN_UP, REVERSAL_ANSWERED, REVERSAL_REJECTED, REVERSAL_GIVEN_UP ->
                open.remove(number);
            default -> {
                // Says nothing about whether the payment is open.
            }
        }
    }

    private static long originalCreatedAtNs(final Line line) {
        return line.has(AcquirerField.ORIGINAL_RRN) ? line.number(AcquirerField.ORIGINAL_CREATED_AT_NS) : 0;
    }
}
