package io.turnout.launcher.node;

import io.turnout.core.engine.EngineCapacity;
import io.turnout.launcher.settings.SwitchSettings;

/** Sizes of the engine's tables. */
public final class Capacities {
    /** Payments remembered unless the configuration says otherwise. */
    public static final int DEFAULT_PAYMENTS = 1_000_000;

    private Capacities() {}

    /** The capacity that a configuration asks for. */
    public static EngineCapacity of(final SwitchSettings settings) {
        return of(settings.engine().payments()).withOriginals(settings.engine().originals());
    }

    /** The capacity for a number of payments. */
    public static EngineCapacity of(final int payments) {
        return EngineCapacity.forPayments(payments);
    }
}
