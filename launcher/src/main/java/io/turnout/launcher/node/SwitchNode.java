package io.turnout.launcher.node;

import io.turnout.core.pipeline.HostConfiguration;
import io.turnout.core.pipeline.HostEnvironment;
import io.turnout.core.pipeline.PipelineConfiguration;
import io.turnout.core.pipeline.RecoveryReport;
import io.turnout.core.pipeline.StandaloneHost;
import io.turnout.gateway.GatewayAgent;
import io.turnout.gateway.GatewayPorts;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.security.KeyChangeRecord;
import io.turnout.gateway.vault.KeyMaterial;
import io.turnout.journal.Journal;
import io.turnout.journal.chronicle.ChronicleJournal;
import io.turnout.journal.chronicle.ChronicleJournalConfiguration;
import io.turnout.journal.file.FileJournal;
import io.turnout.journal.file.FileJournalConfiguration;
import io.turnout.launcher.settings.Layout;
import io.turnout.launcher.settings.SwitchSettings;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.OffsetEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

/** One running switch: journals, host, gateway and threads, put together as the configuration says. */
public final class SwitchNode implements AutoCloseable {
    static final int GATEWAY_ID = 1;
    private static final int COUNTERS = 512;
    private static final long BACKGROUND_SYNC_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long QUIET_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(3);
    private static final long QUIET_POLL_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final SwitchSettings settings;
    private final KeyMaterial keys;
    private final SecurityParts security;
    private final StandaloneHost host;
    private final GatewayAgent gateway;
    private final GatewayCounters gatewayCounters;
    private final NodeTls tls;
    private final SwitchThreads threads;
    private boolean closed;

    private SwitchNode(
            final SwitchSettings settings,
            final KeyMaterial keys,
            final SecurityParts security,
            final StandaloneHost host,
            final GatewayAgent gateway,
            final GatewayCounters gatewayCounters,
            final NodeTls tls,
            final SwitchThreads threads) {
        this.settings = settings;
        this.keys = keys;
        this.security = security;
        this.host = host;
        this.gateway = gateway;
        this.gatewayCounters = gatewayCounters;
        this.tls = tls;
        this.threads = threads;
    }

