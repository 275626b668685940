package io.turnout.gateway.issuer;

import static io.turnout.gateway.issuer.IssuerFixture.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.support.AcquirerMessages;
import io.turnout.gateway.support.RecordingConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How links come up, stay up and go down. */
class IssuerLinkTest {

    private final IssuerFixture link = new IssuerFixture();

    @Test
    void shouldSignOnAndTellTheSwitch() {
        link.connected();
        assertEquals(IssuerLinkState.SIGNING_ON, link.state());
        final IsoDecoder signOn = link.next();
        assertEquals(800, signOn.mti());
        assertEquals(1114221320, signOn.getLong(7));
        assertEquals(1, signOn.getLong(70));
        assertEquals(0, link.ingress.count());

        link.receive(link.bank.networkResponse(signOn, "00"));

        assertEquals(IssuerLinkState.SIGNED_ON, link.state());
        link.assertLinkState(LinkState.SIGNED_ON);
        assertEquals(1, link.count(GatewayCounter.LINKS_SIGNED_ON));
    }

    @ParameterizedTest
    @ValueSource(strings = {"05", "91", "ZZ"})
    void shouldSignOnAgainAfterAPauseWhenTheBankRefusesItAndConnectAgainAfterThreeTimes(final String code) {
        link.connected();
        for (final long pauseNs : new long[] {5 * SECOND, 10 * SECOND}) {
            link.receive(link.bank.networkResponse(link.next(), code));
            link.pass(pauseNs - 1);
            assertEquals(0, link.connection.sentCount());
            assertTrue(link.connection.isOpen());
            link.pass(1);
        }
        link.receive(link.bank.networkResponse(link.next(), code));
        assertFalse(link.connection.isOpen());
        link.disconnect();
        link.pass(SECOND);

        assertEquals(2, link.connects);
        assertEquals(3, link.count(GatewayCounter.LINK_SIGN_ONS_REFUSED));
        assertEquals(0, link.ingress.count());
    }

    @Test
    void shouldComeUpWhenALaterSignOnIsAccepted() {
        link.connected();
        link.receive(link.bank.networkResponse(link.next(), "91"));
        link.pass(5 * SECOND);
        link.receive(link.bank.networkResponse(link.next(), "00"));

        link.assertLinkState(LinkState.SIGNED_ON);
    }

    @Test
    void shouldNotBelieveASignOnAnswerWithoutResponseCode() {
        link.connected();
        link.receive(link.bank.networkResponse(link.next(), null));
        assertEquals(IssuerLinkState.SIGNING_ON, link.state());
        assertEquals(1, link.count(GatewayCounter.ISSUER_MALFORMED));

        link.pass(10 * SECOND);

        assertEquals(1, link.count(GatewayCounter.LINK_SIGN_ONS_REFUSED));
        assertEquals(IssuerLinkState.SIGNING_ON, link.state());
    }

    @Test
    void shouldIgnoreAnAnswerToAnotherSignOn() {
        link.connected().next();
        link.receive(link.bank.frame(810, encoder -> encoder.putLong(7, 1114221320L)
                .putLong(11, 999)
                .putString(39, "00")
                .putLong(70, 1)));

        assertEquals(IssuerLinkState.SIGNING_ON, link.state());
        assertEquals(1, link.count(GatewayCounter.ISSUER_NETWORK_UNMATCHED));
    }

    @Test
    void shouldConnectAgainWithGrowingPausesThatASeedDetermines() {
        // given the pauses of the same seed
        final ReconnectBackoff expected =
                new ReconnectBackoff(SECOND, 30 * SECOND, new SplittableRandom(IssuerFixture.SEED).split());
        link.pass(0);
        for (int attempt = 1; attempt < 12; attempt++) {
            // when an attempt fails
            assertEquals(attempt, link.connects);
            link.handler.onDisconnected(link.nowNs);
            final long pauseNs = expected.nextPauseNs();

            // then the next follows exactly after the pause
            link.pass(pauseNs - 1);
            assertEquals(attempt, link.connects);
            link.pass(1);
        }
        assertEquals(11, link.count(GatewayCounter.LINK_CONNECT_FAILURES));
        assertEquals(0, link.ingress.count(), "a link that was never up is not reported down");
    }

