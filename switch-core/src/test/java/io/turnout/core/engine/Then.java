package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.codecs.sbe.engine.PaymentState;
import java.util.List;

/** What the one thing caused. */
final class Then {
    private final TestCommands commands = new TestCommands();
    private final Scenario scenario;

    Then(final Scenario scenario) {
        this.scenario = scenario;
    }

    /** Exactly these events, in this order. */
    Then events(final String... names) {
        assertEquals(
                List.of(names),
                scenario.events().stream().map(RecordedEvent::name).toList(),
                () -> scenario.events().toString());
        return this;
    }

    Then nothing() {
        return events();
    }

    /** The one event of this name. */
    EventAssert event(final String name) {
        final List<RecordedEvent> found = named(name);
        assertEquals(1, found.size(), () -> name + " in " + scenario.events());
        return new EventAssert(found.get(0));
    }

    /** The n-th event of this name, from 0. */
    EventAssert event(final String name, final int index) {
        return new EventAssert(named(name).get(index));
    }

    int count(final String name) {
        return named(name).size();
    }

    Then state(final String name, final PaymentState state) {
        final RecordedEvent event = scenario.ask(commands.requestPaymentStatus(scenario.payment(name)));
        assertEquals(state.name(), event.field("state"));
        return this;
    }

    /** What stands of a payment, and what of that is refunded. */
    Then settled(final String name, final long settledMinor, final long refundedMinor) {
        final RecordedEvent event = scenario.ask(commands.requestPaymentStatus(scenario.payment(name)));
        assertEquals(settledMinor, event.number("settledMinor"), event::toString);
        assertEquals(refundedMinor, event.number("refundedMinor"), event::toString);
        return this;
    }

    Then nextDeadlineInSeconds(final long seconds) {
        assertEquals(
                scenario.nowNs() + seconds * TestConfiguration.SECOND_NS,
                scenario.engine().nextDeadlineNs());
        return this;
    }

    Then noDeadline() {
        assertEquals(Long.MAX_VALUE, scenario.engine().nextDeadlineNs());
        return this;
    }

    private List<RecordedEvent> named(final String name) {
        return scenario.events().stream()
                .filter(event -> event.name().equals(name))
                .toList();
    }
}
