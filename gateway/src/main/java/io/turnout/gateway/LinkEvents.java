package io.turnout.gateway;

import io.turnout.codecs.sbe.engine.IssuerResponseMismatchedDecoder;
import io.turnout.codecs.sbe.engine.IssuerResponseUnmatchedDecoder;
import io.turnout.codecs.sbe.engine.LateResponseRecordedDecoder;
import io.turnout.codecs.sbe.engine.LinkDrainedDecoder;
import io.turnout.codecs.sbe.engine.LinkServiceChangedDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.gateway.issuer.IssuerEdge;
import org.agrona.DirectBuffer;

/**
 * Takes the events about links, and about answers that belong to nothing, to the links. They name a link, and a link
 * has one gateway. Used by the gateway's thread.
 */
final class LinkEvents {

    private final IssuerEdge issuers;
    private final LinkServiceChangedDecoder serviceChanged = new LinkServiceChangedDecoder();
    private final LinkDrainedDecoder drained = new LinkDrainedDecoder();
    private final IssuerResponseUnmatchedDecoder unmatched = new IssuerResponseUnmatchedDecoder();
    private final IssuerResponseMismatchedDecoder mismatched = new IssuerResponseMismatchedDecoder();
    private final LateResponseRecordedDecoder late = new LateResponseRecordedDecoder();

    LinkEvents(final IssuerEdge issuers) {
        this.issuers = issuers;
    }

    void onEvent(final MessageHeaderDecoder header, final DirectBuffer buffer, final int offset, final long nowNs) {
        switch (header.templateId()) {
            case LinkServiceChangedDecoder.TEMPLATE_ID ->
                issuers.onLinkServiceChanged(serviceChanged.wrapAndApplyHeader(buffer, offset, header), nowNs);
            case LinkDrainedDecoder.TEMPLATE_ID ->
                issuers.onLinkDrained(drained.wrapAndApplyHeader(buffer, offset, header), nowNs);
            case IssuerResponseUnmatchedDecoder.TEMPLATE_ID ->
                issuers.onUnmatched(unmatched.wrapAndApplyHeader(buffer, offset, header), nowNs);
            case IssuerResponseMismatchedDecoder.TEMPLATE_ID ->
                issuers.onMismatched(mismatched.wrapAndApplyHeader(buffer, offset, header), nowNs);
            case LateResponseRecordedDecoder.TEMPLATE_ID ->
                issuers.onLateResponse(late.wrapAndApplyHeader(buffer, offset, header), nowNs);
            default -> {}
        }
    }
}
