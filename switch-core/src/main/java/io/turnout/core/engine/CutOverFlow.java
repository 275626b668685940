package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.AccountStatus;
import io.turnout.codecs.sbe.engine.CutOverDecoder;
import io.turnout.codecs.sbe.engine.LedgerProblem;

/**
 * Business dates begin and end. Positions of a closed date are closed once nothing is pending on them, a few per
 * command, in the order of their numbers; once settled to nothing they are forgotten.
 */
final class CutOverFlow {
    private static final int MAXIMUM_LOOKED_AT = 32;

    private final Configurations configurations;
    private final AccountTable accounts;
    private final Positions positions;
    private final BusinessDates dates;
    private final Ledger ledger;
    private final LedgerEvents events;
    private final ReconciliationFlow reconciliation;

    CutOverFlow(final EngineState state, final LedgerEvents events, final ReconciliationFlow reconciliation) {
        this.configurations = state.configurations();
        this.accounts = state.ledger().accounts();
        this.positions = state.ledger().positions();
        this.dates = state.ledger().dates();
        this.ledger = state.ledger().ledger();
        this.events = events;
        this.reconciliation = reconciliation;
    }

    void onCutOver(final CutOverDecoder command) {
        final LedgerProblem problem = configurations.active().ledger().isDefined()
                ? dates.check(command.businessDate(), command.openDates())
                : LedgerProblem.NO_LEDGER;
        if (problem == LedgerProblem.NONE) {
            dates.cutOver((int) command.businessDate(), command.openDates());
            events.businessDateOpened();
            reconciliation.onCutOver();
        } else {
            events.cutOverRefused(command.businessDate(), problem);
        }
    }

    /** Whether positions wait to be looked at. */
    boolean isClosing() {
        return dates.closingFrom() != AccountTable.NONE;
    }

    /** Closes positions up to a limit. */
    void close(final int limit) {
        int closed = 0;
        for (int i = 0; i < MAXIMUM_LOOKED_AT && closed < limit && isClosing(); i++) {
            final int number = positions.next(dates.closingFrom());
            dates.closingFrom(number == AccountTable.NONE ? AccountTable.NONE : number + 1);
            if (number != AccountTable.NONE
                    && dates.isClosed(accounts.businessDate(number))
                    && !accounts.hasPending(number)) {
                closed += closePosition(number) ? 1 : 0;
            }
        }
    }

    private boolean closePosition(final int number) {
        final boolean isNew = accounts.status(number) == AccountStatus.OPEN;
        if (isNew) {
            accounts.status(number, AccountStatus.CLOSED);
            events.positionClosed(number);
        }
        if (accounts.balanceMinor(number) == 0) {
            positions.remove(number);
            ledger.remove(number);
        }
        return isNew;
    }
}
