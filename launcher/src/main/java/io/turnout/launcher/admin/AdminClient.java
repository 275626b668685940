package io.turnout.launcher.admin;

import io.turnout.codecs.sbe.admin.AdminLogonAckDecoder;
import io.turnout.codecs.sbe.admin.AdminLogonEncoder;
import io.turnout.codecs.sbe.admin.AdminRejectDecoder;
import io.turnout.codecs.sbe.admin.AdminRejectReason;
import io.turnout.codecs.sbe.admin.BooleanType;
import io.turnout.codecs.sbe.admin.DecideEncoder;
import io.turnout.codecs.sbe.admin.InquireLinksEncoder;
import io.turnout.codecs.sbe.admin.InquireMessagesEncoder;
import io.turnout.codecs.sbe.admin.LinksReportDecoder;
import io.turnout.codecs.sbe.admin.MessageHeaderDecoder;
import io.turnout.codecs.sbe.admin.MessageHeaderEncoder;
import io.turnout.codecs.sbe.admin.MessagesReportDecoder;
import io.turnout.codecs.sbe.admin.OperationStatusDecoder;
import io.turnout.codecs.sbe.admin.SubmitCardCommandEncoder;
import io.turnout.codecs.sbe.admin.SubmitCommandEncoder;
import io.turnout.codecs.sbe.engine.OperationRefusal;
import io.turnout.codecs.sbe.engine.OperationResult;
import io.turnout.codecs.sbe.engine.OperationState;
import io.turnout.gateway.acquirer.SofhFrameFormat;
import io.turnout.gateway.net.tls.TlsContext;
import io.turnout.launcher.CommandFailure;
import io.turnout.launcher.ExitCode;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One operator's session with a running switch; blocking, one request at a time. Used by one thread. Failures are
 * {@link CommandFailure}s with the exit code of the command line.
 */
