package io.turnout.systemtests;

import com.solab.iso8583.IsoMessage;
import com.solab.iso8583.IsoType;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A bank host built on j8583: approves, or declines amounts that end in 51, and counts. */
final class PeerBank implements AutoCloseable {
    private static final int NETWORK_REQUEST = 0x800;
    private static final int PAYMENT = 0x200;

    private final PeerMessages messages = new PeerMessages();
    private final ServerSocket door;
    private final Map<String, Integer> payments = new ConcurrentHashMap<>();
    private final AtomicInteger reversals = new AtomicInteger();

    PeerBank() {
        try {
            door = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
        final Thread thread = new Thread(this::acceptAll, "peer-bank");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return door.getLocalPort();
    }

    /** How often each payment came, by its retrieval reference. */
    Map<String, Integer> payments() {
        return payments;
    }

    int reversals() {
        return reversals.get();
    }

    static String codeOf(final String amount) {
        return amount.endsWith("51") ? "51" : "00";
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private void acceptAll() {
        while (!door.isClosed()) {
            try (Socket socket = door.accept()) {
                serve(socket);
            } catch (final IOException gone) {
                // The switch has hung up, or the door is closed.
            }
        }
    }

    private void serve(final Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        final DataInputStream input = new DataInputStream(socket.getInputStream());
        final BufferedOutputStream output = new BufferedOutputStream(socket.getOutputStream());
        while (true) {
            final IsoMessage request = messages.read(input);
            count(request);
            final IsoMessage answer = messages.answer(request);
            answer.setValue(39, code(request), IsoType.ALPHA, 2);
            if (request.getType() == PAYMENT && "00".equals(code(request))) {
                answer.setValue(38, "PEER01", IsoType.ALPHA, 6);
            }
            PeerMessages.write(answer, output);
        }
    }

    private String code(final IsoMessage request) {
        if (request.getType() == PAYMENT) {
            return codeOf(request.getField(4).toString());
        }
        return "00";
    }

    private void count(final IsoMessage request) {
        if (request.getType() == PAYMENT) {
            payments.merge(request.getObjectValue(37).toString(), 1, Integer::sum);
        } else if (request.getType() != NETWORK_REQUEST) {
            reversals.incrementAndGet();
        }
    }
}
