package io.turnout.gateway.issuer;

import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.sbe.engine.AdviceRequestedDecoder;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.NotSentReason;
import io.turnout.codecs.sbe.engine.PaymentRoutedDecoder;
import io.turnout.codecs.sbe.engine.ReconciliationReceivedDecoder;
import io.turnout.codecs.sbe.engine.ReconciliationRequestedDecoder;
import io.turnout.codecs.sbe.engine.ReversalRequestedDecoder;
import io.turnout.codecs.sbe.engine.SlotReferenceDecoder;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.iso.NetworkCode;
import io.turnout.gateway.net.Connection;
import io.turnout.gateway.net.ConnectionHandler;
import io.turnout.gateway.net.FrameReader;
import io.turnout.gateway.net.IsoFrameFormat;
import io.turnout.gateway.security.MessageAuthenticator;
import io.turnout.gateway.security.PeerSecurity;
import io.turnout.gateway.vault.SensitiveDataSlots;
import io.turnout.security.module.KeyPurpose;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;

/**
 * One connection to an issuer: opens it again and again, signs on, asks whether the issuer is alive, writes requests
 * and reversals, hands over answers. Does no input or output of its own and reads no clock. Used by the gateway's
 * thread.
 *
 * <p>When the switch has no room for an answer, the link holds it back and stops reading; answers that came are handed
 * over even if the connection is lost meanwhile, and only then the switch hears that the link is down.
 */
final class IssuerLink implements ConnectionHandler {

    private static final int LARGEST_STAN = 999_999;
    private static final int ACCEPTED = 0;
    private static final long NOT_AWAITED = Long.MIN_VALUE;
    private static final int FUNCTION_NOT_SUPPORTED = 1015;

    private final IssuerEdge edge;
    private final IssuerLinkConfiguration configuration;
    private final IssuerTimers timers;
    private final GatewayCounters counters;
    private final SensitiveDataSlots slots;
    private final PeerSecurity security;
    private final IssuerMessageEncoder encoder;
    private final FrameReader reader;
    private final IssuerAdapter adapter;
    private final ReconnectBackoff backoff;

    private IssuerLinkState state = IssuerLinkState.DISCONNECTED;
    private Connection connection;
    private boolean reading = true;
    private boolean reportedSignedOn;
    private boolean stopping;
    private long reconnectNs = Long.MIN_VALUE;
    private long lastHeardNs;
    private int networkStan;
    private int awaitedCode = NetworkCode.NONE;
    private int awaitedStan;
    private long awaitedSinceNs;
    private int echoMisses;
    private long keyAwaitedSinceNs = NOT_AWAITED;

