package io.turnout.gateway.issuer;

import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.sbe.engine.LinkService;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.NotSentReason;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.iso.NetworkCode;
import io.turnout.gateway.issuer.LinkSupervision.Decision;
import io.turnout.gateway.net.IsoFrameFormat;
import io.turnout.gateway.security.PeerSecurity;
import io.turnout.security.module.KeyPurpose;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One way to an issuer, over one connection or a group of them: opens them again and again or waits for them, sees that
 * whoever has to sign on does, asks whether the issuer is alive, writes requests and reversals, hands over answers.
 * Does no input or output of its own and reads no clock. Used by the gateway's thread.
 *
 * <p>When the switch has no room for an answer, the link holds it back and stops reading; answers that came are handed
 * over even if the connection is lost meanwhile, and only then the switch hears that the link is down.
 */
final class IssuerLink {

    private static final int ACCEPTED = 0;
    private static final long NOT_AWAITED = Long.MIN_VALUE;
    private static final int FUNCTION_NOT_SUPPORTED = 1015;

    private final IssuerEdge edge;
    private final IssuerLinkConfiguration configuration;
    private final IssuerTimers timers;
    private final GatewayCounters counters;
    private final PeerSecurity security;
    private final IssuerMessageEncoder encoder;
    private final LinkSockets sockets;
    private final LinkSupervision supervision;
    private final LinkTraffic traffic = new LinkTraffic();
    private final LinkRequests requests;
    private final ReconnectBackoff backoff;

    private IssuerLinkState state = IssuerLinkState.DISCONNECTED;
    private LinkState reported = LinkState.DOWN;
    private LinkService service;
    private boolean stopping;
    private boolean connecting;
    private long reconnectNs = Long.MIN_VALUE;
    private long assembledByNs;
    private long keyAwaitedSinceNs = NOT_AWAITED;
    private long nowNs;

    IssuerLink(final IssuerEdge edge, final IssuerLinkConfiguration configuration, final SplittableRandom random) {
        this.edge = edge;
        this.configuration = configuration;
        this.timers = configuration.timers();
        this.counters = edge.counters();
        this.service = configuration.rules().outOfService() ? LinkService.DRAINED : LinkService.IN_SERVICE;
        this.security = edge.security().issuer(configuration.issuerId(), configuration.dialect());
        this.encoder = new IssuerMessageEncoder(configuration, edge.vault(), edge.slots(), security);
        final IssuerAdapter adapter = new IssuerAdapter(edge, configuration, this);
        final IsoFrameFormat format = new IsoFrameFormat(configuration.framing());
        this.sockets = new LinkSockets(configuration.sockets().stream()
                .map(socket -> new IssuerSocket(this, socket, configuration.tls(), format, adapter, counters))
                .toList());
        this.supervision = new LinkSupervision(configuration.rules().signOn(), timers);
        this.requests = new LinkRequests(edge, this, encoder, supervision);
        this.backoff = new ReconnectBackoff(timers.reconnectMinimumNs(), timers.reconnectMaximumNs(), random);
    }

    IssuerLinkState state() {
        return state;
    }

    int linkId() {
        return configuration.linkId();
    }

    PeerSecurity security() {
        return security;
    }

    List<IssuerSocket> sockets() {
        return sockets.all();
    }

    LinkTraffic traffic() {
        return traffic;
    }

    /** Writes what the switch asks for. */
    LinkRequests requests() {
        return requests;
    }

    LinkReport report() {
        return traffic.report(configuration, state, service.name());
    }

    // What the connections say; see IssuerSocket.

    /** Whether a connection that an issuer opens is wanted now. */
    boolean takesConnections() {
        return !stopping && (state == IssuerLinkState.DISCONNECTED || state == IssuerLinkState.CONNECTING);
    }

    void onSocketOpened(final long openedNs) {
        nowNs = openedNs;
        counters.increment(GatewayCounter.LINK_CONNECTS);
        if (state == IssuerLinkState.DISCONNECTED) {
            assemble();
        }
        if (stopping || state != IssuerLinkState.CONNECTING) {
            close();
        } else if (sockets.areOpen()) {
            onConnected();
        }
    }

    void onBytes(final long heardNs) {
        nowNs = heardNs;
        supervision.onBytes(heardNs);
    }