public final class AdminClient implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final int ANSWER_TIMEOUT_MS = 30_000;
    private static final int BUSY_ATTEMPTS = 50;
    private static final long BUSY_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MESSAGE = SofhFrameFormat.HEADER_LENGTH;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SofhFrameFormat.MAXIMUM_FRAME_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MessageHeaderDecoder received = new MessageHeaderDecoder();
    private final Socket socket;
    private final InetSocketAddress address;
    private final DataInputStream input;

    private AdminClient(final Socket socket, final InetSocketAddress address) throws IOException {
        this.socket = socket;
        this.address = address;
        this.input = new DataInputStream(socket.getInputStream());
    }

    /**
     * What an operator asks for.
     *
     * @param id names the operation; the same again is harmless
     * @param createdAtNs when it was made, nanoseconds since the epoch
     * @param effectiveSequence command sequence before which it is executed; 0 = at once
     * @param reason why, printable ASCII, at most 64 characters
     */
    public record Request(UUID id, long createdAtNs, long effectiveSequence, String reason) {}

    /** Connects in plain text and logs on; wipes nothing of the credential given. */
    public static AdminClient connect(final InetSocketAddress address, final long operatorId, final byte[] credential) {
        return connect(address, Optional.empty(), operatorId, credential);
    }

    /**
     * Connects and logs on; wipes nothing of the credential given.
     *
     * @param tls below the connection; empty = plain text
     */
    public static AdminClient connect(
            final InetSocketAddress address,
            final Optional<TlsContext> tls,
            final long operatorId,
            final byte[] credential) {
        final Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(ANSWER_TIMEOUT_MS);
            socket.connect(address, CONNECT_TIMEOUT_MS);
            final AdminClient client = new AdminClient(
                    tls.isPresent() ? tls.get().socket(socket, address.getHostString()) : socket, address);
            client.logOn(operatorId, credential);
            return client;
        } catch (final IOException exception) {
            close(socket);
            throw unreachable(address, exception);
        } catch (final CommandFailure failure) {
            close(socket);
            throw failure;
        }
    }

    /** Submits one command of the engine. */
    public AdminAnswer submit(final Request request, final DirectBuffer command) {
        final SubmitCommandEncoder encoder = new SubmitCommandEncoder().wrapAndApplyHeader(buffer, MESSAGE, header);
        encoder.operationId()
                .high(request.id().getMostSignificantBits())
                .low(request.id().getLeastSignificantBits());
        encoder.createdAtNs(request.createdAtNs())
                .effectiveSequence(request.effectiveSequence())
                .reason(padded(request.reason()))
                .putCommand(command, 0, command.capacity());
        return ask(encoder.encodedLength());
    }

    /**
     * Submits a command about a card.
     *
     * @param command its token left zero
     * @param pan ASCII digits
     */
    public AdminAnswer submit(final Request request, final DirectBuffer command, final byte[] pan) {
        final SubmitCardCommandEncoder encoder =
                new SubmitCardCommandEncoder().wrapAndApplyHeader(buffer, MESSAGE, header);
        encoder.operationId()
                .high(request.id().getMostSignificantBits())
                .low(request.id().getLeastSignificantBits());
        encoder.createdAtNs(request.createdAtNs())
                .effectiveSequence(request.effectiveSequence())
                .reason(padded(request.reason()))
                .putCommand(command, 0, command.capacity())
                .putPan(pan, 0, pan.length);
        return ask(encoder.encodedLength());
    }

    /** Approves or rejects an operation of another operator. */
    public AdminAnswer decide(final UUID id, final boolean approved, final String reason) {
        final DecideEncoder encoder = new DecideEncoder().wrapAndApplyHeader(buffer, MESSAGE, header);
        encoder.operationId().high(id.getMostSignificantBits()).low(id.getLeastSignificantBits());
        encoder.approved(approved ? BooleanType.TRUE : BooleanType.FALSE).reason(padded(reason));
        return ask(encoder.encodedLength());
    }

    /** A LinksReport. */
    UnsafeBuffer inquireLinks(final int skip) {
        return inquire(
                new InquireLinksEncoder()
                        .wrapAndApplyHeader(buffer, MESSAGE, header)
                        .skip(skip)
                        .encodedLength(),
                LinksReportDecoder.TEMPLATE_ID);
    }

    /** A MessagesReport. */
    UnsafeBuffer inquireMessages(final int skip) {
        return inquire(
                new InquireMessagesEncoder()
                        .wrapAndApplyHeader(buffer, MESSAGE, header)
                        .skip(skip)
                        .encodedLength(),
                MessagesReportDecoder.TEMPLATE_ID);
    }

    @Override
    public void close() {
        close(socket);
    }

    private UnsafeBuffer inquire(final int encodedLength, final int answerTemplateId) {
        try {
            final UnsafeBuffer answer = exchange(frame(encodedLength));
            if (received.wrap(answer, 0).templateId() != answerTemplateId) {
                throw new CommandFailure(ExitCode.FAILED, "the switch does not answer inquiries: another version?");
            }
            return answer;
        } catch (final IOException exception) {
            throw unreachable(address, exception);
        }
    }

    private void logOn(final long operatorId, final byte[] credential) throws IOException {
        final AdminLogonEncoder encoder = new AdminLogonEncoder()
                .wrapAndApplyHeader(buffer, MESSAGE, header)
                .operatorId(operatorId)
                .putCredential(credential, 0, credential.length);
        final UnsafeBuffer answer = exchange(frame(encoder.encodedLength()));
        if (received.wrap(answer, 0).templateId() != AdminLogonAckDecoder.TEMPLATE_ID) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "the switch at " + address + " refuses operator " + operatorId
                            + ": unknown operator or wrong credential");
        }
    }

    /** Sends the request in the buffer until the switch has room for it. */
    private AdminAnswer ask(final int encodedLength) {
        final byte[] frame = frame(encodedLength);
        buffer.setMemory(0, buffer.capacity(), (byte) 0);
        try {
            for (int attempt = 1; ; attempt++) {
                final UnsafeBuffer answer = exchange(frame);
                if (received.wrap(answer, 0).templateId() == OperationStatusDecoder.TEMPLATE_ID) {
                    return status(answer);
                }
                final AdminRejectReason reason = new AdminRejectDecoder()
                        .wrapAndApplyHeader(answer, 0, received)
                        .reason();
                if (reason != AdminRejectReason.SWITCH_BUSY || attempt == BUSY_ATTEMPTS) {
                    throw new CommandFailure(ExitCode.FAILED, "the switch rejects the request: " + reason);
                }
                LockSupport.parkNanos(BUSY_PAUSE_NS);
            }
        } catch (final SocketTimeoutException exception) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "no answer from " + address + " within " + ANSWER_TIMEOUT_MS / 1_000
                            + " s: send the same operation again with --id");
        } catch (final IOException exception) {
            throw unreachable(address, exception);
        } finally {
            Arrays.fill(frame, (byte) 0);
        }
    }

    private AdminAnswer status(final UnsafeBuffer answer) {
        final OperationStatusDecoder status = new OperationStatusDecoder().wrapAndApplyHeader(answer, 0, received);
        return new AdminAnswer(
                new UUID(status.operationId().high(), status.operationId().low()),
                OperationState.get(status.state()),
                OperationResult.get(status.result()),
                OperationRefusal.get(status.refusal()),
                status.problem());
    }

    private UnsafeBuffer exchange(final byte[] frame) throws IOException {
        socket.getOutputStream().write(frame);
        socket.getOutputStream().flush();
        final int length = input.readInt() - SofhFrameFormat.HEADER_LENGTH;
        if (input.readUnsignedShort() != SofhFrameFormat.ENCODING_TYPE
                || length < MessageHeaderDecoder.ENCODED_LENGTH
                || length > SofhFrameFormat.MAXIMUM_FRAME_LENGTH) {
            throw new EOFException("not the admin protocol");
        }
        final byte[] message = new byte[length];
        input.readFully(message);
        return new UnsafeBuffer(message);
    }

    private byte[] frame(final int encodedLength) {
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + encodedLength;
        SofhFrameFormat.putHeader(buffer, 0, length);
        final byte[] frame = new byte[MESSAGE + length];
        buffer.getBytes(0, frame);
        return frame;
    }

    private static String padded(final String reason) {
        return reason + " ".repeat(SubmitCommandEncoder.reasonLength() - reason.length());
    }

    private static void close(final Socket socket) {
        try {
            socket.close();
        } catch (final IOException ignored) {
            // Nothing is lost: every answer has been read, or its lack reported.
        }
    }

    private static CommandFailure unreachable(final InetSocketAddress address, final IOException exception) {
        final String why = exception instanceof EOFException ? "the connection ended" : exception.getMessage();
        return new CommandFailure(
                ExitCode.UNREACHABLE,
                "no switch that takes operators at " + address + " (" + why
                        + "): is it running, and are there operators in its configuration?");
    }
}
