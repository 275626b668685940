package io.turnout.launcher.node;

import io.turnout.journal.Journal;
import java.util.function.LongSupplier;
import org.agrona.concurrent.Agent;

/** Where a test may put itself between the parts of a node. The product changes nothing. */
public interface Wiring {
    /** Every part as it is. */
    Wiring PLAIN = new Wiring() {};

    /** The command journal that the node uses. */
    default Journal commandJournal(final Journal journal) {
        return journal;
    }

    /** The event journal that the node uses. */
    default Journal eventJournal(final Journal journal) {
        return journal;
    }

    /**
     * The gateway that the node runs.
     *
     * @param issuerRequestsSent payment requests written to banks so far
     */
    default Agent gateway(final Agent agent, final LongSupplier issuerRequestsSent) {
        return agent;
    }
}
