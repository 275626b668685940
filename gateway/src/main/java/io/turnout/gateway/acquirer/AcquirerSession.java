package io.turnout.gateway.acquirer;

import io.turnout.codecs.sbe.acquirer.FollowUpRequestDecoder;
import io.turnout.codecs.sbe.acquirer.HeartbeatDecoder;
import io.turnout.codecs.sbe.acquirer.LogonDecoder;
import io.turnout.codecs.sbe.acquirer.LogonRejectReason;
import io.turnout.codecs.sbe.acquirer.LogoutReason;
import io.turnout.codecs.sbe.acquirer.PaymentRequestDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentStatusRequestDecoder;
import io.turnout.codecs.sbe.acquirer.RejectReason;
import io.turnout.codecs.sbe.acquirer.ReversalRequestDecoder;
import io.turnout.codecs.sbe.engine.PaymentAnsweredDecoder;
import io.turnout.codecs.sbe.engine.PaymentStatusReportedDecoder;
import io.turnout.codecs.sbe.engine.ReversalAnsweredDecoder;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.ingress.OriginalStatement;
import io.turnout.gateway.net.Connection;
import io.turnout.gateway.net.ConnectionHandler;
import io.turnout.gateway.net.FrameReader;
import io.turnout.gateway.net.FrameReader.Verdict;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * One connection of an acquirer, by the grammar of the acquirer protocol. Does no input or output of its own and reads
 * no clock. Used by the gateway's thread.
 *
 * <p>When the switch has no room, the session holds that one request back and stops reading; past a limit it rejects
 * what it has with SWITCH_BUSY. When the acquirer does not read its answers the session ends; the switch keeps them for
 * the repeat.
 */
final class AcquirerSession implements ConnectionHandler {

    private static final int SHORTEST_HEARTBEAT_MS = 1_000;
    private static final int LONGEST_HEARTBEAT_MS = 60_000;
    /** Intervals of the acquirer's heartbeat without a sign of life after which the session ends. */
    private static final int MISSED_HEARTBEATS = 2;

    private static final long NOT_HELD = Long.MIN_VALUE;

    private final AcquirerEdge edge;
    private final AcquirerTimers timers;
    private final GatewayCounters counters;
    private final long sessionId;
    private final FrameReader reader = new FrameReader(AcquirerEdge.FRAME_FORMAT);
    private final FrameReader.Handler adapter = this::onMessage;

    private AcquirerSessionState state = AcquirerSessionState.NEW;
    private AcquirerAccount account = AcquirerAccount.NOBODY;
    private Connection connection;
    private long connectedNs;
    private long lastHeardNs;
    private long lastSentNs;
    private boolean sentSinceTick;
    private long idleTimeoutNs;
    private long busySinceNs = NOT_HELD;
    private int inFlight;
    private boolean reading = true;

    AcquirerSession(final AcquirerEdge edge, final long sessionId) {
        this.edge = edge;
        this.timers = edge.configuration().timers();
        this.counters = edge.counters();
        this.sessionId = sessionId;
    }

    AcquirerSessionState state() {
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
        connectedNs = nowNs;
        lastHeardNs = nowNs;
        lastSentNs = nowNs;
        state(AcquirerSessionState.AWAITING_LOGON);
    }

    @Override
    public void onBytes(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (state != AcquirerSessionState.CLOSED) {
            lastHeardNs = nowNs;
            onReadResult(reader.read(buffer, offset, length, nowNs, adapter));
        }
    }

    @Override
    public void onDisconnected(final long nowNs) {
        if (state != AcquirerSessionState.CLOSED) {
            state(AcquirerSessionState.CLOSED);
        }
    }

    // What time says.

    void onTick(final long nowNs) {
        switch (state) {
            case AWAITING_LOGON -> onTickAwaitingLogon(nowNs);
            case ACTIVE -> onTickActive(nowNs);
            default -> {}
        }
    }

