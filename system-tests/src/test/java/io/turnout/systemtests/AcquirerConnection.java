package io.turnout.systemtests;

import io.turnout.codecs.sbe.acquirer.HeartbeatDecoder;
import io.turnout.codecs.sbe.acquirer.LogonAckDecoder;
import io.turnout.codecs.sbe.acquirer.LogonEncoder;
import io.turnout.codecs.sbe.acquirer.LogonRejectDecoder;
import io.turnout.codecs.sbe.acquirer.LogoutDecoder;
import io.turnout.codecs.sbe.acquirer.MessageHeaderDecoder;
import io.turnout.codecs.sbe.acquirer.MessageHeaderEncoder;
import io.turnout.codecs.sbe.acquirer.PaymentResponseDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentStatusResponseDecoder;
import io.turnout.codecs.sbe.acquirer.RejectDecoder;
import io.turnout.codecs.sbe.acquirer.ReversalResponseDecoder;
import io.turnout.gateway.acquirer.SofhFrameFormat;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.agrona.concurrent.UnsafeBuffer;

/** An acquirer's connection with blocking input and output, and what comes back said in words. */
final class AcquirerConnection implements AutoCloseable {
    /** What is read when the switch has closed the connection. */
    static final String CLOSED = "closed";

    private static final int READ_TIMEOUT_MS = (int) TimeUnit.SECONDS.toMillis(30);
    private static final int HEARTBEAT_MS = 60_000;
    private static final int MESSAGE_OFFSET = SofhFrameFormat.HEADER_LENGTH;

    private final Socket socket;
    private final DataInputStream input;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    AcquirerConnection(final int port) {
        this(connect(port));
    }

    /** Over a socket that is connected. */
    AcquirerConnection(final Socket connected) {
        try {
            socket = connected;
            socket.setSoTimeout(READ_TIMEOUT_MS);
            socket.setTcpNoDelay(true);
            input = new DataInputStream(socket.getInputStream());
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static Socket connect(final int port) {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), port);
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    static byte[] logon(final int acquirerId, final String credential) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SofhFrameFormat.MAXIMUM_FRAME_LENGTH]);
        final byte[] secret = credential.getBytes(StandardCharsets.US_ASCII);
        final LogonEncoder logon = new LogonEncoder()
                .wrapAndApplyHeader(buffer, MESSAGE_OFFSET, new MessageHeaderEncoder())
                .acquirerId(acquirerId)
                .heartbeatIntervalMs(HEARTBEAT_MS)
                .putCredential(secret, 0, secret.length);
        return Payment.frame(buffer, MessageHeaderEncoder.ENCODED_LENGTH + logon.encodedLength());
    }

    void send(final byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Sends a request and says what the answer is. */
    String ask(final byte[] request) {
        send(request);
        return next();
    }

    /** Says what the next message is, heartbeats aside. */
    String next() {
        return describe(nextFrame());
    }

    /** The next message with its header, heartbeats aside; empty when the switch has closed the connection. */
    byte[] nextFrame() {
        try {
            byte[] message = read();
            while (message.length > 0 && templateId(message) == HeartbeatDecoder.TEMPLATE_ID) {
                message = read();
            }
            return message;
        } catch (final EOFException | SocketException | SSLException closed) {
            return new byte[0];
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Says what a message is: its name and what it decides. */
    String describe(final byte[] message) {
        if (message.length == 0) {
            return CLOSED;
        }
        final UnsafeBuffer buffer = new UnsafeBuffer(message);
        return switch (templateId(message)) {
            case LogonAckDecoder.TEMPLATE_ID -> "LogonAck";
            case LogonRejectDecoder.TEMPLATE_ID ->
                "LogonReject "
                        + new LogonRejectDecoder()
                                .wrapAndApplyHeader(buffer, 0, header)
                                .reason();
            case LogoutDecoder.TEMPLATE_ID ->
                "Logout "
                        + new LogoutDecoder()
                                .wrapAndApplyHeader(buffer, 0, header)
                                .reason();
            case RejectDecoder.TEMPLATE_ID -> describe(new RejectDecoder().wrapAndApplyHeader(buffer, 0, header));
            case PaymentResponseDecoder.TEMPLATE_ID ->
                describe(new PaymentResponseDecoder().wrapAndApplyHeader(buffer, 0, header));
            case PaymentStatusResponseDecoder.TEMPLATE_ID ->
                "Status "
                        + new PaymentStatusResponseDecoder()
                                .wrapAndApplyHeader(buffer, 0, header)
                                .state();
            case ReversalResponseDecoder.TEMPLATE_ID ->
                describe(new ReversalResponseDecoder().wrapAndApplyHeader(buffer, 0, header));
            default -> "template " + header.templateId();
        };
    }

    private static String describe(final RejectDecoder reject) {
        return "Reject " + reject.reason() + " template " + reject.refTemplateId() + " field " + reject.refFieldId();
    }

    private static String describe(final ReversalResponseDecoder response) {
        return "Reversal " + response.resultCode() + " " + response.state();
    }

    private static String describe(final PaymentResponseDecoder response) {
        return response.outcome() + " " + response.resultCode() + " amount " + response.amountMinor();
    }

    private int templateId(final byte[] message) {
        return header.wrap(new UnsafeBuffer(message), 0).templateId();
    }

    private byte[] read() throws IOException {
        final int length = input.readInt();
        final int encodingType = input.readUnsignedShort();
        if (encodingType != SofhFrameFormat.ENCODING_TYPE || length > SofhFrameFormat.MAXIMUM_FRAME_LENGTH) {
            throw new IllegalStateException("not a frame: length=" + length + " encodingType=" + encodingType);
        }
        final byte[] message = new byte[length - SofhFrameFormat.HEADER_LENGTH];
        input.readFully(message);
        return message;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
