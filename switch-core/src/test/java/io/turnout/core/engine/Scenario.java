package io.turnout.core.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.DirectBuffer;

/**
 * One engine, one clock, and payments known by names. {@link #given()} prepares, {@link #when()} does one thing,
 * {@link #then()} looks at what that one thing caused.
 */
final class Scenario {
    static final long START_NS = 1_790_000_000L * TestConfiguration.SECOND_NS;
    static final EngineCapacity CAPACITY = new EngineCapacity(64, 8, 16, 4, 8, 16).withOriginals(30);

    private final RecordingSink sink = new RecordingSink();
    private final Map<String, NamedPayment> payments = new HashMap<>();
    private final SwitchEngine engine;
    private final Given given = new Given(this);
    private final When when = new When(this);
    private final Then then = new Then(this);
    private long nowNs = START_NS;
    private int mark;

    Scenario() {
        this(CAPACITY);
    }

    Scenario(final EngineCapacity capacity) {
        this.engine = new SwitchEngine(capacity, sink);
    }

    /** A scenario in which the standard configuration is in force and all its links are signed on. */
    static Scenario standard() {
        final Scenario scenario = new Scenario();
        scenario.given()
                .configuration(TestConfiguration.standard(1))
                .signedOn(TestConfiguration.LINK, TestConfiguration.SECOND_LINK, TestConfiguration.OTHER_LINK);
        return scenario;
    }

    Given given() {
        return given;
    }

    When when() {
        mark = sink.events().size();
        return when;
    }

    Then then() {
        return then;
    }

    SwitchEngine engine() {
        return engine;
    }

    long nowNs() {
        return nowNs;
    }

    void nowNs(final long value) {
        nowNs = value;
    }

    /** Applies one command now. */
    void apply(final DirectBuffer command) {
        engine.onCommand(engine.commandSequence() + 1, nowNs, command, 0, command.capacity());
    }

    /** Events since the last {@link #when()}. */
    List<RecordedEvent> events() {
        return sink.events().subList(mark, sink.events().size());
    }

    List<RecordedEvent> allEvents() {
        return sink.events();
    }

    /** Applies a command and takes its one event out of the record. */
    RecordedEvent ask(final DirectBuffer command) {
        final int before = sink.events().size();
        apply(command);
        return sink.events().remove(before);
    }

    /** Remembers what a bank would be sent. */
    void remember(final RecordedEvent event) {
        switch (event.name()) {
            case "PaymentRouted" -> owner(event).ifPresent(payment -> payment.routed(event));
            case "AdviceRequested" -> owner(event).ifPresent(payment -> payment.advice(event));
            case "ReversalRequested" -> owner(event).ifPresent(payment -> payment.reversal(event));
            default -> {}
        }
    }

    /** Remembers by which id the engine knows a payment. */
    void identify(final String name) {
        final NamedPayment payment = payment(name);
        for (final RecordedEvent event : events()) {
            final boolean tells =
                    event.name().equals("PaymentRouted") || event.name().equals("PaymentAnswered");
            if (tells && payment.paymentId() < 0) {
                payment.paymentId(event.number("paymentId"));
            }
        }
    }

    private Optional<NamedPayment> owner(final RecordedEvent event) {
        final long paymentId = event.number("paymentId");
        return payments.values().stream()
                .filter(payment -> payment.paymentId() == paymentId)
                .findFirst();
    }

    NamedPayment payment(final String name) {
        return payments.computeIfAbsent(name, key -> new NamedPayment(payments.size() + 1, nowNs));
    }
}
