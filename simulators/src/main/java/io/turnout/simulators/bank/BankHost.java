package io.turnout.simulators.bank;

import io.turnout.gateway.net.IsoFrameFormat;
import io.turnout.simulators.Acceptor;
import io.turnout.simulators.Counters;
import io.turnout.simulators.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * A simulated bank. Driven by one thread; {@link #rules}, {@link #stopAbruptly}, {@link #restart} and {@link #results}
 * may be called by any, and take effect with its next duty cycle.
 *
 * <p>The bank posts a message when it arrives and answers later; its books reach the operating system before any answer
 * does. It keeps its books when it is stopped, as a bank does, and reads them back when it is opened again.
 */
public final class BankHost implements Simulator {

    private static final int DELIVERY_BATCH = 512;
    private static final long RESET_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long TRICKLE_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LISTEN_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final BankConfiguration configuration;
    private final Acceptor acceptor;
    private final Optional<Acceptor> answers;
    private final BankBooks books;
    private final IsoFrameFormat format;
    private final BankScript script;
    private final PendingAnswers pending;
    private final BankDesk desk;
    private final Counters<BankCounter> counters = new Counters<>(BankCounter.class);
    private final List<BankConnection> connections = new ArrayList<>();

    private final BankConnection.Handler events = new ConnectionEvents();

    private Acceptor.OpenDoor door;
    private Optional<Acceptor.OpenDoor> answerDoor = Optional.empty();
    private long listenAtNs;
    private volatile List<BankRule> rules;
    private volatile boolean wanted = true;
    private volatile boolean listening = true;
    private volatile int port;

    private BankHost(final BankConfiguration configuration, final Acceptor acceptor, final Optional<Acceptor> answers) {
        this.configuration = configuration;
        this.acceptor = acceptor;
        this.answers = answers;
        this.rules = configuration.rules();
        format = new IsoFrameFormat(configuration.framing());
        script = new BankScript(configuration.dialect().responseCodes(), configuration.seed());
        pending = new PendingAnswers(configuration.pendingCapacity());
        books = BankBooks.open(configuration.books(), configuration.booksCapacity());
        script.rules(rules);
        desk = new BankDesk(configuration, books, script, pending, counters);
    }

    /**
     * Opens the books, reads back what stands in them, and starts to listen.
     *
     * @throws UncheckedIOException when the address cannot be bound or the books cannot be opened
     * @throws io.turnout.simulators.lines.LineFormatException when the books are damaged
     */
    public static BankHost open(final BankConfiguration configuration, final Acceptor acceptor) {
        return open(configuration, acceptor, Optional.empty());
    }

    /**
     * As {@link #open(BankConfiguration, Acceptor)}, for a bank that has a connection for each direction.
     *
     * @param answers opens the connections on which all answers leave
     */
    public static BankHost open(
            final BankConfiguration configuration, final Acceptor acceptor, final Optional<Acceptor> answers) {
        final BankHost bank = new BankHost(configuration, acceptor, answers);
        try {
            bank.listen();
        } catch (final IOException e) {
            bank.books.close();
            throw new UncheckedIOException("cannot listen at " + configuration.address(), e);
        }
        return bank;
    }

    @Override
    public int doWork(final long nowNs) {
        script.rules(rules);
        int workCount = openOrShut(nowNs);
        workCount += dial(nowNs);
        workCount += books.flush();
        workCount += deliver(nowNs);
        return workCount;
    }

    @Override
    public String name() {
        return configuration.name();
    }

    /** The port the bank listens at. */
    public int port() {
        return port;
    }

    /** Replaces the script. */
    public void rules(final List<BankRule> newRules) {
        rules = List.copyOf(newRules);
    }

    /** Stops listening, resets all connections and forgets the answers not yet sent; the books stay. */
    public void stopAbruptly() {
        wanted = false;
    }

    /** Listens again, at the same port. */
    public void restart() {
        wanted = true;
    }

    /** Whether the bank takes connections now. */
    public boolean isListening() {
        return listening;
    }

    /** What was done so far. */
    public BankResults results() {
        return new BankResults(name(), listening, counters.snapshot(BankCounter.class));
    }

    /** The bank's books. By the thread that drives the bank only; others read the file. */
    public BankBooks books() {
        return books;
    }

    @Override
    public void close() {
        shut();
        books.close();
    }

    private int openOrShut(final long nowNs) {
        if (wanted == (door != null) || nowNs < listenAtNs) {
            return 0;
        }
        if (!wanted) {
            shut();
            return 1;
        }
        try {
            listen();
        } catch (final IOException e) {
            counters.increment(BankCounter.LISTEN_FAILURES);
            listenAtNs = nowNs + LISTEN_PAUSE_NS;
        }
        return 1;
    }

    private void listen() throws IOException {
        door = acceptor.open(() -> new BankConnection(format, events, false));
        if (answers.isPresent()) {
            answerDoor = Optional.of(answers.get().open(() -> new BankConnection(format, events, true)));
        }
        port = door.port();
        listening = true;
    }

    private int dial(final long nowNs) {
        final int dialled = door == null ? 0 : door.doWork(nowNs);
        return answerDoor.isEmpty() ? dialled : dialled + answerDoor.get().doWork(nowNs);
    }

    private void shut() {
        answerDoor.ifPresent(Acceptor.OpenDoor::close);
        answerDoor = Optional.empty();
        if (door != null) {
            door.close();
            door = null;
        }
        listening = false;
        for (final BankConnection connection : List.copyOf(connections)) {
            connection.reset();
        }
        pending.clear();
    }

    private int deliver(final long nowNs) {
        int workCount = 0;
        for (; workCount < DELIVERY_BATCH; workCount++) {
            final int slot = pending.pollDue(nowNs);
            if (slot == PendingAnswers.NONE) {
                break;
            }
            deliver(slot, nowNs);
        }
        return workCount;
    }

    private void deliver(final int slot, final long nowNs) {
        final BankConnection connection = connectionFor(slot);
        switch (pending.delivery(slot)) {
            case WHOLE -> {
                final boolean sent = send(slot, connection, pending.length(slot));
                counters.increment(sent ? BankCounter.ANSWERS : BankCounter.ANSWERS_LOST);
            }
            case HALF_THEN_SILENCE -> {
                send(slot, connection, pending.length(slot) / 2);
                connection.silence();
            }
            case TRICKLE -> {
                trickle(slot, connection, nowNs);
                return;
            }
            case HALF_THEN_RESET -> {
                send(slot, connection, pending.length(slot) / 2);
                connection.silence();
                pending.schedule(slot, connection, 0, Delivery.RESET, nowNs + RESET_PAUSE_NS);
                return;
            }
            default -> connection.reset();
        }
        pending.free(slot);
    }

    private void trickle(final int slot, final BankConnection connection, final long nowNs) {
        connection.silence();
        final int sent = pending.sent(slot);
        if (sent < pending.length(slot) && connection.trickle(pending.buffer(), pending.offset(slot) + sent)) {
            pending.trickled(slot, nowNs + TRICKLE_PAUSE_NS);
        } else {
            pending.free(slot);
        }
    }

    private boolean send(final int slot, final BankConnection connection, final int length) {
        return connection.send(pending.buffer(), pending.offset(slot), length);
    }

    private BankConnection connectionFor(final int slot) {
        final BankConnection connection = pending.connection(slot);
        if (answers.isPresent()) {
            return connectionForAnswers(connection);
        }
        if (connection.isOpen() || !configuration.answersOnAnyConnection()) {
            return connection;
        }
        for (final BankConnection other : connections) {
            if (other.isSignedOn()) {
                return other;
            }
        }
        return connection;
    }

    /** Any that the bank has opened; the one of the request when there is none, so that the answer is lost there. */
    private BankConnection connectionForAnswers(final BankConnection ofRequest) {
        for (final BankConnection other : connections) {
            if (other.isDialled()) {
                return other;
            }
        }
        return ofRequest;
    }

    /** What the connections tell. */
    private final class ConnectionEvents implements BankConnection.Handler {
        @Override
        public void onConnected(final BankConnection connection) {
            counters.increment(BankCounter.CONNECTIONS);
            connections.add(connection);
            if (!wanted) {
                connection.reset();
            }
        }

        @Override
        public void onMessage(
                final BankConnection connection,
                final DirectBuffer buffer,
                final int offset,
                final int length,
                final long nowNs) {
            if (wanted) {
                desk.onMessage(connection, buffer, offset, length, nowNs);
            }
        }

        @Override
        public void onBadFrame(final BankConnection connection) {
            counters.increment(BankCounter.FRAMING_ERRORS);
        }

        @Override
        public void onDisconnected(final BankConnection connection) {
            if (connections.remove(connection)) {
                counters.increment(BankCounter.DISCONNECTS);
            }
        }
    }
}
