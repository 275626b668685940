package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.IssuerReconciliationEncoder;
import io.turnout.codecs.sbe.engine.IssuerReconciliationResponseEncoder;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.ReconciliationOutcome;
import io.turnout.codecs.sbe.engine.TotalsDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes what the bank of {@link TestConfiguration#ISSUER} says about totals; each result is a copy of its own. */
final class ReconciliationCommands {
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    /** The bank's totals of a date, in euro. */
    DirectBuffer received(final int businessDate, final long... totals) {
        final IssuerReconciliationEncoder encoder = new IssuerReconciliationEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .localDateTime(0)
                .forwardingInstitution(-1)
                .settlementInstitution(-1)
                .receivingInstitution(-1)
                .stan(77)
                .transmissionDateTime(921100000)
                .businessDate(businessDate)
                .gatewayId(TestConfiguration.GATEWAY)
                .issuerId(TestConfiguration.ISSUER)
                .linkId(TestConfiguration.LINK)
                .currency(TestConfiguration.EURO)
                .functionCode(0)
                .advice(BooleanType.FALSE);
        put(encoder.totals().offset(), totals);
        return copy(IssuerReconciliationEncoder.BLOCK_LENGTH);
    }

    /** The bank's answer to totals of the switch. */
    DirectBuffer answered(
            final RecordedEvent requested,
            final int resultCode,
            final ReconciliationOutcome outcome,
            final long... totals) {
        final IssuerReconciliationResponseEncoder encoder = new IssuerReconciliationResponseEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .stan(requested.number("stan"))
                .transmissionDateTime(requested.number("transmissionDateTime"))
                .gatewayId(TestConfiguration.GATEWAY)
                .issuerId(TestConfiguration.ISSUER)
                .linkId(TestConfiguration.LINK)
                .resultCode(resultCode)
                .outcome(outcome);
        put(encoder.totals().offset(), totals);
        return copy(IssuerReconciliationResponseEncoder.BLOCK_LENGTH);
    }

    /** What is not given is absent. */
    private void put(final int offset, final long... totals) {
        for (int i = 0; i < IssuerTotals.VALUES; i++) {
            scratch.putLong(offset + i * Long.BYTES, i < totals.length ? totals[i] : -1, TotalsDecoder.BYTE_ORDER);
        }
    }

    private DirectBuffer copy(final int blockLength) {
        final byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + blockLength];
        scratch.getBytes(0, bytes);
        return new UnsafeBuffer(bytes);
    }
}
