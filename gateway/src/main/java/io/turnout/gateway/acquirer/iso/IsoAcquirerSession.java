package io.turnout.gateway.acquirer.iso;

import io.turnout.codecs.sbe.engine.PaymentAnsweredDecoder;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.net.Connection;
import io.turnout.gateway.net.ConnectionHandler;
import io.turnout.gateway.net.FrameReader;
import io.turnout.gateway.net.FrameReader.Verdict;
import io.turnout.gateway.net.IsoFrameFormat;
import org.agrona.DirectBuffer;

/**
 * One connection of an ISO 8583 acquirer: sign-on, echoes, limits, and its answers. Does no input or output of its own
 * and reads no clock. Used by the gateway's thread.
 *
 * <p>When the switch has no room, the session holds that one request back and stops reading; past a limit it answers
 * what it has with 91. When the acquirer does not read its answers the session ends; the switch keeps them for the
 * repeat.
 */
final class IsoAcquirerSession implements ConnectionHandler {

    private static final int LARGEST_STAN = 999_999;
    private static final long NOT_HELD = Long.MIN_VALUE;

    private final IsoAcquirerEndpoint endpoint;
    private final IsoAcquirerTimers timers;
    private final GatewayCounters counters;
    private final long sessionId;
    private final FrameReader reader;
    private final FrameReader.Handler adapter = this::onMessage;

    private IsoSessionState state = IsoSessionState.NEW;
    private Connection connection;
    private long lastHeardNs;
    private long awaitedSinceNs;
    private int awaitedStan = Fields.NONE;
    private int echoMisses;
    private int networkStan;
    private long busySinceNs = NOT_HELD;
    private int inFlight;
    private boolean reading = true;

    IsoAcquirerSession(final IsoAcquirerEndpoint endpoint, final long sessionId) {
        this.endpoint = endpoint;
        this.timers = endpoint.configuration().timers();
        this.counters = endpoint.counters();
        this.sessionId = sessionId;
        this.reader =
                new FrameReader(new IsoFrameFormat(endpoint.configuration().framing()));
    }

    IsoSessionState state() {
        return state;
    }

    long sessionId() {
        return sessionId;
    }

    int inFlight() {
        return inFlight;
    }

    // What the connection says.

    @Override
    public void onConnected(final Connection opened, final long nowNs) {
        connection = opened;
        lastHeardNs = nowNs;
        counters.increment(GatewayCounter.ISO_CONNECTIONS);
        if (!endpoint.isPeer(opened.peerAddress())) {
            counters.increment(GatewayCounter.ISO_PEERS_REFUSED);
            connection.reset();
            state(IsoSessionState.CLOSED);
        } else {
            state(endpoint.configuration().signOnRequired() ? IsoSessionState.SIGNED_OFF : IsoSessionState.SIGNED_ON);
        }
    }

    @Override
    public void onBytes(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (state.isConnected()) {
            lastHeardNs = nowNs;
            onReadResult(reader.read(buffer, offset, length, nowNs, adapter));
        }
    }

    @Override
    public void onDisconnected(final long nowNs) {
        if (state != IsoSessionState.CLOSED) {
            state(IsoSessionState.CLOSED);
        }
    }

    // What time says.

    void onTick(final long nowNs) {
        if (!state.isConnected()) {
            return;
        }
        if (reader.isHeld()) {
            // Whatever the acquirer says now lies unread in the socket: its silence proves nothing.
            lastHeardNs = nowNs;
            awaitedSinceNs = nowNs;
            onReadResult(reader.resume(nowNs, adapter));
        } else if (reader.isOverdue(nowNs, timers.frameTimeoutNs())) {
            counters.increment(GatewayCounter.ISO_FRAME_TIMEOUTS);
            close();
        } else if (awaitedStan != Fields.NONE) {
            checkAwaited(nowNs);
        } else if (nowNs - lastHeardNs >= timers.echoIntervalNs()) {
            askForEcho(nowNs);
        }
    }

    private void checkAwaited(final long nowNs) {
        if (nowNs - awaitedSinceNs < timers.responseTimeoutNs()) {
            return;
        }
        awaitedStan = Fields.NONE;
        if (lastHeardNs >= awaitedSinceNs) {
            return;
        }
        counters.increment(GatewayCounter.ISO_ECHO_MISSES);
        echoMisses++;
        if (echoMisses >= timers.maximumEchoMisses()) {
            counters.increment(GatewayCounter.ISO_ECHO_FAILURES);
            close();
        } else {
            askForEcho(nowNs);
        }
    }