    @Test
    void shouldDoublePausesUpToTheirLimitAndShortenThemByAtMostHalf() {
        final ReconnectBackoff backoff = new ReconnectBackoff(SECOND, 30 * SECOND, new SplittableRandom(1));
        final long[] fullSeconds = {1, 2, 4, 8, 16, 30, 30, 30};
        final List<Long> pauses = new ArrayList<>();
        for (final long full : fullSeconds) {
            final long pauseNs = backoff.nextPauseNs();
            pauses.add(pauseNs);
            assertTrue(pauseNs <= full * SECOND && pauseNs >= full * SECOND / 2, full + ": " + pauses);
        }
        backoff.reset();
        assertTrue(backoff.nextPauseNs() <= SECOND);
    }

    @Test
    void shouldStartWithAShortPauseAgainAfterASignOn() {
        for (int i = 0; i < 6; i++) {
            link.pass(30 * SECOND);
            link.handler.onDisconnected(link.nowNs);
        }
        link.pass(30 * SECOND);
        link.handler.onConnected(link.connection, link.nowNs);
        link.receive(link.bank.networkResponse(link.next(), "00"));
        link.disconnect();
        final int connects = link.connects;
        link.pass(SECOND);

        assertEquals(connects + 1, link.connects);
    }

    @Test
    void shouldTellTheSwitchWhenTheLinkIsLost() {
        link.signedOn().disconnect();

        link.assertLinkState(LinkState.DOWN);
        assertEquals(0, link.count(GatewayCounter.LINKS_SIGNED_ON));
        assertEquals(1, link.count(GatewayCounter.LINK_DISCONNECTS));
    }

    @Test
    void shouldAskAQuietBankWhetherItIsAlive() {
        link.signedOn().pass(30 * SECOND - 1);
        assertEquals(0, link.connection.sentCount());
        link.pass(1);
        final IsoDecoder echo = link.next();
        assertEquals(301, echo.getLong(70));
        link.receive(link.bank.networkResponse(echo, "00"));
        link.pass(30 * SECOND - 1);
        assertEquals(0, link.connection.sentCount());
        link.pass(1);

        assertEquals(301, link.next().getLong(70));
        assertEquals(0, link.count(GatewayCounter.LINK_ECHO_MISSES));
    }

    @Test
    void shouldCloseALinkAfterThreeEchoesWithoutAnswer() {
        link.signedOn().pass(30 * SECOND);
        for (int i = 0; i < 2; i++) {
            link.pass(10 * SECOND);
            assertTrue(link.connection.isOpen());
        }
        link.pass(10 * SECOND);

        assertFalse(link.connection.isOpen());
        assertEquals(3, link.connection.sentCount());
        assertEquals(3, link.count(GatewayCounter.LINK_ECHO_MISSES));
        assertEquals(1, link.count(GatewayCounter.LINK_ECHO_FAILURES));
        link.assertLinkState(LinkState.DEGRADED);
        assertEquals(0, link.ingress.count(), "the connection is not gone yet");
        link.disconnect();
        link.assertLinkState(LinkState.DOWN);
    }

    @Test
    void shouldBeDegradedFromAMissedEchoUntilAnythingIsHeard() {
        link.signedOn().pass(30 * SECOND);
        link.pass(10 * SECOND);
        link.assertLinkState(LinkState.DEGRADED);
        assertEquals(IssuerLinkState.DEGRADED, link.state());
        assertEquals(1, link.count(GatewayCounter.LINKS_SIGNED_ON));
        link.connection.forgetSent();
        link.events.routed(link.vault, link.nowNs + SECOND);
        link.route();
        assertEquals(1, link.connection.sentCount(), "it still carries payments");

        link.receive(link.bank.networkRequest(800, 9, 301));

        link.assertLinkState(LinkState.SIGNED_ON);
        assertEquals(IssuerLinkState.SIGNED_ON, link.state());
    }