    private void onTickAwaitingLogon(final long nowNs) {
        if (nowNs - connectedNs >= timers.logonTimeoutNs()) {
            counters.increment(GatewayCounter.LOGON_TIMEOUTS);
            end(LogoutReason.IDLE);
        } else {
            checkFrameTimeout(nowNs);
        }
    }

    private void onTickActive(final long nowNs) {
        if (reader.isHeld()) {
            lastHeardNs = nowNs;
            onReadResult(reader.resume(nowNs, adapter));
        } else if (nowNs - lastHeardNs >= idleTimeoutNs) {
            counters.increment(GatewayCounter.SESSIONS_IDLE);
            end(LogoutReason.IDLE);
        } else {
            checkFrameTimeout(nowNs);
        }
        keepAlive(nowNs);
    }

    private void checkFrameTimeout(final long nowNs) {
        if (reader.isOverdue(nowNs, timers.frameTimeoutNs())) {
            endWithReject(edge.key().unread(0), RejectReason.FRAME_TIMEOUT);
        }
    }

    private void keepAlive(final long nowNs) {
        if (sentSinceTick) {
            lastSentNs = nowNs;
            sentSinceTick = false;
        }
        if (state == AcquirerSessionState.ACTIVE && nowNs - lastSentNs >= timers.heartbeatIntervalNs()) {
            lastSentNs = nowNs;
            sent(edge.publisher().heartbeat(connection, nowNs));
        }
    }

    // What the acquirer says.

    private Verdict onMessage(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        return edge.adapter().onMessage(this, buffer, offset, length, nowNs);
    }

    Verdict onLogon(final LogonDecoder logon, final long nowNs) {
        if (state == AcquirerSessionState.ACTIVE) {
            return endWithReject(edge.key().unread(LogonDecoder.TEMPLATE_ID), RejectReason.ALREADY_LOGGED_ON);
        }
        final long heartbeatMs = logon.heartbeatIntervalMs();
        if (heartbeatMs < SHORTEST_HEARTBEAT_MS || heartbeatMs > LONGEST_HEARTBEAT_MS) {
            final RequestKey key = edge.key().unread(LogonDecoder.TEMPLATE_ID);
            return reject(key.field(LogonDecoder.heartbeatIntervalMsId()), RejectReason.INVALID_FIELD);
        }
        final AcquirerAccount candidate = edge.authenticate(logon);
        if (candidate == AcquirerAccount.NOBODY) {
            return refuseLogon(LogonRejectReason.BAD_CREDENTIAL, GatewayCounter.LOGONS_BAD_CREDENTIAL);
        }
        if (!candidate.isCertifiedBy(connection.identity())) {
            return refuseLogon(LogonRejectReason.BAD_CREDENTIAL, GatewayCounter.LOGONS_WRONG_CERTIFICATE);
        }
        if (!candidate.hasRoom()) {
            return refuseLogon(LogonRejectReason.TOO_MANY_SESSIONS, GatewayCounter.LOGONS_TOO_MANY_SESSIONS);
        }
        account = candidate;
        idleTimeoutNs = MISSED_HEARTBEATS * TimeUnit.MILLISECONDS.toNanos(heartbeatMs);
        state(AcquirerSessionState.ACTIVE);
        return sent(edge.publisher()
                .logonAck(
                        connection,
                        sessionId,
                        TimeUnit.NANOSECONDS.toMillis(timers.heartbeatIntervalNs()),
                        edge.configuration().maximumInFlight(),
                        edge.configuration().horizonNs()));
    }

    Verdict onHeartbeat() {
        return state == AcquirerSessionState.ACTIVE
                ? Verdict.TAKEN
                : reject(edge.key().unread(HeartbeatDecoder.TEMPLATE_ID), RejectReason.NOT_LOGGED_ON);
    }

    Verdict onLogout() {
        end(LogoutReason.REQUESTED);
        return Verdict.STOPPED;
    }

    Verdict onMalformed(final int templateId) {
        return reject(edge.key().unread(templateId), RejectReason.MALFORMED);
    }

