package io.turnout.simulators.bank;

import io.turnout.codecs.iso8583.Dialects;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.gateway.net.ConnectionHandler;
import io.turnout.simulators.Acceptor;
import io.turnout.simulators.FakeConnection;
import io.turnout.simulators.bank.BankRequests.Answer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A bank on a test bench: connections in memory and a clock that the test moves. */
final class BankBench implements AutoCloseable {

    static final long MS = 1_000_000L;

    final BankConfiguration configuration;
    final BankRequests requests;
    final List<FakeConnection> connections = new ArrayList<>();
    final BankHost bank;
    long nowNs = 1_000_000_000L;

    private Supplier<? extends ConnectionHandler> handlers;
    private int pieceBytes = Integer.MAX_VALUE;

    BankBench(final BankConfiguration configuration) {
        this.configuration = configuration;
        this.requests = new BankRequests(configuration.dialect(), configuration.framing());
        this.bank = BankHost.open(configuration, this::open);
    }

    static BankConfiguration configuration(final Path folder, final BankRule... rules) {
        return configuration(folder, "iso87-ascii", Framing.BIN2_EXCLUSIVE, rules);
    }

    static BankConfiguration configuration(
            final Path folder, final String dialect, final Framing framing, final BankRule... rules) {
        return new BankConfiguration(
                "bank",
                1,
                new InetSocketAddress(0),
                Optional.empty(),
                4,
                Dialects.builtIn(dialect),
                framing,
                true,
                false,
                "",
                Latency.fixed(5 * MS),
                List.of(rules),
                folder.resolve("bank.jsonl"),
                1000,
                64,
                BankSecuritySettings.NONE,
                Optional.empty());
    }

    /** Cuts what the bank receives into pieces. */
    BankBench inPiecesOf(final int newPieceBytes) {
        pieceBytes = newPieceBytes;
        return this;
    }

    boolean isListening() {
        return handlers != null;
    }

    FakeConnection connect() {
        final FakeConnection connection = new FakeConnection(handlers.get(), nowNs);
        connections.add(connection);
        return connection;
    }

    FakeConnection signOn() {
        final FakeConnection connection = connect();
        send(connection, requests.network(1, 900_001));
        pass(10 * MS);
        if (!answers(connection).get(0).code().matches("0+")) {
            throw new AssertionError("sign-on refused");
        }
        return connection;
    }

    void send(final FakeConnection connection, final byte[] bytes) {
        connection.receive(bytes, pieceBytes, nowNs);
    }

    /** Lets time pass, a duty cycle each millisecond. */
    void pass(final long durationNs) {
        for (long end = nowNs + durationNs; nowNs < end; ) {
            nowNs += MS;
            bank.doWork(nowNs);
        }
    }

    List<Answer> answers(final FakeConnection connection) {
        return requests.answers(connection.takeSent());
    }

    /** Sends one request and gives the one answer. */
    Answer ask(final FakeConnection connection, final byte[] request) {
        send(connection, request);
        pass(10 * MS);
        final List<Answer> answers = answers(connection);
        if (answers.size() != 1) {
            throw new AssertionError("answers=" + answers);
        }
        return answers.get(0);
    }

    long count(final BankCounter counter) {
        return bank.results().count(counter);
    }

    @Override
    public void close() {
        bank.close();
    }

    private Acceptor.OpenDoor open(final Supplier<? extends ConnectionHandler> newHandlers) {
        handlers = newHandlers;
        return new Acceptor.OpenDoor() {
            @Override
            public int port() {
                return 1;
            }

            @Override
            public void close() {
                handlers = null;
            }
        };
    }
}
