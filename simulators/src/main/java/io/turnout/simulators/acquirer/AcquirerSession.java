package io.turnout.simulators.acquirer;

import io.turnout.codecs.sbe.acquirer.HeartbeatDecoder;
import io.turnout.codecs.sbe.acquirer.LogonAckDecoder;
import io.turnout.codecs.sbe.acquirer.LogonRejectDecoder;
import io.turnout.codecs.sbe.acquirer.LogoutDecoder;
import io.turnout.codecs.sbe.acquirer.MessageHeaderDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentResponseDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentStatusResponseDecoder;
import io.turnout.codecs.sbe.acquirer.RejectDecoder;
import io.turnout.codecs.sbe.acquirer.ReversalResponseDecoder;
import io.turnout.gateway.net.Connection;
import io.turnout.gateway.net.ConnectionHandler;
import io.turnout.gateway.net.FrameReader;
import io.turnout.gateway.net.FrameReader.Verdict;
import io.turnout.simulators.Connector;
import io.turnout.simulators.Counters;
import io.turnout.simulators.RandomSequence;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Session;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * One session with the switch: connects, logs on, keeps itself alive, and starts again with growing pauses when it is
 * lost. Hands answers to its {@link AnswerHandler}.
 */
final class AcquirerSession implements ConnectionHandler {

    private static final long NS_PER_MS = 1_000_000L;
    private static final int MISSED_HEARTBEATS = 3;

    private final int index;
    private final Session configuration;
    private final byte[] credential;
    private final int window;
    private final Connector connector;
    private final RequestEncoder encoder;
    private final AnswerHandler handler;
    private final Counters<AcquirerCounter> counters;
    private final RandomSequence random;
    private final FrameReader frames = new FrameReader(new SwitchFrameFormat());
    private final FrameReader.Handler messages = this::onMessage;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final LogonAckDecoder logonAck = new LogonAckDecoder();
    private final PaymentResponseDecoder paymentResponse = new PaymentResponseDecoder();
    private final PaymentStatusResponseDecoder status = new PaymentStatusResponseDecoder();
    private final ReversalResponseDecoder reversalResponse = new ReversalResponseDecoder();
    private final RejectDecoder reject = new RejectDecoder();

    private SessionState state = SessionState.DISCONNECTED;
    private Connection connection;
    private long dueNs;
    private long pauseNs;
    private long lastSentNs;
    private long lastHeardNs;
    private long silenceLimitNs;
    private int inFlight;
    private int inFlightLimit;

    AcquirerSession(
            final int index,
            final AcquirerConfiguration configuration,
            final Connector connector,
            final RequestEncoder encoder,
            final AnswerHandler handler,
            final Counters<AcquirerCounter> counters) {
        this.index = index;
        this.configuration = configuration.session();
        this.credential = this.configuration.credential().getBytes(StandardCharsets.US_ASCII);
        this.window = configuration.load().window();
        this.connector = connector;
        this.encoder = encoder;
        this.handler = handler;
        this.counters = counters;
        this.random = new RandomSequence(configuration.seed() + index);
        this.pauseNs = this.configuration.reconnectNs();
    }

    int index() {
        return index;
    }

    SessionState state() {
        return state;
    }

    /** Whether another request may be sent. */
    boolean hasRoom() {
        return state == SessionState.ACTIVE && inFlight < inFlightLimit;
    }

    /** A request sent here is no longer awaited here. */
    void released() {
        inFlight--;
    }

    /**
     * Sends the frame last written by the encoder as one more request in flight.
     *
     * @return false when nothing was sent
     */
    boolean sendRequest(final int length, final long nowNs) {
        if (!send(length, nowNs)) {
            return false;
        }
        inFlight++;
        return true;
    }

    /** Sends the frame last written by the encoder; false when nothing was sent. */
    boolean send(final int length, final long nowNs) {
        if (!connection.send(encoder.buffer(), 0, length)) {
            return false;
        }
        lastSentNs = nowNs;
        return true;
    }

    /** Does what is due without an answer from the switch. */
    int doWork(final long nowNs) {
        switch (state) {
            case DISCONNECTED -> {
                return nowNs >= dueNs ? connect() : 0;
            }
            case LOGGING_ON -> {
                return nowNs >= dueNs ? close() : 0;
            }
            case ACTIVE -> {
                return keepAlive(nowNs);
            }
            default -> {
                return 0;
            }
        }
    }

    /** Logs out and does not come back. */
    void end(final long nowNs) {
        if (state == SessionState.ACTIVE) {
            send(encoder.logout(), nowNs);
        }
        if (isLive()) {
            connection.close();
        }
        state = SessionState.CLOSED;
    }

    @Override
    public void onConnected(final Connection newConnection, final long nowNs) {
        if (state == SessionState.CLOSED) {
            newConnection.close();
            return;
        }
        connection = newConnection;
        frames.reset();
        state = SessionState.LOGGING_ON;
        dueNs = nowNs + configuration.connectTimeoutNs();
        send(encoder.logon(configuration.acquirerId(), configuration.heartbeatIntervalMs(), credential), nowNs);
    }

    @Override
    public void onBytes(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (!isLive()) {
            return;
        }
        lastHeardNs = nowNs;
        switch (frames.read(buffer, offset, length, nowNs, messages)) {
            case MALFORMED, TOO_LONG -> endForProtocolError();
            default -> {
                // Read, or stopped because the session ended.
            }
        }
    }

