package io.turnout.core.pipeline;

import java.util.List;

/**
 * What recovery did.
 *
 * @param snapshotCommandSequence command sequence of the snapshot it began with; 0 when it began from nothing
 * @param refusedSnapshots newer snapshots that were not used, each with the reason
 * @param replayedCommands commands applied again
 * @param completedEvents events of the replay that the event journal had not held yet
 * @param loss whether commands were lost
 * @param configurationAtStart what was done with the configuration of this start
 * @param durationNs how long it took
 */
public record RecoveryReport(
        long snapshotCommandSequence,
        List<String> refusedSnapshots,
        long replayedCommands,
        long completedEvents,
        CommandLoss loss,
        ConfigurationAtStart configurationAtStart,
        long durationNs) {}
