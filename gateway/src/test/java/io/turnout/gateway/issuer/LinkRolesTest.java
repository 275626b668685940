package io.turnout.gateway.issuer;

import static io.turnout.gateway.issuer.IssuerFixture.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.sbe.engine.LinkService;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.issuer.IssuerLinkConfiguration.Rules;
import io.turnout.gateway.issuer.IssuerSocketConfiguration.Direction;
import io.turnout.gateway.issuer.IssuerSocketConfiguration.Role;
import io.turnout.gateway.net.ConnectionHandler;
import io.turnout.gateway.support.RecordingConnection;
import java.net.InetSocketAddress;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Links that issuers open, links of several connections, and links that operators take out of service. */
class LinkRolesTest {

    private static final InetSocketAddress DOOR = new InetSocketAddress(7101);
    private static final List<AddressRange> LOOPBACK =
            List.of(AddressRange.parse("127.0.0.1").orElseThrow());
    private static final List<AddressRange> ELSEWHERE =
            List.of(AddressRange.parse("10.0.0.0/8").orElseThrow());

    // Who signs on.

    @Test
    void shouldWaitForTheIssuersSignOn() {
        final IssuerFixture link = client(SignOn.THEIRS).connected();
        assertEquals(0, link.connection.sentCount());
        assertEquals(IssuerLinkState.SIGNING_ON, link.state());

        link.receive(link.bank.networkRequest(800, 7, 1));

        assertTrue(link.next().equalsAscii(39, "00"));
        link.assertLinkState(LinkState.SIGNED_ON);
    }

    @Test
    void shouldWaitForBothSignOns() {
        final IssuerFixture link = client(SignOn.BOTH).connected();
        final IsoDecoder ours = link.next();
        link.receive(link.bank.networkRequest(800, 7, 1));
        link.next();
        assertEquals(IssuerLinkState.SIGNING_ON, link.state());

        link.receive(link.bank.networkResponse(ours, "00"));

        link.assertLinkState(LinkState.SIGNED_ON);
    }

    @Test
    void shouldNeedNoSignOn() {
        final IssuerFixture link = client(SignOn.NONE).connected();

        assertEquals(0, link.connection.sentCount());
        link.assertLinkState(LinkState.SIGNED_ON);
        link.edge.onStopping(link.nowNs);
        assertEquals(0, link.connection.sentCount(), "nor a sign-off");
        assertFalse(link.connection.isOpen());
    }

    // The issuer connects.

    @Test
    void shouldTakeAConnectionOfTheIssuerAndSignOn() {
        final IssuerFixture link = server(LOOPBACK);
        link.pass(60 * SECOND);
        assertEquals(0, link.connects);

        final ConnectionHandler arrival = arrive(link, link.connection);

        final IsoDecoder signOn = link.next();
        receive(link, arrival, link.bank.networkResponse(signOn, "00"));
        link.assertLinkState(LinkState.SIGNED_ON);
        arrival.onDisconnected(link.nowNs);
        link.assertLinkState(LinkState.DOWN);
    }

    @Test
    void shouldTakeTheNextConnectionAtOnceWhenOneIsGone() {
        final IssuerFixture link = server(LOOPBACK);
        arrive(link, new RecordingConnection()).onDisconnected(link.nowNs);

        arrive(link, link.connection);

        assertEquals(IssuerLinkState.SIGNING_ON, link.state());
    }

    @Test
    void shouldRefuseConnectionsBeyondThoseOfItsLinks() {
        final IssuerFixture link = server(LOOPBACK);
        arrive(link, link.connection);
        final RecordingConnection second = new RecordingConnection();
        final ConnectionHandler refused = arrive(link, second);

        assertFalse(second.isOpen());
        receive(link, refused, new byte[] {1, 2, 3});
        refused.onDisconnected(link.nowNs);
        link.pass(0);
        assertEquals(1, link.count(GatewayCounter.LINK_CONNECTIONS_REFUSED));
        assertTrue(link.connection.isOpen(), "the first stays");
        assertEquals(IssuerLinkState.SIGNING_ON, link.state());
    }

    @Test
    void shouldRefuseAnAddressThatIsNotAllowed() {
        final IssuerFixture link = server(ELSEWHERE);

        arrive(link, link.connection);

        assertFalse(link.connection.isOpen());
        assertEquals(IssuerLinkState.DISCONNECTED, link.state());
    }

