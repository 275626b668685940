package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.LinkService;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.core.ports.EventSink;
import org.agrona.DirectBuffer;

/**
 * The deterministic state machine. Used by one thread. Allocates nothing after construction, except while a snapshot is
 * written or a hash is taken.
 *
 * <p>Every exception means that an invariant is broken or that the engine is too small: the node must stop.
 */
public final class SwitchEngine {

    /** The most events one command can cause. */
    public static final int MAXIMUM_EVENTS_PER_COMMAND = 50;

    /** The longest event in bytes, with its SBE header. */
    public static final int MAXIMUM_EVENT_LENGTH = EventPublisher.MAXIMUM_LENGTH;

    /** The longest snapshot record in bytes, with its SBE header. */
    public static final int MAXIMUM_SNAPSHOT_RECORD_LENGTH = SnapshotWriter.MAXIMUM_LENGTH;

    private final EngineState state;
    private final ConfigurationAdapter configurationAdapter;
    private final CommandAdapter commandAdapter;
    private final LedgerFlows ledger;
    private final DueWork dueWork;

    /** The state's hash takes long, and is asked for more than once between two commands. */
    private long knownHash;

    private long snapshotHash;
    private int snapshotVersion;

    private boolean isHashKnown;

    /**
     * An engine that has seen no command.
     *
     * @param capacity allocated here, once
     * @param sink takes the events
     */
    public SwitchEngine(final EngineCapacity capacity, final EventSink sink) {
        state = new EngineState(capacity, sink);
        final PaymentFields paymentFields = new PaymentFields(new OriginalReference(state));
        final PaymentEvents paymentEvents = new PaymentEvents(state.publisher(), paymentFields);
        final AdviceEvents adviceEvents = new AdviceEvents(state.publisher(), paymentFields);
        final ReversalEvents reversalEvents = new ReversalEvents(state.publisher(), paymentFields);
        final AdjustmentEvents adjustmentEvents = new AdjustmentEvents(state.publisher());
        final HostEvents hostEvents = new HostEvents(state.publisher());
        final TraceNumbers traceNumbers = new TraceNumbers(state);
        final IssuerHealth health = new IssuerHealth(state);
        final FollowUps followUps = new FollowUps(state, adjustmentEvents);
        final ReconciliationEvents reconciliationEvents = new ReconciliationEvents(state);
        final ReconciliationFlow reconciliation =
                new ReconciliationFlow(state, traceNumbers, reconciliationEvents, hostEvents);
        ledger = new LedgerFlows(state, reconciliation);
        final PaymentTotals totals = new PaymentTotals(state, reconciliationEvents);
        final PaymentEffects effects = new PaymentEffects(state, followUps, ledger.payments(), totals);
        final StoreAndForward storeAndForward = new StoreAndForward(
                state, traceNumbers, effects, new ForwardEvents(adviceEvents, reversalEvents, paymentEvents));
        final RequestRouting routing =
                new RequestRouting(state, traceNumbers, health, storeAndForward, effects, paymentEvents);
        final IssuerFlow issuerFlow =
                new IssuerFlow(state, health, storeAndForward, effects, paymentEvents, hostEvents);
        final LinkFlow linkFlow = new LinkFlow(state, health, hostEvents);
        final ManualReview manualReview =
                new ManualReview(state, storeAndForward, effects, adjustmentEvents, hostEvents);
        configurationAdapter = new ConfigurationAdapter(new ConfigurationFlow(state, linkFlow, hostEvents));
        final Operations operations = new Operations(state, manualReview, ledger, configurationAdapter, hostEvents);
        commandAdapter = new CommandAdapter(
                new PaymentFlow(state, routing, paymentEvents),
                new FollowUpFlow(state, routing, followUps, effects, paymentEvents),
                new AcquirerReversalFlow(state, storeAndForward, paymentEvents, reversalEvents),
                new IssuerFlows(issuerFlow, storeAndForward, reconciliation),
                linkFlow,
                operations,
                hostEvents);
        dueWork = new DueWork(
                state,
                issuerFlow,
                storeAndForward,
                followUps,
                operations.flow(),
                operations.linkService(),
                ledger,
                reconciliation);
    }

    /** Whether {@link #restore} takes snapshots whose records are of a schema version. */
    public static boolean canRestore(final int schemaVersion) {
        return SnapshotTemplates.isExact(schemaVersion);
    }

    /**
     * An engine in the state a snapshot describes. Capacities may differ from those of the engine that wrote it.
     *
     * @throws SnapshotException when the snapshot is not exactly what {@link #writeSnapshot} wrote
     * @throws EngineCapacityException when the state does not fit the capacity
     */
    public static SwitchEngine restore(
            final EngineCapacity capacity, final EventSink sink, final SnapshotSource source) {
        final SwitchEngine engine = new SwitchEngine(capacity, sink);
        final SnapshotReader reader = new SnapshotReader(capacity, engine.state, engine.configurationAdapter);
        source.read(reader);
        if (!reader.isComplete()) {
            throw new SnapshotException(SnapshotException.Problem.INCOMPLETE, "no end marker");
        }
        engine.snapshotHash = reader.stateHash();
        engine.snapshotVersion = reader.version();
        return engine;
    }