    @Override
    public void onDisconnected(final long nowNs) {
        counters.increment(AcquirerCounter.DISCONNECTS);
        connection = null;
        inFlight = 0;
        if (state != SessionState.CLOSED) {
            state = SessionState.DISCONNECTED;
            dueNs = nowNs + pauseNs / 2 + random.nextLong(pauseNs / 2 + 1);
            pauseNs = Math.min(2 * pauseNs, configuration.reconnectMaximumNs());
        }
        handler.onSessionLost(this, nowNs);
    }

    private int connect() {
        state = SessionState.CONNECTING;
        connector.connect(this);
        return 1;
    }

    private int close() {
        state = SessionState.CLOSING;
        connection.close();
        return 1;
    }

    private int keepAlive(final long nowNs) {
        if (nowNs - lastHeardNs > silenceLimitNs) {
            return close();
        }
        if (nowNs - lastSentNs >= configuration.heartbeatIntervalMs() * NS_PER_MS * 3 / 4) {
            send(encoder.heartbeat(nowNs), nowNs);
            return 1;
        }
        return 0;
    }

    private Verdict onMessage(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (!isAllowed(buffer, offset, length, nowNs)) {
            endForProtocolError();
        }
        return isLive() ? Verdict.TAKEN : Verdict.STOPPED;
    }

    /** Takes a message; false when the protocol does not allow it. */
    private boolean isAllowed(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH) {
            return false;
        }
        header.wrap(buffer, offset);
        final int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        final int bodyBytes = length - MessageHeaderDecoder.ENCODED_LENGTH;
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID || header.blockLength() > bodyBytes) {
            return false;
        }
        return state == SessionState.LOGGING_ON ? onLogonAnswer(buffer, body) : onAnswer(buffer, body, nowNs);
    }

    private void endForProtocolError() {
        counters.increment(AcquirerCounter.PROTOCOL_ERRORS);
        close();
    }

    private boolean isLive() {
        return state == SessionState.LOGGING_ON || state == SessionState.ACTIVE;
    }

    private boolean onLogonAnswer(final DirectBuffer buffer, final int body) {
        if (header.templateId() == LogonRejectDecoder.TEMPLATE_ID) {
            counters.increment(AcquirerCounter.LOGONS_REFUSED);
            close();
            return true;
        }
        if (header.templateId() != LogonAckDecoder.TEMPLATE_ID || isShorterThan(LogonAckDecoder.BLOCK_LENGTH)) {
            return false;
        }
        logonAck.wrap(buffer, body, header.blockLength(), header.version());
        inFlightLimit = (int) Math.min(window, Math.max(1, logonAck.maximumInFlight()));
        silenceLimitNs = MISSED_HEARTBEATS * Math.max(1000, logonAck.heartbeatIntervalMs()) * NS_PER_MS;
        pauseNs = configuration.reconnectNs();
        state = SessionState.ACTIVE;
        counters.increment(AcquirerCounter.LOGONS);
        return true;
    }

    private boolean onAnswer(final DirectBuffer buffer, final int body, final long nowNs) {
        return switch (header.templateId()) {
            case PaymentResponseDecoder.TEMPLATE_ID -> onPaymentResponse(buffer, body, nowNs);
            case PaymentStatusResponseDecoder.TEMPLATE_ID -> onPaymentStatus(buffer, body, nowNs);
            case ReversalResponseDecoder.TEMPLATE_ID -> onReversalResponse(buffer, body, nowNs);
            case RejectDecoder.TEMPLATE_ID -> onReject(buffer, body, nowNs);
            case HeartbeatDecoder.TEMPLATE_ID -> true;
            case LogoutDecoder.TEMPLATE_ID -> {
                close();
                yield true;
            }
            default -> false;
        };
    }

    private boolean onPaymentResponse(final DirectBuffer buffer, final int body, final long nowNs) {
        if (isShorterThan(PaymentResponseDecoder.BLOCK_LENGTH)) {
            return false;
        }
        handler.onPaymentResponse(paymentResponse.wrap(buffer, body, header.blockLength(), header.version()), nowNs);
        return true;
    }

    private boolean onReversalResponse(final DirectBuffer buffer, final int body, final long nowNs) {
        if (isShorterThan(ReversalResponseDecoder.BLOCK_LENGTH)) {
            return false;
        }
        handler.onReversalResponse(reversalResponse.wrap(buffer, body, header.blockLength(), header.version()), nowNs);
        return true;
    }

    private boolean onPaymentStatus(final DirectBuffer buffer, final int body, final long nowNs) {
        if (isShorterThan(PaymentStatusResponseDecoder.BLOCK_LENGTH)) {
            return false;
        }
        handler.onPaymentStatus(status.wrap(buffer, body, header.blockLength(), header.version()), nowNs);
        return true;
    }

    private boolean onReject(final DirectBuffer buffer, final int body, final long nowNs) {
        if (isShorterThan(RejectDecoder.BLOCK_LENGTH)) {
            return false;
        }
        handler.onReject(reject.wrap(buffer, body, header.blockLength(), header.version()), nowNs);
        return true;
    }

    private boolean isShorterThan(final int blockLength) {
        return header.blockLength() < blockLength;
    }
}
