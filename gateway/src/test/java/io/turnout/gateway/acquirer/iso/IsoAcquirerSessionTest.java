package io.turnout.gateway.acquirer.iso;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.sbe.engine.PaymentAnsweredDecoder;
import io.turnout.codecs.sbe.engine.RequestPaymentDecoder;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.support.RecordingConnection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a connection of an ISO 8583 acquirer does with frames, time and limits. */
@Timeout(30)
final class IsoAcquirerSessionTest {

    private static final long SECOND = IsoFixture.SECOND;

    private final IsoFixture fixture = IsoFixture.signedOn();

    @Test
    void shouldUnderstandAMessageThatComesByteByByte() {
        for (final byte octet : IsoFixture.frame(200, IsoFixture.purchase())) {
            fixture.receive(new byte[] {octet});
        }

        assertEquals(1, fixture.ingress.count());
    }

    @Test
    void shouldUnderstandSeveralMessagesAtOnce() {
        final byte[] echo = IsoFixture.frame(800, IsoFixture.network("301"));
        final byte[] both = Arrays.copyOf(echo, 2 * echo.length);
        System.arraycopy(echo, 0, both, echo.length, echo.length);
        fixture.receive(both);

        assertEquals("0810 00", fixture.nextOutcome());
        assertEquals("0810 00", fixture.nextOutcome());
    }

    @Test
    void shouldCloseWhenAFrameIsBegunAndNotCompleted() {
        final byte[] frame = IsoFixture.frame(200, IsoFixture.purchase());
        fixture.receive(Arrays.copyOf(frame, 20));
        for (int i = 20; i < 24; i++) {
            fixture.pass(SECOND);
            fixture.receive(new byte[] {frame[i]});
        }
        assertTrue(fixture.connection.isOpen(), "before the time-out");
        fixture.pass(SECOND);

        assertFalse(fixture.connection.isOpen());
        assertEquals(1, fixture.count(GatewayCounter.ISO_FRAME_TIMEOUTS));
    }

    @Test
    void shouldCloseWhenAFrameIsTooLong() {
        fixture.receive(new byte[] {(byte) 0xFF, (byte) 0xFF});

        assertFalse(fixture.connection.isOpen());
        assertEquals(1, fixture.count(GatewayCounter.ISO_BAD_FRAMES));
    }

    @Test
    void shouldTakeAnEmptyFrameAsASignOfLife() {
        fixture.receive(new byte[] {0, 0});

        assertTrue(fixture.connection.isOpen());
        assertEquals(0, fixture.connection.sentCount());
        assertEquals(1, fixture.count(GatewayCounter.ISO_EMPTY_FRAMES));
    }

    @Test
    void shouldAskWhetherAnAcquirerIsAliveAndBelieveItsAnswer() {
        fixture.pass(60 * SECOND);
        final IsoDecoder echo = fixture.next();
        assertEquals(800, echo.mti());
        assertEquals("1114221420", echo.getString(7));
        assertEquals("301", echo.getString(70));
        fixture.receive(810, Map.of(7, echo.getString(7), 11, echo.getString(11), 39, "00", 70, echo.getString(70)));
        fixture.pass(59 * SECOND);

        assertEquals(0, fixture.connection.sentCount());
        assertTrue(fixture.connection.isOpen());
        assertEquals(0, fixture.count(GatewayCounter.ISO_UNMATCHED));
    }

    @Test
    void shouldCloseWhenEchoesAreNotAnswered() {
        fixture.pass(60 * SECOND);
        for (int miss = 0; miss < 3; miss++) {
            assertTrue(fixture.connection.isOpen());
            assertEquals(800, fixture.next().mti());
            fixture.pass(10 * SECOND);
        }

        assertFalse(fixture.connection.isOpen());
        assertEquals(1, fixture.count(GatewayCounter.ISO_ECHO_FAILURES));
    }

    @Test
    void shouldRefuseAnAddressThatIsNotTheAcquirers() {
        final IsoFixture strict = new IsoFixture(false, List.of(PeerRange.parse("192.0.2.0/24")));

        assertFalse(strict.connection.isOpen());
        assertEquals(1, strict.count(GatewayCounter.ISO_PEERS_REFUSED));
        assertEquals(0, strict.edge.sessionCount());
    }

    @Test
    void shouldTakeAnAddressOfTheAcquirer() {
        final IsoFixture strict =
                new IsoFixture(false, List.of(PeerRange.parse("192.0.2.0/24"), PeerRange.parse("127.0.0.1")));
        strict.receive(200, IsoFixture.purchase());

        assertEquals(1, strict.ingress.count());
    }

    @Test
    void shouldDeclineRequestsButTakeFactsBeforeASignOn() {
        final IsoFixture signedOff = new IsoFixture();
        signedOff.receive(200, IsoFixture.purchase());
        assertEquals("0210 91", signedOff.nextOutcome());
        assertEquals(0, signedOff.ingress.count());
        signedOff.receive(220, IsoFixture.purchase());
        signedOff.receive(420, IsoFixture.reversal());

        assertEquals(2, signedOff.ingress.count());
    }

