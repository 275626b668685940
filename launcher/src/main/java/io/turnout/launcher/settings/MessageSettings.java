package io.turnout.launcher.settings;

import io.turnout.codecs.sbe.engine.ReconciliationMode;

/**
 * What the messages to a bank say beyond its dialect.
 *
 * @param forwardingInstitution number of the switch in the bank's network (DE33); 0 = not said
 * @param receivingInstitution number of the bank (DE100); 0 = not said
 * @param reconciliation whether totals are exchanged (0500, 0520)
 */
public record MessageSettings(
        long forwardingInstitution, long receivingInstitution, ReconciliationMode reconciliation) {

    /** Nothing beyond the dialect. */
    public static final MessageSettings PLAIN = new MessageSettings(0, 0, ReconciliationMode.NONE);
}
