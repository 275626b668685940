package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.DefineParticipantDecoder;

/** The accounts a configuration needs: one for fees and one for the outside world per currency, and the totals. */
final class LedgerAccounts {
    private final DefineParticipantDecoder participant = new DefineParticipantDecoder();
    private final LedgerTables ledger;

    LedgerAccounts(final LedgerTables ledger) {
        this.ledger = ledger;
    }

    /** Opens those that are new and sets the caps anew. A participant left out keeps its accounts and its cap. */
    void open(final Configuration configuration) {
        ledger.caps().touchAll();
        if (!configuration.ledger().isDefined()) {
            return;
        }
        for (int currency = 1; currency <= Configuration.MAXIMUM_CURRENCY; currency++) {
            if (configuration.exponent(currency) != Configuration.NO_EXPONENT) {
                ledger.feeAccount(currency);
                ledger.settlementAccount(currency);
            }
        }
        final CommandLog commands = configuration.commands();
        for (int at = 0; at < commands.length(); at += commands.lengthAt(at)) {
            if (commands.templateIdAt(at) == DefineParticipantDecoder.TEMPLATE_ID) {
                participant.wrap(
                        commands.buffer(), commands.blockAt(at), commands.blockLengthAt(at), commands.versionAt(at));
                ledger.total((int) participant.participantId(), participant.currency(), participant.netDebitCapMinor());
            }
        }
    }
}