    Verdict onUnknownTemplate(final int templateId) {
        return reject(edge.key().unread(templateId), RejectReason.UNKNOWN_TEMPLATE);
    }

    Verdict onPaymentRequest(final PaymentRequestDecoder request, final long nowNs) {
        final RequestKey key = edge.key().of(request);
        final RejectReason refusal = refusal();
        if (refusal != null) {
            return reject(key, refusal);
        }
        final int invalidField = edge.intake().check(request);
        if (invalidField != PaymentRequestForm.VALID) {
            return reject(key.field(invalidField), RejectReason.INVALID_FIELD);
        }
        return switch (edge.intake().offer(sessionId, account.acquirerId(), request, nowNs)) {
            case OFFERED -> offered(key);
            case CARD_DATA_FULL -> reject(key, RejectReason.CARD_DATA_FULL);
            default -> holdBack(key, nowNs);
        };
    }

    Verdict onFollowUpRequest(final FollowUpRequestDecoder request, final long nowNs) {
        final RequestKey key = edge.key().of(request);
        final RejectReason refusal = refusal();
        if (refusal != null) {
            return reject(key, refusal);
        }
        final int invalidField = FollowUpRequestForm.check(request);
        if (invalidField != FollowUpRequestForm.VALID) {
            return reject(key.field(invalidField), RejectReason.INVALID_FIELD);
        }
        final boolean taken =
                edge.commands().requestFollowUp(sessionId, account.acquirerId(), request, OriginalStatement.NOTHING);
        return taken ? offered(key) : holdBack(key, nowNs);
    }

    Verdict onReversalRequest(final ReversalRequestDecoder request, final long nowNs) {
        final RequestKey key = edge.key().of(request);
        final RejectReason refusal = refusal();
        if (refusal != null) {
            return reject(key, refusal);
        }
        final int invalidField = ReversalRequestForm.check(request);
        if (invalidField != ReversalRequestForm.VALID) {
            return reject(key.field(invalidField), RejectReason.INVALID_FIELD);
        }
        final boolean taken = edge.commands()
                .requestReversal(
                        sessionId,
                        account.acquirerId(),
                        request,
                        ReversalRequestForm.replacementAmountMinor(request),
                        OriginalStatement.NOTHING);
        return taken ? offered(key) : holdBack(key, nowNs);
    }

    Verdict onPaymentStatusRequest(final PaymentStatusRequestDecoder request, final long nowNs) {
        final RequestKey key = edge.key().of(request);
        final RejectReason refusal = refusal();
        if (refusal != null) {
            return reject(key, refusal);
        }
        if (request.createdAtNs() <= 0) {
            return reject(key.field(PaymentStatusRequestDecoder.createdAtNsId()), RejectReason.INVALID_FIELD);
        }
        final boolean taken = edge.commands().requestPaymentStatus(sessionId, account.acquirerId(), request);
        return taken ? offered(key) : holdBack(key, nowNs);
    }

    /** Why no request can be taken now, or null. */
    private RejectReason refusal() {
        if (state != AcquirerSessionState.ACTIVE) {
            return RejectReason.NOT_LOGGED_ON;
        }
        if (!edge.admits()) {
            return RejectReason.SWITCH_UNAVAILABLE;
        }
        return inFlight >= edge.configuration().maximumInFlight() ? RejectReason.IN_FLIGHT_LIMIT : null;
    }

    private Verdict offered(final RequestKey key) {
        busySinceNs = NOT_HELD;
        counters.increment(GatewayCounter.REQUESTS_OFFERED);
        edge.requestOffered(this, key, account.acquirerId());
        return Verdict.TAKEN;
    }

    private Verdict holdBack(final RequestKey key, final long nowNs) {
        if (busySinceNs == NOT_HELD) {
            busySinceNs = nowNs;
        }
        return nowNs - busySinceNs >= timers.busyTimeoutNs() ? reject(key, RejectReason.SWITCH_BUSY) : Verdict.HELD;
    }

