package io.turnout.gateway.admin;

import io.turnout.codecs.sbe.admin.AdminLogonDecoder;
import io.turnout.codecs.sbe.admin.AdminLogonRejectReason;
import io.turnout.codecs.sbe.admin.AdminRejectReason;
import io.turnout.codecs.sbe.admin.DecideDecoder;
import io.turnout.codecs.sbe.admin.InquireLinksDecoder;
import io.turnout.codecs.sbe.admin.InquireMessagesDecoder;
import io.turnout.codecs.sbe.admin.SubmitCardCommandDecoder;
import io.turnout.codecs.sbe.admin.SubmitCommandDecoder;
import io.turnout.codecs.sbe.engine.OperationAnsweredDecoder;
import io.turnout.gateway.acquirer.SofhFrameFormat;
import io.turnout.gateway.admin.OperationIntake.Outcome;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.net.Connection;
import io.turnout.gateway.net.ConnectionHandler;
import io.turnout.gateway.net.FrameReader;
import io.turnout.gateway.net.FrameReader.Verdict;
import org.agrona.DirectBuffer;

/**
 * One connection of an operator, by the grammar of the admin protocol. Does no input or output of its own and reads no
 * clock. Used by the gateway's thread.
 *
 * <p>A request the switch has no room for is rejected: the operator's tool sends the same one again.
 */
final class AdminSession implements ConnectionHandler {

    private final AdminEdge edge;
    private final long sessionId;
    private final FrameReader reader = new FrameReader(new SofhFrameFormat());
    private final FrameReader.Handler handler = this::onMessage;

    private AdminSessionState state = AdminSessionState.NEW;
    private Connection connection;
    private long operatorId;
    private long lastHeardNs;

    AdminSession(final AdminEdge edge, final long sessionId) {
        this.edge = edge;
        this.sessionId = sessionId;
    }

    long sessionId() {
        return sessionId;
    }

    AdminSessionState state() {
        return state;
    }

    // What the connection says.

    @Override
    public void onConnected(final Connection opened, final long nowNs) {
        connection = opened;
        lastHeardNs = nowNs;
        state(AdminSessionState.AWAITING_LOGON);
    }

    @Override
    public void onBytes(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (state == AdminSessionState.CLOSED) {
            return;
        }
        if (state == AdminSessionState.ACTIVE) {
            lastHeardNs = nowNs;
        }
        final FrameReader.Result result = reader.read(buffer, offset, length, nowNs, handler);
        if (result == FrameReader.Result.MALFORMED || result == FrameReader.Result.TOO_LONG) {
            end(AdminRejectReason.BAD_FRAME);
        }
    }

    @Override
    public void onDisconnected(final long nowNs) {
        if (state != AdminSessionState.CLOSED) {
            state(AdminSessionState.CLOSED);
        }
    }

    // What time says.

    void onTick(final long nowNs) {
        final AdminEdgeConfiguration configuration = edge.configuration();
        if (state == AdminSessionState.AWAITING_LOGON && nowNs - lastHeardNs >= configuration.logonTimeoutNs()) {
            end(AdminRejectReason.NOT_LOGGED_ON);
        } else if (state == AdminSessionState.ACTIVE && reader.isOverdue(nowNs, configuration.logonTimeoutNs())) {
            end(AdminRejectReason.BAD_FRAME);
        } else if (state == AdminSessionState.ACTIVE && nowNs - lastHeardNs >= configuration.idleTimeoutNs()) {
            close();
        }
    }

    // What the operator says.

    private Verdict onMessage(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        return edge.adapter().onMessage(this, buffer, offset, length);
    }

    Verdict onLogon(final AdminLogonDecoder logon) {
        if (state == AdminSessionState.ACTIVE) {
            return end(AdminRejectReason.ALREADY_LOGGED_ON);
        }
        if (!edge.authenticates(logon)) {
            edge.counters().increment(GatewayCounter.ADMIN_LOGONS_BAD_CREDENTIAL);
            edge.publisher().logonReject(connection, AdminLogonRejectReason.BAD_CREDENTIAL);
            return close();
        }
        operatorId = logon.operatorId();
        state(AdminSessionState.ACTIVE);
        edge.counters().increment(GatewayCounter.ADMIN_LOGONS_ACCEPTED);
        return sent(edge.publisher().logonAck(connection, sessionId));
    }

