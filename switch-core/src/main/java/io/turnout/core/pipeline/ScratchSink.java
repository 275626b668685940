package io.turnout.core.pipeline;

import io.turnout.core.engine.SwitchEngine;
import io.turnout.core.ports.EventHandler;
import io.turnout.core.ports.EventSink;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Hands the events of an engine that nobody outside sees to a handler, at once and on the engine's thread. */
final class ScratchSink implements EventSink {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SwitchEngine.MAXIMUM_EVENT_LENGTH]);
    private final EventHandler handler;

    ScratchSink(final EventHandler handler) {
        this.handler = handler;
    }

    @Override
    public MutableDirectBuffer claim() {
        return buffer;
    }

    @Override
    public void commit(final long eventSequence, final long commandSequence, final long timestampNs, final int length) {
        handler.onEvent(eventSequence, commandSequence, timestampNs, buffer, 0, length);
    }
}