    // What the switch says.

    void onPaymentAnswered(final PaymentAnsweredDecoder event) {
        answered(edge.publisher().paymentResponse(connection, event));
    }

    void onReversalAnswered(final ReversalAnsweredDecoder event) {
        answered(edge.publisher().reversalResponse(connection, event));
    }

    void onPaymentStatusReported(final PaymentStatusReportedDecoder event) {
        answered(edge.publisher().paymentStatusResponse(connection, event));
    }

    /** A reject of the engine. */
    void onRequestRefused(final RequestKey key, final RejectReason reason) {
        reject(key, reason);
    }

    void onStopping() {
        if (state == AcquirerSessionState.ACTIVE || state == AcquirerSessionState.AWAITING_LOGON) {
            end(LogoutReason.SWITCH_STOPPING);
        }
    }

    void requestBegun() {
        inFlight++;
    }

    void requestEnded() {
        inFlight--;
    }

    private void answered(final boolean delivered) {
        counters.increment(delivered ? GatewayCounter.ANSWERS_SENT : GatewayCounter.ANSWERS_UNDELIVERED);
        sent(delivered);
    }

    // How it ends.

    private Verdict refuseLogon(final LogonRejectReason reason, final GatewayCounter counter) {
        counters.increment(counter);
        edge.publisher().logonReject(connection, reason);
        close();
        return Verdict.STOPPED;
    }

    /** A message that is rejected before the session is logged on ends it. */
    private Verdict reject(final RequestKey key, final RejectReason reason) {
        final boolean loggedOn = state == AcquirerSessionState.ACTIVE;
        final RejectReason told = loggedOn || key.isLogon() ? reason : RejectReason.NOT_LOGGED_ON;
        counters.rejected(told);
        final Verdict verdict = sent(edge.publisher().reject(connection, key, told));
        if (loggedOn || verdict == Verdict.STOPPED) {
            return verdict;
        }
        end(LogoutReason.PROTOCOL_ERROR);
        return Verdict.STOPPED;
    }

    private Verdict endWithReject(final RequestKey key, final RejectReason reason) {
        counters.rejected(reason);
        edge.publisher().reject(connection, key, reason);
        end(LogoutReason.PROTOCOL_ERROR);
        return Verdict.STOPPED;
    }

    private void end(final LogoutReason reason) {
        edge.publisher().logout(connection, reason);
        close();
    }

    private Verdict sent(final boolean accepted) {
        if (accepted) {
            sentSinceTick = true;
            return Verdict.TAKEN;
        }
        counters.increment(GatewayCounter.SESSIONS_OUTPUT_FULL);
        close();
        return Verdict.STOPPED;
    }

    private void close() {
        connection.close();
        state(AcquirerSessionState.CLOSED);
    }

    private void onReadResult(final FrameReader.Result result) {
        switch (result) {
            case READ -> reading(true);
            case HELD -> reading(false);
            case MALFORMED -> endWithReject(edge.key().unread(0), RejectReason.BAD_FRAME);
            case TOO_LONG -> endWithReject(edge.key().unread(0), RejectReason.FRAME_TOO_LONG);
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

    private void state(final AcquirerSessionState next) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("sessionId=" + sessionId + " state=" + state + " next=" + next);
        }
        final AcquirerSessionState previous = state;
        state = next;
        if (next == AcquirerSessionState.ACTIVE) {
            account.sessionOpened();
            counters.increment(GatewayCounter.LOGONS_ACCEPTED);
            counters.increment(GatewayCounter.SESSIONS_ACTIVE);
        } else if (next == AcquirerSessionState.CLOSED) {
            if (previous == AcquirerSessionState.ACTIVE) {
                account.sessionClosed();
                counters.decrement(GatewayCounter.SESSIONS_ACTIVE);
            }
            reader.reset();
            edge.sessionClosed(this);
        }
    }
}
