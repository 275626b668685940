package io.turnout.gateway.acquirer;

import static io.turnout.gateway.acquirer.AcquirerFixture.ACQUIRER;
import static io.turnout.gateway.acquirer.AcquirerFixture.GATEWAY;
import static io.turnout.gateway.acquirer.AcquirerFixture.INCARNATION;
import static io.turnout.gateway.acquirer.AcquirerFixture.SECOND;
import static io.turnout.gateway.support.AcquirerMessages.CREATED_AT;
import static io.turnout.gateway.support.AcquirerMessages.PAN;
import static io.turnout.gateway.support.AcquirerMessages.TRACK2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.acquirer.FollowUpRequestDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentRequestDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentRequestEncoder;
import io.turnout.codecs.sbe.acquirer.RejectDecoder;
import io.turnout.codecs.sbe.acquirer.RejectReason;
import io.turnout.codecs.sbe.acquirer.ReversalRequestDecoder;
import io.turnout.codecs.sbe.acquirer.TransactionType;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.RequestFollowUpDecoder;
import io.turnout.codecs.sbe.engine.RequestPaymentDecoder;
import io.turnout.codecs.sbe.engine.RequestPaymentStatusDecoder;
import io.turnout.codecs.sbe.engine.RequestReversalDecoder;
import io.turnout.codecs.sbe.engine.ReversalReason;
import io.turnout.core.ports.Admission;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.support.AcquirerMessages;
import io.turnout.gateway.support.RecordingConnection;
import io.turnout.gateway.vault.CardVault;
import io.turnout.gateway.vault.SensitiveDataKind;
import io.turnout.gateway.vault.SensitiveDataSlots;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of requests. */
class AcquirerRequestTest {

    private final AcquirerFixture edge = new AcquirerFixture().loggedOn();

    @Test
    void shouldOfferAPaymentWithoutItsCardData() {
        edge.receive(AcquirerMessages.payment(9));

        assertEquals(Admission.NEW_REQUEST, edge.ingress.nextAdmission());
        final UnsafeBuffer command = edge.ingress.next();
        final RequestPaymentDecoder payment = payment(command);
        assertEquals(edge.session.sessionId(), payment.sessionId());
        assertEquals(ACQUIRER, payment.acquirerId());
        assertEquals(GATEWAY, payment.gatewayId());
        assertEquals(7, payment.clientReference().high());
        assertEquals(9, payment.clientReference().low());
        assertEquals(CREATED_AT, payment.createdAtNs());
        assertEquals(1234, payment.amountMinor());
        assertEquals(20231114221320L, payment.localDateTime());
        assertEquals(156, payment.currency());
        assertEquals(2, payment.currencyExponent());
        assertEquals(1, payment.transactionType());
        assertEquals(2912, payment.expiry());
        assertEquals(1, payment.cardSequence());
        assertEquals(5, payment.panEntryMode());
        assertEquals(1, payment.pinEntryCapability());
        assertEquals(0, payment.posCondition());
        assertEquals(5411, payment.merchantCategory());
        assertEquals("TERM0001", payment.terminalId());
        assertEquals("MERCHANT0000001", payment.merchantId());
        assertEquals("CORNER SHOP              ", payment.merchantName());
        assertEquals("SHANGHAI     ", payment.merchantCity());
        assertEquals("CN", payment.merchantCountry());
        assertEquals("RRN000000001", payment.retrievalReference());
        assertEquals(41111111, payment.bin());
        assertEquals(1111, payment.lastFour());
        assertEquals(16, payment.panLength());
        assertEquals(BooleanType.TRUE, payment.panValid());
        assertEquals(SensitiveDataSlots.NONE, payment.slot().index());
        assertEquals(PAN, unsealedPan(payment));
        assertFalse(latin1(command).contains(PAN), "the card number is in the command");
        assertEquals(1, edge.session.inFlight());
    }

    @Test
    void shouldKeepSensitiveDataInASlotAndNotInTheCommand() {
        final byte[] pinBlock = {1, 2, 3, 4, 5, 6, 7, (byte) 0x88};
        final byte[] icc = {(byte) 0x9F, 0x26, 2, 0x55, 0x66};
        edge.receive(AcquirerMessages.payment(9, PAN, TRACK2, pinBlock, "123", icc));

        final UnsafeBuffer command = edge.ingress.next();
        final RequestPaymentDecoder payment = payment(command);
        final int slot = payment.slot().index();
        assertTrue(edge.slots.matches(
                INCARNATION,
                slot,
                payment.slot().generation(),
                payment.panToken().high(),
                payment.panToken().low()));
        assertEquals(INCARNATION, payment.slot().incarnation());
        assertEquals(TRACK2, sensitive(slot, SensitiveDataKind.TRACK2));
        assertEquals(new String(pinBlock, StandardCharsets.ISO_8859_1), sensitive(slot, SensitiveDataKind.PIN_BLOCK));
        assertEquals("123", sensitive(slot, SensitiveDataKind.SECURITY_CODE));
        assertEquals(new String(icc, StandardCharsets.ISO_8859_1), sensitive(slot, SensitiveDataKind.ICC_DATA));
        assertFalse(latin1(command).contains("=2912"), "track data is in the command");
    }