    @Test
    void shouldNotCountAMissWhileTheBankSpeaks() {
        link.signedOn().pass(30 * SECOND);
        link.pass(5 * SECOND);
        link.receive(link.bank.response(210, "00"));
        link.pass(5 * SECOND);

        assertEquals(0, link.count(GatewayCounter.LINK_ECHO_MISSES));
        assertTrue(link.connection.isOpen());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 270, 1})
    void shouldAnswerEchoesAndSignOnsOfTheBank(final int networkCode) {
        link.signedOn().receive(link.bank.networkRequest(800, 555, networkCode));

        final IsoDecoder answer = link.next();
        assertEquals(810, answer.mti());
        assertEquals(1114221320, answer.getLong(7));
        assertEquals(555, answer.getLong(11));
        assertTrue(answer.equalsAscii(39, "00"));
        assertEquals(networkCode, answer.getLong(70));
        assertEquals(IssuerLinkState.SIGNED_ON, link.state());
    }

    @Test
    void shouldAnswer0820With0830() {
        link.signedOn().receive(link.bank.networkRequest(820, 1, 301));

        assertEquals(830, link.next().mti());
    }

    @Test
    void shouldEchoTheForwardingInstitution() {
        link.signedOn();
        link.receive(link.bank.frame(800, encoder -> encoder.putLong(7, 1114221320L)
                .putLong(11, 1)
                .putLong(33, 12345)
                .putLong(70, 301)));

        assertEquals(12345, link.next().getLong(33));
    }

    @Test
    void shouldSayThatItDoesNotKnowOtherNetworkFunctions() {
        link.signedOn().receive(link.bank.networkRequest(800, 1, 161));

        assertTrue(link.next().equalsAscii(39, "40"));
        assertEquals(1, link.count(GatewayCounter.ISSUER_UNEXPECTED));
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 11, 70})
    void shouldNotAnswerANetworkRequestWithoutItsKey(final int missing) {
        link.signedOn();
        link.receive(link.bank.frame(800, encoder -> {
            for (final int field : new int[] {7, 11, 70}) {
                if (field != missing) {
                    encoder.putLong(field, 301);
                }
            }
            return encoder;
        }));

        assertEquals(0, link.connection.sentCount());
        assertEquals(1, link.count(GatewayCounter.ISSUER_MALFORMED));
        assertEquals(missing, link.edge.undecodable().recent().get(0).field());
    }

    @Test
    void shouldSendNothingToABankThatSignedOffUntilItSignsOn() {
        link.signedOn().receive(link.bank.networkRequest(800, 1, 2));
        assertTrue(link.next().equalsAscii(39, "00"));
        link.assertLinkState(LinkState.DOWN);
        assertEquals(IssuerLinkState.SIGNED_OFF, link.state());
        assertTrue(link.connection.isOpen());

        link.receive(link.bank.networkRequest(800, 2, 1));

        link.assertLinkState(LinkState.SIGNED_ON);
        assertEquals(IssuerLinkState.SIGNED_ON, link.state());
    }

    @Test
    void shouldSignOffWhenTheSwitchStops() {
        link.signedOn().edge.onStopping(link.nowNs);
        final IsoDecoder signOff = link.next();
        assertEquals(2, signOff.getLong(70));
        assertTrue(link.connection.isOpen());
        link.receive(link.bank.networkResponse(signOff, "00"));
        assertFalse(link.connection.isOpen());
        assertFalse(link.edge.isStopped());
        link.disconnect();

        link.assertLinkState(LinkState.DOWN);
        assertTrue(link.edge.isStopped());
        link.pass(60 * SECOND);
        assertEquals(1, link.connects);
    }

    @Test
    void shouldNotWaitForeverForTheAnswerToASignOff() {
        link.signedOn().edge.onStopping(link.nowNs);
        link.pass(10 * SECOND);

        assertFalse(link.connection.isOpen());
    }

    @Test
    void shouldStopWhateverItDoes() {
        final IssuerFixture idle = new IssuerFixture();
        idle.edge.onStopping(idle.nowNs);
        assertTrue(idle.edge.isStopped());

        final IssuerFixture connecting = new IssuerFixture();
        connecting.pass(0);
        connecting.edge.onStopping(connecting.nowNs);
        connecting.handler.onConnected(connecting.connection, connecting.nowNs);
        assertFalse(connecting.connection.isOpen());
        connecting.disconnect();
        assertTrue(connecting.edge.isStopped());

        link.connected().edge.onStopping(link.nowNs);
        assertFalse(link.connection.isOpen());
        link.disconnect();
        assertTrue(link.edge.isStopped());
    }

    @Test
    void shouldCloseALinkWhoseOutputIsFullOfEchoes() {
        link.signedOn();
        link.connection.full(true);
        link.pass(30 * SECOND);

        assertFalse(link.connection.isOpen());
    }

    @Test
    void shouldCloseALinkWhoseFrameIsNotCompletedInTime() {
        link.signedOn().receive(new byte[] {0});
        link.pass(5 * SECOND - 1);
        assertTrue(link.connection.isOpen());
        link.pass(1);

        assertFalse(link.connection.isOpen());
        assertEquals(1, link.count(GatewayCounter.ISSUER_FRAME_TIMEOUTS));
    }

    @Test
    void shouldCloseALinkWithAFrameLongerThanAllowedAtItsLength() {
        final IssuerFixture four = new IssuerFixture("iso87-ascii", Framing.BIN4_EXCLUSIVE).signedOn();
        four.receive(new byte[] {0x7F, -1, -1, -1});

        assertFalse(four.connection.isOpen());
        assertEquals(1, four.count(GatewayCounter.ISSUER_BAD_FRAMES));
    }

    @Test
    void shouldTakeEmptyFramesAsASignOfLife() {
        link.signedOn();
        for (int i = 0; i < 10; i++) {
            link.pass(20 * SECOND);
            link.receive(new byte[] {0, 0});
        }

        assertEquals(0, link.connection.sentCount());
        assertEquals(10, link.count(GatewayCounter.ISSUER_EMPTY_FRAMES));
    }

    @Test
    void shouldKeepStepOverEmptyFramesWithATrailer() {
        final IssuerFixture etx = new IssuerFixture("iso87-ascii", Framing.BIN2_ETX).signedOn();
        etx.receive(AcquirerMessages.join(
                new byte[] {0, 1, 3}, new byte[] {0, 1, 3}, etx.bank.response(210, "00"), new byte[] {0, 1, 3}));

        assertEquals(3, etx.count(GatewayCounter.ISSUER_EMPTY_FRAMES));
        assertEquals(1, etx.ingress.count());
        assertTrue(etx.connection.isOpen());
    }

    @Test
    void shouldCloseALinkWhoseLengthDoesNotEvenCountTheTrailer() {
        final IssuerFixture etx = new IssuerFixture("iso87-ascii", Framing.BIN2_ETX).signedOn();
        etx.receive(new byte[] {0, 0});

        assertFalse(etx.connection.isOpen());
        assertEquals(1, etx.count(GatewayCounter.ISSUER_BAD_FRAMES));
    }

    @Test
    void shouldComeUpAgainOnANewConnection() {
        link.signedOn().receive(new byte[] {0, 100, '0'});
        link.disconnect();
        link.assertLinkState(LinkState.DOWN);
        link.pass(SECOND);
        link.connection = new RecordingConnection();
        link.handler.onConnected(link.connection, link.nowNs);
        link.receive(link.bank.networkResponse(link.next(), "00"));

        link.assertLinkState(LinkState.SIGNED_ON);
        assertEquals(IssuerLinkState.SIGNED_ON, link.state());
    }
}
