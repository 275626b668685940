package io.turnout.gateway.admin;

import io.turnout.codecs.sbe.admin.LinksReportEncoder;
import io.turnout.codecs.sbe.admin.LinksReportEncoder.LinksEncoder;
import io.turnout.codecs.sbe.admin.MessageHeaderEncoder;
import io.turnout.codecs.sbe.admin.MessagesReportEncoder;
import io.turnout.codecs.sbe.admin.MessagesReportEncoder.MessagesEncoder;
import io.turnout.gateway.acquirer.SofhFrameFormat;
import io.turnout.gateway.issuer.IssuerEdge;
import io.turnout.gateway.issuer.LinkReport;
import io.turnout.gateway.issuer.UndecodableMessage;
import io.turnout.gateway.net.Connection;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Tells operators how the links stand and what came over them that nobody could use. Used by the gateway's thread. Each
 * method answers what {@link Connection#send} answers.
 */
final class AdminReports {

    private static final int MESSAGE_OFFSET = SofhFrameFormat.HEADER_LENGTH;
    private static final int ROOM = SofhFrameFormat.MAXIMUM_FRAME_LENGTH
            - MESSAGE_OFFSET
            - MessageHeaderEncoder.ENCODED_LENGTH
            - LinksReportEncoder.BLOCK_LENGTH
            - LinksEncoder.sbeHeaderSize();
    private static final int LINKS_AT_ONCE = ROOM / LinksEncoder.sbeBlockLength();
    private static final int MESSAGES_AT_ONCE = ROOM / MessagesEncoder.sbeBlockLength();

    private final IssuerEdge issuers;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SofhFrameFormat.MAXIMUM_FRAME_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final LinksReportEncoder links = new LinksReportEncoder();
    private final MessagesReportEncoder messages = new MessagesReportEncoder();

    AdminReports(final IssuerEdge issuers) {
        this.issuers = issuers;
    }

    /** @param skip links to leave out at the beginning */
    boolean links(final Connection connection, final int skip) {
        final List<LinkReport> all = issuers.reports();
        final int from = Math.min(skip, all.size());
        final int count = Math.min(LINKS_AT_ONCE, all.size() - from);
        links.wrapAndApplyHeader(buffer, MESSAGE_OFFSET, header).remaining(all.size() - from - count);
        final LinksEncoder group = links.linksCount(count);
        for (final LinkReport link : all.subList(from, from + count)) {
            put(link, group.next());
        }
        return send(connection, links.encodedLength());
    }

    /** @param skip messages to leave out at the beginning */
    boolean messages(final Connection connection, final int skip) {
        final List<UndecodableMessage> all = issuers.undecodable().recent();
        final int from = Math.min(skip, all.size());
        final int count = Math.min(MESSAGES_AT_ONCE, all.size() - from);
        messages.wrapAndApplyHeader(buffer, MESSAGE_OFFSET, header).remaining(all.size() - from - count);
        final MessagesEncoder group = messages.messagesCount(count);
        for (final UndecodableMessage message : all.subList(from, from + count)) {
            put(message, group.next());
        }
        return send(connection, messages.encodedLength());
    }

    private static void put(final LinkReport link, final LinksEncoder entry) {
        entry.signedOnSinceNs(link.signedOnSinceNs())
                .inFlight(link.inFlight())
                .sent(link.sent())
                .answered(link.answered())
                .unmatched(link.unmatched())
                .mismatched(link.mismatched())
                .late(link.late())
                .reconnects(link.reconnects())
                .issuerId(link.issuerId())
                .linkId(link.linkId())
                .state(padded(link.state().name()))
                .service(padded(link.service()));
    }

    private static void put(final UndecodableMessage message, final MessagesEncoder entry) {
        entry.receivedNs(message.receivedNs())
                .stan(message.stan())
                .transmissionDateTime(message.transmissionDateTime())
                .paymentId(message.paymentId())
                .resultCode(message.resultCode())
                .field(message.field())
                .lengthBytes(message.lengthBytes())
                .linkId(message.linkId())
                .mti(message.mti())
                .kind(padded(message.kind().name()))
                .decodeError(padded(message.error().name()));
    }

    private static String padded(final String name) {
        return name + " ".repeat(LinksEncoder.stateLength() - name.length());
    }

    private boolean send(final Connection connection, final int encodedLength) {
        final int messageLength = MessageHeaderEncoder.ENCODED_LENGTH + encodedLength;
        SofhFrameFormat.putHeader(buffer, 0, messageLength);
        return connection.send(buffer, 0, MESSAGE_OFFSET + messageLength);
    }
}