    @ParameterizedTest
    @CsvSource({
        "4111111111111112, ''",
        "4111111111111111, 5555555555554444=29122011234567890",
        "4111111111111111, 411111111111111=29122011234567890",
    })
    void shouldLetTheEngineDeclineACardThatIsNotRight(final String pan, final String track2) {
        edge.receive(AcquirerMessages.payment(9, pan, track2));

        assertEquals(BooleanType.FALSE, payment(edge.ingress.next()).panValid());
    }

    @Test
    void shouldOfferAReversal() {
        edge.receive(AcquirerMessages.reversal(9, 8));

        assertEquals(Admission.NEW_REQUEST, edge.ingress.nextAdmission());
        final RequestReversalDecoder reversal = reversal(edge.ingress.next());
        assertEquals(edge.session.sessionId(), reversal.sessionId());
        assertEquals(9, reversal.clientReference().low());
        assertEquals(CREATED_AT, reversal.createdAtNs());
        assertEquals(8, reversal.originalClientReference().low());
        assertEquals(CREATED_AT, reversal.originalCreatedAtNs());
        assertEquals(ACQUIRER, reversal.acquirerId());
        assertEquals(GATEWAY, reversal.gatewayId());
        assertEquals(ReversalReason.CUSTOMER_CANCELLATION, reversal.reason());
        assertEquals(0, reversal.replacementAmountMinor());
    }