    /**
     * Recovers what the last run left, and starts.
     *
     * @throws io.turnout.journal.DirectoryLockedException when another switch runs on the data directory
     * @throws io.turnout.journal.JournalCorruptException when a journal is damaged
     * @throws io.turnout.core.pipeline.RecoveryException when the journals do not fit together
     */
    public static SwitchNode start(final SwitchSettings settings, final NodeEnvironment environment) {
        final Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            return start(settings, environment, opened);
        } catch (final RuntimeException exception) {
            CloseHelper.quietCloseAll(opened);
            throw exception;
        }
    }

    /** What is opened is pushed, so that a start that fails closes the last thing first. */
    private static SwitchNode start(
            final SwitchSettings settings, final NodeEnvironment environment, final Deque<AutoCloseable> opened) {
        final KeyMaterial keys = GatewayParts.keys(settings);
        final SecurityParts security = SecurityParts.start(settings);
        opened.push(security);
        final NodeTls tls = NodeTls.open(settings.tls());
        opened.push(tls);
        final EpochNanoClock clock = new OffsetEpochNanoClock();
        final CountersManager counters = counters();
        final long incarnation = new SecureRandom().nextLong();
        final StandaloneHost host = recover(settings, environment, clock, counters, incarnation);
        opened.push(host);
        final GatewayCounters gatewayCounters = new GatewayCounters(counters);
        final GatewayAgent gateway = new GatewayAgent(
                GatewayParts.configuration(settings, GATEWAY_ID, host::isLinkInService, tls),
                keys,
                incarnation,
                new GatewayPorts(
                        host.ingress(),
                        host.events(0),
                        () -> host.admissionGate().isOpen(),
                        clock,
                        gatewayCounters,
                        security.gateway(gatewayCounters)));
        final Agent wired =
                environment.wiring().gateway(gateway, () -> gatewayCounters.get(GatewayCounter.ISSUER_REQUESTS_SENT));
        final TlsWatch watch = new TlsWatch(tls.all(), clock, gatewayCounters, environment.notices());
        final SwitchThreads threads = SwitchThreads.start(
                settings.layout(), settings.idle(), wired, host.agents(), watch, error -> environment
                        .failureHandler()
                        .onFailure("gateway", error));
        return new SwitchNode(settings, keys, security, host, gateway, gatewayCounters, tls, threads);
    }

    /** The port acquirers connect to. */
    public int acquirerPort() {
        return gateway.port();
    }

    /** The port an acquirer of ISO 8583 connects to; empty when it has none. */
    public OptionalInt isoAcquirerPort(final long acquirerId) {
        return gateway.isoPort(acquirerId);
    }

    /** The port operators connect to; empty when there are none. */
    public OptionalInt adminPort() {
        return gateway.adminPort();
    }

    /** Links to issuers that may carry payments now. */
    public long signedOnLinks() {
        return gatewayCounters.get(GatewayCounter.LINKS_SIGNED_ON);
    }

    /** What the gateway has counted so far. Safe for any thread. */
    public long count(final GatewayCounter counter) {
        return gatewayCounters.get(counter);
    }

    /** The last changes of keys, oldest first. Safe for any thread. */
    public List<KeyChangeRecord> keyChanges() {
        return security.changes();
    }

    /** What the recovery before this run did. */
    public RecoveryReport recoveryReport() {
        return host.recoveryReport();
    }

    /** What an operator should know, one sentence each. */
    public List<String> warnings() {
        return keys.warnings();
    }

    /**
     * Logs sessions out, signs links off, works off what is in the rings, and closes the journals in good order; once.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        gateway.stop();
        final long startNs = System.nanoTime();
        while (!gateway.isQuiet() && System.nanoTime() - startNs < QUIET_TIMEOUT_NS) {
            LockSupport.parkNanos(QUIET_POLL_NS);
        }
        threads.close();
        tls.close();
        host.close();
        security.close();
    }

    @Override
    public String toString() {
        return "SwitchNode[" + settings.dataDirectory() + "]";
    }

    private static StandaloneHost recover(
            final SwitchSettings settings,
            final NodeEnvironment environment,
            final EpochNanoClock clock,
            final CountersManager counters,
            final long incarnation) {
        final DataDirectory directory = new DataDirectory(settings.dataDirectory());
        final Wiring wiring = environment.wiring();
        Journal commands = null;
        Journal events = null;
        try {
            commands = wiring.commandJournal(FileJournal.open(new FileJournalConfiguration(
                    directory.commands(),
                    (int) settings.journal().segmentSizeBytes(),
                    FileJournalConfiguration.DEFAULT_BUFFER_LENGTH_BYTES,
                    FileJournalConfiguration.DEFAULT_MAXIMUM_PAYLOAD_LENGTH_BYTES,
                    FileJournalConfiguration.DEFAULT_PREPARE_SLICE_BYTES)));
            // Half of the reserve: admission must have stopped long before the event journal refuses to go on.
            events = wiring.eventJournal(ChronicleJournal.open(new ChronicleJournalConfiguration(
                    directory.events(),
                    ChronicleJournalConfiguration.DEFAULT_BLOCK_SIZE_BYTES,
                    ChronicleJournalConfiguration.DEFAULT_MAXIMUM_PAYLOAD_LENGTH_BYTES,
                    Math.max(
                            ChronicleJournalConfiguration.MINIMUM_RESERVED_BYTES,
                            settings.journal().freeSpaceReserveBytes() / 2))));
            final HostConfiguration configuration = new HostConfiguration(
                    Capacities.of(settings),
                    pipeline(settings),
                    directory.host(),
                    1,
                    incarnation,
                    ConfigurationEncoder.encode(settings, GATEWAY_ID),
                    settings.journal().freeSpaceReserveBytes());
            final HostEnvironment hostEnvironment = new HostEnvironment(
                    clock, SystemNanoClock.INSTANCE, counters, environment.failureHandler(), environment.progress());
            return StandaloneHost.recover(configuration, hostEnvironment, commands, events);
        } catch (final RuntimeException exception) {
            CloseHelper.quietCloseAll(events, commands);
            throw exception;
        }
    }

    private static PipelineConfiguration pipeline(final SwitchSettings settings) {
        return new PipelineConfiguration(
                settings.durability(),
                settings.layout() == Layout.FUSED,
                settings.pipeline().ingressCapacity(),
                PipelineConfiguration.MINIMUM_COMMAND_LENGTH_BYTES,
                settings.pipeline().egressCapacity(),
                settings.pipeline().batchLimit(),
                BACKGROUND_SYNC_NS,
                BACKGROUND_SYNC_NS);
    }

    private static CountersManager counters() {
        return new CountersManager(
                new UnsafeBuffer(ByteBuffer.allocateDirect(COUNTERS * CountersReader.METADATA_LENGTH)),
                new UnsafeBuffer(ByteBuffer.allocateDirect(COUNTERS * CountersReader.COUNTER_LENGTH)));
    }
}
