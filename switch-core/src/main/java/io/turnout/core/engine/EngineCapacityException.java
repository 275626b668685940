package io.turnout.core.engine;

/**
 * A command needs more room than the engine was built with. Nothing of the command was applied. The node stops; after
 * the capacity named has been raised, a restart applies the command.
 */
public final class EngineCapacityException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EngineCapacityException(final String name, final long capacity) {
        super("engine capacity exceeded, raise it and start again: " + name + "=" + capacity);
    }
}