    /**
     * Applies one command: {@link #MAXIMUM_EVENTS_PER_COMMAND} events at most go to the sink before it returns.
     *
     * @param sequence of the command: one more than {@link #commandSequence()}, or any from 1 for the first one
     * @param timestampNs of the host, nanoseconds since the epoch; one that lies before {@link #timeNs()} counts as
     *     that
     * @param buffer SBE header and message of schema {@code engine}; read before the method returns, never kept
     * @param offset of the SBE header
     * @param length bytes; 0 in the place of a command that was lost: it is counted, and nothing happens
     */
    public void onCommand(
            final long sequence,
            final long timestampNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        state.publisher().command(sequence);
        isHashKnown = false;
        if (length == 0) {
            return;
        }
        state.time().advance(timestampNs);
        ledger.expire();
        commandAdapter.onCommand(buffer, offset, length);
        dueWork.run();
        ledger.tellCaps();
        ledger.requireBalanced();
    }

    /**
     * When the engine next has something to do by itself: a {@code ClockTick} command is due when this is not after the
     * host's clock. {@link Long#MAX_VALUE} when there is nothing.
     */
    public long nextDeadlineNs() {
        return dueWork.nextNs();
    }

    /** Sequence of the last command applied; 0 before the first. */
    public long commandSequence() {
        return state.publisher().commandSequence();
    }

    /** Sequence of the last event published; 0 before the first. */
    public long eventSequence() {
        return state.publisher().eventSequence();
    }

    /** Engine time in nanoseconds since the epoch: the highest command timestamp so far. */
    public long timeNs() {
        return state.time().nowNs();
    }

    /** Hash that names the configuration in force; 0 while there is none. */
    public long configurationHash() {
        return state.configurations().active().hash();
    }

    /** Whether the configuration in force says that a dangerous operation needs two operators. */
    public boolean isDualControl() {
        return state.configurations().active().isDual();
    }

    /** Hands out the commands that brought the configuration in force, in order; nothing while there is none. */
    public void writeConfiguration(final SnapshotSink configurationSink) {
        final CommandLog commands = state.configurations().active().commands();
        for (int at = 0; at < commands.length(); at += commands.lengthAt(at)) {
            configurationSink.onRecord(commands.buffer(), at, commands.lengthAt(at));
        }
    }

    /** Payments remembered, in any state. */
    public int paymentCount() {
        return state.payments().count();
    }

    /** Payments whose issuer has been asked and has not answered yet. */
    public int pendingCount() {
        return state.lifecycle().count(PaymentState.PENDING);
    }

    /** Payments with a reversal on its way to the issuer. */
    public int reversingCount() {
        return state.lifecycle().count(PaymentState.REVERSING);
    }

    /** Approved payments whose issuer has not taken the advice yet. */
    public int advisingCount() {
        return state.lifecycle().count(PaymentState.ADVISING);
    }

    /** Approved payments past the horizon that can still be followed up. */
    public int originalCount() {
        return state.originals().count();
    }

    /** Payments whose advice or reversal an operator must decide on. */
    public int manualReviewCount() {
        return state.lifecycle().count(PaymentState.MANUAL_REVIEW);
    }

    /** Whether operators let a link carry messages. */
    public boolean isLinkInService(final int linkId) {
        final Link link = state.network().link(linkId);
        return link == null || link.service() == LinkService.IN_SERVICE;
    }

    /** Hash over everything that decides about later events; independent of how the tables lie in memory. */
    public long stateHash() {
        if (!isHashKnown) {
            final StateHash hash = new StateHash(CommandTemplates.VERSION);
            new SnapshotWriter(state, hash).writeState();
            knowHash(hash.value());
        }
        return knownHash;
    }

    /** Schema version of the snapshot from which this engine was restored; 0 when it was not restored. */
    public int snapshotVersion() {
        return snapshotVersion;
    }

    /**
     * Hash that the snapshot states from which this engine was restored, equal to that of its records; 0 when it was
     * not restored. Of a snapshot of today's schema version it is the {@link #stateHash()} until the next command.
     */
    public long snapshotHash() {
        return snapshotHash;
    }

    /** Writes the whole state, ending with an end marker. Not part of any command; changes nothing. */
    public void writeSnapshot(final SnapshotSink snapshotSink) {
        final StateHash hash = new StateHash(snapshotSink);
        new SnapshotWriter(state, hash).writeState();
        new SnapshotWriter(state, snapshotSink).writeEnd(hash.value(), hash.records());
        knowHash(hash.value());
    }

    private void knowHash(final long hash) {
        knownHash = hash;
        isHashKnown = true;
    }
}
