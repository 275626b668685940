package io.turnout.core.ports;

/**
 * The events of the engine, in order, for one consumer. Only events of commands that are as durable as the configured
 * level asks are seen. Used by one thread; never blocks.
 */
public interface EventSource {

    /**
     * Hands over at most {@code limit} events.
     *
     * @return how many
     */
    int poll(EventHandler handler, int limit);
}
