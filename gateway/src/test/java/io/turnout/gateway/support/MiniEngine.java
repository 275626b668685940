package io.turnout.gateway.support;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.IssuerResponseDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.Outcome;
import io.turnout.codecs.sbe.engine.PaymentAnsweredEncoder;
import io.turnout.codecs.sbe.engine.PaymentRoutedEncoder;
import io.turnout.codecs.sbe.engine.RequestPaymentDecoder;
import io.turnout.codecs.sbe.engine.TransactionType;
import io.turnout.core.ports.Admission;
import io.turnout.core.ports.CommandIngress;
import io.turnout.core.ports.EventHandler;
import io.turnout.core.ports.EventSource;
import io.turnout.gateway.vault.CardVault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Routes every payment to link 5 of issuer 3 and gives the issuer's answer to the session that asked. */
public final class MiniEngine implements CommandIngress, EventSource {

    private final Deque<UnsafeBuffer> events = new ArrayDeque<>();
    private final List<RequestPaymentDecoder> payments = new ArrayList<>();

    @Override
    public boolean offer(final Admission admission, final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        final UnsafeBuffer command = new UnsafeBuffer(bytes);
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        switch (header.wrap(command, 0).templateId()) {
            case RequestPaymentDecoder.TEMPLATE_ID ->
                route(new RequestPaymentDecoder().wrapAndApplyHeader(command, 0, header));
            case IssuerResponseDecoder.TEMPLATE_ID ->
                answer(new IssuerResponseDecoder().wrapAndApplyHeader(command, 0, header));
            default -> {}
        }
        return true;
    }

    @Override
    public int maximumCommandLength() {
        return 1024;
    }

    @Override
    public int poll(final EventHandler handler, final int limit) {
        int count = 0;
        while (count < limit && !events.isEmpty()) {
            final UnsafeBuffer event = events.remove();
            handler.onEvent(1, 1, 1, event, 0, event.capacity());
            count++;
        }
        return count;
    }

    private void route(final RequestPaymentDecoder request) {
        payments.add(request);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
        final PaymentRoutedEncoder event = new PaymentRoutedEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .paymentId(payments.size())
                .sendBeforeNs(Long.MAX_VALUE)
                .amountMinor(request.amountMinor())
                .localDateTime(request.localDateTime())
                .institutionId(10000001)
                .acquirerId(request.acquirerId())
                .stan(payments.size())
                .transmissionDateTime(1114221320L)
                .bin(request.bin())
                .gatewayId(request.gatewayId())
                .issuerId(3)
                .linkId(5)
                .currency(request.currency())
                .expiry(request.expiry())
                .lastFour(request.lastFour())
                .merchantCategory(request.merchantCategory())
                .transactionType(TransactionType.PURCHASE)
                .cardSequence(request.cardSequence())
                .panEntryMode(request.panEntryMode())
                .pinEntryCapability(request.pinEntryCapability())
                .posCondition(request.posCondition())
                .terminalId(request.terminalId())
                .merchantId(request.merchantId())
                .merchantName(request.merchantName())
                .merchantCity(request.merchantCity())
                .merchantCountry(request.merchantCountry())
                .retrievalReference(request.retrievalReference());
        event.panToken().high(request.panToken().high()).low(request.panToken().low());
        event.slot()
                .incarnation(request.slot().incarnation())
                .index(request.slot().index())
                .generation(request.slot().generation());
        buffer.putBytes(
                event.offset() + PaymentRoutedEncoder.sealedPanEncodingOffset(),
                request.buffer(),
                request.offset() + RequestPaymentDecoder.sealedPanEncodingOffset(),
                CardVault.SEALED_LENGTH);
        events.add(buffer);
    }

    private void answer(final IssuerResponseDecoder response) {
        final RequestPaymentDecoder request = payments.get((int) response.stan() - 1);
        final boolean approved = response.resultCode() < 1000;
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
        final PaymentAnsweredEncoder event = new PaymentAnsweredEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .paymentId(response.stan())
                .sessionId(request.sessionId())
                .createdAtNs(request.createdAtNs())
                .amountMinor(approved ? request.amountMinor() : 0)
                .acquirerId(request.acquirerId())
                .gatewayId(request.gatewayId())
                .issuerId(response.issuerId())
                .currency(request.currency())
                .resultCode(response.resultCode())
                .outcome(approved ? Outcome.APPROVED : Outcome.DECLINED)
                .reason(approved ? DeclineReason.NONE : DeclineReason.ISSUER_DECLINED)
                .repeated(BooleanType.FALSE)
                .approvalCode(response.approvalCode())
                .retrievalReference(response.retrievalReference());
        event.clientReference()
                .high(request.clientReference().high())
                .low(request.clientReference().low());
        event.slot()
                .incarnation(request.slot().incarnation())
                .index(request.slot().index())
                .generation(request.slot().generation());
        events.add(buffer);
    }
}
