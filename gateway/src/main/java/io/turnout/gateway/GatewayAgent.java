package io.turnout.gateway;

import io.turnout.core.ports.EventSource;
import io.turnout.gateway.acquirer.AcquirerEdge;
import io.turnout.gateway.acquirer.iso.IsoAcquirerConfiguration;
import io.turnout.gateway.acquirer.iso.IsoAcquirerEdge;
import io.turnout.gateway.acquirer.iso.UnansweredMessages;
import io.turnout.gateway.admin.AdminEdge;
import io.turnout.gateway.admin.AdminEdgeConfiguration;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.ingress.CommandPublisher;
import io.turnout.gateway.issuer.IssuerEdge;
import io.turnout.gateway.issuer.IssuerListener;
import io.turnout.gateway.issuer.UndecodableMessages;
import io.turnout.gateway.net.ConnectionHandler;
import io.turnout.gateway.net.Listener;
import io.turnout.gateway.net.NetLoop;
import io.turnout.gateway.net.TlsEndpoint;
import io.turnout.gateway.vault.CardVault;
import io.turnout.gateway.vault.KeyMaterial;
import io.turnout.gateway.vault.SensitiveDataSlots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;

/**
 * One gateway: its sockets, sessions, links, vault and sensitive data, on one thread.
 *
 * <p>An exception out of {@link #doWork} is a broken invariant and must stop the node.
 */
public final class GatewayAgent implements Agent {

    private static final int EVENT_LIMIT = 256;

    /** Stands for the operators' edge of a gateway without one; nobody can connect to it. */
    private static final AdminEdgeConfiguration NO_OPERATORS =
            new AdminEdgeConfiguration(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1, 1, 1, List.of());

    private final GatewayConfiguration configuration;
    private final EpochNanoClock clock;
    private final EventSource events;
    private final GatewayCounters counters;
    private final SensitiveDataSlots slots;
    private final CommandPublisher commands;
    private final NetLoop netLoop;
    private final AcquirerEdge acquirers;
    private final IsoAcquirerEdge isoAcquirers;
    private final IssuerEdge issuers;
    private final AdminEdge admin;
    private final OutputDispatcher dispatcher;
    private final Listener listener;
    private final Map<Long, Listener> isoListeners = new LinkedHashMap<>();
    private final Optional<Listener> adminListener;

    private long lastTickNs;
    private boolean stopped;
    private volatile boolean stopRequested;
    private volatile boolean quiet;

    /**
     * Binds the addresses of acquirers, operators and issuers that connect; nothing is accepted or connected before the
     * first {@link #doWork}.
     *
     * @param configuration of the gateway
     * @param keys of its vault
     * @param incarnation random number of this run; the same that HostStarted brings to the engine
     * @param ports what the gateway is connected to
     * @throws UncheckedIOException when an address cannot be bound
     */
    public GatewayAgent(
            final GatewayConfiguration configuration,
            final KeyMaterial keys,
            final long incarnation,
            final GatewayPorts ports) {
        this.configuration = configuration;
        this.clock = ports.clock();
        this.events = ports.events();
        this.counters = ports.counters();
        final int gatewayId = configuration.gatewayId();
        final CardVault vault = new CardVault(keys, gatewayId, incarnation);
        this.slots = new SensitiveDataSlots(
                configuration.sensitiveDataSlots(), configuration.sensitiveDataTimeToLiveNs(), incarnation);
        this.commands = new CommandPublisher(gatewayId, incarnation, ports.ingress(), counters);
        this.netLoop = new NetLoop(clock, configuration.outputLimitBytes(), new TlsCounters(counters));
        this.acquirers =
                new AcquirerEdge(configuration.acquirerEdge(), vault, slots, commands, ports.admission(), counters);
        this.isoAcquirers = new IsoAcquirerEdge(
                configuration.isoAcquirers(), vault, slots, commands, ports.admission(), counters, ports.security());
        this.issuers = new IssuerEdge(
                configuration.issuerLinks(),
                vault,
                slots,
                commands,
                netLoop::connect,
                incarnation,
                counters,
                ports.security());
        this.admin = new AdminEdge(
                configuration.adminEdge().orElse(NO_OPERATORS), vault, commands, issuers, incarnation, counters);
        this.dispatcher = new OutputDispatcher(gatewayId, acquirers, isoAcquirers, issuers, admin, slots, counters);
        this.listener = listen(
                configuration.acquirerEdge().address(),
                configuration.acquirerEdge().maximumConnections(),
                configuration.acquirerEdge().tls(),
                acquirers::newSession);
        configuration.isoAcquirers().forEach(this::listen);
        this.adminListener = configuration
                .adminEdge()
                .map(edge -> listen(edge.address(), edge.maximumConnections(), edge.tls(), admin::newSession));
        issuers.listeners().forEach(this::listen);
    }

