package io.turnout.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.iso8583.Dialects;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.sbe.acquirer.LogonAckDecoder;
import io.turnout.codecs.sbe.acquirer.LogoutDecoder;
import io.turnout.codecs.sbe.acquirer.MessageHeaderDecoder;
import io.turnout.codecs.sbe.acquirer.Outcome;
import io.turnout.codecs.sbe.acquirer.PaymentResponseDecoder;
import io.turnout.gateway.acquirer.AcquirerConfiguration;
import io.turnout.gateway.acquirer.AcquirerEdgeConfiguration;
import io.turnout.gateway.acquirer.AcquirerTimers;
import io.turnout.gateway.acquirer.SofhFrameFormat;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.issuer.IssuerLinkConfiguration;
import io.turnout.gateway.issuer.IssuerTimers;
import io.turnout.gateway.net.Connection;
import io.turnout.gateway.net.ConnectionHandler;
import io.turnout.gateway.net.FrameFormat;
import io.turnout.gateway.net.FrameReader;
import io.turnout.gateway.net.Listener;
import io.turnout.gateway.net.NetLoop;
import io.turnout.gateway.support.AcquirerMessages;
import io.turnout.gateway.support.BankMessages;
import io.turnout.gateway.support.Counters;
import io.turnout.gateway.support.MiniEngine;
import io.turnout.gateway.vault.KeyMaterial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole gateway on real sockets, with an acquirer, a bank and a very small engine, all on the test's thread. */
class GatewayAgentTest {

    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);
    private static final int PAYMENTS = 500;

    private final NetLoop outside = new NetLoop(SystemEpochNanoClock.INSTANCE);
    private final BankMessages bankMessages = new BankMessages(Dialects.builtIn("iso87-ascii"), Framing.BIN2_EXCLUSIVE);
    private final Peer bank = new Peer(new LengthFormat());
    private final Peer acquirer = new Peer(new SofhFrameFormat());
    private final GatewayCounters counters = Counters.create();
    private final MiniEngine engine = new MiniEngine();
    private Listener bankListener;
    private GatewayAgent agent;

    @BeforeEach
    void start() throws IOException {
        bankListener = outside.listen(address(0), 1, () -> bank);
        agent = new GatewayAgent(configuration(0, bankListener.port()), KeyMaterial.development(), 9, ports(engine));
        pollUntil(() -> bank.connection != null);
        answerNetworkRequest();
        pollUntil(() -> counters.get(GatewayCounter.LINKS_SIGNED_ON) == 1);
        outside.connect(address(agent.port()), acquirer, PATIENCE_NS);
        pollUntil(() -> acquirer.connection != null);
        acquirer.send(AcquirerMessages.logon(42, AcquirerMessages.SECRET));
        pollUntil(() -> !acquirer.messages.isEmpty());
        assertEquals(LogonAckDecoder.TEMPLATE_ID, template(acquirer.messages.remove()));
    }

    @AfterEach
    void stop() {
        agent.onClose();
        outside.close();
    }

    @Test
    void shouldCarryPaymentsToTheBankAndAnswersBack() {
        // when an acquirer sends many payments at once
        for (int i = 1; i <= PAYMENTS; i++) {
            acquirer.send(AcquirerMessages.payment(i, AcquirerMessages.PAN, AcquirerMessages.TRACK2));
        }
        // and the bank approves each
        pollUntil(() -> {
            answerPayments();
            return acquirer.messages.size() == PAYMENTS;
        });

        // then each has its approval
        final boolean[] seen = new boolean[PAYMENTS + 1];
        for (final byte[] message : acquirer.messages) {
            final PaymentResponseDecoder response = new PaymentResponseDecoder()
                    .wrapAndApplyHeader(new UnsafeBuffer(message), 0, new MessageHeaderDecoder());
            assertEquals(Outcome.APPROVED, response.outcome());
            assertEquals("AUTH01", response.approvalCode());
            seen[(int) response.clientReference().low()] = true;
        }
        for (int i = 1; i <= PAYMENTS; i++) {
            assertTrue(seen[i], "payment " + i);
        }
        assertEquals(PAYMENTS, counters.get(GatewayCounter.ISSUER_REQUESTS_SENT));
        assertTrue(counters.get(GatewayCounter.LONGEST_CYCLE_NS) > 0);
        pollUntil(() -> counters.get(GatewayCounter.SLOTS_USED) == 0);
    }

    @Test
    void shouldLogOutAndSignOffWhenItStops() {
        agent.stop();
        pollUntil(() -> !bank.messages.isEmpty());
        assertEquals(2, answerNetworkRequest().getLong(70));
        pollUntil(agent::isQuiet);
        pollUntil(() -> acquirer.disconnects == 1 && bank.disconnects == 1);

        assertEquals(LogoutDecoder.TEMPLATE_ID, template(acquirer.messages.remove()));
        assertEquals(0, counters.get(GatewayCounter.SESSIONS_ACTIVE));
    }

    @Test
    void shouldNameTheAddressItCannotBind() {
        final UncheckedIOException e = assertThrows(
                UncheckedIOException.class,
                () -> new GatewayAgent(
                        configuration(agent.port(), 1), KeyMaterial.development(), 9, ports(new MiniEngine())));

        assertTrue(e.getMessage().contains(":" + agent.port()), e.getMessage());
    }

    private void answerPayments() {
        while (!bank.messages.isEmpty()) {
            final IsoDecoder request = decode(bank.messages.remove());
            assertEquals(200, request.mti());
            assertEquals(AcquirerMessages.PAN, request.getString(2));
            assertEquals(AcquirerMessages.TRACK2, request.getString(35));
            bank.send(bankMessages.frame(210, encoder -> encoder.putLong(4, request.getLong(4))
                    .putLong(7, request.getLong(7))
                    .putLong(11, request.getLong(11))
                    .putString(37, request.getString(37))
                    .putString(38, "AUTH01")
                    .putString(39, "00")));
        }
    }

    private IsoDecoder answerNetworkRequest() {
        pollUntil(() -> !bank.messages.isEmpty());
        final IsoDecoder request = decode(bank.messages.remove());
        bank.send(bankMessages.networkResponse(request, "00"));
        return request;
    }

    private IsoDecoder decode(final byte[] message) {
        return bankMessages.decode(bankMessages.frame(message));
    }

    private static int template(final byte[] message) {
        return new MessageHeaderDecoder().wrap(new UnsafeBuffer(message), 0).templateId();
    }

    private void pollUntil(final BooleanSupplier condition) {
        final long giveUpNs = System.nanoTime() + PATIENCE_NS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < giveUpNs, "condition never held");
            agent.doWork();
            outside.poll(0);
        }
    }

    private GatewayPorts ports(final MiniEngine with) {
        return new GatewayPorts(with, with, () -> true, SystemEpochNanoClock.INSTANCE, counters);
    }

    private static GatewayConfiguration configuration(final int port, final int bankPort) {
        final AcquirerEdgeConfiguration acquirers = new AcquirerEdgeConfiguration(
                address(port),
                4,
                PAYMENTS,
                1,
                AcquirerTimers.DEFAULT,
                List.of(new AcquirerConfiguration(42, AcquirerMessages.sha256(AcquirerMessages.SECRET), 1)));
        final IssuerLinkConfiguration link = new IssuerLinkConfiguration(
                3, 5, address(bankPort), Dialects.builtIn("iso87-ascii"), Framing.BIN2_EXCLUSIVE, IssuerTimers.DEFAULT);
        return new GatewayConfiguration(
                1,
                acquirers,
                List.of(link),
                PAYMENTS,
                GatewayConfiguration.DEFAULT_SENSITIVE_DATA_TIME_TO_LIVE_NS,
                NetLoop.DEFAULT_OUTPUT_LIMIT_BYTES,
                GatewayConfiguration.DEFAULT_TICK_INTERVAL_NS,
                GatewayConfiguration.DEFAULT_STALL_NS);
    }

    private static InetSocketAddress address(final int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** An acquirer or a bank: keeps what it hears, message by message. */
    private static final class Peer implements ConnectionHandler {
        final Deque<byte[]> messages = new ArrayDeque<>();
        Connection connection;
        int disconnects;
        private final FrameReader reader;

        Peer(final FrameFormat format) {
            reader = new FrameReader(format);
        }

        void send(final byte[] frame) {
            assertTrue(connection.send(new UnsafeBuffer(frame), 0, frame.length), "output full");
        }

        @Override
        public void onConnected(final Connection opened, final long nowNs) {
            connection = opened;
        }

        @Override
        public void onBytes(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
            assertEquals(FrameReader.Result.READ, reader.read(buffer, offset, length, nowNs, this::keep));
        }

        @Override
        public void onDisconnected(final long nowNs) {
            disconnects++;
        }

        private FrameReader.Verdict keep(
                final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
            final byte[] message = new byte[length];
            buffer.getBytes(offset, message);
            messages.add(message);
            return FrameReader.Verdict.TAKEN;
        }
    }

    /** Two bytes of length, big-endian. */
    private static final class LengthFormat implements FrameFormat {
        @Override
        public int frameLength(final DirectBuffer buffer, final int offset, final int available) {
            return available < 2 ? INCOMPLETE : 2 + buffer.getShort(offset, ByteOrder.BIG_ENDIAN);
        }

        @Override
        public int headerLength() {
            return 2;
        }

        @Override
        public int trailerLength() {
            return 0;
        }

        @Override
        public int maximumFrameLength() {
            return 8192;
        }
    }
}
