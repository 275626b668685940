package io.turnout.gateway.issuer;

import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.ReconciliationOutcome;
import io.turnout.codecs.sbe.engine.ReconciliationReceivedDecoder;
import io.turnout.codecs.sbe.engine.ReconciliationRequestedDecoder;
import io.turnout.codecs.sbe.engine.TotalsDecoder;
import io.turnout.codecs.sbe.engine.TotalsEncoder;
import io.turnout.gateway.iso.FunctionCode;
import io.turnout.gateway.iso.IsoFields;
import io.turnout.gateway.iso.IsoVersion;
import io.turnout.gateway.iso.SettlementCode;
import org.agrona.DirectBuffer;

/**
 * Writes the totals that are exchanged with an issuer: 0520 and 0521, and the answers to its 0500 and 0520. The net
 * amount (DE97) is debits less their reversals, less credits less theirs: positive (C) when the issuer owes. Used by
 * one thread; allocates nothing.
 */
final class ReconciliationMessages {

    /** The data elements of {@link TotalsDecoder}, in its order, which is that of the wire. */
    static final int[] FIELDS = {
        IsoFields.CREDITS,
        IsoFields.CREDIT_REVERSALS,
        IsoFields.DEBITS,
        IsoFields.DEBIT_REVERSALS,
        IsoFields.TRANSFERS,
        IsoFields.TRANSFER_REVERSALS,
        IsoFields.INQUIRIES,
        IsoFields.AUTHORISATIONS,
        IsoFields.CREDITS_AMOUNT,
        IsoFields.CREDIT_REVERSALS_AMOUNT,
        IsoFields.DEBITS_AMOUNT,
        IsoFields.DEBIT_REVERSALS_AMOUNT
    };

    private static final int ADVICE = 520;
    private static final int RESPONSE = 510;
    private static final int ADVICE_RESPONSE = 530;
    private static final int REPEAT = 1;
    private static final int FUNCTION_NOT_SUPPORTED = 1015;

    private final MessageFrame frame;
    private final IsoVersion version;
    private final TotalsDecoder totals = new TotalsDecoder();

    ReconciliationMessages(final MessageFrame frame) {
        this.frame = frame;
        this.version = frame.version();
    }

    /** 0520, or 0521 from the second attempt on. */
    int request(final ReconciliationRequestedDecoder event, final long localDateTime) {
        final IsoEncoder encoder = frame.begin(ADVICE + (event.attempt() > 1 ? REPEAT : 0));
        encoder.putLong(IsoFields.TRANSMISSION_DATE_TIME, event.transmissionDateTime())
                .putLong(IsoFields.STAN, event.stan());
        if (version.hasFunctionCode()) {
            version.putLocalDateTime(encoder, localDateTime);
        }
        version.putSettlementDate(encoder, event.businessDate());
        putFunction(encoder, FunctionCode.FINAL_RECONCILIATION);
        version.putReconciliationDate(encoder, event.businessDate());
        frame.putForwarder();
        encoder.putLong(IsoFields.SETTLEMENT_CURRENCY, event.currency());
        putTotals(encoder, event.buffer(), event.offset() + ReconciliationRequestedDecoder.totalsEncodingOffset());
        putInstitution(
                encoder, IsoFields.SETTLEMENT_INSTITUTION, frame.institutions().forwarding());
        frame.putReceiver();
        return frame.finish();
    }

    /** 0510 or 0530: what was asked is repeated, with the outcome; and the totals of the switch when they differ. */
    int response(final ReconciliationReceivedDecoder event) {
        final boolean advice = event.advice() == BooleanType.TRUE;
        final ReconciliationOutcome outcome = event.outcome();
        final int mti = advice ? ADVICE_RESPONSE : RESPONSE;
        final IsoEncoder encoder = frame.begin(mti);
        encoder.putLong(IsoFields.TRANSMISSION_DATE_TIME, event.transmissionDateTime())
                .putLong(IsoFields.STAN, event.stan());
        if (event.localDateTime() != 0) {
            version.putLocalDateTime(encoder, event.localDateTime());
        }
        version.putSettlementDate(encoder, event.businessDate());
        if (event.functionCode() != 0) {
            version.putFunction(encoder, event.functionCode());
        }
        version.putReconciliationDate(encoder, event.businessDate());
        putInstitution(encoder, IsoFields.FORWARDING_INSTITUTION, event.forwardingInstitution());
        putOutcome(encoder, outcome, mti);
        if (event.currency() != 0) {
            encoder.putLong(IsoFields.SETTLEMENT_CURRENCY, event.currency());
        }
        if (outcome != ReconciliationOutcome.NOT_SUPPORTED) {
            version.putSettlementCode(encoder, outcome.value());
        }
        if (outcome == ReconciliationOutcome.OUT_OF_BALANCE) {
            putTotals(encoder, event.buffer(), event.offset() + ReconciliationReceivedDecoder.totalsEncodingOffset());
        }
        putInstitution(encoder, IsoFields.SETTLEMENT_INSTITUTION, event.settlementInstitution());
        putInstitution(encoder, IsoFields.RECEIVING_INSTITUTION, event.receivingInstitution());
        return frame.finish();
    }

    /** The outcome as the engine knows it, from an answer. */
    static ReconciliationOutcome outcome(final int settlementCode) {
        return switch (settlementCode) {
            case SettlementCode.IN_BALANCE -> ReconciliationOutcome.IN_BALANCE;
            case SettlementCode.OUT_OF_BALANCE -> ReconciliationOutcome.OUT_OF_BALANCE;
            case SettlementCode.ERROR -> ReconciliationOutcome.ERROR;
            case SettlementCode.NOTHING_RECEIVED -> ReconciliationOutcome.NOTHING_RECEIVED;
            default -> ReconciliationOutcome.NOT_SAID;
        };
    }

    /** Reads totals into a command; what a message does not give, or not as a number, is -1. */
    static void read(final IsoDecoder decoder, final TotalsEncoder into) {
        for (int i = 0; i < FIELDS.length; i++) {
            final long value = decoder.getLong(FIELDS[i]);
            into.buffer()
                    .putLong(
                            into.offset() + i * Long.BYTES,
                            value < 0 ? IsoDecoder.ABSENT : value,
                            TotalsDecoder.BYTE_ORDER);
        }
    }

    private void putFunction(final IsoEncoder encoder, final int function) {
        if (version.hasFunctionCode()) {
            version.putFunction(encoder, function);
        }
    }

    private void putOutcome(final IsoEncoder encoder, final ReconciliationOutcome outcome, final int mti) {
        if (outcome == ReconciliationOutcome.NOT_SUPPORTED) {
            frame.putResponseCode(FUNCTION_NOT_SUPPORTED, mti);
        } else {
            encoder.putPacked(
                    IsoFields.RESPONSE_CODE,
                    version.reconciliationCode(frame.dialect().responseCodes(), outcome.value()));
        }
    }

    private void putTotals(final IsoEncoder encoder, final DirectBuffer buffer, final int offset) {
        for (int i = 0; i < FIELDS.length; i++) {
            encoder.putLong(FIELDS[i], buffer.getLong(offset + i * Long.BYTES, TotalsDecoder.BYTE_ORDER));
        }
        totals.wrap(buffer, offset);
        encoder.putLong(
                IsoFields.NET_AMOUNT,
                totals.debitsMinor()
                        - totals.debitReversalsMinor()
                        - totals.creditsMinor()
                        + totals.creditReversalsMinor());
    }

    private static void putInstitution(final IsoEncoder encoder, final int field, final long institution) {
        if (institution > 0) {
            encoder.putLong(field, institution);
        }
    }
}
