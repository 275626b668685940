package io.turnout.gateway.acquirer;

import io.turnout.codecs.sbe.acquirer.ClientReferenceDecoder;
import io.turnout.codecs.sbe.acquirer.FollowUpRequestDecoder;
import io.turnout.codecs.sbe.acquirer.LogonDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentRequestDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentStatusRequestDecoder;
import io.turnout.codecs.sbe.acquirer.ReversalRequestDecoder;

/**
 * Which message of an acquirer is meant, and which field of it. A mutable holder, filled per message and used at once.
 */
final class RequestKey {

    private long referenceHigh;
    private long referenceLow;
    private long createdAtNs;
    private int templateId;
    private int fieldId;

    RequestKey of(final PaymentRequestDecoder request) {
        final ClientReferenceDecoder reference = request.clientReference();
        return of(PaymentRequestDecoder.TEMPLATE_ID, reference.high(), reference.low(), request.createdAtNs());
    }

    RequestKey of(final FollowUpRequestDecoder request) {
        final ClientReferenceDecoder reference = request.clientReference();
        return of(FollowUpRequestDecoder.TEMPLATE_ID, reference.high(), reference.low(), request.createdAtNs());
    }

    RequestKey of(final ReversalRequestDecoder request) {
        final ClientReferenceDecoder reference = request.clientReference();
        return of(ReversalRequestDecoder.TEMPLATE_ID, reference.high(), reference.low(), request.createdAtNs());
    }

    RequestKey of(final PaymentStatusRequestDecoder request) {
        final ClientReferenceDecoder reference = request.clientReference();
        return of(PaymentStatusRequestDecoder.TEMPLATE_ID, reference.high(), reference.low(), request.createdAtNs());
    }

    /** Of a message whose key could not be read, or that has none. */
    RequestKey unread(final int template) {
        return of(template, 0, 0, 0);
    }

    RequestKey of(final int template, final long high, final long low, final long createdAt) {
        templateId = template;
        referenceHigh = high;
        referenceLow = low;
        createdAtNs = createdAt;
        fieldId = 0;
        return this;
    }

    /** Names a field of the message. */
    RequestKey field(final int field) {
        fieldId = field;
        return this;
    }

    boolean isLogon() {
        return templateId == LogonDecoder.TEMPLATE_ID;
    }

    long referenceHigh() {
        return referenceHigh;
    }

    long referenceLow() {
        return referenceLow;
    }

    long createdAtNs() {
        return createdAtNs;
    }

    int templateId() {
        return templateId;
    }

    int fieldId() {
        return fieldId;
    }
}