    IssuerLink(final IssuerEdge edge, final IssuerLinkConfiguration configuration, final SplittableRandom random) {
        this.edge = edge;
        this.configuration = configuration;
        this.timers = configuration.timers();
        this.counters = edge.counters();
        this.slots = edge.slots();
        this.security = edge.security().issuer(configuration.issuerId(), configuration.dialect());
        this.encoder = new IssuerMessageEncoder(configuration, edge.vault(), edge.slots(), security);
        this.adapter = new IssuerAdapter(edge, configuration, this);
        this.reader = new FrameReader(new IsoFrameFormat(configuration.framing()));
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

    // What the connection says.

    @Override
    public void onConnected(final Connection opened, final long nowNs) {
        connection = opened;
        reading = true;
        lastHeardNs = nowNs;
        echoMisses = 0;
        counters.increment(GatewayCounter.LINK_CONNECTS);
        if (stopping) {
            close();
        } else {
            keyAwaitedSinceNs = NOT_AWAITED;
            security.keys().onConnected(nowNs);
            state(IssuerLinkState.SIGNING_ON);
            ask(NetworkCode.SIGN_ON, nowNs);
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
        counters.increment(
                state == IssuerLinkState.CONNECTING
                        ? GatewayCounter.LINK_CONNECT_FAILURES
                        : GatewayCounter.LINK_DISCONNECTS);
        connection = null;
        awaitedCode = NetworkCode.NONE;
        if (reader.isHeld()) {
            state(IssuerLinkState.DRAINING);
        } else {
            disconnected(nowNs);
        }
    }

    private void disconnected(final long nowNs) {
        reader.reset();
        reconnectNs = nowNs + backoff.nextPauseNs();
        state(IssuerLinkState.DISCONNECTED);
        if (stopping) {
            state(IssuerLinkState.STOPPED);
        }
    }

    // What time says.

    void onTick(final long nowNs) {
        switch (state) {
            case DISCONNECTED -> onTickDisconnected(nowNs);
            case SIGNING_ON, KEY_EXCHANGE, SIGNED_ON, SIGNED_OFF, SIGNING_OFF -> onTickConnected(nowNs);
            case DRAINING -> onTickDraining(nowNs);
            default -> {}
        }
    }

    private void onTickDisconnected(final long nowNs) {
        if (nowNs >= reconnectNs) {
            state(IssuerLinkState.CONNECTING);
            edge.connector().connect(configuration.address(), configuration.tls(), this, timers.connectTimeoutNs());
        }
    }

    private void onTickConnected(final long nowNs) {
        if (reader.isHeld()) {
            // Whatever the issuer says now lies unread in the socket: its silence proves nothing.
            lastHeardNs = nowNs;
            awaitedSinceNs = nowNs;
            onReadResult(reader.resume(nowNs, adapter));
        } else if (reader.isOverdue(nowNs, timers.frameTimeoutNs())) {
            counters.increment(GatewayCounter.ISSUER_FRAME_TIMEOUTS);
            close();
        } else if (awaitedCode != NetworkCode.NONE) {
            checkAwaited(nowNs);
        } else if (!onTickKeys(nowNs) && nowNs - lastHeardNs >= timers.echoIntervalNs()) {
            ask(NetworkCode.ECHO, nowNs);
        }
    }

    /** Whether time demanded something about keys; nothing else is asked then. */
    private boolean onTickKeys(final long nowNs) {
        if (state == IssuerLinkState.KEY_EXCHANGE
                && nowNs - keyAwaitedSinceNs >= security.keys().timeoutNs()) {
            counters.increment(GatewayCounter.KEY_EXCHANGE_TIMEOUTS);
            close();
            return true;
        }
        if (state != IssuerLinkState.KEY_EXCHANGE && state != IssuerLinkState.SIGNED_ON) {
            return false;
        }
        final KeyPurpose wanted = security.keys().onTick(nowNs);
        checkKeys(nowNs);
        if (wanted != null) {
            networkStan = networkStan == LARGEST_STAN ? 1 : networkStan + 1;
            await(security.keys().requestCode(), nowNs);
            sendOrClose(encoder.keyRequest(
                    networkStan, TransmissionDateTime.of(nowNs), TransmissionDateTime.withYear(nowNs), wanted));
        }
        return wanted != null;
    }

    /** Payments flow only while no key is missing. */
    private void checkKeys(final long nowNs) {
        final boolean isReady = security.keys().isReady();
        if (state == IssuerLinkState.KEY_EXCHANGE && !isReady) {
            keyAwaitedSinceNs = keyAwaitedSinceNs == NOT_AWAITED ? nowNs : keyAwaitedSinceNs;
        } else if (state == IssuerLinkState.KEY_EXCHANGE) {
            keyAwaitedSinceNs = NOT_AWAITED;
            backoff.reset();
            state(IssuerLinkState.SIGNED_ON);
        } else if (state == IssuerLinkState.SIGNED_ON && !isReady) {
            keyAwaitedSinceNs = nowNs;
            state(IssuerLinkState.KEY_EXCHANGE);
        }
    }

    private void onTickDraining(final long nowNs) {
        reader.resume(nowNs, adapter);
        if (!reader.isHeld()) {
            disconnected(nowNs);
        }
    }

    private void checkAwaited(final long nowNs) {
        if (nowNs - awaitedSinceNs < timers.responseTimeoutNs()) {
            return;
        }
        final int unanswered = awaitedCode;
        awaitedCode = NetworkCode.NONE;
        if (unanswered == NetworkCode.ECHO) {
            onEchoMissed(nowNs);
        } else {
            counters.add(GatewayCounter.LINK_SIGN_ONS_REFUSED, unanswered == NetworkCode.SIGN_ON ? 1 : 0);
            close();
        }
    }

    private void onEchoMissed(final long nowNs) {
        if (lastHeardNs >= awaitedSinceNs) {
            return;
        }
        counters.increment(GatewayCounter.LINK_ECHO_MISSES);
        echoMisses++;
        if (echoMisses >= timers.maximumEchoMisses()) {
            counters.increment(GatewayCounter.LINK_ECHO_FAILURES);
            close();
        } else {
            ask(NetworkCode.ECHO, nowNs);
        }
    }

    // What the switch says.

    void onPaymentRouted(final PaymentRoutedDecoder event, final long nowNs) {
        final NotSentReason refusal = send(event, nowNs);
        if (refusal == null) {
            counters.increment(GatewayCounter.ISSUER_REQUESTS_SENT);
        } else {
            edge.notSent(event, refusal);
        }
    }

    void onAdviceRequested(final AdviceRequestedDecoder event, final long nowNs) {
        final NotSentReason refusal = send(event, nowNs);
        if (refusal == null) {
            counters.increment(GatewayCounter.ISSUER_ADVICES_SENT);
        } else {
            edge.notSent(event, refusal);
        }
    }

    void onReversalRequested(final ReversalRequestedDecoder event, final long nowNs) {
        final NotSentReason refusal = send(event, nowNs);
        if (refusal == null) {
            counters.increment(GatewayCounter.ISSUER_REVERSALS_SENT);
        } else {
            edge.notSent(event, refusal);
        }
    }

    /** Totals to be sent. When they are not, the switch hears nothing and sends them again. */
    void onReconciliationRequested(final ReconciliationRequestedDecoder event, final long nowNs) {
        if (refusal(event.sendBeforeNs(), nowNs) == null
                && write(encoder.reconciliation().request(event, TransmissionDateTime.withYear(nowNs))) == null) {
            counters.increment(GatewayCounter.ISSUER_RECONCILIATIONS_SENT);
        }
    }

    /** The answer to totals of the issuer, which comes on the link of the question or not at all. */
    void onReconciliationReceived(final ReconciliationReceivedDecoder event) {
        if (state.isConnected()) {
            write(encoder.reconciliation().response(event));
        }
    }

    void onStopping(final long nowNs) {
        stopping = true;
        switch (state) {
            case DISCONNECTED -> state(IssuerLinkState.STOPPED);
            case SIGNED_ON -> signOff(nowNs);
            case SIGNING_ON, KEY_EXCHANGE, SIGNED_OFF -> close();
            default -> {}
        }
    }

    private void signOff(final long nowNs) {
        state(IssuerLinkState.SIGNING_OFF);
        ask(NetworkCode.SIGN_OFF, nowNs);
    }

    /** Why the request was not written, or null. A request is written at most once, because its event comes once. */
    private NotSentReason send(final PaymentRoutedDecoder event, final long nowNs) {
        final NotSentReason refusal = refusal(event.sendBeforeNs(), nowNs);
        if (refusal != null) {
            return refusal;
        }
        if (!hasSensitiveData(event)) {
            return NotSentReason.CARD_DATA_UNAVAILABLE;
        }
        return write(encoder.paymentRequest(event, nowNs));
    }

    private NotSentReason send(final AdviceRequestedDecoder event, final long nowNs) {
        final NotSentReason refusal = refusal(event.sendBeforeNs(), nowNs);
        return refusal == null ? write(encoder.advice(event)) : refusal;
    }

    private NotSentReason send(final ReversalRequestedDecoder event, final long nowNs) {
        final NotSentReason refusal = refusal(event.sendBeforeNs(), nowNs);
        return refusal == null ? write(encoder.reversal(event)) : refusal;
    }

    /** Why nothing may be written now, or null. */
    private NotSentReason refusal(final long sendBeforeNs, final long nowNs) {
        if (state != IssuerLinkState.SIGNED_ON) {
            return NotSentReason.LINK_NOT_SIGNED_ON;
        }
        return nowNs >= sendBeforeNs ? NotSentReason.PAST_SEND_BEFORE : null;
    }

    private NotSentReason write(final int frameLength) {
        final NotSentReason refusal;
        if (frameLength == IssuerMessageEncoder.CARD_DATA_UNAVAILABLE) {
            refusal = NotSentReason.CARD_DATA_UNAVAILABLE;
        } else if (frameLength == IssuerMessageEncoder.NOT_ENCODABLE) {
            refusal = NotSentReason.NOT_ENCODABLE;
        } else if (frameLength == IssuerMessageEncoder.PIN_NOT_TRANSLATED) {
            refusal = NotSentReason.PIN_NOT_TRANSLATED;
        } else if (frameLength == MessageAuthenticator.MAC_UNAVAILABLE) {
            refusal = NotSentReason.MAC_UNAVAILABLE;
        } else {
            refusal = connection.send(encoder.buffer(), 0, frameLength) ? null : NotSentReason.CHANNEL_FULL;
        }
        encoder.wipe();
        return refusal;
    }

    /** Whether the slot, if the payment has one, is still the payment's own. */
    private boolean hasSensitiveData(final PaymentRoutedDecoder event) {
        final SlotReferenceDecoder slot = event.slot();
        final int index = slot.index();
        return index == SensitiveDataSlots.NONE
                || slots.matches(
                        slot.incarnation(),
                        index,
                        slot.generation(),
                        event.panToken().high(),
                        event.panToken().low());
    }

    // What the issuer says; see IssuerAdapter.

    void onHeard() {
        echoMisses = 0;
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
        answer(request, ACCEPTED);
        if (state == IssuerLinkState.SIGNED_OFF) {
            state(IssuerLinkState.KEY_EXCHANGE);
            checkKeys(lastHeardNs);
        }
    }

    private void onIssuerSignedOff(final IsoDecoder request) {
        answer(request, ACCEPTED);
        if (state == IssuerLinkState.SIGNED_ON || state == IssuerLinkState.KEY_EXCHANGE) {
            state(IssuerLinkState.SIGNED_OFF);
        }
    }

    /** A message with a new key, which the adapter believes. */
    void onKeyChange(final IsoDecoder request, final long nowNs) {
        if (state.isConnected()) {
            answer(request, security.keys().onChange(request, nowNs));
            checkKeys(nowNs);
        }
    }

    /** Whether the link waits for the answer to a network management request of this number. */
    boolean awaits(final long stan) {
        return awaitedCode != NetworkCode.NONE && stan == awaitedStan;
    }

    /** The answer the link waited for. */
    void onNetworkResponse(final boolean accepted, final IsoDecoder response, final long nowNs) {
        final int answered = awaitedCode;
        awaitedCode = NetworkCode.NONE;
        switch (answered) {
            case NetworkCode.SIGN_ON -> onSignOnAnswered(accepted, nowNs);
            case NetworkCode.SIGN_OFF -> close();
            default -> {
                if (answered == security.keys().requestCode()) {
                    security.keys().onRequestAnswered(accepted, response, nowNs);
                    checkKeys(nowNs);
                }
            }
        }
    }

    private void onSignOnAnswered(final boolean accepted, final long nowNs) {
        if (accepted) {
            counters.increment(GatewayCounter.LINK_SIGN_ONS);
            state(IssuerLinkState.KEY_EXCHANGE);
            checkKeys(nowNs);
        } else {
            counters.increment(GatewayCounter.LINK_SIGN_ONS_REFUSED);
            close();
        }
    }

    // How it goes on.

    private void onReadResult(final FrameReader.Result result) {
        switch (result) {
            case READ -> reading(true);
            case HELD -> reading(false);
            case MALFORMED, TOO_LONG -> {
                counters.increment(GatewayCounter.ISSUER_BAD_FRAMES);
                close();
            }
            default -> {}
        }
    }

    private void reading(final boolean enabled) {
        if (enabled != reading) {
            reading = enabled;
            connection.reading(enabled);
            counters.add(GatewayCounter.LINKS_HELD, enabled ? 0 : 1);
        }
    }

    private void ask(final int networkCode, final long nowNs) {
        networkStan = networkStan == LARGEST_STAN ? 1 : networkStan + 1;
        await(networkCode, nowNs);
        sendOrClose(encoder.networkRequest(
                networkStan, TransmissionDateTime.of(nowNs), TransmissionDateTime.withYear(nowNs), networkCode));
    }

    private void await(final int networkCode, final long nowNs) {
        awaitedCode = networkCode;
        awaitedStan = networkStan;
        awaitedSinceNs = nowNs;
    }

    private void answer(final IsoDecoder request, final int resultCode) {
        sendOrClose(encoder.networkResponse(request, resultCode));
    }

    /** Tells the issuer that its request is not taken. */
    void refuse(final IsoDecoder request, final int resultCode) {
        final int frameLength = encoder.refusal(request, resultCode);
        if (frameLength >= 0) {
            sendOrClose(frameLength);
        }
    }

    /** Tells the issuer that something of it could not be read. */
    void reportUnreadable(final long nowNs) {
        counters.increment(GatewayCounter.ISSUER_UNREADABLE_REPORTED);
        networkStan = networkStan == LARGEST_STAN ? 1 : networkStan + 1;
        sendOrClose(
                encoder.unreadable(networkStan, TransmissionDateTime.of(nowNs), TransmissionDateTime.withYear(nowNs)));
    }

    private void sendOrClose(final int frameLength) {
        if (write(frameLength) != null) {
            close();
        }
    }

    private void close() {
        connection.close();
        state(IssuerLinkState.CLOSING);
    }

    private void state(final IssuerLinkState next) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("linkId=" + configuration.linkId() + " state=" + state + " next=" + next);
        }
        if (state == IssuerLinkState.SIGNED_ON) {
            counters.decrement(GatewayCounter.LINKS_SIGNED_ON);
        }
        state = next;
        if (next == IssuerLinkState.SIGNED_ON) {
            counters.increment(GatewayCounter.LINKS_SIGNED_ON);
            report(true);
        } else if (next == IssuerLinkState.SIGNED_OFF
                || next == IssuerLinkState.KEY_EXCHANGE
                || next == IssuerLinkState.DISCONNECTED) {
            report(false);
        }
    }

    private void report(final boolean signedOn) {
        if (signedOn != reportedSignedOn) {
            reportedSignedOn = signedOn;
            final LinkState linkState = signedOn ? LinkState.SIGNED_ON : LinkState.DOWN;
            edge.commands().linkStateChanged(configuration.issuerId(), configuration.linkId(), linkState);
        }
    }
}
