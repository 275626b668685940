package io.turnout.gateway.acquirer;

import io.turnout.codecs.sbe.acquirer.FollowUpRequestDecoder;
import io.turnout.codecs.sbe.acquirer.LogonDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentRequestDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentStatusRequestDecoder;
import io.turnout.codecs.sbe.acquirer.RejectReason;
import io.turnout.codecs.sbe.acquirer.ReversalRequestDecoder;
import io.turnout.codecs.sbe.engine.ClientReferenceDecoder;
import io.turnout.codecs.sbe.engine.PaymentAnsweredDecoder;
import io.turnout.codecs.sbe.engine.PaymentStatusReportedDecoder;
import io.turnout.codecs.sbe.engine.RequestFollowUpDecoder;
import io.turnout.codecs.sbe.engine.RequestPaymentDecoder;
import io.turnout.codecs.sbe.engine.RequestPaymentStatusDecoder;
import io.turnout.codecs.sbe.engine.RequestRefusedDecoder;
import io.turnout.codecs.sbe.engine.RequestReversalDecoder;
import io.turnout.codecs.sbe.engine.ReversalAnsweredDecoder;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.ingress.CommandPublisher;
import io.turnout.gateway.net.ConnectionHandler;
import io.turnout.gateway.net.FrameFormat;
import io.turnout.gateway.vault.CardVault;
import io.turnout.gateway.vault.SensitiveDataSlots;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.agrona.collections.ArrayListUtil;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * All sessions of acquirers at one gateway, and what they share. Brings the switch's answers to their session. Used by
 * the gateway's thread.
 */
public final class AcquirerEdge {

    static final FrameFormat FRAME_FORMAT = new SofhFrameFormat();

    private static final int SHORTEST_CREDENTIAL = 16;
    private static final int LONGEST_CREDENTIAL = 128;
    private static final long SESSION_ID_RUN_MASK = 0x7FFF_FFFFL;

    private final AcquirerEdgeConfiguration configuration;
    private final SensitiveDataSlots slots;
    private final CommandPublisher commands;
    private final BooleanSupplier admission;
    private final GatewayCounters counters;
    private final PaymentIntake intake;
    private final AcquirerAdapter adapter = new AcquirerAdapter();
    private final AcquirerPublisher publisher = new AcquirerPublisher();
    private final RequestKey key = new RequestKey();
    private final InFlightRequests inFlight = new InFlightRequests();
    private final Long2ObjectHashMap<AcquirerAccount> accounts = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<AcquirerSession> sessionsById = new Long2ObjectHashMap<>();
    private final ArrayList<AcquirerSession> sessions = new ArrayList<>();
    private final MessageDigest sha256 = sha256();
    private long nextSessionId;

    /**
     * @param configuration who may log on, limits, timers
     * @param vault protects card numbers
     * @param slots keep sensitive data
     * @param commands the way into the switch
     * @param admission whether the switch admits new requests now
     * @param counters of the gateway
     */
    public AcquirerEdge(
            final AcquirerEdgeConfiguration configuration,
            final CardVault vault,
            final SensitiveDataSlots slots,
            final CommandPublisher commands,
            final BooleanSupplier admission,
            final GatewayCounters counters) {
        this.configuration = configuration;
        this.slots = slots;
        this.commands = commands;
        this.admission = admission;
        this.counters = counters;
        this.intake = new PaymentIntake(vault, slots, commands);
        for (final AcquirerConfiguration acquirer : configuration.acquirers()) {
            accounts.put(acquirer.acquirerId(), new AcquirerAccount(acquirer));
        }
        // The run stands in the upper half, so that an answer to a session of an earlier run finds no session.
        this.nextSessionId = ((slots.incarnation() & SESSION_ID_RUN_MASK) << Integer.SIZE) + 1;
    }

    /** A session for a new connection. */
    public ConnectionHandler newSession() {
        final AcquirerSession session = new AcquirerSession(this, nextSessionId++);
        sessions.add(session);
        sessionsById.put(session.sessionId(), session);
        counters.increment(GatewayCounter.ACQUIRER_CONNECTIONS);
        return session;
    }

    /** Lets the sessions look at the clock. */
    public void onTick(final long nowNs) {
        for (int i = sessions.size() - 1; i >= 0; i--) {
            sessions.get(i).onTick(nowNs);
        }
    }

    /** Ends every session, because the switch stops. */
    public void onStopping() {
        for (int i = sessions.size() - 1; i >= 0; i--) {
            sessions.get(i).onStopping();
        }
    }

    /** Sessions that exist, logged on or not. */
    public int sessionCount() {
        return sessions.size();
    }

    /** Gives a payment's answer to the newest session that asked; without it, the answer waits for the repeat. */
    public void onPaymentAnswered(final PaymentAnsweredDecoder event) {
        final ClientReferenceDecoder reference = event.clientReference();
        key.of(PaymentRequestDecoder.TEMPLATE_ID, reference.high(), reference.low(), event.createdAtNs());
        final AcquirerSession session = answered(event.acquirerId(), event.sessionId());
        if (session != null) {
            session.onPaymentAnswered(event);
        }
    }

