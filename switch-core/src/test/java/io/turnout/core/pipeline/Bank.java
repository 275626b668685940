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

/**
 * A gateway with a bank behind it: answers each routed payment at once, and counts what it saw. An answer that the
 * ingress ring refuses waits, as it would in the socket of a gateway that has stopped reading. Allocates nothing.
 */
final class Bank implements EventHandler {
    private static final int SOCKET_CAPACITY = 256;
    private static final int RESPONSE_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + IssuerResponseEncoder.BLOCK_LENGTH;

    private final CommandIngress ingress;
    private final EventSource events;
    private final UnsafeBuffer socket = new UnsafeBuffer(new byte[SOCKET_CAPACITY * RESPONSE_LENGTH]);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PaymentRoutedDecoder routed = new PaymentRoutedDecoder();
    private final MessageHeaderEncoder responseHeader = new MessageHeaderEncoder();
    private final IssuerResponseEncoder responseEncoder = new IssuerResponseEncoder();
    private boolean answering = true;
    private long writtenCount;
    private long readCount;
    private long routedCount;
    private long answeredCount;
    private long eventCount;
    private long lastEvent;

    Bank(final CommandIngress ingress, final EventSource events) {
        this.ingress = ingress;
        this.events = events;
    }

    int doWork() {
        final int polled = events.poll(this, 64);
        int read = 0;
        while (readCount < writtenCount
                && ingress.offer(Admission.CONTINUATION, socket, at(readCount), RESPONSE_LENGTH)) {
            readCount++;
            read++;
        }
        return polled + read;
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
        if (writtenCount - readCount == SOCKET_CAPACITY) {
            throw new IllegalStateException("too many answers wait");
        }
        Commands.issuerResponse(responseEncoder.wrapAndApplyHeader(socket, at(writtenCount), responseHeader), payment);
        writtenCount++;
    }

    private static int at(final long count) {
        return (int) (count % SOCKET_CAPACITY) * RESPONSE_LENGTH;
    }
}
