package io.turnout.simulators.acquirer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.gateway.net.Connection;
import io.turnout.gateway.net.ConnectionHandler;
import io.turnout.gateway.net.Listener;
import io.turnout.gateway.net.NetLoop;
import io.turnout.simulators.FakeConnection;
import io.turnout.simulators.LoopNetwork;
import io.turnout.simulators.SimulatorAgent;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Arrivals;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Shares;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The acquirer behind real sockets: its bytes go to a switch in memory and back. */
final class AcquirerLoopbackTest {

    private static final long TIMEOUT_NS = Duration.ofSeconds(20).toNanos();

    @TempDir
    private Path folder;

    @Test
    void shouldPayOverSockets() throws IOException {
        // given
        final FakeSwitch network = new FakeSwitch();
        final NetLoop netLoop = new NetLoop(SystemEpochNanoClock.INSTANCE);
        final Listener listener =
                netLoop.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4, () -> new Relay(network));
        final InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port());
        final AcquirerConfiguration configuration = AcquirerBench.configuration(
                folder, AcquirerBench.load(Arrivals.MAXIMUM, 0, 2_000), new Shares(0.1, 0, 0.1, 0.1, 0.1, 0, 0, 0));
        final AcquirerClient client = AcquirerClient.open(
                configuration,
                LoopNetwork.connector(netLoop, address, Optional.empty(), TimeUnit.SECONDS.toNanos(5)),
                SystemEpochNanoClock.INSTANCE.nanoTime());
        final SimulatorAgent agent =
                new SimulatorAgent("simulators", netLoop, SystemEpochNanoClock.INSTANCE, List.of(client));

        // when
        final long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!client.isDone()) {
            agent.doWork();
            assertTrue(System.nanoTime() < deadlineNs, "waited too long: " + client.results());
        }
        agent.onClose();

        // then
        final AcquirerResults results = client.results();
        assertEquals(2_000, results.count(AcquirerCounter.APPROVED));
        assertTrue(results.count(AcquirerCounter.REPEATS_IDENTICAL) > 100, results.toString());
        assertTrue(results.count(AcquirerCounter.REVERSED) > 100, results.toString());
        assertTrue(results.latency().getMinValue() > 0, results.toString());
    }

    /** Hands what a real connection brings to the switch in memory, and its answers to the real connection. */
    private static final class Relay implements ConnectionHandler {
        private final FakeSwitch network;
        private Connection connection;
        private FakeConnection fake;

        Relay(final FakeSwitch network) {
            this.network = network;
        }

        @Override
        public void onConnected(final Connection newConnection, final long nowNs) {
            connection = newConnection;
            fake = new FakeConnection(new Answers(), nowNs);
            network.connections.add(fake);
        }

        @Override
        public void onBytes(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
            fake.send(buffer, offset, length);
            network.poll(nowNs);
        }

        @Override
        public void onDisconnected(final long nowNs) {
            fake.disconnect(nowNs);
        }

        private final class Answers implements ConnectionHandler {
            @Override
            public void onConnected(final Connection ignored, final long nowNs) {
                // The real connection is there already.
            }

            @Override
            public void onBytes(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
                final UnsafeBuffer bytes = new UnsafeBuffer(new byte[length]);
                bytes.putBytes(0, buffer, offset, length);
                assertTrue(connection.send(bytes, 0, length));
            }

            @Override
            public void onDisconnected(final long nowNs) {
                // The acquirer has gone.
            }
        }
    }
}
