package io.turnout.core.pipeline;

import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.Agent;

/**
 * The agents of a standalone host, to be put on threads by a layout. Each stops for good at its first exception, after
 * it has told the {@link FailureHandler}.
 *
 * @param pipeline journals and applies commands; latency depends on its thread
 * @param journalSync syncs the command journal; under {@link Durability#SYNC} latency depends on its thread too, under
 *     {@link Durability#ASYNC} it may share one; absent when the pipeline syncs inline
 * @param eventJournal writes the event journal; may share a thread
 * @param housekeeping slow work; may share a thread
 */
public record HostAgents(Agent pipeline, Optional<Agent> journalSync, Agent eventJournal, Agent housekeeping) {

    /** All of them that can share one thread behind the pipeline's. */
    public List<Agent> background() {
        return journalSync.isPresent()
                ? List.of(journalSync.get(), eventJournal, housekeeping)
                : List.of(eventJournal, housekeeping);
    }
}
