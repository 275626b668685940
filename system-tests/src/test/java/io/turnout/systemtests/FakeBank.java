package io.turnout.systemtests;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Dialects;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A bank with blocking sockets that says exactly what a test wants, also what no bank should say. Signs on whoever asks
 * and accepts every reversal; payments it answers as scripted.
 */
final class FakeBank implements AutoCloseable {
    static final String DIALECT = "iso87-ascii";

    private static final Framing FRAMING = Framing.BIN2_EXCLUSIVE;
    private static final int NETWORK_REQUEST = 800;
    private static final int AUTHORISATION = 100;
    private static final int PAYMENT = 200;
    private static final int AUTHORISATION_ADVICE = 120;
    private static final int PAYMENT_ADVICE = 220;
    private static final int REPEAT = 1;
    private static final int REVERSAL = 420;
    private static final int REVERSAL_REPEAT = 421;
    private static final int MAXIMUM_LENGTH = 4096;

    private final Dialect dialect = Dialects.builtIn(DIALECT);
    private final ServerSocket door;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<byte[]> payments = new CopyOnWriteArrayList<>();
    private final List<Request> messages = new CopyOnWriteArrayList<>();
    private final AtomicInteger ignoredAdvices = new AtomicInteger();
    private final AtomicInteger reversals = new AtomicInteger();
    private volatile Script script = FakeBank::approve;

    /** What the bank does with a payment. */
    @FunctionalInterface
    interface Script {
        /** Sends whatever it likes. */
        void onPayment(Caller caller, Request request);
    }

    FakeBank() {
        try {
            door = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
        startThread("fake-bank", this::acceptAll);
    }

    /** The usual script. */
    static void approve(final Caller caller, final Request request) {
        caller.send(request.answer("00"));
    }

    int port() {
        return door.getLocalPort();
    }

    void script(final Script newScript) {
        script = newScript;
    }

    /** The payment requests as they came, without their frames. */
    List<byte[]> payments() {
        return List.copyOf(payments);
    }

    /** All that came except network management, in order. */
    List<Request> messages() {
        return List.copyOf(messages);
    }

    /** Does not answer so many of the advices that come next. */
    void ignoreAdvices(final int count) {
        ignoredAdvices.set(count);
    }

    int reversals() {
        return reversals.get();
    }

    @Override
    public void close() {
        try {
            door.close();
            for (final Socket socket : sockets) {
                socket.close();
            }
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private void acceptAll() {
        while (!door.isClosed()) {
            try {
                final Socket socket = door.accept();
                sockets.add(socket);
                startThread("fake-bank-connection", () -> serve(socket));
            } catch (final IOException closed) {
                return;
            }
        }
    }

    private void serve(final Socket socket) {
        final Caller caller = new Caller(socket);
        try (socket) {
            final DataInputStream input = new DataInputStream(socket.getInputStream());
            while (!socket.isClosed()) {
                final byte[] message = new byte[input.readUnsignedShort()];
                input.readFully(message);
                onMessage(caller, new Request(dialect, message));
            }
        } catch (final IOException gone) {
            sockets.remove(socket);
        }
    }

    private void onMessage(final Caller caller, final Request request) {
        if (request.mti() != NETWORK_REQUEST) {
            messages.add(request);
        }
        switch (request.mti()) {
            case NETWORK_REQUEST -> caller.send(request.networkAnswer());
            case AUTHORISATION, PAYMENT -> {
                payments.add(request.message);
                script.onPayment(caller, request);
            }
            case AUTHORISATION_ADVICE, AUTHORISATION_ADVICE + REPEAT, PAYMENT_ADVICE, PAYMENT_ADVICE + REPEAT -> {
                if (ignoredAdvices.getAndUpdate(count -> Math.max(0, count - 1)) == 0) {
                    caller.send(request.answer("00"));
                }
            }
            case REVERSAL, REVERSAL_REPEAT -> {
                reversals.incrementAndGet();
                caller.send(request.answer("00"));
            }
            default -> throw new IllegalStateException("mti=" + request.mti());
        }
    }

    private static void startThread(final String name, final Runnable work) {
        final Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** The switch at the other end of a connection. */
    static final class Caller {
        private final Socket socket;

        private Caller(final Socket socket) {
            this.socket = socket;
        }

        void send(final byte[] bytes) {
            try {
                socket.getOutputStream().write(bytes);
            } catch (final IOException exception) {
                throw new UncheckedIOException(exception);
            }
        }
    }

    /** A message of the switch, and the frames that may answer it. */
    static final class Request {
        private final Dialect dialect;
        private final byte[] message;
        private final IsoDecoder decoder;
        private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAXIMUM_LENGTH]);

        private Request(final Dialect dialect, final byte[] message) {
            this.dialect = dialect;
            this.message = message;
            decoder = new IsoDecoder(dialect);
            if (decoder.decode(new UnsafeBuffer(message), 0, message.length) != 0) {
                throw new IllegalStateException("error=" + decoder.error() + " field=" + decoder.errorField());
            }
        }

        int mti() {
            return decoder.mti();
        }

        long amountMinor() {
            return decoder.getLong(4);
        }

        long stan() {
            return decoder.getLong(11);
        }

        /** A data element as text; empty when it is absent. */
        String field(final int number) {
            return decoder.isPresent(number) ? decoder.getString(number) : "";
        }

        /** An approval that tells a balance. */
        byte[] answerWithBalance(final String additionalAmounts) {
            return frame(begin(mti() + 10)
                    .putLong(4, amountMinor())
                    .putLong(7, decoder.getLong(7))
                    .putLong(11, stan())
                    .putString(37, decoder.getString(37))
                    .putString(39, "00")
                    .putString(49, decoder.getString(49))
                    .putString(54, additionalAmounts));
        }

        byte[] answer(final String responseCode) {
            return answer(responseCode, stan(), amountMinor());
        }

        byte[] answer(final String responseCode, final long stan, final long amountMinor) {
            final int responseMti = mti() / 10 * 10 + 10;
            return frame(begin(responseMti)
                    .putLong(4, amountMinor)
                    .putLong(7, decoder.getLong(7))
                    .putLong(11, stan)
                    .putString(37, decoder.getString(37))
                    .putString(38, "AUTH01")
                    .putString(39, responseCode));
        }

        /** An approval with a DE7 of the bank's own. */
        byte[] answerAtAnotherTime() {
            return frame(begin(mti() + 10)
                    .putLong(4, amountMinor())
                    .putLong(7, 101_000_000L)
                    .putLong(11, stan())
                    .putString(37, decoder.getString(37))
                    .putString(38, "AUTH01")
                    .putString(39, "00"));
        }

        private byte[] networkAnswer() {
            return frame(begin(NETWORK_REQUEST + 10)
                    .putLong(7, decoder.getLong(7))
                    .putLong(11, stan())
                    .putString(39, "00")
                    .putLong(70, decoder.getLong(70)));
        }

        private IsoEncoder begin(final int mti) {
            final int room = MAXIMUM_LENGTH - FRAMING.headerLength();
            return new IsoEncoder(dialect)
                    .wrap(buffer, FRAMING.headerLength(), room)
                    .begin(mti);
        }

        private byte[] frame(final IsoEncoder encoder) {
            final int length = encoder.finish();
            if (length < 0) {
                throw new IllegalStateException("length=" + length + " field=" + encoder.errorField());
            }
            return Arrays.copyOf(buffer.byteArray(), FRAMING.write(buffer, 0, length));
        }
    }
}