    void onSocketGone(final boolean wasOpen, final long goneNs) {
        nowNs = goneNs;
        counters.increment(wasOpen ? GatewayCounter.LINK_DISCONNECTS : GatewayCounter.LINK_CONNECT_FAILURES);
        if (!sockets.areGone()) {
            close();
        } else if (sockets.isHeld()) {
            state(IssuerLinkState.DRAINING);
        } else {
            disconnected();
        }
    }

    private void assemble() {
        connecting = false;
        assembledByNs = nowNs + timers.connectTimeoutNs() + timers.reconnectMaximumNs();
        state(IssuerLinkState.CONNECTING);
    }

    private void onConnected() {
        traffic.onConnected();
        supervision.connected(nowNs);
        keyAwaitedSinceNs = NOT_AWAITED;
        security.keys().onConnected(nowNs);
        if (service == LinkService.DRAINED) {
            state(IssuerLinkState.OUT_OF_SERVICE);
        } else {
            signOn();
        }
        if (sockets.isHeld()) {
            sockets.resume(nowNs);
        }
    }

    private void disconnected() {
        sockets.reset();
        traffic.onDisconnected();
        reconnectNs = nowNs + backoff.nextPauseNs();
        state(IssuerLinkState.DISCONNECTED);
        if (stopping) {
            state(IssuerLinkState.STOPPED);
        }
    }

    // What time says.

    void onTick(final long tickNs) {
        nowNs = tickNs;
        traffic.onTick(tickNs);
        switch (state) {
            case DISCONNECTED -> onTickDisconnected();
            case CONNECTING -> onTickConnecting();
            case SIGNING_ON, KEY_EXCHANGE, SIGNED_ON, DEGRADED, SIGNED_OFF, SIGNING_OFF, OUT_OF_SERVICE ->
                onTickConnected();
            case DRAINING -> onTickDraining();
            default -> {}
        }
    }

    private void onTickDisconnected() {
        if (sockets.hasClients() && nowNs >= reconnectNs) {
            assemble();
            onTickConnecting();
        }
    }

    private void onTickConnecting() {
        if (!connecting && nowNs >= reconnectNs) {
            connecting = true;
            sockets.connect(edge.connector(), timers.connectTimeoutNs());
        } else if (nowNs >= assembledByNs) {
            close();
        }
    }

    private void onTickConnected() {
        if (sockets.isHeld()) {
            supervision.onHeld(nowNs);
            sockets.resume(nowNs);
        } else if (sockets.isOverdue(nowNs, timers.frameTimeoutNs())) {
            counters.increment(GatewayCounter.ISSUER_FRAME_TIMEOUTS);
            close();
        } else if (supervision.isAwaiting() || !onTickKeys()) {
            carryOut(supervision.onTick(nowNs));
        }
    }

    /** Whether time demanded something about keys; nothing else is asked then. */
    private boolean onTickKeys() {
        if (state == IssuerLinkState.KEY_EXCHANGE
                && nowNs - keyAwaitedSinceNs >= security.keys().timeoutNs()) {
            counters.increment(GatewayCounter.KEY_EXCHANGE_TIMEOUTS);
            close();
            return true;
        }
        if (state != IssuerLinkState.KEY_EXCHANGE && !state.carriesPayments()) {
            return false;
        }
        final KeyPurpose wanted = security.keys().onTick(nowNs);
        checkKeys();
        if (wanted != null) {
            final int stan = supervision.asked(security.keys().requestCode(), nowNs);
            sendOrClose(encoder.keyRequest(stan, nowNs, wanted));
        }
        return wanted != null;
    }

    /** Payments flow only while no key is missing. */
    private void checkKeys() {
        final boolean isReady = security.keys().isReady();
        if (state == IssuerLinkState.KEY_EXCHANGE && !isReady) {
            keyAwaitedSinceNs = keyAwaitedSinceNs == NOT_AWAITED ? nowNs : keyAwaitedSinceNs;
        } else if (state == IssuerLinkState.KEY_EXCHANGE) {
            keyAwaitedSinceNs = NOT_AWAITED;
            backoff.reset();
            state(IssuerLinkState.SIGNED_ON);
        } else if (state.carriesPayments() && !isReady) {
            keyAwaitedSinceNs = nowNs;
            state(IssuerLinkState.KEY_EXCHANGE);
        }
    }

