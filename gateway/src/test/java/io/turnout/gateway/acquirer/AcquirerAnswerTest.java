package io.turnout.gateway.acquirer;

import static io.turnout.gateway.acquirer.AcquirerFixture.ACQUIRER;
import static io.turnout.gateway.acquirer.AcquirerFixture.GATEWAY;
import static io.turnout.gateway.support.AcquirerMessages.CREATED_AT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.acquirer.FollowUpRequestDecoder;
import io.turnout.codecs.sbe.acquirer.MessageHeaderDecoder;
import io.turnout.codecs.sbe.acquirer.Outcome;
import io.turnout.codecs.sbe.acquirer.PaymentRequestDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentResponseDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentState;
import io.turnout.codecs.sbe.acquirer.PaymentStatusRequestDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentStatusResponseDecoder;
import io.turnout.codecs.sbe.acquirer.RejectDecoder;
import io.turnout.codecs.sbe.acquirer.RejectReason;
import io.turnout.codecs.sbe.acquirer.ReversalRequestDecoder;
import io.turnout.codecs.sbe.acquirer.ReversalResponseDecoder;
import io.turnout.codecs.sbe.acquirer.TransactionType;
import io.turnout.codecs.sbe.engine.PaymentAnsweredDecoder;
import io.turnout.codecs.sbe.engine.RefusalReason;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.support.AcquirerMessages;
import io.turnout.gateway.support.Events;
import io.turnout.gateway.support.RecordingConnection;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How the switch's answers find their session. */
class AcquirerAnswerTest {

    private final AcquirerFixture edge = new AcquirerFixture().loggedOn();
    private final Events events = new Events(GATEWAY, ACQUIRER, CREATED_AT);

    @Test
    void shouldAnswerAPayment() {
        edge.receive(AcquirerMessages.payment(9));
        edge.edge.onPaymentAnswered(events.approved(edge.session.sessionId(), 7, 9));

        final PaymentResponseDecoder response =
                new PaymentResponseDecoder().wrapAndApplyHeader(edge.nextMessage(), 0, new MessageHeaderDecoder());
        assertEquals(7, response.clientReference().high());
        assertEquals(9, response.clientReference().low());
        assertEquals(CREATED_AT, response.createdAtNs());
        assertEquals(4711, response.paymentId());
        assertEquals(1234, response.amountMinor());
        assertEquals(156, response.currency());
        assertEquals(Outcome.APPROVED, response.outcome());
        assertEquals(0, response.resultCode());
        assertEquals("AUTH01", response.approvalCode());
        assertEquals("RRN000000001", response.retrievalReference());
        assertEquals(99_00, response.balanceMinor());
        assertEquals(0, edge.session.inFlight());
        assertEquals(1, edge.count(GatewayCounter.ANSWERS_SENT));
    }

    @Test
    void shouldAnswerAFollowUpAsThePaymentItIs() {
        edge.receive(AcquirerMessages.followUp(9, 8, TransactionType.COMPLETION, false));
        assertEquals(1, edge.session.inFlight());
        edge.edge.onPaymentAnswered(events.approved(edge.session.sessionId(), 7, 9));

        assertEquals(PaymentResponseDecoder.TEMPLATE_ID, edge.nextTemplate());
        assertEquals(0, edge.session.inFlight());
    }

    @Test
    void shouldAnswerARepeatByteForByte() {
        edge.receive(AcquirerMessages.payment(9));
        edge.edge.onPaymentAnswered(events.approved(edge.session.sessionId(), 7, 9));
        edge.receive(AcquirerMessages.payment(9));
        edge.edge.onPaymentAnswered(events.approved(edge.session.sessionId(), 7, 9));

        assertTrue(Arrays.equals(edge.connection.next(), edge.connection.next()));
        assertEquals(0, edge.session.inFlight());
    }

