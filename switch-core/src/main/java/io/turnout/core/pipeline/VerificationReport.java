package io.turnout.core.pipeline;

import java.util.List;
import java.util.Optional;

/**
 * What verification of the journals found.
 *
 * @param firstCommand first command applied
 * @param lastCommand last command applied
 * @param comparedEvents events derived and found equal in the event journal
 * @param unwrittenEvents events derived that the event journal does not hold yet; a restart completes them
 * @param stateHash of the engine after the last command applied
 * @param comparedSnapshots snapshots on the way whose state hash was found equal
 * @param refusedSnapshots snapshots that could not be used, each with the reason
 * @param firstDifference what differs first, with sequences; empty when all is well
 */
public record VerificationReport(
        long firstCommand,
        long lastCommand,
        long comparedEvents,
        long unwrittenEvents,
        long stateHash,
        int comparedSnapshots,
        List<String> refusedSnapshots,
        Optional<String> firstDifference) {

    /** Whether nothing differs. */
    public boolean isClean() {
        return firstDifference.isEmpty();
    }
}