    private void onTickDraining() {
        sockets.resume(nowNs);
        if (!sockets.isHeld()) {
            disconnected();
        }
    }

    private void carryOut(final Decision decision) {
        switch (decision) {
            case SIGN_ON -> ask(NetworkCode.SIGN_ON);
            case ECHO -> ask(NetworkCode.ECHO);
            case ECHO_MISSED -> onEchoMissed();
            case SILENT -> {
                counters.increment(GatewayCounter.LINK_ECHO_MISSES);
                counters.increment(GatewayCounter.LINK_ECHO_FAILURES);
                close();
            }
            case SIGN_ON_REFUSED -> counters.increment(GatewayCounter.LINK_SIGN_ONS_REFUSED);
            case SIGN_ON_GIVEN_UP -> {
                counters.increment(GatewayCounter.LINK_SIGN_ONS_REFUSED);
                close();
            }
            case SIGN_OFF_UNANSWERED -> close();
            default -> {}
        }
    }

    private void onEchoMissed() {
        counters.increment(GatewayCounter.LINK_ECHO_MISSES);
        if (state == IssuerLinkState.SIGNED_ON) {
            state(IssuerLinkState.DEGRADED);
        }
        ask(NetworkCode.ECHO);
    }

    // What the switch says.

    void onStopping(final long stopNs) {
        nowNs = stopNs;
        stopping = true;
        switch (state) {
            case DISCONNECTED -> state(IssuerLinkState.STOPPED);
            case CONNECTING, SIGNING_ON, KEY_EXCHANGE, SIGNED_OFF, OUT_OF_SERVICE -> close();
            case SIGNED_ON, DEGRADED -> signOff();
            default -> {}
        }
    }

    /** An operator has taken the link out of service, which changes nothing yet, or put it back. */
    void onServiceChanged(final LinkService newService, final long eventNs) {
        nowNs = eventNs;
        service = newService;
        if (service == LinkService.IN_SERVICE && state == IssuerLinkState.OUT_OF_SERVICE) {
            signOn();
        }
    }

    /** Nothing is in flight on the link, and nothing will be until an operator puts it back. */
    void onDrained(final long eventNs) {
        nowNs = eventNs;
        service = LinkService.DRAINED;
        supervision.signOff();
        switch (state) {
            case KEY_EXCHANGE, SIGNED_ON, DEGRADED -> {
                report(LinkState.DOWN);
                signOff();
            }
            case SIGNING_ON, SIGNED_OFF -> state(IssuerLinkState.OUT_OF_SERVICE);
            default -> {}
        }
    }

    private void signOn() {
        state(IssuerLinkState.SIGNING_ON);
        supervision.signOn(nowNs);
        if (supervision.isSignedOn()) {
            onSignedOn();
        } else if (configuration.rules().signOn().isOurs()) {
            ask(NetworkCode.SIGN_ON);
        }
    }

    private void signOff() {
        if (configuration.rules().signOn().isOurs()) {
            state(IssuerLinkState.SIGNING_OFF);
            ask(NetworkCode.SIGN_OFF);
        } else {
            onSignedOff();
        }
    }

    /** The issuer knows that nothing more comes, as far as it wants to know. */
    private void onSignedOff() {
        if (stopping) {
            close();
        } else if (service == LinkService.DRAINED) {
            state(IssuerLinkState.OUT_OF_SERVICE);
        } else {
            signOn();
        }
    }

    /** Why the frame in the encoder was not written, or null. */
    NotSentReason write(final int frameLength) {
        NotSentReason refusal = LinkRequests.refusalOf(frameLength);
        if (refusal == null && !sockets.send(encoder.buffer(), frameLength)) {
            refusal = NotSentReason.CHANNEL_FULL;
        }
        encoder.wipe();
        return refusal;
    }

    // What the issuer says; see IssuerAdapter.

    void onHeard() {
        supervision.onMessage();
        if (state == IssuerLinkState.DEGRADED) {
            state(IssuerLinkState.SIGNED_ON);
        }
    }

