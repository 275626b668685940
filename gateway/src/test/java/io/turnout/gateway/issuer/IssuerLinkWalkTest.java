package io.turnout.gateway.issuer;

import static io.turnout.gateway.issuer.IssuerFixture.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.sbe.engine.LinkService;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.LinkStateChangedDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.issuer.IssuerLinkConfiguration.Rules;
import io.turnout.gateway.support.RecordingConnection;
import io.turnout.gateway.support.Seeds;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random lives of a link, beside a model that knows nothing but who has said what: payments go out exactly when it says
 * so, the switch is told the same, and a connection is closed only for a reason.
 */
class IssuerLinkWalkTest {

    private static final int STEPS = 20_000;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final LinkStateChangedDecoder changed = new LinkStateChangedDecoder();
    private IssuerFixture link;
    private SignOn signOn;
    private Random random;

    // The model.
    private boolean open;
    private boolean inService;
    private boolean weSignedOn;
    private boolean issuerSignedOn;
    private boolean issuerSignedOff;
    private boolean signingOff;
    private int signOns;
    private int lastAsked;
    private long lastHeardNs;
    private LinkState reported;
    private int upCount;
    private int closedCount;

    @ParameterizedTest
    @EnumSource(SignOn.class)
    void shouldDoWhatTheModelSays(final SignOn rule) {
        signOn = rule;
        random = new Random(Seeds.next("walk of a link, sign-on " + rule));
        link = new IssuerFixture(
                List.of(IssuerSocketConfiguration.client(new InetSocketAddress(1))), new Rules(rule, false, false));
        inService = true;
        reported = LinkState.DOWN;
        for (int step = 0; step < STEPS; step++) {
            act();
            observe();
            pay();
        }
        assertTrue(upCount > STEPS / 100, "up=" + upCount);
        assertTrue(closedCount > 0, "closed=" + closedCount);
    }

    private void act() {
        switch (random.nextInt(14)) {
            case 0, 1, 2, 3 -> pass();
            case 4, 5, 6 -> answer("00");
            case 7 -> answer("91");
            case 8 -> hear(link.bank.networkRequest(800, 1, 301));
            case 9 -> issuerSignsOn();
            case 10 -> issuerSignsOff();
            case 11 -> lose();
            case 12 -> drain();
            default -> putBack();
        }
    }

    /** The issuer does not answer later what it has not answered before. */
    private void pass() {
        link.connection.forgetSent();
        link.pass(random.nextInt(3) == 0 ? 10 * SECOND : random.nextInt(1_000_000_000));
        silence();
        if (!open && link.connection.isOpen() && link.state() == IssuerLinkState.CONNECTING) {
            connect();
        }
    }

    /** Now and then the issuer says nothing for minutes. */
    private void silence() {
        for (int i = random.nextInt(300) == 0 ? 12 : 0; i > 0 && open && link.connection.isOpen(); i--) {
            readRequests();
            link.connection.forgetSent();
            link.pass(10 * SECOND);
        }
    }

    private void connect() {
        open = true;
        weSignedOn = false;
        issuerSignedOn = false;
        issuerSignedOff = false;
        signingOff = false;
        signOns = 0;
        lastHeardNs = link.nowNs;
        link.handler.onConnected(link.connection, link.nowNs);
    }

    private void answer(final String code) {
        if (!open || link.connection.sentCount() == 0) {
            return;
        }
        final IsoDecoder request = link.next();
        if (request.mti() != 800) {
            return;
        }
        asked(request);
        final boolean awaited = request.getLong(11) == lastAsked;
        hear(link.bank.networkResponse(request, code));
        final boolean isSignOn = request.getLong(70) == 1;
        if (awaited && isSignOn && code.equals("00") && inService && !signingOff) {
            weSignedOn = true;
            issuerSignedOff = false;
        } else if (awaited && request.getLong(70) == 2) {
            signingOff = false;
        }
    }