    @Test
    void shouldAnswerReversalsAndQuestions() {
        edge.receive(AcquirerMessages.join(AcquirerMessages.reversal(5, 4), AcquirerMessages.status(6)));
        edge.edge.onReversalAnswered(events.reversalAnswered(edge.session.sessionId(), 5));
        edge.edge.onPaymentStatusReported(events.statusReported(edge.session.sessionId(), 6));

        final ReversalResponseDecoder reversal =
                new ReversalResponseDecoder().wrapAndApplyHeader(edge.nextMessage(), 0, new MessageHeaderDecoder());
        assertEquals(5, reversal.clientReference().low());
        assertEquals(CREATED_AT, reversal.createdAtNs());
        assertEquals(4711, reversal.paymentId());
        assertEquals(0, reversal.resultCode());
        assertEquals(PaymentState.REVERSING, reversal.state());
        final PaymentStatusResponseDecoder status = new PaymentStatusResponseDecoder()
                .wrapAndApplyHeader(edge.nextMessage(), 0, new MessageHeaderDecoder());
        assertEquals(6, status.clientReference().low());
        assertEquals(CREATED_AT, status.createdAtNs());
        assertEquals(4711, status.paymentId());
        assertEquals(1016, status.resultCode());
        assertEquals(PaymentState.DECLINED, status.state());
        assertEquals(12_34, status.settledMinor());
        assertEquals(2_34, status.refundedMinor());
        assertEquals(0, edge.session.inFlight());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NULL_VAL")
    void shouldTellWhyTheEngineRefusedARequest(final RefusalReason reason) {
        edge.receive(AcquirerMessages.payment(9));
        edge.edge.onRequestRefused(events.refused(edge.session.sessionId(), 1, 7, 9, reason));

        final RejectDecoder reject = edge.assertRejected(RejectReason.valueOf(reason.name()));
        assertEquals(9, reject.clientReference().low());
        assertEquals(CREATED_AT, reject.createdAtNs());
        assertEquals(PaymentRequestDecoder.TEMPLATE_ID, reject.refTemplateId());
        assertEquals(0, edge.session.inFlight());
    }

    @ParameterizedTest
    @CsvSource({"1, 10", "2, 12", "3, 14", "4, 16"})
    void shouldNameTheAcquirersMessageAndNotTheCommand(final int command, final int template) {
        edge.edge.onRequestRefused(
                events.refused(edge.session.sessionId(), command, 0, 1, RefusalReason.STALE_REQUEST));

        assertEquals(template, edge.assertRejected(RejectReason.STALE_REQUEST).refTemplateId());
        assertEquals(
                template,
                switch (command) {
                    case 1 -> PaymentRequestDecoder.TEMPLATE_ID;
                    case 2 -> ReversalRequestDecoder.TEMPLATE_ID;
                    case 4 -> FollowUpRequestDecoder.TEMPLATE_ID;
                    default -> PaymentStatusRequestDecoder.TEMPLATE_ID;
                });
    }

    @Test
    void shouldKeepAnAnswerForTheRepeatWhenItsSessionIsGone() {
        edge.receive(AcquirerMessages.payment(9));
        final long sessionId = edge.session.sessionId();
        edge.session.onDisconnected(edge.nowNs);
        edge.edge.onPaymentAnswered(events.approved(sessionId, 7, 9));

        assertEquals(1, edge.count(GatewayCounter.ANSWERS_UNDELIVERED));
        assertEquals(0, edge.connection.sentCount());
    }

    @Test
    void shouldCloseASessionWhoseOutputIsFullAndCountTheAnswerAsUndelivered() {
        edge.receive(AcquirerMessages.payment(9));
        edge.connection.full(true);
        edge.edge.onPaymentAnswered(events.approved(edge.session.sessionId(), 7, 9));

        assertFalse(edge.connection.isOpen());
        assertEquals(1, edge.count(GatewayCounter.ANSWERS_UNDELIVERED));
        assertEquals(0, edge.count(GatewayCounter.ANSWERS_SENT));
    }

    @Test
    void shouldCountARequestRepeatedInFlightOnce() {
        edge.receive(AcquirerMessages.join(AcquirerMessages.payment(9), AcquirerMessages.payment(9)));
        assertEquals(1, edge.session.inFlight());

        edge.edge.onPaymentAnswered(events.approved(edge.session.sessionId(), 7, 9));

        assertEquals(0, edge.session.inFlight());
    }

    @Test
    void shouldMoveARequestRepeatedElsewhereToThatSession() {
        final RecordingConnection other = new RecordingConnection();
        final AcquirerSession another = edge.logOnAnother(other);
        edge.receive(AcquirerMessages.payment(9));
        edge.receive(another, AcquirerMessages.payment(9));
        assertEquals(0, edge.session.inFlight());
        assertEquals(1, another.inFlight());

        final PaymentAnsweredDecoder event = events.approved(another.sessionId(), 7, 9);
        edge.edge.onPaymentAnswered(event);

        assertEquals(0, another.inFlight());
        assertEquals(1, other.sentCount());
        assertEquals(0, edge.connection.sentCount());
    }
}
