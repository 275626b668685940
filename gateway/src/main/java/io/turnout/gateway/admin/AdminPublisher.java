package io.turnout.gateway.admin;

import io.turnout.codecs.sbe.admin.AdminLogonAckEncoder;
import io.turnout.codecs.sbe.admin.AdminLogonRejectEncoder;
import io.turnout.codecs.sbe.admin.AdminLogonRejectReason;
import io.turnout.codecs.sbe.admin.AdminRejectEncoder;
import io.turnout.codecs.sbe.admin.AdminRejectReason;
import io.turnout.codecs.sbe.admin.MessageHeaderEncoder;
import io.turnout.codecs.sbe.admin.OperationStatusEncoder;
import io.turnout.codecs.sbe.engine.OperationAnsweredDecoder;
import io.turnout.gateway.acquirer.SofhFrameFormat;
import io.turnout.gateway.net.Connection;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes what the switch says to operators, framed, and sends it. Used by one thread. Each method answers what
 * {@link Connection#send} answers.
 */
final class AdminPublisher {

    private static final int BUFFER_LENGTH = 256;
    private static final int MESSAGE_OFFSET = SofhFrameFormat.HEADER_LENGTH;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[BUFFER_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final AdminLogonAckEncoder logonAck = new AdminLogonAckEncoder();
    private final AdminLogonRejectEncoder logonReject = new AdminLogonRejectEncoder();
    private final OperationStatusEncoder status = new OperationStatusEncoder();
    private final AdminRejectEncoder reject = new AdminRejectEncoder();

    boolean logonAck(final Connection connection, final long sessionId) {
        logonAck.wrapAndApplyHeader(buffer, MESSAGE_OFFSET, header).sessionId(sessionId);
        return send(connection, logonAck.encodedLength());
    }

    boolean logonReject(final Connection connection, final AdminLogonRejectReason reason) {
        logonReject.wrapAndApplyHeader(buffer, MESSAGE_OFFSET, header).reason(reason);
        return send(connection, logonReject.encodedLength());
    }

    boolean operationStatus(final Connection connection, final OperationAnsweredDecoder event) {
        status.wrapAndApplyHeader(buffer, MESSAGE_OFFSET, header)
                .problem(event.problem())
                .state(event.stateRaw())
                .result(event.resultRaw())
                .refusal(event.refusalRaw());
        status.operationId()
                .high(event.operationId().high())
                .low(event.operationId().low());
        return send(connection, status.encodedLength());
    }

    boolean reject(final Connection connection, final long idHigh, final long idLow, final AdminRejectReason reason) {
        reject.wrapAndApplyHeader(buffer, MESSAGE_OFFSET, header).reason(reason);
        reject.operationId().high(idHigh).low(idLow);
        return send(connection, reject.encodedLength());
    }

    private boolean send(final Connection connection, final int blockLength) {
        final int messageLength = MessageHeaderEncoder.ENCODED_LENGTH + blockLength;
        SofhFrameFormat.putHeader(buffer, 0, messageLength);
        return connection.send(buffer, 0, MESSAGE_OFFSET + messageLength);
    }
}