    /** Gives the answer to a reversal to its session. */
    public void onReversalAnswered(final ReversalAnsweredDecoder event) {
        final ClientReferenceDecoder reference = event.clientReference();
        key.of(ReversalRequestDecoder.TEMPLATE_ID, reference.high(), reference.low(), event.createdAtNs());
        final AcquirerSession session = answered(event.acquirerId(), event.sessionId());
        if (session != null) {
            session.onReversalAnswered(event);
        }
    }

    /** Gives the answer to a question to its session. */
    public void onPaymentStatusReported(final PaymentStatusReportedDecoder event) {
        final ClientReferenceDecoder reference = event.clientReference();
        key.of(PaymentStatusRequestDecoder.TEMPLATE_ID, reference.high(), reference.low(), event.createdAtNs());
        final AcquirerSession session = answered(event.acquirerId(), event.sessionId());
        if (session != null) {
            session.onPaymentStatusReported(event);
        }
    }

    /** Tells a session that the engine refused its request. */
    public void onRequestRefused(final RequestRefusedDecoder event) {
        final ClientReferenceDecoder reference = event.clientReference();
        final int templateId = templateOfCommand(event.refTemplateId());
        key.of(templateId, reference.high(), reference.low(), event.createdAtNs());
        final AcquirerSession session = answered(event.acquirerId(), event.sessionId());
        if (session != null) {
            session.onRequestRefused(key, RejectReason.get(event.reasonRaw()));
        }
    }

    AcquirerEdgeConfiguration configuration() {
        return configuration;
    }

    GatewayCounters counters() {
        return counters;
    }

    AcquirerPublisher publisher() {
        return publisher;
    }

    AcquirerAdapter adapter() {
        return adapter;
    }

    CommandPublisher commands() {
        return commands;
    }

    PaymentIntake intake() {
        return intake;
    }

    RequestKey key() {
        return key;
    }

    boolean admits() {
        return admission.getAsBoolean();
    }

    /** The account that may log on so, or {@link AcquirerAccount#NOBODY}. */
    AcquirerAccount authenticate(final LogonDecoder logon) {
        final AcquirerAccount account = accounts.getOrDefault(logon.acquirerId(), AcquirerAccount.NOBODY);
        final byte[] credential = new byte[logon.credentialLength()];
        logon.getCredential(credential, 0, credential.length);
        final byte[] hash = sha256.digest(credential);
        Arrays.fill(credential, (byte) 0);
        final boolean rightLength = credential.length >= SHORTEST_CREDENTIAL && credential.length <= LONGEST_CREDENTIAL;
        return account.hasCredential(hash) && rightLength ? account : AcquirerAccount.NOBODY;
    }

    void requestOffered(final AcquirerSession session, final RequestKey request, final long acquirerId) {
        final long previous = inFlight.begin(hash(request, acquirerId), session.sessionId());
        if (previous != session.sessionId()) {
            session.requestBegun();
            requestEnded(previous);
        }
    }

    void sessionClosed(final AcquirerSession session) {
        ArrayListUtil.fastUnorderedRemove(sessions, session);
        sessionsById.remove(session.sessionId());
        counters.add(GatewayCounter.SLOTS_FREED_BY_SESSION_LOSS, slots.freeSession(session.sessionId()));
    }

    /** Notes that the request of the key is answered, and finds the session to tell; null when it is gone. */
    private AcquirerSession answered(final long acquirerId, final long sessionId) {
        requestEnded(inFlight.end(hash(key, acquirerId)));
        final AcquirerSession session = sessionsById.get(sessionId);
        if (session == null) {
            counters.increment(GatewayCounter.ANSWERS_UNDELIVERED);
        }
        return session;
    }

    private void requestEnded(final long sessionId) {
        final AcquirerSession session = sessionId == InFlightRequests.NONE ? null : sessionsById.get(sessionId);
        if (session != null) {
            session.requestEnded();
        }
    }

    /** A follow-up is a payment of its own: both share one space of keys, and PaymentAnswered answers either. */
    private static long hash(final RequestKey request, final long acquirerId) {
        final boolean isFollowUp = request.templateId() == FollowUpRequestDecoder.TEMPLATE_ID;
        return InFlightRequests.key(
                isFollowUp ? PaymentRequestDecoder.TEMPLATE_ID : request.templateId(),
                acquirerId,
                request.referenceHigh(),
                request.referenceLow(),
                request.createdAtNs());
    }

    private static int templateOfCommand(final int commandTemplateId) {
        return switch (commandTemplateId) {
            case RequestPaymentDecoder.TEMPLATE_ID -> PaymentRequestDecoder.TEMPLATE_ID;
            case RequestFollowUpDecoder.TEMPLATE_ID -> FollowUpRequestDecoder.TEMPLATE_ID;
            case RequestReversalDecoder.TEMPLATE_ID -> ReversalRequestDecoder.TEMPLATE_ID;
            case RequestPaymentStatusDecoder.TEMPLATE_ID -> PaymentStatusRequestDecoder.TEMPLATE_ID;
            default -> throw new IllegalStateException("refTemplateId=" + commandTemplateId);
        };
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java lacks SHA-256", e);
        }
    }
}