    private void issuerSignsOn() {
        if (open) {
            hear(link.bank.networkRequest(800, 1, 1));
            issuerSignedOn = true;
            issuerSignedOff = false;
        }
    }

    private void issuerSignsOff() {
        if (open && random.nextInt(3) == 0) {
            hear(link.bank.networkRequest(800, 1, 2));
            issuerSignedOn = false;
            issuerSignedOff = true;
        }
    }

    private void lose() {
        if (open && random.nextInt(10) == 0) {
            disconnected();
        }
    }

    private void drain() {
        if (inService && random.nextInt(5) == 0) {
            final boolean wasUp = isUp();
            inService = false;
            weSignedOn = false;
            signingOff |= wasUp && signOn.isOurs();
            link.edge.onLinkDrained(link.events.asDrained(), link.nowNs);
        }
    }

    private void putBack() {
        if (!inService) {
            inService = true;
            signOns = 0;
            link.edge.onLinkServiceChanged(link.events.asServiceChanged(LinkService.IN_SERVICE), link.nowNs);
        }
    }

    private void hear(final byte[] bytes) {
        if (open) {
            lastHeardNs = link.nowNs;
            link.handler.onBytes(new UnsafeBuffer(bytes), 0, bytes.length, link.nowNs);
        }
    }

    /** What the link has done by itself: asked, reported, closed. */
    private void observe() {
        readRequests();
        while (link.ingress.count() > 0) {
            reported =
                    changed.wrapAndApplyHeader(link.ingress.next(), 0, header).state();
        }
        if (open && !link.connection.isOpen()) {
            closedCount++;
            final boolean silent = link.nowNs - lastHeardNs >= 30 * SECOND;
            assertTrue(signOns >= 3 || silent || signingOff, () -> "closed without reason, state=" + link.state());
            disconnected();
        }
        assertEquals(isUp(), link.state().carriesPayments(), () -> "state=" + link.state());
        assertEquals(isUp(), reported != LinkState.DOWN, () -> "state=" + link.state() + " reported=" + reported);
        assertEquals(isUp() ? 1 : 0, link.count(GatewayCounter.LINKS_SIGNED_ON));
        upCount += isUp() ? 1 : 0;
    }

    private void disconnected() {
        open = false;
        signingOff = false;
        link.handler.onDisconnected(link.nowNs);
        link.connection = new RecordingConnection();
        while (link.ingress.count() > 0) {
            reported =
                    changed.wrapAndApplyHeader(link.ingress.next(), 0, header).state();
        }
    }

    /** Puts back what it reads, so that it may be answered. */
    private void readRequests() {
        final int count = link.connection.sentCount();
        for (int i = 0; i < count; i++) {
            final byte[] frame = link.connection.next();
            final IsoDecoder message = link.bank.decode(frame);
            if (message.mti() == 800) {
                asked(message);
            }
            link.connection.send(new UnsafeBuffer(frame), 0, frame.length);
        }
    }

    private void asked(final IsoDecoder request) {
        final int stan = (int) request.getLong(11);
        if (stan > lastAsked) {
            lastAsked = stan;
            signOns += request.getLong(70) == 1 ? 1 : 0;
        }
    }

    private void pay() {
        final int before = link.connection.sentCount();
        link.events.routed(link.vault, link.nowNs + SECOND);
        link.route();
        assertEquals(isUp() ? before + 1 : before, link.connection.sentCount(), () -> "state=" + link.state());
        assertEquals(isUp() ? 0 : 1, link.ingress.count());
        while (link.ingress.count() > 0) {
            link.ingress.next();
        }
        while (link.connection.sentCount() > 50) {
            link.connection.next();
        }
    }

    private boolean isUp() {
        return open
                && inService
                && !issuerSignedOff
                && !signingOff
                && (weSignedOn || !signOn.isOurs())
                && (issuerSignedOn || !signOn.isTheirs());
    }
}