    /** A network management request that the adapter has checked. */
    void onNetworkRequest(final int networkCode, final IsoDecoder request) {
        switch (networkCode) {
            case NetworkCode.SIGN_ON -> onIssuerSignedOn(request);
            case NetworkCode.SIGN_OFF -> onIssuerSignedOff(request);
            case NetworkCode.ECHO, NetworkCode.OTHER_ECHO -> answer(request, ACCEPTED);
            default -> answer(request, FUNCTION_NOT_SUPPORTED);
        }
    }

    private void onIssuerSignedOn(final IsoDecoder request) {
        supervision.onIssuerSignedOn();
        answer(request, ACCEPTED);
        final boolean waits = state == IssuerLinkState.SIGNING_ON || state == IssuerLinkState.SIGNED_OFF;
        if (waits && supervision.isSignedOn()) {
            onSignedOn();
        }
    }

    private void onIssuerSignedOff(final IsoDecoder request) {
        supervision.onIssuerSignedOff();
        answer(request, ACCEPTED);
        if (state.carriesPayments() || state == IssuerLinkState.KEY_EXCHANGE) {
            state(IssuerLinkState.SIGNED_OFF);
        }
    }

    /** A message with a new key, which the adapter believes. */
    void onKeyChange(final IsoDecoder request, final long changedNs) {
        nowNs = changedNs;
        if (state.isConnected()) {
            answer(request, security.keys().onChange(request, nowNs));
            checkKeys();
        }
    }

    /** Whether the link waits for the answer to a network management request of this number. */
    boolean awaits(final long stan) {
        return supervision.awaits(stan);
    }

    /** The answer the link waited for. */
    void onNetworkResponse(final boolean accepted, final IsoDecoder response, final long answeredNs) {
        nowNs = answeredNs;
        final int answered = supervision.answered();
        if (answered == NetworkCode.SIGN_ON) {
            onSignOnAnswered(accepted);
        } else if (answered == NetworkCode.SIGN_OFF) {
            onSignedOff();
        } else if (answered == security.keys().requestCode()) {
            security.keys().onRequestAnswered(accepted, response, nowNs);
            checkKeys();
        }
    }

    private void onSignOnAnswered(final boolean accepted) {
        if (state != IssuerLinkState.SIGNING_ON) {
            // The link was drained meanwhile.
            return;
        }
        if (accepted) {
            counters.increment(GatewayCounter.LINK_SIGN_ONS);
            supervision.onSignOnAccepted();
        } else {
            carryOut(supervision.onSignOnRefused(nowNs));
        }
        if (accepted && supervision.isSignedOn()) {
            onSignedOn();
        }
    }

    /** Everybody has signed on who has to. */
    private void onSignedOn() {
        state(IssuerLinkState.KEY_EXCHANGE);
        checkKeys();
    }

    // How it goes on.

    private void ask(final int networkCode) {
        sendOrClose(encoder.networkRequest(supervision.asked(networkCode, nowNs), nowNs, networkCode));
    }

    private void answer(final IsoDecoder request, final int resultCode) {
        sendOrClose(encoder.networkResponse(request, resultCode));
    }

    void sendOrClose(final int frameLength) {
        if (write(frameLength) != null) {
            close();
        }
    }

    /** Closes all connections; it goes on when the last is gone. */
    void close() {
        sockets.close();
        if (state != IssuerLinkState.CLOSING && state != IssuerLinkState.DRAINING) {
            state(IssuerLinkState.CLOSING);
        }
    }

    private void state(final IssuerLinkState next) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("linkId=" + configuration.linkId() + " state=" + state + " next=" + next);
        }
        final boolean carried = state.carriesPayments();
        state = next;
        if (next.carriesPayments() != carried) {
            counters.add(GatewayCounter.LINKS_SIGNED_ON, carried ? -1 : 1);
            if (carried) {
                traffic.onSignedOff();
            } else {
                traffic.onSignedOn(nowNs);
            }
        }
        switch (next) {
            case SIGNED_ON -> report(LinkState.SIGNED_ON);
            case DEGRADED -> report(LinkState.DEGRADED);
            case SIGNING_ON, KEY_EXCHANGE, SIGNED_OFF, OUT_OF_SERVICE, DISCONNECTED -> report(LinkState.DOWN);
            default -> {}
        }
    }

    private void report(final LinkState linkState) {
        if (linkState != reported) {
            reported = linkState;
            edge.commands().linkStateChanged(configuration.issuerId(), configuration.linkId(), linkState);
        }
    }
}
