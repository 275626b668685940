package io.turnout.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.solab.iso8583.IsoMessage;
import com.solab.iso8583.IsoType;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An acquirer and a bank built on j8583 pay with each other through both edges of the switch. */
@Timeout(300)
final class InteroperabilityTest {
    private static final int PAYMENTS = 10_000;
    private static final int WINDOW = 256;
    private static final int REPEATED = 50;
    private static final int REVERSED = 40;
    private static final int PAYMENT = 0x200;
    private static final int REPEAT = 0x201;
    private static final int REVERSAL = 0x420;
    private static final int NETWORK = 0x800;
    private static final int[] ECHOED = {2, 3, 4, 7, 11, 12, 13, 32, 37, 41, 42, 49};
    private static final Set<Integer> NEVER = Set.of(14, 18, 22, 25, 43);
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("MMddHHmmss").withZone(ZoneOffset.UTC);

    @TempDir
    private Path data;

    private final PeerMessages messages = new PeerMessages();
    private final Map<String, IsoMessage> asked = new ConcurrentHashMap<>();
    private final Semaphore window = new Semaphore(WINDOW);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    @Test
    void shouldPayThroughBothEdgesWithPeersNobodyHereWrote() throws Exception {
        try (PeerBank bank = new PeerBank();
                SwitchFixture fixture = new SwitchFixture(data, 65_536)) {
            fixture.with(text -> patient(text, "port: " + fixture.bank().port() + "}", "port: " + bank.port() + "}"))
                    .start();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), IsoEdge.port(fixture))) {
                socket.setTcpNoDelay(true);
                exchange(socket);
            }
            SwitchFixture.await(() -> bank.reversals() == PAYMENTS / REVERSED, "the bank to take each reversal");
            assertEquals(PAYMENTS, bank.payments().size());
            assertEquals(Set.of(1), Set.copyOf(bank.payments().values()), "each payment once");
        }
    }

    /** The bank's port, and times that a busy machine does not exceed. */
    private static String patient(final String configuration, final String port, final String otherPort) {
        return IsoEdge.withEdge(configuration, "maximumInFlight: 1024,")
                .replace("answerTimeout: 5s", "answerTimeout: 100s")
                .replace("responseTimeout: 2s", "responseTimeout: 60s")
                .replace(port, otherPort);
    }

    private void exchange(final Socket socket) throws Exception {
        final BufferedOutputStream output = new BufferedOutputStream(socket.getOutputStream());
        final DataInputStream input = new DataInputStream(socket.getInputStream());
        PeerMessages.write(network(), output);
        assertEquals("00", messages.read(input).getField(39).toString(), "sign-on");
        final Thread reader = new Thread(() -> readAll(input), "peer-acquirer");
        reader.setDaemon(true);
        reader.start();
        for (int number = 1; number <= PAYMENTS; number++) {
            final IsoMessage payment = payment(number);
            send(payment, "P" + number, output);
            if (number % REPEATED == 0) {
                payment.setType(REPEAT);
                PeerMessages.write(payment, output);
            }
            if (number % REVERSED == 0) {
                awaitAnswers();
                send(reversal(payment), "R" + number, output);
            }
        }
        awaitAnswers();
        assertTrue(asked.isEmpty(), "not answered: " + asked.keySet());
    }

    private void send(final IsoMessage message, final String key, final BufferedOutputStream output) throws Exception {
        assertTrue(window.tryAcquire(60, TimeUnit.SECONDS), "an answer came no more: " + failure.get());
        asked.put(key, message);
        PeerMessages.write(message, output);
    }

    /** Every request asked so far has its answer. */
    private void awaitAnswers() throws Exception {
        assertTrue(window.tryAcquire(WINDOW, 60, TimeUnit.SECONDS), "answers are missing: " + failure.get());
        window.release(WINDOW);
        assertEquals(null, failure.get());
    }

    private void readAll(final DataInputStream input) {
        try {
            while (true) {
                onAnswer(messages.read(input));
            }
        } catch (final IOException | RuntimeException | AssertionError exception) {
            failure.compareAndSet(null, exception);
        }
    }

    /** The answer to a repeat may come once more; it must be right as well. */
    private void onAnswer(final IsoMessage answer) {
        final boolean payment = answer.getType() == 0x210;
        final String key =
                (payment ? "P" : "R") + Integer.parseInt(answer.getField(11).toString());
        final IsoMessage request = asked.remove(key);
        final String amount = answer.getField(4).toString();
        assertEquals(
                payment ? PeerBank.codeOf(amount) : "00", answer.getField(39).toString(), key);
        for (final int field : NEVER) {
            assertFalse(answer.hasField(field), "DE" + field);
        }
        if (request != null) {
            for (final int field : ECHOED) {
                assertEquals(
                        request.getField(field).toString(),
                        answer.getField(field).toString(),
                        key + " DE" + field);
            }
            if (payment && answer.getField(39).toString().equals("00")) {
                assertEquals("PEER01", answer.getField(38).toString(), key);
            }
            window.release();
        }
    }

    private IsoMessage network() {
        final IsoMessage message = messages.newMessage(NETWORK);
        message.setValue(7, DATE_TIME.format(Instant.now()), IsoType.NUMERIC, 10);
        message.setValue(11, 1, IsoType.NUMERIC, 6);
        message.setValue(70, 1, IsoType.NUMERIC, 3);
        return message;
    }

    private IsoMessage payment(final int number) {
        final String now = DATE_TIME.format(Instant.now());
        final IsoMessage message = messages.newMessage(PAYMENT);
        message.setValue(2, "4111111111111111", IsoType.LLVAR, 0);
        message.setValue(3, "000000", IsoType.NUMERIC, 6);
        message.setValue(4, String.format("%012d", 100 + number), IsoType.NUMERIC, 12);
        message.setValue(7, now, IsoType.NUMERIC, 10);
        message.setValue(11, String.format("%06d", number), IsoType.NUMERIC, 6);
        message.setValue(12, now.substring(4), IsoType.NUMERIC, 6);
        message.setValue(13, now.substring(0, 4), IsoType.NUMERIC, 4);
        message.setValue(14, "3012", IsoType.NUMERIC, 4);
        message.setValue(18, "5411", IsoType.NUMERIC, 4);
        message.setValue(22, "051", IsoType.NUMERIC, 3);
        message.setValue(25, "00", IsoType.NUMERIC, 2);
        message.setValue(32, "10000001", IsoType.LLVAR, 0);
        message.setValue(37, String.format("PEER%08d", number), IsoType.ALPHA, 12);
        message.setValue(41, "TERM0001", IsoType.ALPHA, 8);
        message.setValue(42, "MERCHANT0000001", IsoType.ALPHA, 15);
        message.setValue(43, "ACME STORE               SHANGHAI     CN", IsoType.ALPHA, 40);
        message.setValue(49, "156", IsoType.ALPHA, 3);
        return message;
    }

    private IsoMessage reversal(final IsoMessage payment) {
        final IsoMessage message = messages.newMessage(REVERSAL);
        for (final int field : ECHOED) {
            message.setField(field, payment.getField(field));
        }
        message.setValue(7, DATE_TIME.format(Instant.now()), IsoType.NUMERIC, 10);
        message.setValue(
                90,
                "0200" + payment.getField(11) + payment.getField(7) + String.format("%011d%011d", 10_000_001, 0),
                IsoType.NUMERIC,
                42);
        return message;
    }
}
