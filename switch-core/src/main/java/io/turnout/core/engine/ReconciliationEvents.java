package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.IssuerReconciliationDecoder;
import io.turnout.codecs.sbe.engine.IssuerReconciliationResponseDecoder;
import io.turnout.codecs.sbe.engine.ReconciliationEndedEncoder;
import io.turnout.codecs.sbe.engine.ReconciliationOutcome;
import io.turnout.codecs.sbe.engine.ReconciliationReceivedEncoder;
import io.turnout.codecs.sbe.engine.ReconciliationRequestedEncoder;
import io.turnout.codecs.sbe.engine.TotalsDecoder;
import io.turnout.codecs.sbe.engine.TotalsNotKeptEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Encodes the events about totals. Decides nothing. */
final class ReconciliationEvents {
    private static final long NOT_GIVEN = -1;

    private final EventPublisher publisher;
    private final IssuerTotals totals;
    private final ReconciliationRequestedEncoder requested = new ReconciliationRequestedEncoder();
    private final ReconciliationEndedEncoder ended = new ReconciliationEndedEncoder();
    private final ReconciliationReceivedEncoder received = new ReconciliationReceivedEncoder();
    private final TotalsNotKeptEncoder notKept = new TotalsNotKeptEncoder();

    ReconciliationEvents(final EngineState state) {
        this.publisher = state.publisher();
        this.totals = state.issuerTotals();
    }

    void requested(final int entry, final Link link, final long sendBeforeNs) {
        final MutableDirectBuffer buffer = publisher.claim();
        requested
                .wrapAndApplyHeader(buffer, 0, publisher.header())
                .sendBeforeNs(sendBeforeNs)
                .stan(totals.stan(entry))
                .transmissionDateTime(totals.transmissionDateTime(entry))
                .businessDate(totals.businessDate(entry))
                .attempt(totals.attempts(entry))
                .gatewayId(link.gatewayId())
                .issuerId(totals.issuerId(entry))
                .linkId(link.linkId())
                .currency(totals.currency(entry));
        putOwn(entry, buffer, requested.offset() + ReconciliationRequestedEncoder.totalsEncodingOffset());
        publisher.commit(ReconciliationRequestedEncoder.BLOCK_LENGTH);
    }

    /** The issuer has answered. */
    void ended(final int entry, final IssuerReconciliationResponseDecoder response) {
        final MutableDirectBuffer buffer = publisher.claim();
        ended(entry, buffer).resultCode(response.resultCode()).outcome(response.outcome());
        Bytes.copy(
                response.buffer(),
                response.offset() + IssuerReconciliationResponseDecoder.totalsEncodingOffset(),
                buffer,
                ended.offset() + ReconciliationEndedEncoder.issuerTotalsEncodingOffset(),
                TotalsDecoder.ENCODED_LENGTH);
        publisher.commit(ReconciliationEndedEncoder.BLOCK_LENGTH);
    }

    /** The issuer never answered. */
    void unanswered(final int entry) {
        final MutableDirectBuffer buffer = publisher.claim();
        ended(entry, buffer).resultCode(ResultCodes.ISSUER_TIMEOUT).outcome(ReconciliationOutcome.UNANSWERED);
        putNothing(buffer, ended.offset() + ReconciliationEndedEncoder.issuerTotalsEncodingOffset());
        publisher.commit(ReconciliationEndedEncoder.BLOCK_LENGTH);
    }

    /** @param entry the totals of the switch, or {@link IssuerTotals#NONE} */
    void received(final IssuerReconciliationDecoder command, final int entry, final ReconciliationOutcome outcome) {
        final MutableDirectBuffer buffer = publisher.claim();
        received.wrapAndApplyHeader(buffer, 0, publisher.header())
                .localDateTime(command.localDateTime())
                .forwardingInstitution(command.forwardingInstitution())
                .settlementInstitution(command.settlementInstitution())
                .receivingInstitution(command.receivingInstitution())
                .stan(command.stan())
                .transmissionDateTime(command.transmissionDateTime())
                .businessDate(command.businessDate())
                .gatewayId(command.gatewayId())
                .issuerId(command.issuerId())
                .linkId(command.linkId())
                .currency(command.currency())
                .functionCode(command.functionCode())
                .advice(command.advice())
                .outcome(outcome);
        final int own = received.offset() + ReconciliationReceivedEncoder.totalsEncodingOffset();
        if (entry == IssuerTotals.NONE) {
            putNothing(buffer, own);
        } else {
            putOwn(entry, buffer, own);
        }
        Bytes.copy(
                command.buffer(),
                command.offset() + IssuerReconciliationDecoder.totalsEncodingOffset(),
                buffer,
                received.offset() + ReconciliationReceivedEncoder.issuerTotalsEncodingOffset(),
                TotalsDecoder.ENCODED_LENGTH);
        publisher.commit(ReconciliationReceivedEncoder.BLOCK_LENGTH);
    }

    void notKept(final PaymentRecord payment, final int businessDate) {
        notKept.wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .paymentId(payment.paymentId())
                .businessDate(businessDate)
                .issuerId(payment.issuerId())
                .currency(payment.currency());
        publisher.commit(TotalsNotKeptEncoder.BLOCK_LENGTH);
    }

    /** Whether every total that was given is the one of the switch. */
    boolean areEqual(final DirectBuffer buffer, final int offset, final int entry) {
        for (int i = 0; i < IssuerTotals.VALUES; i++) {
            final long given = buffer.getLong(offset + i * Long.BYTES, TotalsDecoder.BYTE_ORDER);
            if (given != NOT_GIVEN && given != totals.value(entry, i)) {
                return false;
            }
        }
        return true;
    }

    private ReconciliationEndedEncoder ended(final int entry, final MutableDirectBuffer buffer) {
        ended.wrapAndApplyHeader(buffer, 0, publisher.header())
                .businessDate(totals.businessDate(entry))
                .attempt(totals.attempts(entry))
                .issuerId(totals.issuerId(entry))
                .currency(totals.currency(entry));
        putOwn(entry, buffer, ended.offset() + ReconciliationEndedEncoder.totalsEncodingOffset());
        return ended;
    }

    private void putOwn(final int entry, final MutableDirectBuffer buffer, final int offset) {
        for (int i = 0; i < IssuerTotals.VALUES; i++) {
            buffer.putLong(offset + i * Long.BYTES, totals.value(entry, i), TotalsDecoder.BYTE_ORDER);
        }
    }

    private static void putNothing(final MutableDirectBuffer buffer, final int offset) {
        for (int i = 0; i < IssuerTotals.VALUES; i++) {
            buffer.putLong(offset + i * Long.BYTES, NOT_GIVEN, TotalsDecoder.BYTE_ORDER);
        }
    }
}
