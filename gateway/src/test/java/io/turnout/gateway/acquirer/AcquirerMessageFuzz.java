package io.turnout.gateway.acquirer;

import io.turnout.codecs.sbe.acquirer.FollowUpRequestDecoder;
import io.turnout.codecs.sbe.acquirer.HeartbeatDecoder;
import io.turnout.codecs.sbe.acquirer.LogonDecoder;
import io.turnout.codecs.sbe.acquirer.LogoutDecoder;
import io.turnout.codecs.sbe.acquirer.MessageHeaderDecoder;
import io.turnout.codecs.sbe.acquirer.MessageHeaderEncoder;
import io.turnout.codecs.sbe.acquirer.PaymentRequestDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentStatusRequestDecoder;
import io.turnout.codecs.sbe.acquirer.ReversalRequestDecoder;
import io.turnout.gateway.support.RecordingConnection;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A target for a fuzzer: whatever an acquirer's message holds, its session takes it, rejects it or ends, and whatever
 * it sends is a frame; one message makes one command at most.
 */
public final class AcquirerMessageFuzz {
    private static final int[][] TEMPLATES = {
        {PaymentRequestDecoder.TEMPLATE_ID, PaymentRequestDecoder.BLOCK_LENGTH},
        {PaymentRequestDecoder.TEMPLATE_ID, PaymentRequestDecoder.destinationAccountIdEncodingOffset()},
        {ReversalRequestDecoder.TEMPLATE_ID, ReversalRequestDecoder.BLOCK_LENGTH},
        {FollowUpRequestDecoder.TEMPLATE_ID, FollowUpRequestDecoder.BLOCK_LENGTH},
        {PaymentStatusRequestDecoder.TEMPLATE_ID, PaymentStatusRequestDecoder.BLOCK_LENGTH},
        {LogonDecoder.TEMPLATE_ID, LogonDecoder.BLOCK_LENGTH},
        {HeartbeatDecoder.TEMPLATE_ID, HeartbeatDecoder.BLOCK_LENGTH},
        {LogoutDecoder.TEMPLATE_ID, LogoutDecoder.BLOCK_LENGTH},
    };
    private static final int BODY = SofhFrameFormat.HEADER_LENGTH + MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int VERSIONS = 4;
    private static final int MESSAGES_BEFORE_A_NEW_EDGE = 64;

    private static AcquirerFixture edge;
    private static int messages;

    private AcquirerMessageFuzz() {}

    /** Called by the fuzzer; the first byte chooses message and version, or a stream without any order. */
    public static void fuzzerTestOneInput(final byte[] input) {
        if (input.length == 0 || input.length > SofhFrameFormat.MAXIMUM_FRAME_LENGTH - BODY) {
            return;
        }
        if (messages++ % MESSAGES_BEFORE_A_NEW_EDGE == 0) {
            edge = new AcquirerFixture();
        }
        final int choice = (input[0] & 0xFF) / VERSIONS;
        final byte[] bytes =
                choice < TEMPLATES.length ? framed(input, TEMPLATES[choice], input[0] & (VERSIONS - 1)) : input.clone();
        final int before = edge.ingress.count();
        final RecordingConnection connection = new RecordingConnection();
        final AcquirerSession session = edge.logOnAnother(connection);
        edge.receive(session, bytes);
        while (connection.sentCount() > 0) {
            AcquirerFixture.unframe(connection.next());
        }
        if (session.state() != AcquirerSessionState.CLOSED) {
            session.onDisconnected(edge.nowNs);
        }
        final int commands = edge.ingress.count() - before;
        if (choice < TEMPLATES.length && commands > 1) {
            throw new IllegalStateException("one message made commands=" + commands);
        }
    }

    private static byte[] framed(final byte[] input, final int[] template, final int version) {
        final byte[] frame = new byte[BODY + input.length - 1];
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);
        SofhFrameFormat.putHeader(buffer, 0, frame.length - SofhFrameFormat.HEADER_LENGTH);
        new MessageHeaderEncoder()
                .wrap(buffer, SofhFrameFormat.HEADER_LENGTH)
                .blockLength(template[1])
                .templateId(template[0])
                .schemaId(MessageHeaderDecoder.SCHEMA_ID)
                .version(version);
        buffer.putBytes(BODY, input, 1, input.length - 1);
        return frame;
    }
}
