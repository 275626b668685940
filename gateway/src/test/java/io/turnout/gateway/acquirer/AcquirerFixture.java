package io.turnout.gateway.acquirer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.acquirer.MessageHeaderDecoder;
import io.turnout.codecs.sbe.acquirer.RejectDecoder;
import io.turnout.codecs.sbe.acquirer.RejectReason;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.ingress.CommandPublisher;
import io.turnout.gateway.support.AcquirerMessages;
import io.turnout.gateway.support.Counters;
import io.turnout.gateway.support.RecordingConnection;
import io.turnout.gateway.support.RecordingIngress;
import io.turnout.gateway.vault.CardVault;
import io.turnout.gateway.vault.KeyMaterial;
import io.turnout.gateway.vault.SensitiveDataSlots;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/** An acquirers' edge without sockets, and one session on it. */
final class AcquirerFixture {

    static final int GATEWAY = 1;
    static final long INCARNATION = 0x5555_0000_0000_00AAL;
    static final long ACQUIRER = 42;
    static final long HORIZON = TimeUnit.MINUTES.toNanos(15);
    static final int MAXIMUM_IN_FLIGHT = 3;
    static final int MAXIMUM_SESSIONS = 2;
    static final int SLOTS = 4;
    static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    static final long START = 1_700_000_000_000_000_000L;

    final RecordingIngress ingress = new RecordingIngress();
    final GatewayCounters counters = Counters.create();
    final CardVault vault = new CardVault(KeyMaterial.development(), GATEWAY, INCARNATION);
    final SensitiveDataSlots slots = new SensitiveDataSlots(SLOTS, 30 * SECOND, INCARNATION);
    final CommandPublisher commands = new CommandPublisher(GATEWAY, INCARNATION, ingress, counters);
    final AcquirerEdge edge;
    final AcquirerSession session;
    final RecordingConnection connection;
    boolean admits = true;
    long nowNs = START;

    AcquirerFixture() {
        edge = new AcquirerEdge(configuration(), vault, slots, commands, () -> admits, counters);
        connection = new RecordingConnection();
        session = connect(connection);
    }

    static AcquirerEdgeConfiguration configuration() {
        return new AcquirerEdgeConfiguration(
                new InetSocketAddress(0),
                16,
                MAXIMUM_IN_FLIGHT,
                HORIZON,
                AcquirerTimers.DEFAULT,
                List.of(
                        new AcquirerConfiguration(
                                ACQUIRER, AcquirerMessages.sha256(AcquirerMessages.SECRET), MAXIMUM_SESSIONS),
                        new AcquirerConfiguration(43, AcquirerMessages.sha256("another secret of 27 bytes."), 1)));
    }

    AcquirerSession connect(final RecordingConnection with) {
        final AcquirerSession opened = (AcquirerSession) edge.newSession();
        opened.onConnected(with, nowNs);
        return opened;
    }

    /** Another session of the acquirer, logged on. */
    AcquirerSession logOnAnother(final RecordingConnection with) {
        final AcquirerSession opened = connect(with);
        receive(opened, AcquirerMessages.logon(ACQUIRER, AcquirerMessages.SECRET));
        with.forgetSent();
        return opened;
    }

    AcquirerFixture loggedOn() {
        receive(AcquirerMessages.logon(ACQUIRER, AcquirerMessages.SECRET));
        assertEquals(AcquirerSessionState.ACTIVE, session.state());
        connection.forgetSent();
        return this;
    }

    void receive(final byte[] bytes) {
        receive(session, bytes);
    }

    void receive(final AcquirerSession by, final byte[] bytes) {
        by.onBytes(new UnsafeBuffer(bytes), 0, bytes.length, nowNs);
    }

    /** Lets time pass in one step, and then a tick happens. */
    void pass(final long durationNs) {
        nowNs += durationNs;
        edge.onTick(nowNs);
    }

    long count(final GatewayCounter counter) {
        return counters.get(counter);
    }

    /** The next frame must be a Reject with this reason, and must be counted. */
    RejectDecoder assertRejected(final RejectReason reason) {
        final UnsafeBuffer frame = nextMessage();
        final RejectDecoder reject = new RejectDecoder().wrapAndApplyHeader(frame, 0, new MessageHeaderDecoder());
        assertEquals(reason, reject.reason());
        assertTrue(count(GatewayCounter.rejected(reason)) > 0, "not counted");
        return reject;
    }

    int nextTemplate() {
        return new MessageHeaderDecoder().wrap(nextMessage(), 0).templateId();
    }

    /** The next message sent, without its frame header, whose correctness is checked. */
    UnsafeBuffer nextMessage() {
        return unframe(connection.next());
    }

    static UnsafeBuffer unframe(final byte[] frame) {
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        assertEquals(frame.length, new SofhFrameFormat().frameLength(buffer, 0, frame.length));
        return new UnsafeBuffer(buffer, SofhFrameFormat.HEADER_LENGTH, frame.length - SofhFrameFormat.HEADER_LENGTH);
    }
}
