package io.turnout.core.pipeline;

import io.turnout.core.engine.SwitchEngine;
import io.turnout.core.pipeline.RecoveryException.Problem;
import io.turnout.journal.Journal;
import java.util.Optional;

/**
 * Brings a host to where the last run left it: newest valid snapshot, replay of every later command, and the commands
 * that begin this run. On one thread, before any agent runs.
 *
 * <p>A replay sends nothing on any wire. It only completes the event journal: events that are there already are
 * compared, the others appended.
 */
final class Recovery {
    private final HostConfiguration configuration;
    private final HostEnvironment environment;
    private final Journal commands;
    private final Journal events;
    private final EgressRing egress;
    private final PipelineCounters counters;
    private final StoredEvents storedEvents;
    private final SnapshotLoader snapshots;

    Recovery(
            final HostConfiguration configuration,
            final HostEnvironment environment,
            final Journal commands,
            final Journal events,
            final EgressRing egress,
            final PipelineCounters counters) {
        this.configuration = configuration;
        this.environment = environment;
        this.commands = commands;
        this.events = events;
        this.egress = egress;
        this.counters = counters;
        this.storedEvents = new StoredEvents(events::replay);
        this.snapshots = new SnapshotLoader(
                new SnapshotStore(configuration.snapshotDirectory()), storedEvents, commands.lastSequence());
    }

    /**
     * What recovery leaves.
     *
     * @param engine ready for commands
     * @param recorder standing at the engine's last event
     * @param report what was done
     */
    record Recovered(SwitchEngine engine, EventRecorder recorder, RecoveryReport report) {}

    Recovered run(final boolean mayHaveLostCommands) {
        final long startNs = environment.nanoClock().nanoTime();
        // An event must not outlive its command: what the last run left in the page cache is synced before it is used.
        commands.sync();
        final Optional<SnapshotFile.Restored> snapshot = snapshots.newestValid(configuration.capacity(), egress);
        final SwitchEngine engine = snapshot.map(SnapshotFile.Restored::engine)
                .orElseGet(() -> new SwitchEngine(configuration.capacity(), egress));
        final EventChecker checker = new EventChecker(storedEvents);
        snapshot.ifPresent(restored -> checker.startAfter(restored.trailer()));
        final EventRecorder recorder = new EventRecorder(events, checker, counters, SwitchEngine.MAXIMUM_EVENT_LENGTH);
        final StartupEvents startupEvents = new StartupEvents(egress, recorder, events);

        final CommandReplay replay = replay(engine, startupEvents);
        final long completedEvents = counters.eventsJournaled();
        final CommandLoss loss = new LossCheck(configuration.pipeline().durability(), storedEvents)
                .check(engine, replay.lastCommandWithContent(), events.lastSequence(), mayHaveLostCommands);
        final ConfigurationAtStart configurationAtStart = begin(engine, startupEvents, loss);

        final RecoveryReport report = new RecoveryReport(
                snapshot.map(restored -> restored.trailer().commandSequence()).orElse(0L),
                snapshots.refused(),
                replay.replayedCount(),
                completedEvents,
                loss,
                configurationAtStart,
                environment.nanoClock().nanoTime() - startNs);
        return new Recovered(engine, recorder, report);
    }

    private CommandReplay replay(final SwitchEngine engine, final StartupEvents startupEvents) {
        final CommandReplay replay = new CommandReplay(
                engine,
                commands.lastSequence(),
                startupEvents::makeRoom,
                environment.nanoClock(),
                environment.progress());
        try {
            replay.run(commands::replay);
        } catch (final RecoveryException ex) {
            throw ex.problem() == Problem.COMMANDS_MISSING
                            && !snapshots.refused().isEmpty()
                    ? ex.and(String.join("; ", snapshots.refused()))
                    : ex;
        }
        startupEvents.drain();
        return replay;
    }

    private ConfigurationAtStart begin(
            final SwitchEngine engine, final StartupEvents startupEvents, final CommandLoss loss) {
        final CommandSequencer sequencer = new CommandSequencer(commands, engine, counters);
        final HostStart start = new HostStart(commands, engine, sequencer, startupEvents);
        sequencer.time(environment.epochClock().nanoTime());
        start.replaceLostCommands(loss);
        start.hostStarted(configuration.gatewayIncarnation(), loss);
        final ConfigurationAtStart configured = start.configure(configuration.configuration());
        start.makeDurable();
        events.sync();
        if (configured != ConfigurationAtStart.NOT_APPLIED) {
            start.checkConfigured(configuration.configuration());
        }
        return configured;
    }
}
