package io.turnout.gateway.acquirer;

import static io.turnout.gateway.acquirer.AcquirerFixture.ACQUIRER;
import static io.turnout.gateway.acquirer.AcquirerFixture.HORIZON;
import static io.turnout.gateway.acquirer.AcquirerFixture.SECOND;
import static io.turnout.gateway.support.AcquirerMessages.SECRET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.acquirer.HeartbeatDecoder;
import io.turnout.codecs.sbe.acquirer.LogonAckDecoder;
import io.turnout.codecs.sbe.acquirer.LogonDecoder;
import io.turnout.codecs.sbe.acquirer.LogonRejectDecoder;
import io.turnout.codecs.sbe.acquirer.LogonRejectReason;
import io.turnout.codecs.sbe.acquirer.LogoutDecoder;
import io.turnout.codecs.sbe.acquirer.LogoutReason;
import io.turnout.codecs.sbe.acquirer.MessageHeaderDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentRequestDecoder;
import io.turnout.codecs.sbe.acquirer.RejectReason;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.support.AcquirerMessages;
import io.turnout.gateway.support.RecordingConnection;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How sessions begin, live and end. */
class AcquirerSessionTest {

    private final AcquirerFixture edge = new AcquirerFixture();

    @Test
    void shouldOpenASessionForTheRightCredential() {
        edge.receive(AcquirerMessages.logon(ACQUIRER, SECRET));

        final LogonAckDecoder ack =
                new LogonAckDecoder().wrapAndApplyHeader(edge.nextMessage(), 0, new MessageHeaderDecoder());
        assertEquals(edge.session.sessionId(), ack.sessionId());
        assertEquals(10_000, ack.heartbeatIntervalMs());
        assertEquals(AcquirerFixture.MAXIMUM_IN_FLIGHT, ack.maximumInFlight());
        assertEquals(HORIZON, ack.horizonNs());
        assertEquals(AcquirerSessionState.ACTIVE, edge.session.state());
        assertEquals(1, edge.count(GatewayCounter.LOGONS_ACCEPTED));
        assertEquals(1, edge.count(GatewayCounter.SESSIONS_ACTIVE));
    }

    @ParameterizedTest
    @CsvSource({
        "42, sixteen-byte-kez",
        "42, sixteen-byte-ke",
        "42, sixteen-byte-key-and-more",
        "42, ''",
        "43, sixteen-byte-key",
        "44, sixteen-byte-key",
    })
    void shouldRefuseAWrongCredential(final long acquirerId, final String secret) {
        edge.receive(AcquirerMessages.logon(acquirerId, secret));

        final LogonRejectDecoder reject =
                new LogonRejectDecoder().wrapAndApplyHeader(edge.nextMessage(), 0, new MessageHeaderDecoder());
        assertEquals(LogonRejectReason.BAD_CREDENTIAL, reject.reason());
        assertFalse(edge.connection.isOpen());
        assertEquals(1, edge.count(GatewayCounter.LOGONS_BAD_CREDENTIAL));
    }

    @Test
    void shouldRefuseMoreSessionsThanAllowedUntilOneEnds() {
        edge.loggedOn();
        final AcquirerSession second = edge.logOnAnother(new RecordingConnection());
        final RecordingConnection third = new RecordingConnection();
        edge.receive(edge.connect(third), AcquirerMessages.logon(ACQUIRER, SECRET));
        assertEquals(
                LogonRejectReason.TOO_MANY_SESSIONS,
                new LogonRejectDecoder()
                        .wrapAndApplyHeader(AcquirerFixture.unframe(third.next()), 0, new MessageHeaderDecoder())
                        .reason());
        assertEquals(1, edge.count(GatewayCounter.LOGONS_TOO_MANY_SESSIONS));

        second.onDisconnected(edge.nowNs);

        assertEquals(
                AcquirerSessionState.ACTIVE,
                edge.logOnAnother(new RecordingConnection()).state());
    }

    @Test
    void shouldCloseAConnectionThatDoesNotLogOn() {
        edge.pass(5 * SECOND - 1);
        assertTrue(edge.connection.isOpen());
        edge.pass(1);

        assertLoggedOut(LogoutReason.IDLE);
        assertEquals(1, edge.count(GatewayCounter.LOGON_TIMEOUTS));
    }

