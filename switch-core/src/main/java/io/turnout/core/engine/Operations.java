package io.turnout.core.engine;

/** The parts of the engine that operators use, put together. */
final class Operations {
    private final OperatorAdapter commands;
    private final OperationFlow flow;
    private final LinkServiceFlow linkService;
    private final Configurations configurations;

    Operations(
            final EngineState state,
            final ManualReview manualReview,
            final LedgerFlows ledger,
            final ConfigurationAdapter configuration,
            final HostEvents hostEvents) {
        final OperationEvents events = new OperationEvents(state.publisher());
        this.linkService = new LinkServiceFlow(state, hostEvents);
        this.commands = new OperatorAdapter(
                manualReview, new BlockFlow(state, events, hostEvents), linkService, ledger, configuration);
        this.flow = new OperationFlow(state, commands, events);
        this.configurations = state.configurations();
    }

    OperatorAdapter commands() {
        return commands;
    }

    OperationFlow flow() {
        return flow;
    }

    LinkServiceFlow linkService() {
        return linkService;
    }

    Configurations configurations() {
        return configurations;
    }
}
