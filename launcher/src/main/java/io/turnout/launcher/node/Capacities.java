package io.turnout.launcher.node;

import io.turnout.core.engine.EngineCapacity;
import io.turnout.core.engine.LedgerCapacity;
import io.turnout.launcher.settings.LedgerSettings;
import io.turnout.launcher.settings.SwitchSettings;

/** Sizes of the engine's tables. */
public final class Capacities {
    /** Payments remembered unless the configuration says otherwise. */
    public static final int DEFAULT_PAYMENTS = 1_000_000;

    private Capacities() {}

    /** The capacity that a configuration asks for. */
    public static EngineCapacity of(final SwitchSettings settings) {
        return of(settings.engine().payments())
                .withOriginals(settings.engine().originals())
                .with(of(settings.ledger()));
    }

    /** Room for the accounts of a configuration, and beside them for those that the engine opens by itself. */
    public static LedgerCapacity of(final LedgerSettings ledger) {
        final LedgerCapacity some = ofAccounts(ledger.accounts());
        return new LedgerCapacity(
                some.accounts(),
                Math.max(some.transfers(), ledger.reservations()),
                Math.max(some.submissions(), ledger.submissions()),
                some.participants(),
                some.fees());
    }

    /** Room for so many accounts opened by operators, and for as many reservations and submissions as is usual. */
    public static LedgerCapacity ofAccounts(final int accounts) {
        final LedgerCapacity least = LedgerCapacity.small();
        return new LedgerCapacity(
                least.accounts() + accounts,
                LedgerSettings.USUAL_RESERVATIONS,
                LedgerSettings.USUAL_SUBMISSIONS,
                least.participants(),
                least.fees());
    }

    /** The capacity for a number of payments. */
    public static EngineCapacity of(final int payments) {
        return EngineCapacity.forPayments(payments);
    }
}
