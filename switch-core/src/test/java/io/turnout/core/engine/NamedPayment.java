package io.turnout.core.engine;

/** What a scenario knows of a payment: its key from the start, the rest from events. */
final class NamedPayment {
    private final int number;
    private final long createdAtNs;
    private long paymentId = -1;
    private RecordedEvent routed;
    private RecordedEvent advice;
    private RecordedEvent reversal;

    NamedPayment(final int number, final long createdAtNs) {
        this.number = number;
        this.createdAtNs = createdAtNs;
    }

    /** Makes the client reference. */
    int number() {
        return number;
    }

    long createdAtNs() {
        return createdAtNs;
    }

    /** The PaymentRouted event. */
    RecordedEvent routed() {
        if (routed == null) {
            throw new AssertionError("never routed: payment " + number);
        }
        return routed;
    }

    void routed(final RecordedEvent event) {
        routed = event;
    }

    /** The newest AdviceRequested event. */
    RecordedEvent advice() {
        if (advice == null) {
            throw new AssertionError("no advice was sent: payment " + number);
        }
        return advice;
    }

    void advice(final RecordedEvent event) {
        advice = event;
    }

    /** Its id, once the engine has said it. */
    long paymentId() {
        return paymentId;
    }

    void paymentId(final long value) {
        paymentId = value;
    }

    /** The newest ReversalRequested event. */
    RecordedEvent reversal() {
        if (reversal == null) {
            throw new AssertionError("no reversal was sent: payment " + number);
        }
        return reversal;
    }

    void reversal(final RecordedEvent event) {
        reversal = event;
    }
}
