package io.turnout.launcher.settings;

import io.turnout.codecs.sbe.engine.ReconciliationMode;
import io.turnout.configuration.YamlSection;
import java.util.Locale;

/** Reads what the messages to a bank say beyond its dialect. */
final class MessageReader {
    private static final long MAXIMUM_INSTITUTION_ID = 99_999_999_999L;

    private enum Reconciliation {
        NONE,
        ANSWER,
        SEND
    }

    private MessageReader() {}

    static MessageSettings read(final YamlSection issuer, final boolean hasLedger, final boolean onUs) {
        final Reconciliation reconciliation =
                issuer.enumeration("reconciliation", Reconciliation.class, Reconciliation.NONE);
        if (reconciliation != Reconciliation.NONE && (onUs || !hasLedger)) {
            issuer.problem(
                    "reconciliation",
                    "'" + reconciliation.name().toLowerCase(Locale.ROOT) + "' needs a bank, and business dates"
                            + " (expected a section ledger, and an issuer that is not on us)");
        }
        return new MessageSettings(
                issuer.longInteger("forwardingInstitution", 0, MAXIMUM_INSTITUTION_ID, 0),
                issuer.longInteger("receivingInstitution", 0, MAXIMUM_INSTITUTION_ID, 0),
                ReconciliationMode.valueOf(reconciliation.name()));
    }
}
