package io.turnout.simulators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.turnout.gateway.net.Connection;
import io.turnout.gateway.net.ConnectionHandler;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Connections that are opened again and again. */
final class DiallerTest {

    private static final long PAUSE_NS = 50_000_000;

    private final List<ConnectionHandler> dialled = new ArrayList<>();
    private final List<Recorder> handlers = new ArrayList<>();
    private final Dialler dialler = new Dialler(dialled::add, 7101, 2);

    @Test
    void shouldOpenAllConnectionsAndEachAgainAfterAPauseWithANewHandler() {
        final Acceptor.OpenDoor door = dialler.open(this::newHandler);
        assertEquals(7101, door.port());
        assertEquals(2, door.doWork(0));
        assertEquals(0, door.doWork(1));
        assertEquals(0, new FakeConnection(dialled.get(0), 5).takeSent().length);
        dialled.get(0).onBytes(new UnsafeBuffer(new byte[3]), 0, 3, 5);
        assertEquals(3, handlers.get(0).bytes);

        dialled.get(0).onDisconnected(10);

        assertEquals(1, handlers.get(0).disconnects);
        assertEquals(0, door.doWork(10 + PAUSE_NS - 1));
        assertEquals(1, door.doWork(10 + PAUSE_NS));
        assertSame(dialled.get(0), dialled.get(2));
        assertEquals(0, new FakeConnection(dialled.get(2), 10 + PAUSE_NS).takeSent().length);
        assertNotSame(handlers.get(0), handlers.get(2));
        assertEquals(1, handlers.get(2).connects);
    }

    @Test
    void shouldOpenNothingMoreOnceClosed() {
        final Acceptor.OpenDoor door = dialler.open(this::newHandler);
        door.doWork(0);
        door.close();
        dialled.get(1).onDisconnected(1);

        assertEquals(0, door.doWork(10 * PAUSE_NS));
    }

    private ConnectionHandler newHandler() {
        handlers.add(new Recorder());
        return handlers.get(handlers.size() - 1);
    }

    private static final class Recorder implements ConnectionHandler {
        private int connects;
        private int bytes;
        private int disconnects;

        @Override
        public void onConnected(final Connection connection, final long nowNs) {
            connects++;
        }

        @Override
        public void onBytes(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
            bytes += length;
        }

        @Override
        public void onDisconnected(final long nowNs) {
            disconnects++;
        }
    }
}
