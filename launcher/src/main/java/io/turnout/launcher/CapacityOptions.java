package io.turnout.launcher;

import io.turnout.core.engine.EngineCapacity;
import io.turnout.launcher.node.Capacities;
import picocli.CommandLine.Option;

/** How large the scratch engine of a command must be that replays the journals of a switch. */
final class CapacityOptions {
    @Option(
            names = "--payments",
            paramLabel = "COUNT",
            defaultValue = "" + Capacities.DEFAULT_PAYMENTS,
            description =
                    "Payments the engine must hold, as engine.payments of the switch (default: ${DEFAULT-VALUE}).")
    private int payments;

    @Option(
            names = "--originals",
            paramLabel = "COUNT",
            defaultValue = "0",
            description =
                    "Originals the engine must hold, as engine.originals of the switch (default: ${DEFAULT-VALUE}).")
    private int originals;

    @Option(
            names = "--accounts",
            paramLabel = "COUNT",
            defaultValue = "10000",
            description =
                    "Accounts the engine must hold, as ledger.accounts of the switch (default: ${DEFAULT-VALUE}).")
    private int accounts;

    EngineCapacity capacity() {
        return Capacities.of(payments).withOriginals(originals).with(Capacities.ofAccounts(accounts));
    }
}