    Verdict onSubmit(final SubmitCommandDecoder request) {
        final long high = request.operationId().high();
        final long low = request.operationId().low();
        if (state != AdminSessionState.ACTIVE) {
            return end(AdminRejectReason.NOT_LOGGED_ON);
        }
        return offered(edge.intake().submit(sessionId, operatorId, request), high, low);
    }

    Verdict onCardCommand(final SubmitCardCommandDecoder request) {
        final long high = request.operationId().high();
        final long low = request.operationId().low();
        if (state != AdminSessionState.ACTIVE) {
            return end(AdminRejectReason.NOT_LOGGED_ON);
        }
        return offered(edge.intake().submit(sessionId, operatorId, request), high, low);
    }

    Verdict onDecide(final DecideDecoder request) {
        if (state != AdminSessionState.ACTIVE) {
            return end(AdminRejectReason.NOT_LOGGED_ON);
        }
        final long high = request.operationId().high();
        final long low = request.operationId().low();
        return offered(edge.intake().decide(sessionId, operatorId, request), high, low);
    }

    Verdict onInquireLinks(final InquireLinksDecoder inquiry) {
        if (state != AdminSessionState.ACTIVE) {
            return end(AdminRejectReason.NOT_LOGGED_ON);
        }
        return sent(edge.reports().links(connection, inquiry.skip()));
    }

    Verdict onInquireMessages(final InquireMessagesDecoder inquiry) {
        if (state != AdminSessionState.ACTIVE) {
            return end(AdminRejectReason.NOT_LOGGED_ON);
        }
        return sent(edge.reports().messages(connection, inquiry.skip()));
    }

    Verdict onMalformed() {
        return end(AdminRejectReason.MALFORMED);
    }

    Verdict onUnknownTemplate() {
        return end(AdminRejectReason.UNKNOWN_TEMPLATE);
    }

    // What the switch says.

    void onOperationAnswered(final OperationAnsweredDecoder event) {
        sent(edge.publisher().operationStatus(connection, event));
    }

    void onStopping() {
        if (state == AdminSessionState.ACTIVE || state == AdminSessionState.AWAITING_LOGON) {
            close();
        }
    }

    private Verdict offered(final Outcome outcome, final long idHigh, final long idLow) {
        return switch (outcome) {
            case OFFERED -> {
                edge.counters().increment(GatewayCounter.ADMIN_REQUESTS_OFFERED);
                yield Verdict.TAKEN;
            }
            case COMMAND_TOO_LONG -> reject(idHigh, idLow, AdminRejectReason.COMMAND_TOO_LONG);
            case NO_CARD_COMMAND -> reject(idHigh, idLow, AdminRejectReason.NO_CARD_COMMAND);
            case INVALID_CARD_NUMBER -> reject(idHigh, idLow, AdminRejectReason.INVALID_CARD_NUMBER);
            case NO_ROOM -> reject(idHigh, idLow, AdminRejectReason.SWITCH_BUSY);
        };
    }

    private Verdict reject(final long idHigh, final long idLow, final AdminRejectReason reason) {
        edge.counters().increment(GatewayCounter.ADMIN_REJECTS);
        return sent(edge.publisher().reject(connection, idHigh, idLow, reason));
    }

    private Verdict end(final AdminRejectReason reason) {
        reject(0, 0, reason);
        return close();
    }

    private Verdict sent(final boolean accepted) {
        return accepted ? Verdict.TAKEN : close();
    }

    private Verdict close() {
        if (state != AdminSessionState.CLOSED) {
            connection.close();
            state(AdminSessionState.CLOSED);
        }
        return Verdict.STOPPED;
    }

    private void state(final AdminSessionState next) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("sessionId=" + sessionId + " state=" + state + " next=" + next);
        }
        state = next;
        if (next == AdminSessionState.CLOSED) {
            reader.reset();
            edge.sessionClosed(this);
        }
    }
}
