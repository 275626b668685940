package io.turnout.simulators;

/**
 * One simulated party, driven by a {@link SimulatorAgent}. All methods are called by that agent's thread unless a
 * method says otherwise.
 */
public interface Simulator extends AutoCloseable {

    /**
     * Does what is due: writes the party's own records first, then sends.
     *
     * @param nowNs nanoseconds since the epoch
     * @return how much was done; 0 = nothing
     */
    int doWork(long nowNs);

    /** Names the party in thread names and tables. */
    String name();

    /** Closes the party's connections and files. */
    @Override
    void close();
}