    @Override
    public int doWork() {
        final long nowNs = clock.nanoTime();
        int workCount = commands.flushDeferred();
        workCount += pollEvents(nowNs);
        workCount += netLoop.poll(0);
        workCount += tick(nowNs);
        observeCycle(nowNs);
        return workCount;
    }

    @Override
    public void onClose() {
        netLoop.close();
    }

    @Override
    public String roleName() {
        return "gateway-" + configuration.gatewayId();
    }

    /** The port acquirers connect to. Safe for any thread. */
    public int port() {
        return listener.port();
    }

    /** The port an acquirer of ISO 8583 connects to; empty when it has none. Safe for any thread. */
    public OptionalInt isoPort(final long acquirerId) {
        final Listener isoListener = isoListeners.get(acquirerId);
        return isoListener == null ? OptionalInt.empty() : OptionalInt.of(isoListener.port());
    }

    /** The port operators connect to; empty when there is none. Safe for any thread. */
    public OptionalInt adminPort() {
        return adminListener.isPresent() ? OptionalInt.of(adminListener.get().port()) : OptionalInt.empty();
    }

    /**
     * Asks the gateway to log its sessions out and sign its links off. Safe for any thread; {@link #isQuiet} tells when
     * it is done.
     */
    public void stop() {
        stopRequested = true;
    }

    /** Whether everything is closed after {@link #stop}. Safe for any thread. */
    public boolean isQuiet() {
        return quiet;
    }

    /** The last messages of acquirers that could not be answered. Safe for any thread. */
    public UnansweredMessages unansweredMessages() {
        return isoAcquirers.unanswered();
    }

    /** The last messages of issuers that nobody understood. Safe for any thread. */
    public UndecodableMessages undecodableMessages() {
        return issuers.undecodable();
    }

    /** Each event defers at most one command, so that the deferred queue never exceeds its bound. */
    private int pollEvents(final long nowNs) {
        return commands.canDefer(EVENT_LIMIT) ? dispatcher.poll(events, EVENT_LIMIT, nowNs) : 0;
    }

    private int tick(final long nowNs) {
        final long sinceTickNs = nowNs - lastTickNs;
        if (sinceTickNs >= 0 && sinceTickNs < configuration.tickIntervalNs()) {
            return 0;
        }
        lastTickNs = nowNs;
        if (stopRequested) {
            onStopRequested(nowNs);
        }
        acquirers.onTick(nowNs);
        isoAcquirers.onTick(nowNs);
        admin.onTick(nowNs);
        issuers.onTick(nowNs);
        counters.add(GatewayCounter.SLOTS_EXPIRED, slots.expire(nowNs));
        counters.set(GatewayCounter.SLOTS_USED, slots.usedCount());
        return 0;
    }

    private void onStopRequested(final long nowNs) {
        if (!stopped) {
            stopped = true;
            listener.close();
            isoListeners.values().forEach(Listener::close);
            adminListener.ifPresent(Listener::close);
            acquirers.onStopping();
            isoAcquirers.onStopping(nowNs);
            admin.onStopping();
            issuers.onStopping(nowNs);
        }
        final boolean hasSessions = acquirers.sessionCount() + isoAcquirers.sessionCount() != 0;
        quiet = !hasSessions && issuers.isStopped() && netLoop.connectionCount() == 0;
    }

    private void observeCycle(final long startNs) {
        final long cycleNs = clock.nanoTime() - startNs;
        counters.proposeMaximum(GatewayCounter.LONGEST_CYCLE_NS, cycleNs);
        counters.add(GatewayCounter.STALLS, cycleNs >= configuration.stallNs() ? 1 : 0);
    }

    private void listen(final IssuerListener door) {
        door.listening(listen(door.address(), door.connectionLimit(), door.tls(), door::newConnection));
    }

    private void listen(final IsoAcquirerConfiguration acquirer) {
        final long acquirerId = acquirer.acquirerId();
        isoListeners.put(
                acquirerId,
                listen(
                        acquirer.address(),
                        acquirer.maximumSessions(),
                        acquirer.tls(),
                        () -> isoAcquirers.newSession(acquirerId)));
    }

    private Listener listen(
            final InetSocketAddress address,
            final int maximumConnections,
            final Optional<TlsEndpoint> tls,
            final Supplier<? extends ConnectionHandler> sessions) {
        try {
            return netLoop.listen(address, maximumConnections, tls, sessions);
        } catch (final IOException e) {
            netLoop.close();
            throw new UncheckedIOException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }
}
