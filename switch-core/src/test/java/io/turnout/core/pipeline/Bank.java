package io.turnout.core.pipeline;

import io.turnout.codecs.sbe.engine.IssuerResponseEncoder;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.PaymentAnsweredDecoder;
import io.turnout.codecs.sbe.engine.PaymentRoutedDecoder;
import io.turnout.core.ports.Admission;
import io.turnout.core.ports.CommandIngress;
import io.turnout.core.ports.EventHandler;
import io.turnout.core.ports.EventSource;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A gateway with a bank behind it: answers each routed payment at once, and counts what it saw. Allocates nothing. */
final class Bank implements EventHandler {
    private final CommandIngress ingress;
    private final EventSource events;
    private final UnsafeBuffer response =
            new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + IssuerResponseEncoder.BLOCK_LENGTH]);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PaymentRoutedDecoder routed = new PaymentRoutedDecoder();
    private final MessageHeaderEncoder responseHeader = new MessageHeaderEncoder();
    private final IssuerResponseEncoder responseEncoder = new IssuerResponseEncoder();
    private boolean answering = true;
    private long routedCount;
    private long answeredCount;
    private long eventCount;
    private long lastEvent;

    Bank(final CommandIngress ingress, final EventSource events) {
        this.ingress = ingress;
        this.events = events;
    }

    int doWork() {
        return events.poll(this, 64);
    }

    void silence() {
        answering = false;
    }

    /** Payments the bank was asked for. */
    long routedCount() {
        return routedCount;
    }

    /** Payments answered to the acquirer. */
    long answeredCount() {
        return answeredCount;
    }

    /** Events of any kind. */
    long eventCount() {
        return eventCount;
    }

    long lastEvent() {
        return lastEvent;
    }

    @Override
    public void onEvent(
            final long eventSequence,
            final long commandSequence,
            final long timestampNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        eventCount++;
        lastEvent = eventSequence;
        header.wrap(buffer, offset);
        if (header.templateId() == PaymentRoutedDecoder.TEMPLATE_ID) {
            routedCount++;
            if (answering) {
                answer(routed.wrapAndApplyHeader(buffer, offset, header));
            }
        } else if (header.templateId() == PaymentAnsweredDecoder.TEMPLATE_ID) {
            answeredCount++;
        }
    }

    private void answer(final PaymentRoutedDecoder payment) {
        Commands.issuerResponse(responseEncoder.wrapAndApplyHeader(response, 0, responseHeader), payment);
        if (!ingress.offer(Admission.CONTINUATION, response, 0, response.capacity())) {
            throw new IllegalStateException("ingress ring full");
        }
    }
}
