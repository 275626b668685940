package io.turnout.core.engine;

import io.turnout.core.ports.EventSink;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps every event. Its buffer is as small as the engine promises and full of rubbish before each event. */
final class RecordingSink implements EventSink {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SwitchEngine.MAXIMUM_EVENT_LENGTH]);
    private final List<RecordedEvent> events = new ArrayList<>();

    @Override
    public MutableDirectBuffer claim() {
        buffer.setMemory(0, buffer.capacity(), (byte) (0x55 + events.size()));
        return buffer;
    }

    @Override
    public void commit(final long eventSequence, final long commandSequence, final long timestampNs, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        events.add(new RecordedEvent(eventSequence, commandSequence, timestampNs, bytes));
    }

    List<RecordedEvent> events() {
        return events;
    }
}
