package io.turnout.simulators.acquirer;

import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.sbe.acquirer.FollowUpRequestDecoder;
import io.turnout.codecs.sbe.acquirer.HeartbeatDecoder;
import io.turnout.codecs.sbe.acquirer.LogonDecoder;
import io.turnout.codecs.sbe.acquirer.LogoutDecoder;
import io.turnout.codecs.sbe.acquirer.MessageHeaderDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentRequestDecoder;
import io.turnout.codecs.sbe.acquirer.ReversalRequestDecoder;
import io.turnout.gateway.net.Connection;
import io.turnout.gateway.net.ConnectionHandler;
import io.turnout.gateway.net.FrameReader;
import io.turnout.gateway.net.FrameReader.Verdict;
import io.turnout.gateway.net.IsoFrameFormat;
import java.net.InetAddress;
import org.agrona.DirectBuffer;

/**
 * Stands between a session, which speaks the binary protocol, and a switch that is spoken to in ISO 8583: translates
 * what the session sends, and what the switch answers. Logon, heartbeat and logout become sign-on, echo and sign-off.
 */
final class IsoWire implements Connection, ConnectionHandler {

    private final ConnectionHandler session;
    private final IsoDecoder decoder;
    private final IsoRequestWriter writer;
    private final IsoAnswerReader reader;
    private final FrameReader frames;
    private final FrameReader.Handler messages = this::onMessage;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private Connection connection;
    private boolean signedOn;

    /** @param plan has made what the session sends when it sends it */
    IsoWire(
            final ConnectionHandler session,
            final IsoForm form,
            final PaymentPlan plan,
            final AcquirerConfiguration.Merchant merchant) {
        this.session = session;
        this.decoder = new IsoDecoder(form.dialect());
        this.writer = new IsoRequestWriter(form, plan, merchant);
        this.reader = new IsoAnswerReader(form.dialect(), decoder, plan);
        this.frames = new FrameReader(new IsoFrameFormat(form.framing()));
    }

    // What the session says.

    @Override
    public boolean send(final DirectBuffer buffer, final int offset, final int length) {
        final int message = offset + SwitchFrameFormat.HEADER_BYTES;
        final int frameLength =
                switch (header.wrap(buffer, message).templateId()) {
                    case LogonDecoder.TEMPLATE_ID -> writer.network(IsoRequestWriter.SIGN_ON);
                    case HeartbeatDecoder.TEMPLATE_ID -> writer.network(IsoRequestWriter.ECHO);
                    case LogoutDecoder.TEMPLATE_ID -> writer.network(IsoRequestWriter.SIGN_OFF);
                    case PaymentRequestDecoder.TEMPLATE_ID -> writer.payment(buffer, message);
                    case FollowUpRequestDecoder.TEMPLATE_ID -> writer.followUp(buffer, message);
                    case ReversalRequestDecoder.TEMPLATE_ID -> writer.reversal(buffer, message);
                    default ->
                        throw new IllegalStateException(
                                "ISO 8583 has no such message, templateId=" + header.templateId());
                };
        return connection.send(writer.buffer(), 0, frameLength);
    }

    @Override
    public void reading(final boolean enabled) {
        connection.reading(enabled);
    }

    @Override
    public void close() {
        connection.close();
    }

    @Override
    public void reset() {
        connection.reset();
    }

    @Override
    public String peer() {
        return connection.peer();
    }

    @Override
    public InetAddress peerAddress() {
        return connection.peerAddress();
    }

    // What the connection says.

    @Override
    public void onConnected(final Connection opened, final long nowNs) {
        connection = opened;
        session.onConnected(this, nowNs);
    }

    @Override
    public void onBytes(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        switch (frames.read(buffer, offset, length, nowNs, messages)) {
            case MALFORMED, TOO_LONG -> connection.close();
            default -> {}
        }
    }

    @Override
    public void onDisconnected(final long nowNs) {
        session.onDisconnected(nowNs);
    }

    private Verdict onMessage(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (decoder.decode(buffer, offset, length) != 0) {
            throw new IllegalStateException(
                    "the switch sent what is no message, error=" + decoder.error() + " field=" + decoder.errorField());
        }
        final int frameLength =
                switch (decoder.mti()) {
                    case 110, 130, 210, 230 -> reader.payment();
                    case 410, 430 -> reader.reversal();
                    case 810, 830 -> onNetworkAnswer(nowNs);
                    case 800 -> onNetworkRequest(nowNs);
                    default ->
                        throw new IllegalStateException("the switch sent what nobody asked for, mti=" + decoder.mti());
                };
        session.onBytes(reader.buffer(), 0, frameLength, nowNs);
        return Verdict.TAKEN;
    }

    private int onNetworkAnswer(final long nowNs) {
        if (signedOn) {
            return reader.heartbeat(nowNs);
        }
        signedOn = reader.isAccepted();
        return signedOn ? reader.logonAck() : reader.logonReject();
    }

    private int onNetworkRequest(final long nowNs) {
        connection.send(writer.buffer(), 0, writer.networkAnswer(decoder));
        final boolean signOff = decoder.getLong(IsoRequestWriter.NETWORK_CODE) == IsoRequestWriter.SIGN_OFF;
        return signOff ? reader.logout() : reader.heartbeat(nowNs);
    }
}
