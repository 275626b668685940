package io.turnout.core.engine;

/** The configuration in force and the one being staged; activation exchanges the two. */
final class Configurations {
    private Configuration active;
    private Configuration staged;

    Configurations(final EngineCapacity capacity) {
        this.active = new Configuration(capacity);
        this.staged = new Configuration(capacity);
    }

    /** In force; empty before the first activation, so that every request is refused. */
    Configuration active() {
        return active;
    }

    Configuration staged() {
        return staged;
    }

    /** Puts the staged configuration in force and drops the earlier one. */
    void activate() {
        final Configuration former = active;
        active = staged;
        staged = former;
        staged.clear();
    }
}