    private void askForEcho(final long nowNs) {
        awaitedSinceNs = nowNs;
        awaitedStan = nextStan();
        send(endpoint.encoder().networkRequest(awaitedStan, IsoTimes.transmissionDateTime(nowNs), NetworkCode.ECHO));
    }

    private int nextStan() {
        networkStan = networkStan == LARGEST_STAN ? 1 : networkStan + 1;
        return networkStan;
    }

    // What the acquirer says; see IsoAdapter.

    private Verdict onMessage(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        echoMisses = 0;
        final Verdict verdict = endpoint.adapter().onMessage(this, buffer, offset, length, nowNs);
        if (verdict == Verdict.TAKEN) {
            busySinceNs = NOT_HELD;
        }
        return state == IsoSessionState.CLOSED ? Verdict.STOPPED : verdict;
    }

    /** Whether a request may be held back a little longer. */
    boolean mayWait(final long nowNs) {
        if (busySinceNs == NOT_HELD) {
            busySinceNs = nowNs;
        }
        return nowNs - busySinceNs < timers.busyTimeoutNs();
    }

    void onSignedOn() {
        counters.increment(GatewayCounter.ISO_SIGN_ONS);
        if (state == IsoSessionState.SIGNED_OFF) {
            state(IsoSessionState.SIGNED_ON);
        }
    }

    void onSignedOff() {
        if (state == IsoSessionState.SIGNED_ON) {
            state(IsoSessionState.SIGNED_OFF);
        }
    }

    /** The answer to an echo; false when none was awaited. */
    boolean onNetworkResponse(final long stan) {
        final boolean awaited = awaitedStan != Fields.NONE && stan == awaitedStan;
        awaitedStan = awaited ? Fields.NONE : awaitedStan;
        return awaited;
    }

    // What the switch says.

    void onPaymentAnswered(final int mti, final Echo echo, final PaymentAnsweredDecoder event) {
        final boolean sent = send(endpoint.encoder().payment(mti, echo, event));
        counters.increment(sent ? GatewayCounter.ANSWERS_SENT : GatewayCounter.ANSWERS_UNDELIVERED);
    }

    /** An answer that says no more than a response code. */
    void answer(final int mti, final Echo echo, final int resultCode, final int field) {
        send(endpoint.encoder().plain(mti, echo, resultCode, field));
    }

    void onStopping(final long nowNs) {
        if (state == IsoSessionState.SIGNED_ON) {
            send(endpoint.encoder()
                    .networkRequest(nextStan(), IsoTimes.transmissionDateTime(nowNs), NetworkCode.SIGN_OFF));
        }
        if (state.isConnected()) {
            close();
        }
    }

    void requestBegun() {
        inFlight++;
    }

    void requestEnded() {
        inFlight--;
    }

    // How it ends.

    private boolean send(final int frameLength) {
        final AnswerEncoder encoder = endpoint.encoder();
        boolean sent = false;
        if (state.isConnected() && frameLength == AnswerEncoder.NOT_ENCODABLE) {
            counters.increment(GatewayCounter.ISO_NOT_ENCODABLE);
        } else if (state.isConnected()) {
            counters.add(GatewayCounter.ISO_ANSWERS_INCOMPLETE, encoder.isIncomplete() ? 1 : 0);
            sent = connection.send(encoder.buffer(), 0, frameLength);
            if (!sent) {
                counters.increment(GatewayCounter.SESSIONS_OUTPUT_FULL);
                close();
            }
        }
        encoder.wipe();
        return sent;
    }

    private void close() {
        connection.close();
        state(IsoSessionState.CLOSED);
    }

    private void onReadResult(final FrameReader.Result result) {
        switch (result) {
            case READ -> reading(true);
            case HELD -> reading(false);
            case MALFORMED, TOO_LONG -> {
                counters.increment(GatewayCounter.ISO_BAD_FRAMES);
                close();
            }
            default -> {}
        }
    }

    private void reading(final boolean enabled) {
        if (enabled != reading) {
            reading = enabled;
            connection.reading(enabled);
            counters.add(GatewayCounter.SESSIONS_HELD, enabled ? 0 : 1);
        }
    }

    private void state(final IsoSessionState next) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("sessionId=" + sessionId + " state=" + state + " next=" + next);
        }
        final boolean wasSignedOn = state == IsoSessionState.SIGNED_ON;
        state = next;
        if (next == IsoSessionState.SIGNED_ON) {
            counters.increment(GatewayCounter.ISO_SESSIONS_SIGNED_ON);
        } else if (wasSignedOn) {
            counters.decrement(GatewayCounter.ISO_SESSIONS_SIGNED_ON);
        }
        if (next == IsoSessionState.CLOSED) {
            reader.reset();
            endpoint.sessionClosed(this);
        }
    }
}
