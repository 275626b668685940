package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.AdviceAcknowledgedEncoder;
import io.turnout.codecs.sbe.engine.AdviceDeadLetteredEncoder;
import io.turnout.codecs.sbe.engine.AdvicePostponedEncoder;
import io.turnout.codecs.sbe.engine.AdviceQueuedEncoder;
import io.turnout.codecs.sbe.engine.AdviceRequestedEncoder;
import org.agrona.MutableDirectBuffer;

/** Encodes the events about advices to issuers. Decides nothing. */
final class AdviceEvents {
    private final EventPublisher publisher;
    private final PaymentFields fields;
    private final AdviceQueuedEncoder queued = new AdviceQueuedEncoder();
    private final AdviceRequestedEncoder requested = new AdviceRequestedEncoder();
    private final AdviceAcknowledgedEncoder acknowledged = new AdviceAcknowledgedEncoder();
    private final AdvicePostponedEncoder postponed = new AdvicePostponedEncoder();
    private final AdviceDeadLetteredEncoder deadLettered = new AdviceDeadLetteredEncoder();

    AdviceEvents(final EventPublisher publisher, final PaymentFields fields) {
        this.publisher = publisher;
        this.fields = fields;
    }

    void queued(final PaymentRecord payment) {
        queued.wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .paymentId(payment.paymentId())
                .amountMinor(payment.amountMinor())
                .issuerId(payment.issuerId())
                .currency(payment.currency());
        publisher.commit(AdviceQueuedEncoder.BLOCK_LENGTH);
    }

    void requested(final PaymentRecord payment, final Link link, final long sendBeforeNs) {
        final MutableDirectBuffer buffer = publisher.claim();
        requested.wrapAndApplyHeader(buffer, 0, publisher.header());
        final int block = requested.offset();
        fields.beginning(payment, sendBeforeNs, buffer, block);
        fields.content(payment, link, buffer, block);
        requested
                .attempt(payment.attempts())
                .businessDate(PaymentFields.businessDate(payment))
                .originalLocalDateTime(fields.original().localDateTime());
        PaymentFields.approvalCode(payment, buffer, block + AdviceRequestedEncoder.approvalCodeEncodingOffset());
        publisher.commit(AdviceRequestedEncoder.BLOCK_LENGTH);
    }

    void acknowledged(final PaymentRecord payment, final int resultCode) {
        acknowledged
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .paymentId(payment.paymentId())
                .issuerId(payment.issuerId())
                .resultCode(resultCode)
                .attempt(payment.attempts());
        publisher.commit(AdviceAcknowledgedEncoder.BLOCK_LENGTH);
    }

    void postponed(final PaymentRecord payment, final int resultCode) {
        postponed
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .paymentId(payment.paymentId())
                .retryAtNs(payment.dueNs())
                .attempt(payment.attempts())
                .issuerId(payment.issuerId())
                .resultCode(resultCode);
        publisher.commit(AdvicePostponedEncoder.BLOCK_LENGTH);
    }

    void deadLettered(final PaymentRecord payment, final int resultCode) {
        deadLettered
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .paymentId(payment.paymentId())
                .issuerId(payment.issuerId())
                .resultCode(resultCode)
                .attempt(payment.attempts());
        publisher.commit(AdviceDeadLetteredEncoder.BLOCK_LENGTH);
    }
}
