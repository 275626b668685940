package io.turnout.gateway.admin;

import io.turnout.codecs.sbe.admin.AdminLogonDecoder;
import io.turnout.codecs.sbe.engine.OperationAnsweredDecoder;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.ingress.CommandPublisher;
import io.turnout.gateway.issuer.IssuerEdge;
import io.turnout.gateway.net.ConnectionHandler;
import io.turnout.gateway.vault.CardVault;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/** All sessions of operators at one gateway, and what they share. Used by the gateway's thread. */
public final class AdminEdge {

    private static final int SHORTEST_CREDENTIAL = 16;
    private static final int LONGEST_CREDENTIAL = 128;
    private static final int HASH_LENGTH = 32;
    private static final long SESSION_ID_RUN_MASK = 0x7FFF_FFFFL;

    /** Compared with when there is no such operator, so that he is refused in the same time as a wrong secret. */
    private static final byte[] NOBODY = new byte[HASH_LENGTH];

    private final AdminEdgeConfiguration configuration;
    private final GatewayCounters counters;
    private final OperationIntake intake;
    private final AdminReports reports;
    private final AdminAdapter adapter = new AdminAdapter();
    private final AdminPublisher publisher = new AdminPublisher();
    private final Long2ObjectHashMap<byte[]> credentials = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<AdminSession> sessions = new Long2ObjectHashMap<>();
    private final MessageDigest sha256 = sha256();
    private long nextSessionId;

    /**
     * @param configuration who may log on, limits, timers
     * @param vault protects card numbers
     * @param commands the way into the switch
     * @param issuers what operators may ask about
     * @param incarnation random number of this run, so that an answer to an earlier run finds no session
     * @param counters of the gateway
     */
    public AdminEdge(
            final AdminEdgeConfiguration configuration,
            final CardVault vault,
            final CommandPublisher commands,
            final IssuerEdge issuers,
            final long incarnation,
            final GatewayCounters counters) {
        this.configuration = configuration;
        this.counters = counters;
        this.intake = new OperationIntake(vault, commands);
        this.reports = new AdminReports(issuers);
        for (final OperatorCredential operator : configuration.operators()) {
            credentials.put(operator.operatorId(), HexFormat.of().parseHex(operator.credentialSha256()));
        }
        this.nextSessionId = ((incarnation & SESSION_ID_RUN_MASK) << Integer.SIZE) + 1;
    }

    /** A session for a new connection. */
    public ConnectionHandler newSession() {
        final AdminSession session = new AdminSession(this, nextSessionId++);
        sessions.put(session.sessionId(), session);
        counters.increment(GatewayCounter.ADMIN_CONNECTIONS);
        return session;
    }

    /** Lets the sessions look at the clock. */
    public void onTick(final long nowNs) {
        if (!sessions.isEmpty()) {
            all().forEach(session -> session.onTick(nowNs));
        }
    }

    /** Ends every session, because the switch stops. */
    public void onStopping() {
        all().forEach(AdminSession::onStopping);
    }

    /** Sessions that exist, logged on or not. */
    public int sessionCount() {
        return sessions.size();
    }

    /** Tells a session where its operation stands. When the session is gone, the operator's tool asks again. */
    public void onOperationAnswered(final OperationAnsweredDecoder event) {
        final AdminSession session = sessions.get(event.sessionId());
        if (session != null) {
            session.onOperationAnswered(event);
        }
    }

    AdminEdgeConfiguration configuration() {
        return configuration;
    }

    GatewayCounters counters() {
        return counters;
    }

    OperationIntake intake() {
        return intake;
    }

    AdminReports reports() {
        return reports;
    }

    AdminAdapter adapter() {
        return adapter;
    }

    AdminPublisher publisher() {
        return publisher;
    }

    boolean authenticates(final AdminLogonDecoder logon) {
        final byte[] expected = credentials.getOrDefault(logon.operatorId(), NOBODY);
        final byte[] credential = new byte[logon.credentialLength()];
        logon.getCredential(credential, 0, credential.length);
        final byte[] hash = sha256.digest(credential);
        Arrays.fill(credential, (byte) 0);
        final boolean rightLength = credential.length >= SHORTEST_CREDENTIAL && credential.length <= LONGEST_CREDENTIAL;
        return MessageDigest.isEqual(expected, hash) && rightLength && expected != NOBODY;
    }

    void sessionClosed(final AdminSession session) {
        sessions.remove(session.sessionId());
    }

    /** A copy: sessions that end leave the map. */
    private List<AdminSession> all() {
        return new ArrayList<>(sessions.values());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java lacks SHA-256", e);
        }
    }
}