    @Test
    void shouldOfferAPartialReversal() {
        edge.receive(AcquirerMessages.reversal(9, 8, 1000));

        assertEquals(1000, reversal(edge.ingress.next()).replacementAmountMinor());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void shouldRejectAReversalThatLeavesLessThanNothing(final long replacementAmountMinor) {
        edge.receive(AcquirerMessages.reversal(9, 8, replacementAmountMinor));

        final RejectDecoder reject = edge.assertRejected(RejectReason.INVALID_FIELD);
        assertEquals(ReversalRequestDecoder.replacementAmountMinorId(), reject.refFieldId());
        assertEquals(0, edge.ingress.count());
    }

    @ParameterizedTest
    @CsvSource({"COMPLETION, true", "COMPLETION, false", "VOID, false", "REFUND, true", "REFUND, false"})
    void shouldOfferAFollowUp(final TransactionType type, final boolean advice) {
        edge.receive(AcquirerMessages.followUp(9, 8, type, advice));

        assertEquals(Admission.NEW_REQUEST, edge.ingress.nextAdmission());
        final RequestFollowUpDecoder followUp =
                new RequestFollowUpDecoder().wrapAndApplyHeader(edge.ingress.next(), 0, new MessageHeaderDecoder());
        assertEquals(edge.session.sessionId(), followUp.sessionId());
        assertEquals(7, followUp.clientReference().high());
        assertEquals(9, followUp.clientReference().low());
        assertEquals(CREATED_AT, followUp.createdAtNs());
        assertEquals(7, followUp.originalClientReference().high());
        assertEquals(8, followUp.originalClientReference().low());
        assertEquals(CREATED_AT - 1, followUp.originalCreatedAtNs());
        assertEquals(1234, followUp.amountMinor());
        assertEquals(20231115080000L, followUp.localDateTime());
        assertEquals(ACQUIRER, followUp.acquirerId());
        assertEquals(GATEWAY, followUp.gatewayId());
        assertEquals(type.value(), followUp.transactionType());
        assertEquals(advice, followUp.advice() == BooleanType.TRUE);
        assertEquals("RRN000000002", followUp.retrievalReference());
        assertEquals(1, edge.session.inFlight());
    }

    @ParameterizedTest(name = "{0} bytes at {1} = {2}: field {3}")
    @CsvSource({
        "8, 16, 0, 2",
        "8, 40, 0, 4",
        "8, 48, -9223372036854775808, 5",
        "8, 56, 20231314221320, 6",
        "1, 64, 1, 7",
        "1, 64, 255, 7",
        "1, 65, 2, 8",
        "1, 66, 0, 9",
    })
    void shouldNameTheWrongFieldOfAFollowUp(final int bytes, final int offset, final long value, final int expected) {
        final byte[] frame = AcquirerMessages.followUp(9, 8, TransactionType.REFUND, true);
        for (int i = 0; i < bytes; i++) {
            frame[AcquirerMessages.offsetOf(offset) + i] = (byte) (value >>> (8 * i));
        }
        edge.receive(frame);

        final RejectDecoder reject = edge.assertRejected(RejectReason.INVALID_FIELD);
        assertEquals(FollowUpRequestDecoder.TEMPLATE_ID, reject.refTemplateId());
        assertEquals(expected, reject.refFieldId());
        assertEquals(0, edge.ingress.count());
    }

    @Test
    void shouldRejectTheAdviceOfAVoid() {
        edge.receive(AcquirerMessages.followUp(9, 8, TransactionType.VOID, true));

        final RejectDecoder reject = edge.assertRejected(RejectReason.INVALID_FIELD);
        assertEquals(FollowUpRequestDecoder.adviceId(), reject.refFieldId());
    }

    @Test
    void shouldOfferWhatVersion1Added() {
        final byte[] frame = AcquirerMessages.payment(9);
        final PaymentRequestEncoder request =
                new PaymentRequestEncoder().wrap(new UnsafeBuffer(frame), AcquirerMessages.offsetOf(0));
        request.transactionType(TransactionType.TOP_UP)
                .destinationAccountId(77)
                .advice(io.turnout.codecs.sbe.acquirer.BooleanType.TRUE)
                .approvalCode("OFF123");
        edge.receive(frame);

        final RequestPaymentDecoder payment = payment(edge.ingress.next());
        assertEquals(7, payment.transactionType());
        assertEquals(77, payment.destinationAccountId());
        assertEquals(BooleanType.TRUE, payment.advice());
        assertEquals("OFF123", payment.approvalCode());
    }

    @Test
    void shouldOfferWhatVersion2Added() {
        final byte[] frame = AcquirerMessages.payment(9);
        new PaymentRequestEncoder()
                .wrap(new UnsafeBuffer(frame), AcquirerMessages.offsetOf(0))
                .transactionType(TransactionType.WITHDRAWAL)
                .sourceAccountId(78);
        edge.receive(frame);

        assertEquals(78, payment(edge.ingress.next()).sourceAccountId());
    }

    @Test
    void shouldTakeAPaymentOfVersion1WithoutASource() {
        edge.receive(AcquirerMessages.ofVersion1(AcquirerMessages.payment(9)));

        final RequestPaymentDecoder payment = payment(edge.ingress.next());
        assertEquals(9, payment.clientReference().low());
        assertEquals(0, payment.sourceAccountId());
        assertEquals(PAN, unsealedPan(payment));
    }

    @Test
    void shouldTakeAPaymentOfVersion0() {
        edge.receive(AcquirerMessages.PAYMENT_OF_VERSION_0);

        final RequestPaymentDecoder payment = payment(edge.ingress.next());
        assertEquals(9, payment.clientReference().low());
        assertEquals(1234, payment.amountMinor());
        assertEquals("RRN000000001", payment.retrievalReference());
        assertEquals(0, payment.destinationAccountId());
        assertEquals(0, payment.sourceAccountId());
        assertEquals(BooleanType.FALSE, payment.advice());
        assertEquals("      ", payment.approvalCode());
        assertEquals(PAN, unsealedPan(payment));
        assertEquals(TRACK2, sensitive(payment.slot().index(), SensitiveDataKind.TRACK2));
    }

    @Test
    void shouldTakeAReversalOfVersion0() {
        edge.receive(AcquirerMessages.REVERSAL_OF_VERSION_0);

        final RequestReversalDecoder reversal = reversal(edge.ingress.next());
        assertEquals(9, reversal.clientReference().low());
        assertEquals(8, reversal.originalClientReference().low());
        assertEquals(0, reversal.replacementAmountMinor());
    }

    @Test
    void shouldNotTakeAMessageThatLacksTheFieldsOfItsVersion() {
        final byte[] payment = AcquirerMessages.PAYMENT_OF_VERSION_0.clone();
        final byte[] reversal = AcquirerMessages.REVERSAL_OF_VERSION_0.clone();
        payment[12] = 1;
        reversal[12] = 1;
        edge.receive(AcquirerMessages.join(payment, reversal));

        final int paymentTemplate = edge.assertRejected(RejectReason.MALFORMED).refTemplateId();
        assertEquals(PaymentRequestDecoder.TEMPLATE_ID, paymentTemplate);
        final int reversalTemplate = edge.assertRejected(RejectReason.MALFORMED).refTemplateId();
        assertEquals(ReversalRequestDecoder.TEMPLATE_ID, reversalTemplate);
        assertEquals(0, edge.ingress.count());
    }

    @Test
    void shouldOfferAStatusRequest() {
        edge.receive(AcquirerMessages.status(9));

        final RequestPaymentStatusDecoder status = new RequestPaymentStatusDecoder()
                .wrapAndApplyHeader(edge.ingress.next(), 0, new MessageHeaderDecoder());
        assertEquals(edge.session.sessionId(), status.sessionId());
        assertEquals(9, status.clientReference().low());
        assertEquals(CREATED_AT, status.createdAtNs());
        assertEquals(ACQUIRER, status.acquirerId());
        assertEquals(GATEWAY, status.gatewayId());
    }

    @ParameterizedTest
    @CsvSource({"12, 0, 2", "12, 1, 4", "12, 2, 5", "14, 0, 2"})
    void shouldRejectAReversalOrStatusRequestWithAWrongField(final int templateId, final int which, final int fieldId) {
        final byte[] frame = templateId == 12 ? AcquirerMessages.reversal(9, 8) : AcquirerMessages.status(9);
        final int offset =
                switch (which) {
                    case 0 -> 16;
                    case 1 -> 40;
                    default -> 48;
                };
        for (int i = 0; i < (which == 2 ? 1 : 8); i++) {
            frame[AcquirerMessages.offsetOf(offset) + i] = 0;
        }
        edge.receive(frame);

        final RejectDecoder reject = edge.assertRejected(RejectReason.INVALID_FIELD);
        assertEquals(templateId, reject.refTemplateId());
        assertEquals(fieldId, reject.refFieldId());
        assertEquals(0, edge.ingress.count());
    }

    @Test
    void shouldNameTheWrongFieldOfAPayment() {
        edge.receive(AcquirerMessages.payment(9, "411111111111111X", ""));

        final RejectDecoder reject = edge.assertRejected(RejectReason.INVALID_FIELD);
        assertEquals(7, reject.clientReference().high());
        assertEquals(9, reject.clientReference().low());
        assertEquals(CREATED_AT, reject.createdAtNs());
        assertEquals(PaymentRequestDecoder.TEMPLATE_ID, reject.refTemplateId());
        assertEquals(PaymentRequestDecoder.panId(), reject.refFieldId());
        assertEquals("A field is out of range or holds an illegal value.", text(reject));
        assertEquals(0, edge.ingress.count());
        assertEquals(AcquirerSessionState.ACTIVE, edge.session.state());
    }

    @Test
    void shouldRejectRequestsWhileTheSwitchAdmitsNone() {
        edge.admits = false;
        edge.receive(AcquirerMessages.join(
                AcquirerMessages.payment(1), AcquirerMessages.reversal(2, 1), AcquirerMessages.status(3)));

        for (int i = 0; i < 3; i++) {
            edge.assertRejected(RejectReason.SWITCH_UNAVAILABLE);
        }
        assertEquals(0, edge.ingress.count());
    }

    @Test
    void shouldRejectMoreUnansweredRequestsThanAllowed() {
        for (int i = 0; i < AcquirerFixture.MAXIMUM_IN_FLIGHT; i++) {
            edge.receive(AcquirerMessages.payment(i));
        }
        assertEquals(0, edge.connection.sentCount());
        edge.receive(AcquirerMessages.status(99));

        assertEquals(
                99,
                edge.assertRejected(RejectReason.IN_FLIGHT_LIMIT)
                        .clientReference()
                        .low());
        assertEquals(AcquirerFixture.MAXIMUM_IN_FLIGHT, edge.ingress.count());
    }

    @Test
    void shouldRejectAPaymentWhoseSensitiveDataHasNoRoom() {
        for (int i = 0; i < AcquirerFixture.SLOTS; i++) {
            edge.slots.allocate(1, 2, 3, edge.nowNs);
        }
        edge.receive(AcquirerMessages.join(AcquirerMessages.payment(1, PAN, TRACK2), AcquirerMessages.payment(2)));

        assertEquals(
                1,
                edge.assertRejected(RejectReason.CARD_DATA_FULL)
                        .clientReference()
                        .low());
        assertEquals(2, payment(edge.ingress.next()).clientReference().low());
    }

    @Test
    void shouldHoldOneRequestBackAndStopReadingWhenTheRingIsFull() {
        // given a full ring
        edge.ingress.refuseNewRequests(true);

        // when requests arrive
        edge.receive(AcquirerMessages.join(
                AcquirerMessages.payment(1, PAN, TRACK2), AcquirerMessages.payment(2), AcquirerMessages.payment(3)));
        edge.pass(SECOND / 2);

        // then nothing is lost, answered or read further, and no slot stays behind
        assertFalse(edge.connection.isReading());
        assertEquals(0, edge.connection.sentCount());
        assertEquals(0, edge.slots.usedCount());
        assertEquals(1, edge.count(GatewayCounter.SESSIONS_HELD));

        // and when there is room for one, and then for all, they follow in order
        edge.ingress.refuseNewRequests(false);
        edge.ingress.room(1);
        edge.pass(1);
        assertEquals(1, payment(edge.ingress.next()).clientReference().low());
        assertFalse(edge.connection.isReading());
        edge.ingress.room(10);
        edge.pass(1);
        assertEquals(2, payment(edge.ingress.next()).clientReference().low());
        assertEquals(3, payment(edge.ingress.next()).clientReference().low());
        assertTrue(edge.connection.isReading());
        assertEquals(0, edge.connection.sentCount());
    }

    @Test
    void shouldRejectWhatItHoldsBackForTooLong() {
        edge.ingress.room(0);
        edge.receive(AcquirerMessages.join(AcquirerMessages.payment(1, PAN, TRACK2), AcquirerMessages.status(2)));
        edge.pass(SECOND - 1);
        assertEquals(0, edge.connection.sentCount());
        edge.pass(1);

        assertEquals(
                1,
                edge.assertRejected(RejectReason.SWITCH_BUSY).clientReference().low());
        assertEquals(
                2,
                edge.assertRejected(RejectReason.SWITCH_BUSY).clientReference().low());
        assertTrue(edge.connection.isReading());
        assertEquals(0, edge.slots.usedCount());
        assertEquals(0, edge.session.inFlight());
    }

    @Test
    void shouldNotCallAnAcquirerIdleThatItDoesNotRead() {
        edge.ingress.room(0);
        edge.receive(AcquirerMessages.payment(1));
        for (int i = 0; i < 9; i++) {
            edge.pass(SECOND / 10);
        }
        edge.ingress.room(10);
        edge.pass(1);
        edge.pass(2 * SECOND - 1);

        assertTrue(edge.connection.isOpen());
    }

    @Test
    void shouldForgetWhatItHoldsBackWhenTheSessionIsLost() {
        edge.ingress.room(0);
        edge.receive(AcquirerMessages.payment(1));
        edge.session.onDisconnected(edge.nowNs);
        edge.ingress.room(10);
        edge.pass(1);

        assertEquals(0, edge.ingress.count());
    }

    @Test
    void shouldWipeSensitiveDataWhenTheSessionIsLost() {
        final RecordingConnection other = new RecordingConnection();
        final AcquirerSession another = edge.logOnAnother(other);
        edge.receive(AcquirerMessages.payment(1, PAN, TRACK2));
        edge.receive(another, AcquirerMessages.payment(2, PAN, TRACK2));
        assertEquals(2, edge.slots.usedCount());

        edge.session.onDisconnected(edge.nowNs);

        assertEquals(1, edge.slots.usedCount());
        assertEquals(1, edge.count(GatewayCounter.SLOTS_FREED_BY_SESSION_LOSS));
    }

    private String unsealedPan(final RequestPaymentDecoder payment) {
        final UnsafeBuffer opened = new UnsafeBuffer(new byte[CardVault.MAXIMUM_PAN_LENGTH]);
        final int length = edge.vault.unseal(
                payment.buffer(),
                payment.offset() + RequestPaymentDecoder.sealedPanEncodingOffset(),
                payment.panToken().high(),
                payment.panToken().low(),
                opened,
                0);
        return opened.getStringWithoutLengthAscii(0, length);
    }

    private String sensitive(final int slot, final SensitiveDataKind kind) {
        final byte[] bytes = new byte[edge.slots.length(slot, kind)];
        edge.slots.buffer().getBytes(edge.slots.offset(slot, kind), bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static RequestPaymentDecoder payment(final UnsafeBuffer command) {
        return new RequestPaymentDecoder().wrapAndApplyHeader(command, 0, new MessageHeaderDecoder());
    }

    private static RequestReversalDecoder reversal(final UnsafeBuffer command) {
        return new RequestReversalDecoder().wrapAndApplyHeader(command, 0, new MessageHeaderDecoder());
    }

    private static String text(final RejectDecoder reject) {
        final byte[] bytes = new byte[reject.textLength()];
        reject.getText(bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static String latin1(final UnsafeBuffer command) {
        return new String(command.byteArray(), StandardCharsets.ISO_8859_1);
    }
}
