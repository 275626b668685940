package io.turnout.simulators.acquirer;

import io.turnout.simulators.Connector;
import io.turnout.simulators.Counters;
import io.turnout.simulators.Simulator;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * A simulated acquirer. Driven by one thread; {@link #stop}, {@link #isDone} and {@link #results} may be called by any.
 *
 * <p>A payment is written to the log before it is sent. A missing answer is asked for with the same key on any session
 * until it comes or the time to give up passes; then the payment is reported as unanswered. A log that exists is
 * continued: every payment in it without a final answer is asked for again, and new payments get the numbers that
 * follow.
 */
public final class AcquirerClient implements Simulator {

    private static final int BEGIN_BATCH = 256;
    private static final int ASK_BATCH = 64;
    private static final long NO_ROOM_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int LATENCY_DIGITS = 3;

    private final AcquirerConfiguration configuration;
    private final Counters<AcquirerCounter> counters = new Counters<>(AcquirerCounter.class);
    private final SingleWriterRecorder recorder =
            new SingleWriterRecorder(AnswerDesk.LONGEST_LATENCY_NS, LATENCY_DIGITS);
    private final Histogram latency = new Histogram(AnswerDesk.LONGEST_LATENCY_NS, LATENCY_DIGITS);
    private final RequestEncoder encoder;
    private final PaymentPlan plan;
    private final PaymentSlots slots;
    private final AcquirerLog log;
    private final AcquirerSession[] sessions;
    private final AnswerDesk desk;
    private final Pacer pacer;

    private long nextNumber;
    private int nextSession;
    private volatile long startedNs;
    private volatile long elapsedNs;
    private volatile int openCount;
    private volatile boolean stopping;
    private volatile boolean done;

    private AcquirerClient(
            final AcquirerConfiguration configuration, final Connector connector, final LogHistory history) {
        this.configuration = configuration;
        encoder = new RequestEncoder(configuration.merchant());
        plan = new PaymentPlan(configuration, history.startedAtNs());
        slots = new PaymentSlots(configuration.load().capacity());
        log = new AcquirerLog(configuration.log());
        sessions = new AcquirerSession[configuration.session().connections()];
        desk = new AnswerDesk(configuration, plan, slots, log, sessions, counters, recorder);
        for (int i = 0; i < sessions.length; i++) {
            sessions[i] = new AcquirerSession(i, configuration, wired(connector), encoder, desk, counters);
        }
        pacer = new Pacer(configuration.load(), configuration.seed());
        nextNumber = history.nextNumber();
    }

    /**
     * Opens the log, reads back what stands in it, and makes the acquirer. Nothing is sent before the first
     * {@link #doWork}.
     *
     * @param connector leads to the switch
     * @param nowNs nanoseconds since the epoch; tells this run's keys from those of others
     * @throws io.turnout.simulators.lines.LineFormatException when the log is damaged or of another configuration
     */
    public static AcquirerClient open(
            final AcquirerConfiguration configuration, final Connector connector, final long nowNs) {
        final LogHistory history = LogHistory.read(configuration, nowNs);
        final AcquirerClient client = new AcquirerClient(configuration, connector, history);
        if (history.isNew()) {
            client.log.run(
                    PaymentPlan.fingerprint(configuration),
                    configuration.session().acquirerId(),
                    nowNs);
        }
        history.forEachOpen(client.desk::resume, nowNs);
        return client;
    }

    /** The connector, with a translation in between when the acquirer speaks ISO 8583. */
    private Connector wired(final Connector connector) {
        return configuration
                .session()
                .iso8583()
                .<Connector>map(form ->
                        session -> connector.connect(new IsoWire(session, form, plan, configuration.merchant())))
                .orElse(connector);
    }

    @Override
    public int doWork(final long nowNs) {
        if (done) {
            return 0;
        }
        int workCount = driveSessions(nowNs);
        workCount += askAgain(nowNs);
        workCount += begin(nowNs);
        workCount += log.flush();
        finish(nowNs);
        return workCount;
    }

    @Override
    public String name() {
        return configuration.name();
    }

    /** Begins no more payments; what is open is still brought to its end. */
    public void stop() {
        stopping = true;
    }

    /** Whether every payment has been begun and nothing is expected any more. */
    public boolean isDone() {
        return done;
    }

    /** What was done so far. */
    public AcquirerResults results() {
        final Histogram copy;
        synchronized (latency) {
            latency.add(recorder.getIntervalHistogram());
            copy = latency.copy();
        }
        return new AcquirerResults(name(), counters.snapshot(AcquirerCounter.class), openCount, done, elapsedNs, copy);
    }

    @Override
    public void close() {
        log.close();
    }

    private int driveSessions(final long nowNs) {
        int workCount = 0;
        for (final AcquirerSession session : sessions) {
            workCount += session.doWork(nowNs);
        }
        return workCount;
    }

    /** Sends again, or gives up, what is due. */
    private int askAgain(final long nowNs) {
        int workCount = 0;
        for (; workCount < ASK_BATCH; workCount++) {
            final int slot = desk.pollDue(nowNs);
            if (slot == PaymentSlots.NONE) {
                break;
            }
            if (nowNs >= slots.giveUpAtNs[slot]) {
                desk.giveUp(slot, nowNs);
                continue;
            }
            final AcquirerSession session = sessionWithRoom();
            if (session == null) {
                desk.postpone(slot, nowNs + NO_ROOM_PAUSE_NS);
                continue;
            }
            if (slots.phase(slot) == Phase.FOLLOW_UP_DUE) {
                followUp(slot, session, nowNs);
            } else {
                ask(slot, session, nowNs);
            }
        }
        return workCount;
    }

    /** Begins the next step of a chain, if there is a slot for it. */
    private void followUp(final int slot, final AcquirerSession session, final long nowNs) {
        final long number = slots.numbers[slot] + PaymentPlan.STEP;
        plan.make(number);
        final int next = slots.acquire(number, plan.reference);
        if (next == PaymentSlots.NONE) {
            desk.postpone(slot, nowNs + NO_ROOM_PAUSE_NS);
            return;
        }
        slots.originalCreatedAtNs[next] =
                plan.originalNumber == slots.numbers[slot] ? slots.createdAtNs[slot] : slots.originalCreatedAtNs[slot];
        slots.phase(slot, Phase.DONE);
        counters.increment(AcquirerCounter.FOLLOW_UPS);
        begin(next, session, nowNs, nowNs);
    }

    private void ask(final int slot, final AcquirerSession session, final long nowNs) {
        final Phase phase = slots.phase(slot);
        plan.make(slots.numbers[slot]);
        if (phase == Phase.AWAITING_REVERSAL && slots.reversalCreatedAtNs[slot] == 0) {
            slots.reversalCreatedAtNs[slot] = nowNs;
            log.reversalSent(plan, slots.createdAtNs[slot], nowNs);
        }
        final int length =
                switch (phase) {
                    case AWAITING_REVERSAL ->
                        encoder.reversal(plan, slots.createdAtNs[slot], slots.reversalCreatedAtNs[slot]);
                    case AWAITING_EARLY_REVERSAL ->
                        encoder.reversal(plan, slots.createdAtNs[slot], slots.createdAtNs[slot]);
                    case AWAITING_STATUS -> encoder.status(plan, slots.createdAtNs[slot]);
                    case AWAITING_REFUSAL -> request(slot, 1);
                    default -> request(slot, 0);
                };
        if (slots.attempts[slot] > 0) {
            counters.increment(AcquirerCounter.RETRIES);
        }
        send(slot, session, length, nowNs);
    }

    /** Begins the payments that are due. */
    private int begin(final long nowNs) {
        int workCount = 0;
        while (workCount < BEGIN_BATCH && !allBegun(nowNs)) {
            final AcquirerSession session = sessionWithRoom();
            if (session == null) {
                break;
            }
            startPacer(nowNs);
            final long dueNs = pacer.dueNs(nowNs);
            if (dueNs > nowNs) {
                break;
            }
            plan.make(nextNumber);
            final int slot = slots.acquire(nextNumber, plan.reference);
            if (slot == PaymentSlots.NONE) {
                counters.increment(AcquirerCounter.TABLE_FULL);
                break;
            }
            nextNumber++;
            pacer.take();
            begin(slot, session, dueNs, nowNs);
            workCount++;
        }
        return workCount;
    }

    private void begin(final int slot, final AcquirerSession session, final long dueNs, final long nowNs) {
        counters.increment(AcquirerCounter.PAYMENTS);
        slots.createdAtNs[slot] = nowNs;
        slots.intendedAtNs[slot] = dueNs;
        slots.giveUpAtNs[slot] = nowNs + configuration.retries().giveUpNs();
        log.sent(plan, nowNs, slots.originalCreatedAtNs[slot], dueNs);
        if (plan.fault == Fault.REVERSED_FIRST) {
            slots.phase(slot, Phase.AWAITING_EARLY_REVERSAL);
            send(slot, session, encoder.reversal(plan, nowNs, nowNs), nowNs);
            return;
        }
        final int length = request(slot, 0);
        if (plan.repeatedConcurrently) {
            session.send(length, nowNs);
        }
        send(slot, session, length, nowNs);
    }

    /** Encodes the payment or follow-up that was made last. */
    private int request(final int slot, final long surchargeMinor) {
        return encoder.request(plan, slots.createdAtNs[slot], slots.originalCreatedAtNs[slot], surchargeMinor);
    }

    private void startPacer(final long nowNs) {
        if (startedNs == 0) {
            startedNs = nowNs;
            pacer.start(nowNs);
        }
    }

    private boolean allBegun(final long nowNs) {
        return stopping || nextNumber >= configuration.load().payments() || pacer.ended(nowNs);
    }

    private void finish(final long nowNs) {
        openCount = slots.openCount();
        if (startedNs != 0) {
            elapsedNs = nowNs - startedNs;
        }
        if (allBegun(nowNs) && slots.openCount() == 0) {
            for (final AcquirerSession session : sessions) {
                session.end(nowNs);
            }
            done = true;
        }
    }

    /** The next session with room, in turn, or null. */
    private AcquirerSession sessionWithRoom() {
        for (int i = 0; i < sessions.length; i++) {
            final AcquirerSession session = sessions[(nextSession + i) % sessions.length];
            if (session.hasRoom()) {
                return session;
            }
        }
        return null;
    }

    /** Sends the frame last encoded, and lets the next request go to the next session. */
    private void send(final int slot, final AcquirerSession session, final int length, final long nowNs) {
        nextSession = session.index() + 1;
        desk.sent(slot, session, session.sendRequest(length, nowNs), nowNs);
    }
}
