package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Looks at the fields of one event. */
final class EventAssert {
    private final RecordedEvent event;

    EventAssert(final RecordedEvent event) {
        this.event = event;
    }

    /** A field as its decimal number, the name of its code, or its text. */
    EventAssert with(final String field, final Object value) {
        assertEquals(String.valueOf(value), event.field(field), () -> field + " of " + event);
        return this;
    }

    RecordedEvent event() {
        return event;
    }
}