    @Test
    void shouldDeclineRequestsAfterASignOff() {
        fixture.receive(800, IsoFixture.network("002"));
        assertEquals("0810 00", fixture.nextOutcome());
        fixture.receive(200, IsoFixture.purchase());

        assertEquals("0210 91", fixture.nextOutcome());
    }

    @Test
    void shouldDeclineWhatExceedsTheLimitOfRequestsInFlight() {
        for (int i = 0; i < IsoFixture.MAXIMUM_IN_FLIGHT; i++) {
            fixture.receive(200, numbered(i));
        }
        assertEquals(0, fixture.connection.sentCount());
        fixture.receive(200, numbered(9));
        assertEquals("0210 91", fixture.nextOutcome());
        fixture.edge.onPaymentAnswered(fixture.approval(fixture.nextPayment()));
        assertEquals("0210 00", fixture.nextOutcome());
        fixture.receive(200, numbered(9));

        assertEquals(0, fixture.connection.sentCount(), "there is room again");
        assertEquals(1, fixture.count(GatewayCounter.REJECTED_IN_FLIGHT_LIMIT));
    }

    @Test
    void shouldHoldARequestBackAndStopReadingWhenTheSwitchHasNoRoom() {
        fixture.ingress.room(0);
        fixture.receive(200, IsoFixture.purchase());
        assertFalse(fixture.connection.isReading());
        fixture.ingress.room(1);
        fixture.pass(SECOND / 2);

        assertTrue(fixture.connection.isReading());
        assertEquals(1, fixture.ingress.count());
        assertEquals(0, fixture.connection.sentCount());
    }

    @Test
    void shouldAnswer91WhenTheSwitchHasNoRoomForTooLong() {
        fixture.ingress.room(0);
        fixture.receive(200, IsoFixture.purchase());
        fixture.pass(SECOND);

        assertEquals("0210 91", fixture.nextOutcome());
        assertTrue(fixture.connection.isReading());
        assertEquals(0, fixture.session.inFlight());
    }

    @Test
    void shouldAnswer91WhenTheSwitchAdmitsNothing() {
        fixture.admits = false;
        fixture.receive(200, IsoFixture.purchase());
        fixture.receive(420, IsoFixture.reversal());

        assertEquals("0210 91", fixture.nextOutcome());
        assertEquals("0430 91", fixture.nextOutcome());
    }

    @Test
    void shouldEndWhenTheAcquirerDoesNotReadItsAnswers() {
        fixture.receive(200, numbered(1));
        fixture.receive(200, numbered(2));
        final PaymentAnsweredDecoder answer = fixture.approval(fixture.nextPayment());
        fixture.connection.full(true);
        fixture.edge.onPaymentAnswered(answer);

        assertFalse(fixture.connection.isOpen());
        assertEquals(0, fixture.edge.sessionCount());
        assertEquals(0, fixture.session.inFlight(), "nothing is open any more");
        assertEquals(1, fixture.count(GatewayCounter.ANSWERS_UNDELIVERED));
    }

    @Test
    void shouldAnswerOnTheConnectionThatAskedLast() {
        fixture.receive(200, IsoFixture.purchase());
        final RecordingConnection another = new RecordingConnection();
        final IsoAcquirerSession second = fixture.connect(another);
        second.onSignedOn();
        final byte[] repeat = IsoFixture.frame(201, IsoFixture.purchase());
        second.onBytes(new UnsafeBuffer(repeat), 0, repeat.length, fixture.nowNs);
        fixture.session.onDisconnected(fixture.nowNs);
        fixture.edge.onPaymentAnswered(fixture.approval(fixture.nextPayment()));

        assertEquals(1, another.sentCount());
        assertEquals(0, fixture.ingress.count(), "the repeat is not offered");
        assertEquals(1, fixture.count(GatewayCounter.ISO_REPEATS_IN_FLIGHT));
    }

    @Test
    void shouldKeepTheAnswerForTheRepeatWhenTheConnectionIsGone() {
        fixture.receive(200, IsoFixture.purchase());
        final RequestPaymentDecoder request = fixture.nextPayment();
        fixture.session.onDisconnected(fixture.nowNs);
        fixture.edge.onPaymentAnswered(fixture.approval(request));

        assertEquals(1, fixture.count(GatewayCounter.ANSWERS_UNDELIVERED));
    }

    @Test
    void shouldSignOffWhenTheSwitchStops() {
        fixture.edge.onStopping(fixture.nowNs);

        final IsoDecoder signOff = fixture.next();
        assertEquals(800, signOff.mti());
        assertEquals("002", signOff.getString(70));
        assertFalse(fixture.connection.isOpen());
        assertEquals(0, fixture.edge.sessionCount());
    }

    private static Map<Integer, String> numbered(final int number) {
        final Map<Integer, String> fields = IsoFixture.purchase();
        fields.put(11, String.format("%06d", 500 + number));
        return fields;
    }
}
