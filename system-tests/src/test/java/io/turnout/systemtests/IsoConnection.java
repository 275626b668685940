package io.turnout.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Dialects;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.IsoEncoder;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** An acquirer that speaks ISO 8583 over a blocking socket, message by message. */
final class IsoConnection implements AutoCloseable {
    static final Dialect DIALECT = Dialects.builtIn("iso87-ascii");

    private static final Framing FRAMING = Framing.BIN2_EXCLUSIVE;
    private static final int TIMEOUT_MS = 20_000;
    private static final int SILENCE_MS = 400;
    private static final int MAXIMUM_LENGTH = 4096;

    private final Socket socket;
    private final DataInputStream input;

    IsoConnection(final int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(TIMEOUT_MS);
            input = new DataInputStream(socket.getInputStream());
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** A connection that has signed on. */
    static IsoConnection signedOn(final int port) {
        final IsoConnection connection = new IsoConnection(port);
        assertEquals("00", connection.ask(800, IsoPayment.network("001")).field(39));
        return connection;
    }

    /** Sends a message and waits for an answer. */
    IsoAnswer ask(final int mti, final Map<Integer, String> fields) {
        send(mti, fields);
        return next();
    }

    void send(final int mti, final Map<Integer, String> fields) {
        sendBytes(frame(mti, fields));
    }

    void sendBytes(final byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    IsoAnswer next() {
        try {
            final byte[] message = new byte[input.readUnsignedShort()];
            input.readFully(message);
            return new IsoAnswer(DIALECT, message);
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Nothing must come for a while. */
    void assertSilent() {
        try {
            socket.setSoTimeout(SILENCE_MS);
            assertThrows(SocketTimeoutException.class, input::readUnsignedShort);
            socket.setSoTimeout(TIMEOUT_MS);
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** The switch must close the connection. */
    void assertClosed() {
        assertThrows(IOException.class, input::readUnsignedShort);
    }

    static byte[] frame(final int mti, final Map<Integer, String> fields) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAXIMUM_LENGTH]);
        final IsoEncoder encoder = new IsoEncoder(DIALECT)
                .wrap(buffer, FRAMING.headerLength(), MAXIMUM_LENGTH - FRAMING.headerLength())
                .begin(mti);
        fields.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(field -> encoder.putString(field.getKey(), field.getValue()));
        final int length = encoder.finish();
        assertEquals(0, encoder.errorField(), "DE" + encoder.errorField() + " cannot be written");
        return Arrays.copyOf(buffer.byteArray(), FRAMING.write(buffer, 0, length));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
