package io.turnout.simulators.acquirer;

import io.turnout.simulators.RandomSequence;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Arrivals;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Load;

/** Says when payments are due. The schedule depends on its start and the seed, never on how the switch keeps up. */
final class Pacer {

    private static final double NS_PER_SECOND = 1e9;

    private final Load load;
    private final RandomSequence random;

    private boolean started;
    private long startNs;
    private long endNs;
    private long taken;
    private double offsetNs;

    Pacer(final Load load, final long seed) {
        this.load = load;
        this.random = new RandomSequence(seed);
    }

    /** The schedule starts now, unless it has. */
    void start(final long nowNs) {
        if (!started) {
            started = true;
            startNs = nowNs;
            endNs = nowNs + load.durationNs();
        }
    }

    /** Whether no payment is due after this instant. */
    boolean ended(final long nowNs) {
        return started && (load.arrivals() == Arrivals.MAXIMUM ? nowNs : dueNs(nowNs)) >= endNs;
    }

    /** When the next payment is due; now, when as many as possible are wanted. */
    long dueNs(final long nowNs) {
        return switch (load.arrivals()) {
            case MAXIMUM -> nowNs;
            case UNIFORM -> startNs + (long) (taken * NS_PER_SECOND / load.perSecond());
            case POISSON -> startNs + (long) offsetNs;
        };
    }

    /** The next payment was begun. */
    void take() {
        taken++;
        offsetNs -= StrictMath.log(1 - random.nextDouble()) * NS_PER_SECOND / load.perSecond();
    }
}
