package io.turnout.gateway.acquirer;

import static io.turnout.gateway.acquirer.AcquirerFixture.ACQUIRER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.gateway.support.AcquirerMessages;
import io.turnout.gateway.support.RecordingConnection;
import io.turnout.gateway.support.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever an acquirer sends, the session answers or ends; it never throws. */
class AcquirerSessionFuzzTest {

    private final AcquirerFixture edge = new AcquirerFixture();

    @Test
    void shouldNeverThrowNorOfferACommandForRandomBytes() {
        final Random random = new Random(Seeds.next("acquirer random bytes"));
        for (int round = 0; round < 800; round++) {
            final AcquirerSession session = anySession(random.nextBoolean());
            for (int i = 0; i < 5; i++) {
                edge.receive(session, randomBytes(random, 1 + random.nextInt(300)));
                edge.pass(random.nextInt(1_000_000_000));
            }
            end(session);

            assertEquals(0, edge.ingress.count());
        }
    }

    @Test
    void shouldNeverThrowNorOfferACommandForRandomMessagesInGoodFrames() {
        final Random random = new Random(Seeds.next("acquirer random messages"));
        final int[] templates = {1, 2, 4, 5, 6, 11, 15, 999};
        for (int round = 0; round < 800; round++) {
            final AcquirerSession session = anySession(true);
            for (int i = 0; i < 10; i++) {
                final byte[] frame = randomBytes(random, 6 + random.nextInt(400));
                System.arraycopy(AcquirerMessages.sofh(frame.length, 0xEB50), 0, frame, 0, 6);
                if (frame.length >= 14) {
                    frame[8] = (byte) templates[random.nextInt(templates.length)];
                    frame[9] = 0;
                    frame[10] = 1;
                    frame[11] = 0;
                }
                edge.receive(session, frame);
            }
            end(session);

            assertEquals(0, edge.ingress.count());
        }
    }

    @Test
    void shouldNeverThrowForDamagedRequests() {
        final Random random = new Random(Seeds.next("acquirer damaged requests"));
        final byte[] good = AcquirerMessages.join(
                AcquirerMessages.payment(
                        1, AcquirerMessages.PAN, AcquirerMessages.TRACK2, new byte[8], "123", new byte[] {1, 0}),
                AcquirerMessages.reversal(2, 1),
                AcquirerMessages.status(3));
        final int rounds = 1500;
        for (int round = 0; round < rounds; round++) {
            final AcquirerSession session = anySession(true);
            final byte[] damaged = good.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            int at = 0;
            while (at < damaged.length) {
                final int to = Math.min(damaged.length, at + 1 + random.nextInt(200));
                edge.receive(session, Arrays.copyOfRange(damaged, at, to));
                at = to;
            }
            end(session);
        }
        final int offered = edge.ingress.count();
        assertTrue(offered > rounds / 2 && offered <= 3 * rounds, "offered=" + offered);
        assertEquals(0, edge.slots.usedCount());
    }

    @Test
    void shouldNeverLogOnWithADamagedLogon() {
        final byte[] logon = AcquirerMessages.logon(ACQUIRER, AcquirerMessages.SECRET);
        for (int bit = 0; bit < logon.length * Byte.SIZE; bit++) {
            final byte[] damaged = logon.clone();
            damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            final AcquirerSession session = anySession(false);
            edge.receive(session, damaged);

            // The schema version and the heartbeat interval may change; nobody else may get in.
            final boolean harmless = isIn(bit, 12, 14) || isIn(bit, 18, 22);
            assertTrue(harmless || session.state() != AcquirerSessionState.ACTIVE, "bit " + bit);
            end(session);
        }
    }

    private AcquirerSession anySession(final boolean loggedOn) {
        final RecordingConnection connection = new RecordingConnection();
        return loggedOn ? edge.logOnAnother(connection) : edge.connect(connection);
    }

    private void end(final AcquirerSession session) {
        if (session.state() != AcquirerSessionState.CLOSED) {
            session.onDisconnected(edge.nowNs);
        }
    }

    private static boolean isIn(final int bit, final int from, final int to) {
        return bit / Byte.SIZE >= from && bit / Byte.SIZE < to;
    }

    private static byte[] randomBytes(final Random random, final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
