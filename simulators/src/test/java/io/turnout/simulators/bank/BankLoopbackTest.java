package io.turnout.simulators.bank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.iso8583.Framing;
import io.turnout.gateway.net.Connection;
import io.turnout.gateway.net.ConnectionHandler;
import io.turnout.gateway.net.NetLoop;
import io.turnout.simulators.LoopNetwork;
import io.turnout.simulators.SimulatorAgent;
import io.turnout.simulators.bank.BankRequests.Answer;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bank behind real sockets. */
final class BankLoopbackTest {

    private static final long TIMEOUT_NS = Duration.ofSeconds(20).toNanos();

    @TempDir
    private Path folder;

    private NetLoop netLoop;
    private BankHost bank;
    private SimulatorAgent agent;
    private BankRequests requests;

    @BeforeEach
    void startBank() {
        final InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        final BankConfiguration configuration = BankBench.configuration(
                folder,
                "iso87-bcd",
                Framing.BIN2_EXCLUSIVE,
                BankRule.always(MessageKind.PAYMENT, Behaviour.DISCONNECT).forAmountsEndingWith("13"));
        netLoop = new NetLoop(SystemEpochNanoClock.INSTANCE);
        bank = BankHost.open(configuration, LoopNetwork.acceptor(netLoop, anyPort, Optional.empty(), 4));
        agent = new SimulatorAgent("simulators", netLoop, SystemEpochNanoClock.INSTANCE, List.of(bank));
        requests = new BankRequests(configuration.dialect(), configuration.framing());
    }

    @AfterEach
    void stopBank() {
        agent.onClose();
    }

    @Test
    void shouldAnswerOverSocketsAndComeBackOnTheSamePort() {
        // given
        assertEquals("simulators", agent.roleName());
        final int port = bank.port();
        assertNotEquals(0, port);
        final Client client = connect();
        client.send(requests.network(1, 1));
        for (int stan = 2; stan <= 51; stan++) {
            client.send(requests.payment(stan, 100));
        }

        // when
        await(() -> client.answers().size() == 51);

        // then
        assertTrue(client.answers().stream().allMatch(answer -> answer.code().equals("00")));
        assertEquals(50, bank.results().count(BankCounter.DEBITS));

        // when
        bank.stopAbruptly();
        await(() -> client.closed && !bank.isListening());
        final Client refused = connect();
        await(() -> refused.closed);
        bank.restart();
        await(bank::isListening);

        // then
        final Client again = connect();
        again.send(requests.network(1, 102));
        again.send(requests.reversal(420, 103, 2, 100));
        await(() -> again.answers().size() == 2);
        assertEquals("00", again.answers().get(1).code());
        assertEquals(port, bank.port());
        assertEquals(1, bank.results().count(BankCounter.REVERSED));
    }

    @Test
    void shouldResetInTheMiddleOfAMessage() {
        final Client client = connect();
        client.send(requests.network(1, 1));
        client.send(requests.payment(2, 113));
        await(() -> client.closed);
        assertTrue(client.received.size() < 200, "received=" + client.received.size());
        assertEquals(1, bank.results().count(BankCounter.DISCONNECTS));
    }

    private Client connect() {
        final Client client = new Client();
        netLoop.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), bank.port()),
                client,
                TimeUnit.SECONDS.toNanos(5));
        await(() -> client.connection != null || client.closed);
        return client;
    }

    private void await(final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean()) {
            agent.doWork();
            assertTrue(System.nanoTime() < deadlineNs, "waited too long: " + bank.results());
        }
    }

    private final class Client implements ConnectionHandler {
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private Connection connection;
        private boolean closed;

        void send(final byte[] bytes) {
            assertTrue(connection.send(new UnsafeBuffer(bytes), 0, bytes.length));
        }

        /** The answers that have arrived whole. */
        List<Answer> answers() {
            final byte[] bytes = received.toByteArray();
            final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
            final List<Answer> answers = new ArrayList<>();
            int offset = 0;
            while (offset < bytes.length) {
                final int length = Framing.BIN2_EXCLUSIVE.read(buffer, offset, bytes.length - offset, 4096);
                if (length < 0) {
                    break;
                }
                final byte[] frame = new byte[Framing.BIN2_EXCLUSIVE.frameLength(length)];
                buffer.getBytes(offset, frame);
                answers.addAll(requests.answers(frame));
                offset += frame.length;
            }
            return answers;
        }

        @Override
        public void onConnected(final Connection newConnection, final long nowNs) {
            connection = newConnection;
        }

        @Override
        public void onBytes(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            received.writeBytes(bytes);
        }

        @Override
        public void onDisconnected(final long nowNs) {
            closed = true;
        }
    }
}
