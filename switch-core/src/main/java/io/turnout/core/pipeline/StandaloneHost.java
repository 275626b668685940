package io.turnout.core.pipeline;

import io.turnout.core.engine.SwitchEngine;
import io.turnout.core.ports.CommandIngress;
import io.turnout.core.ports.EventSource;
import io.turnout.journal.FreeSpaceGuard;
import io.turnout.journal.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.agrona.LangUtil;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * One engine behind a Disruptor ring and a local command journal.
 *
 * <p>{@link #recover} does everything that must be done before the first command. Then the caller runs the
 * {@link #agents()} on its threads, and gateways beside them; at the end it stops the gateways, then the agents, and
 * closes the host.
 */
public final class StandaloneHost implements AutoCloseable {
    private final Rings rings;
    private final AdmissionGate gate;
    private final PipelineCounters counters;
    private final HostAgents agents;
    private final Journal commands;
    private final Journal events;
    private final RunMark runMark;
    private final Recovery.Recovered recovered;

    private StandaloneHost(
            final Rings rings,
            final AdmissionGate gate,
            final PipelineCounters counters,
            final HostAgents agents,
            final Journal commands,
            final Journal events,
            final RunMark runMark,
            final Recovery.Recovered recovered) {
        this.rings = rings;
        this.gate = gate;
        this.counters = counters;
        this.agents = agents;
        this.commands = commands;
        this.events = events;
        this.runMark = runMark;
        this.recovered = recovered;
    }

    /**
     * Recovers the state of the last run and begins a new one. When the method returns, {@code HostStarted} is durable
     * and new requests are taken; the gateways will see the events after it.
     *
     * @param configuration what the host is to be
     * @param environment clocks, counters and who is told what
     * @param commands the command journal, open for writing; the host closes it
     * @param events the event journal, open for writing; the host closes it
     * @throws RecoveryException when the journals do not fit together, or the engine refuses the configuration; both
     *     journals are still the caller's
     * @throws io.turnout.journal.JournalCorruptException when a journal is damaged
     * @throws io.turnout.core.engine.EngineCapacityException when the state does not fit the engine's capacity
     */
    public static StandaloneHost recover(
            final HostConfiguration configuration,
            final HostEnvironment environment,
            final Journal commands,
            final Journal events) {
        final PipelineConfiguration pipeline = configuration.pipeline();
        checkPayloadLength("command journal", commands, pipeline.maximumCommandLengthBytes());
        checkPayloadLength("event journal", events, EventRecord.EVENT_OFFSET + SwitchEngine.MAXIMUM_EVENT_LENGTH);
        createDirectory(configuration.directory());

        final AdmissionGate gate = new AdmissionGate();
        final PipelineCounters counters = new PipelineCounters(environment.counters());
        final Rings rings = new Rings(
                new IngressRing(pipeline, gate, counters),
                new EgressRing(pipeline.egressCapacity(), SwitchEngine.MAXIMUM_EVENT_LENGTH, configuration.gateways()));
        final RunMark runMark = new RunMark(configuration.directory());
        final Recovery.Recovered recovered = new Recovery(
                        configuration, environment, commands, events, rings.egress(), counters)
                .run(runMark.mayHaveLostCommands());
        runMark.set(pipeline.durability());

        final NanoClock nanoClock = environment.nanoClock();
        final UnaryOperator<Agent> failStop = agent -> new FailStopAgent(agent, gate, environment.failureHandler());
        final HostAgents agents = new HostAgents(
                failStop.apply(new PipelineAgent(
                        pipeline, rings, commands, recovered.engine(), counters, environment.epochClock(), nanoClock)),
                newJournalSync(pipeline, commands, rings.egress(), counters, nanoClock)
                        .map(failStop),
                failStop.apply(new EventJournalAgent(
                        pipeline,
                        rings.egress().eventJournalConsumer(),
                        recovered.recorder(),
                        events,
                        counters,
                        nanoClock)),
                failStop.apply(new HousekeepingAgent(
                        List.of(commands, events),
                        new FreeSpaceGuard(configuration.directory(), configuration.minimumFreeBytes()),
                        gate,
                        counters,
                        nanoClock)));
        gate.onRecovered();
        return new StandaloneHost(rings, gate, counters, agents, commands, events, runMark, recovered);
    }

    /** Where edges put commands. */
    public CommandIngress ingress() {
        return rings.ingress();
    }

    /** The events for a gateway, counted from 0. Each gateway must poll its own, or the pipeline stops. */
    public EventSource events(final int gateway) {
        return rings.egress().gatewayConsumer(gateway);
    }

    /** What is to run on threads. */
    public HostAgents agents() {
        return agents;
    }

    /** Whether new requests are taken, and why not. */
    public AdmissionGate admissionGate() {
        return gate;
    }

    /** What the pipeline counts. */
    public PipelineCounters counters() {
        return counters;
    }

    /** What recovery did. */
    public RecoveryReport recoveryReport() {
        return recovered.report();
    }

    /** Whether operators let a link carry messages. Only while no agent runs. */
    public boolean isLinkInService(final int linkId) {
        return recovered.engine().isLinkInService(linkId);
    }

    /** Hash over the engine's state. Only while no agent runs. */
    public long stateHash() {
        return recovered.engine().stateHash();
    }

    /**
     * Works off what is in the rings, makes it durable, and closes both journals. Agents and gateways must have been
     * stopped; what is answered now finds no gateway, and acquirers repeat.
     *
     * <p>After a failure nothing is touched any more: the process must end, and the next start recovers.
     */
    @Override
    public void close() {
        if (gate.reason() == AdmissionGate.Reason.FAILED) {
            return;
        }
        gate.onClosing();
        workOff();
        commands.close();
        events.close();
        runMark.clear();
    }

    private void workOff() {
        int workCount;
        do {
            workCount = work(agents.pipeline());
            workCount += agents.journalSync().map(StandaloneHost::work).orElse(0);
            workCount += work(agents.eventJournal());
            rings.egress().skipGateways();
        } while (workCount > 0);
    }

    private static int work(final Agent agent) {
        try {
            return agent.doWork();
        } catch (final Exception ex) {
            LangUtil.rethrowUnchecked(ex);
            return 0;
        }
    }

    private static Optional<Agent> newJournalSync(
            final PipelineConfiguration configuration,
            final Journal commands,
            final EgressRing egress,
            final PipelineCounters counters,
            final NanoClock nanoClock) {
        final boolean pipelineSyncs = configuration.durability() == Durability.SYNC && configuration.inlineSync();
        return pipelineSyncs
                ? Optional.empty()
                : Optional.of(new JournalSyncAgent(configuration, commands, egress, counters, nanoClock));
    }

    private static void checkPayloadLength(final String name, final Journal journal, final int needed) {
        if (journal.maximumPayloadLength() < needed) {
            throw new IllegalArgumentException(
                    name + ": maximumPayloadLength=" + journal.maximumPayloadLength() + " needed=" + needed);
        }
    }

    private static void createDirectory(final Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (final IOException ex) {
            throw new UncheckedIOException("cannot create " + directory, ex);
        }
    }
}