    @Test
    void shouldRefuseARequestBeforeLogon() {
        edge.receive(AcquirerMessages.payment(77));

        assertEquals(
                77,
                edge.assertRejected(RejectReason.NOT_LOGGED_ON)
                        .clientReference()
                        .low());
        assertLoggedOut(LogoutReason.PROTOCOL_ERROR);
        assertEquals(0, edge.ingress.count());
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6, 12, 14, 999})
    void shouldRefuseAnythingElseBeforeLogon(final int templateId) {
        edge.receive(
                switch (templateId) {
                    case 4 -> AcquirerMessages.heartbeat();
                    case 12 -> AcquirerMessages.reversal(1, 2);
                    case 14 -> AcquirerMessages.status(1);
                    default -> AcquirerMessages.foreign(templateId, 1);
                });

        edge.assertRejected(RejectReason.NOT_LOGGED_ON);
        assertLoggedOut(LogoutReason.PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 999, 60_001, 4_294_967_295L})
    void shouldRefuseALogonWithAnImpossibleHeartbeat(final long heartbeatMs) {
        edge.receive(AcquirerMessages.logon(ACQUIRER, SECRET, heartbeatMs));

        assertEquals(2, edge.assertRejected(RejectReason.INVALID_FIELD).refFieldId());
        assertLoggedOut(LogoutReason.PROTOCOL_ERROR);
    }

    @Test
    void shouldEndASessionThatLogsOnTwice() {
        edge.loggedOn().receive(AcquirerMessages.logon(ACQUIRER, SECRET));

        assertEquals(
                LogonDecoder.TEMPLATE_ID,
                edge.assertRejected(RejectReason.ALREADY_LOGGED_ON).refTemplateId());
        assertLoggedOut(LogoutReason.PROTOCOL_ERROR);
        assertEquals(0, edge.count(GatewayCounter.SESSIONS_ACTIVE));
    }

    @Test
    void shouldAnswerALogout() {
        edge.loggedOn().receive(AcquirerMessages.logout());

        assertLoggedOut(LogoutReason.REQUESTED);
        assertEquals(0, edge.edge.sessionCount());
    }

    @Test
    void shouldIgnoreWhatFollowsTheEndOfASession() {
        edge.loggedOn().receive(AcquirerMessages.join(AcquirerMessages.logout(), AcquirerMessages.payment(1)));
        edge.receive(AcquirerMessages.payment(2));

        assertEquals(0, edge.ingress.count());
        assertLoggedOut(LogoutReason.REQUESTED);
    }

    @Test
    void shouldBeHeardAtLeastOncePerInterval() {
        edge.loggedOn().pass(0);
        for (int i = 0; i < 9; i++) {
            edge.receive(AcquirerMessages.heartbeat());
            edge.pass(SECOND);
        }
        assertEquals(0, edge.connection.sentCount());
        edge.receive(AcquirerMessages.heartbeat());
        edge.pass(SECOND);

        assertEquals(1, edge.connection.sentCount());
        assertEquals(HeartbeatDecoder.TEMPLATE_ID, edge.nextTemplate());
    }

    @Test
    void shouldNotSendAHeartbeatRightAfterSomethingElse() {
        edge.loggedOn();
        for (int i = 0; i < 19; i++) {
            edge.receive(i % 9 == 5 ? AcquirerMessages.foreign(999, 1) : AcquirerMessages.heartbeat());
            edge.pass(SECOND);
        }

        edge.assertRejected(RejectReason.UNKNOWN_TEMPLATE);
        edge.assertRejected(RejectReason.UNKNOWN_TEMPLATE);
        assertEquals(0, edge.connection.sentCount());
    }

    @Test
    void shouldEndASessionThatIsNotHeardForTwoIntervals() {
        edge.loggedOn();
        edge.pass(2 * SECOND - 1);
        assertTrue(edge.connection.isOpen());
        edge.pass(1);

        assertLoggedOut(LogoutReason.IDLE);
        assertEquals(1, edge.count(GatewayCounter.SESSIONS_IDLE));
    }

    @Test
    void shouldRejectAnUnknownTemplateOrSchemaAndGoOn() {
        edge.loggedOn()
                .receive(AcquirerMessages.join(
                        AcquirerMessages.foreign(999, 1),
                        AcquirerMessages.foreign(PaymentRequestDecoder.TEMPLATE_ID, 2),
                        AcquirerMessages.payment(1)));

        assertEquals(999, edge.assertRejected(RejectReason.UNKNOWN_TEMPLATE).refTemplateId());
        edge.assertRejected(RejectReason.UNKNOWN_TEMPLATE);
        assertEquals(1, edge.ingress.count());
    }

    @Test
    void shouldRejectAMessageShorterThanItAnnouncesAndGoOn() {
        final byte[] payment = AcquirerMessages.payment(1);
        edge.loggedOn();
        for (int cut = payment.length - 1; cut >= AcquirerMessages.sofh(0, 0).length; cut--) {
            final byte[] shorter = Arrays.copyOf(payment, cut);
            System.arraycopy(AcquirerMessages.sofh(cut, 0xEB50), 0, shorter, 0, 6);
            edge.receive(shorter);

            edge.assertRejected(RejectReason.MALFORMED);
        }
        assertEquals(0, edge.ingress.count());
        assertEquals(AcquirerSessionState.ACTIVE, edge.session.state());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 60240, BAD_FRAME", // 0xEB50, but shorter than its own header
        "5, 60240, BAD_FRAME",
        "100, 60241, BAD_FRAME",
        "100, 0, BAD_FRAME",
        "4097, 60240, FRAME_TOO_LONG",
        "2147483647, 60240, FRAME_TOO_LONG",
        "-1, 60240, FRAME_TOO_LONG",
        "1195725856, 12112, BAD_FRAME", // "GET /P"
    })
    void shouldEndASessionWithABadFrameAtItsHeader(final int length, final int encoding, final RejectReason reason) {
        edge.loggedOn().receive(AcquirerMessages.sofh(length, encoding));

        edge.assertRejected(reason);
        assertLoggedOut(LogoutReason.PROTOCOL_ERROR);
    }

    @Test
    void shouldEndASessionWhoseFrameIsNotCompletedInTime() {
        edge.loggedOn().receive(Arrays.copyOf(AcquirerMessages.payment(1), 20));
        for (int i = 0; i < 4; i++) {
            edge.pass(SECOND);
            edge.receive(new byte[] {0});
        }
        edge.pass(SECOND - 1);
        assertTrue(edge.connection.isOpen());
        edge.pass(1);

        edge.assertRejected(RejectReason.FRAME_TIMEOUT);
        assertLoggedOut(LogoutReason.PROTOCOL_ERROR);
    }

    @Test
    void shouldUnderstandTheSameHoweverTheBytesAreCut() {
        // given a stream of good and bad messages
        final byte[] stream = AcquirerMessages.join(
                AcquirerMessages.logon(ACQUIRER, SECRET),
                AcquirerMessages.payment(1, AcquirerMessages.PAN, AcquirerMessages.TRACK2),
                AcquirerMessages.heartbeat(),
                AcquirerMessages.foreign(999, 1),
                AcquirerMessages.reversal(2, 1),
                AcquirerMessages.status(1),
                AcquirerMessages.logout());
        final AcquirerFixture whole = new AcquirerFixture();
        whole.receive(stream);

        for (int piece = 1; piece < 300; piece += 7) {
            // when it arrives in pieces
            final AcquirerFixture cut = new AcquirerFixture();
            for (int i = 0; i < stream.length; i += piece) {
                cut.receive(Arrays.copyOfRange(stream, i, Math.min(stream.length, i + piece)));
            }

            // then the same answers and commands come out
            assertEquals(whole.connection.sentCount(), cut.connection.sentCount(), "piece " + piece);
            assertEquals(3, cut.ingress.count());
            assertEquals(AcquirerSessionState.CLOSED, cut.session.state());
        }
    }

    @Test
    void shouldCloseASessionThatDoesNotReadItsAnswers() {
        edge.loggedOn();
        edge.connection.full(true);
        edge.receive(AcquirerMessages.foreign(999, 1));

        assertFalse(edge.connection.isOpen());
        assertEquals(AcquirerSessionState.CLOSED, edge.session.state());
        assertEquals(1, edge.count(GatewayCounter.SESSIONS_OUTPUT_FULL));
    }

    @Test
    void shouldTellSessionsThatTheSwitchStops() {
        edge.loggedOn().edge.onStopping();

        assertLoggedOut(LogoutReason.SWITCH_STOPPING);
        assertEquals(0, edge.edge.sessionCount());
    }

    @Test
    void shouldGiveSessionsOfAnotherRunOtherNumbers() {
        assertNotEquals(0, edge.session.sessionId() >>> Integer.SIZE);
        assertTrue(edge.session.sessionId() > 0);
    }

    @Test
    void shouldRefuseAnIllegalTransition() {
        assertThrows(
                IllegalStateException.class,
                () -> edge.loggedOn().session.onConnected(new RecordingConnection(), edge.nowNs));
    }

    private void assertLoggedOut(final LogoutReason reason) {
        final LogoutDecoder logout =
                new LogoutDecoder().wrapAndApplyHeader(edge.nextMessage(), 0, new MessageHeaderDecoder());
        assertEquals(LogoutDecoder.TEMPLATE_ID, logout.sbeTemplateId());
        assertEquals(reason, logout.reason());
        assertFalse(edge.connection.isOpen());
        assertEquals(0, edge.connection.sentCount());
        assertEquals(AcquirerSessionState.CLOSED, edge.session.state());
    }
}