    @Test
    void shouldRefuseConnectionsWhenTheSwitchStops() {
        final IssuerFixture link = server(LOOPBACK);
        link.edge.onStopping(link.nowNs);

        arrive(link, link.connection);

        assertFalse(link.connection.isOpen());
        assertTrue(link.edge.isStopped());
    }

    @Test
    void shouldSayWhoMayConnectWhereverAnybodyCan() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new IssuerSocketConfiguration(Role.SERVER, Direction.BOTH, DOOR, List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new IssuerSocketConfiguration(Role.CLIENT, Direction.BOTH, DOOR, LOOPBACK));
    }

    // Several connections.

    @Test
    void shouldBeUpWhenAllConnectionsAreAndSignOnOverThoseThatSend() {
        final IssuerFixture link = group();
        final RecordingConnection sending = new RecordingConnection();
        final RecordingConnection receiving = new RecordingConnection();
        link.pass(0);
        link.handlers.get(0).onConnected(sending, link.nowNs);
        assertEquals(IssuerLinkState.CONNECTING, link.state());
        assertEquals(0, sending.sentCount());

        final ConnectionHandler arrival = arrive(link, receiving);

        assertEquals(0, receiving.sentCount());
        final IsoDecoder signOn = link.bank.decode(sending.next());
        receive(link, arrival, link.bank.networkResponse(signOn, "00"));
        link.assertLinkState(LinkState.SIGNED_ON);
        receive(link, arrival, link.bank.networkRequest(800, 4, 301));
        assertEquals(810, link.bank.decode(sending.next()).mti());
        assertEquals(0, receiving.sentCount());
    }

    @Test
    void shouldKeepWhatComesBeforeTheGroupIsComplete() {
        final IssuerFixture link = group();
        final RecordingConnection sending = new RecordingConnection();
        final RecordingConnection receiving = new RecordingConnection();
        final ConnectionHandler arrival = arrive(link, receiving);
        receive(link, arrival, link.bank.networkRequest(800, 4, 301));
        assertFalse(receiving.isReading());
        assertEquals(0, link.count(GatewayCounter.LINKS_HELD));
        link.pass(0);

        link.handlers.get(0).onConnected(sending, link.nowNs);

        assertEquals(1, link.bank.decode(sending.next()).getLong(70), "the sign-on");
        assertEquals(810, link.bank.decode(sending.next()).mti());
        assertTrue(receiving.isReading());
    }

    @Test
    void shouldCloseAllConnectionsAndBeginAgainWhenOneIsLost() {
        final IssuerFixture link = group();
        final RecordingConnection sending = new RecordingConnection();
        final RecordingConnection receiving = new RecordingConnection();
        final ConnectionHandler arrival = signedOn(link, sending, receiving);

        link.handlers.get(0).onDisconnected(link.nowNs);

        assertFalse(receiving.isOpen());
        assertEquals(IssuerLinkState.CLOSING, link.state());
        assertEquals(0, link.ingress.count());
        arrival.onDisconnected(link.nowNs);
        link.assertLinkState(LinkState.DOWN);
        link.pass(SECOND);
        assertEquals(2, link.connects);
        final RecordingConnection again = new RecordingConnection();
        signedOn(link, again, new RecordingConnection());
    }

    @Test
    void shouldCloseAnIncompleteGroupAfterAWhile() {
        final IssuerFixture link = group();
        final RecordingConnection sending = new RecordingConnection();
        link.pass(0);
        link.handlers.get(0).onConnected(sending, link.nowNs);
        link.pass(35 * SECOND - 1);
        assertTrue(sending.isOpen());
        link.pass(1);

        assertFalse(sending.isOpen());
        link.handlers.get(0).onDisconnected(link.nowNs);
        assertEquals(IssuerLinkState.DISCONNECTED, link.state());
    }

    @Test
    void shouldCloseAConnectionThatOpensWhileTheGroupIsBeingClosed() {
        final IssuerFixture link = new IssuerFixture(
                List.of(IssuerSocketConfiguration.client(DOOR), IssuerSocketConfiguration.client(DOOR)), Rules.USUAL);
        link.pass(0);
        final RecordingConnection late = new RecordingConnection();
        link.handlers.get(0).onDisconnected(link.nowNs);
        assertEquals(IssuerLinkState.CLOSING, link.state());
        link.handlers.get(1).onConnected(late, link.nowNs);

        assertFalse(late.isOpen());
        link.handlers.get(1).onDisconnected(link.nowNs);
        assertEquals(IssuerLinkState.DISCONNECTED, link.state());
    }

    @Test
    void shouldSendRoundAllConnectionsThatSendAndPassOverAFullOne() {
        final IssuerFixture link = new IssuerFixture(
                List.of(IssuerSocketConfiguration.client(DOOR), IssuerSocketConfiguration.client(DOOR)),
                new Rules(SignOn.NONE, false, false));
        link.pass(0);
        final RecordingConnection first = new RecordingConnection();
        final RecordingConnection second = new RecordingConnection();
        link.handlers.get(0).onConnected(first, link.nowNs);
        link.handlers.get(1).onConnected(second, link.nowNs);
        link.assertLinkState(LinkState.SIGNED_ON);
        for (int i = 0; i < 4; i++) {
            route(link);
        }
        assertEquals(2, first.sentCount());
        assertEquals(2, second.sentCount());

        first.full(true);
        route(link);
        route(link);

        assertEquals(4, second.sentCount());
        assertEquals(0, link.ingress.count());
    }

    @Test
    void shouldTakeNothingButSignsOfLifeOnAConnectionThatOnlySends() {
        final IssuerFixture link = group();
        final RecordingConnection sending = new RecordingConnection();
        signedOn(link, sending, new RecordingConnection());
        receive(link, link.handlers.get(0), new byte[] {0, 0});
        receive(link, link.handlers.get(0), link.bank.response(210, "00"));

        assertEquals(1, link.count(GatewayCounter.ISSUER_EMPTY_FRAMES));
        assertEquals(1, link.count(GatewayCounter.ISSUER_UNEXPECTED));
        assertEquals(0, link.ingress.count());
        assertTrue(sending.isOpen());
    }

    @Test
    void shouldRefuseALinkThatCannotSendOrCannotReceive() {
        for (final Direction direction : new Direction[] {Direction.SEND, Direction.RECEIVE}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new IssuerFixture(
                            List.of(new IssuerSocketConfiguration(Role.CLIENT, direction, DOOR, List.of())),
                            Rules.USUAL));
        }
    }

    // Out of service.

    @Test
    void shouldSignOffWhenDrainedAndStaySoUntilPutBack() {
        final IssuerFixture link = client(SignOn.OURS).signedOn();
        link.edge.onLinkServiceChanged(link.events.asServiceChanged(LinkService.DRAINING), link.nowNs);
        assertEquals(IssuerLinkState.SIGNED_ON, link.state());
        link.edge.onLinkDrained(link.events.asDrained(), link.nowNs);
        link.assertLinkState(LinkState.DOWN);
        final IsoDecoder signOff = link.next();
        assertEquals(2, signOff.getLong(70));
        link.receive(link.bank.networkResponse(signOff, "00"));
        assertEquals(IssuerLinkState.OUT_OF_SERVICE, link.state());
        link.receive(link.bank.networkRequest(800, 1, 1));
        link.next();
        assertEquals(IssuerLinkState.OUT_OF_SERVICE, link.state(), "whatever the issuer says");
        link.pass(30 * SECOND);
        assertEquals(301, link.next().getLong(70), "it is still asked whether it is alive");
        assertTrue(link.connection.isOpen());

        link.edge.onLinkServiceChanged(link.events.asServiceChanged(LinkService.IN_SERVICE), link.nowNs);

        final IsoDecoder signOn = link.next();
        assertEquals(1, signOn.getLong(70));
        link.receive(link.bank.networkResponse(signOn, "00"));
        link.assertLinkState(LinkState.SIGNED_ON);
    }

    @Test
    void shouldConnectAgainWithoutSigningOnWhileDrained() {
        final IssuerFixture link =
                new IssuerFixture(List.of(IssuerSocketConfiguration.client(DOOR)), new Rules(SignOn.OURS, false, true));
        link.connected();

        assertEquals(0, link.connection.sentCount());
        assertEquals(IssuerLinkState.OUT_OF_SERVICE, link.state());
        assertEquals("DRAINED", link.edge.reports().get(0).service());
    }

    @Test
    void shouldSignOnWhenPutBackBeforeTheSignOffIsAnswered() {
        final IssuerFixture link = client(SignOn.OURS).signedOn();
        link.edge.onLinkDrained(link.events.asDrained(), link.nowNs);
        link.assertLinkState(LinkState.DOWN);
        final IsoDecoder signOff = link.next();
        link.edge.onLinkServiceChanged(link.events.asServiceChanged(LinkService.IN_SERVICE), link.nowNs);
        route(link);
        assertEquals(1, link.ingress.count(), "not sent");
        link.ingress.next();

        link.receive(link.bank.networkResponse(signOff, "00"));

        link.receive(link.bank.networkResponse(link.next(), "00"));
        link.assertLinkState(LinkState.SIGNED_ON);
    }

    @Test
    void shouldLeaveSigningOffToWhomItBelongs() {
        final IssuerFixture link = client(SignOn.THEIRS).connected();
        link.receive(link.bank.networkRequest(800, 7, 1));
        link.next();
        link.assertLinkState(LinkState.SIGNED_ON);
        link.edge.onLinkDrained(link.events.asDrained(), link.nowNs);
        link.assertLinkState(LinkState.DOWN);
        assertEquals(0, link.connection.sentCount());
        assertEquals(IssuerLinkState.OUT_OF_SERVICE, link.state());

        link.edge.onLinkServiceChanged(link.events.asServiceChanged(LinkService.IN_SERVICE), link.nowNs);

        link.assertLinkState(LinkState.SIGNED_ON);
    }

    // What is known of it.

    @Test
    void shouldCountWhatItCarries() {
        final IssuerFixture link = client(SignOn.OURS).signedOn();
        route(link);
        LinkReport report = link.edge.reports().get(0);
        assertEquals(1, report.inFlight());
        assertEquals(1, report.sent());
        assertEquals(IssuerFixture.START, report.signedOnSinceNs());
        link.receive(link.bank.response(210, "00"));
        report = link.edge.reports().get(0);
        assertEquals(0, report.inFlight());
        assertEquals(1, report.answered());

        route(link);
        link.pass(3 * SECOND);

        assertEquals(0, link.edge.reports().get(0).inFlight(), "given up");
        assertEquals(0, link.edge.reports().get(0).reconnects());
        link.disconnect();
        link.pass(SECOND);
        link.handler.onConnected(link.connection, link.nowNs);
        assertEquals(1, link.edge.reports().get(0).reconnects());
        assertEquals(0, link.edge.reports().get(0).signedOnSinceNs());
    }

    private static IssuerFixture client(final SignOn signOn) {
        return new IssuerFixture(List.of(IssuerSocketConfiguration.client(DOOR)), new Rules(signOn, false, false));
    }

    private static IssuerFixture server(final List<AddressRange> allowed) {
        return new IssuerFixture(
                List.of(new IssuerSocketConfiguration(Role.SERVER, Direction.BOTH, DOOR, allowed)), Rules.USUAL);
    }

    /** The switch sends over a connection it opens, the issuer over one of its own. */
    private static IssuerFixture group() {
        return new IssuerFixture(
                List.of(
                        new IssuerSocketConfiguration(Role.CLIENT, Direction.SEND, DOOR, List.of()),
                        new IssuerSocketConfiguration(Role.SERVER, Direction.RECEIVE, DOOR, LOOPBACK)),
                Rules.USUAL);
    }

    private static ConnectionHandler signedOn(
            final IssuerFixture link, final RecordingConnection sending, final RecordingConnection receiving) {
        link.pass(0);
        link.handlers.get(link.handlers.size() - 1).onConnected(sending, link.nowNs);
        final ConnectionHandler arrival = arrive(link, receiving);
        receive(link, arrival, link.bank.networkResponse(link.bank.decode(sending.next()), "00"));
        link.assertLinkState(LinkState.SIGNED_ON);
        return arrival;
    }

    private static ConnectionHandler arrive(final IssuerFixture link, final RecordingConnection connection) {
        final ConnectionHandler arrival = link.edge.listeners().get(0).newConnection();
        arrival.onConnected(connection, link.nowNs);
        return arrival;
    }

    private static void receive(final IssuerFixture link, final ConnectionHandler handler, final byte[] bytes) {
        handler.onBytes(new UnsafeBuffer(bytes), 0, bytes.length, link.nowNs);
    }

    private static void route(final IssuerFixture link) {
        link.events.routed(link.vault, link.nowNs + SECOND);
        link.route();
    }
}
