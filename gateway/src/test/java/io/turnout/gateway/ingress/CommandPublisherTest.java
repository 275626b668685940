package io.turnout.gateway.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.acquirer.MessageHeaderDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentStatusRequestDecoder;
import io.turnout.codecs.sbe.engine.IssuerRequestNotSentDecoder;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.NotSentReason;
import io.turnout.core.ports.Admission;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.support.AcquirerMessages;
import io.turnout.gateway.support.Counters;
import io.turnout.gateway.support.RecordingIngress;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class CommandPublisherTest {

    private final RecordingIngress ingress = new RecordingIngress();
    private final GatewayCounters counters = Counters.create();
    private final CommandPublisher commands = new CommandPublisher(1, 2, ingress, counters);

    @Test
    void shouldKeepWhatCannotBeAskedForAgainUntilThereIsRoom() {
        ingress.room(0);
        for (int i = 0; i < 1000; i++) {
            commands.issuerRequestNotSent(i, 1, 2, 3, 4, NotSentReason.CHANNEL_FULL);
        }
        assertTrue(commands.isDeferring());
        assertEquals(1000, counters.get(GatewayCounter.COMMANDS_DEFERRED));
        assertEquals(0, commands.flushDeferred());

        ingress.room(10);
        assertEquals(10, commands.flushDeferred());
        assertTrue(commands.isDeferring());
        ingress.room(Integer.MAX_VALUE);
        assertEquals(990, commands.flushDeferred());

        assertFalse(commands.isDeferring());
        for (int i = 0; i < 1000; i++) {
            assertEquals(Admission.CONTINUATION, ingress.nextAdmission());
            assertEquals(i, notSent().paymentId());
        }
        assertEquals(0, ingress.count());
    }

    @Test
    void shouldOfferNothingElseWhileCommandsWait() {
        ingress.room(0);
        commands.linkStateChanged(1, 2, LinkState.DOWN);
        ingress.room(10);

        final UnsafeBuffer frame = new UnsafeBuffer(AcquirerMessages.status(1));
        final PaymentStatusRequestDecoder request =
                new PaymentStatusRequestDecoder().wrapAndApplyHeader(frame, 6, new MessageHeaderDecoder());
        assertFalse(commands.requestPaymentStatus(1, 1, request));
        commands.issuerResponse(1, 2);
        assertFalse(commands.offerIssuerResponse());
        commands.issuerReversalResponse(1, 2);
        assertFalse(commands.offerIssuerReversalResponse());
        commands.issuerRequestNotSent(9, 1, 2, 3, 4, NotSentReason.CHANNEL_FULL);
        assertEquals(0, ingress.count());

        assertEquals(2, commands.flushDeferred());
        ingress.next();
        assertEquals(9, notSent().paymentId());
        assertTrue(commands.requestPaymentStatus(1, 1, request));
    }

    @Test
    void shouldSayWhenItCouldNotDeferMore() {
        assertTrue(commands.canDefer(256));
        assertFalse(commands.canDefer(Integer.MAX_VALUE));
    }

    private IssuerRequestNotSentDecoder notSent() {
        return new IssuerRequestNotSentDecoder()
                .wrapAndApplyHeader(ingress.next(), 0, new io.turnout.codecs.sbe.engine.MessageHeaderDecoder());
    }
}
