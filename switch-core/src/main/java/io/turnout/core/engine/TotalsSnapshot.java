package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.ReconciliationPhase;
import io.turnout.codecs.sbe.engine.SnapshotTotalsDecoder;
import io.turnout.codecs.sbe.engine.SnapshotTotalsEncoder;
import io.turnout.codecs.sbe.engine.TotalsDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes the totals of issuers to a snapshot, in the order of their keys, and takes them back. Allocates. */
final class TotalsSnapshot {
    private final IssuerTotals totals;
    private final Network network;
    private long lastKey = -1;

    TotalsSnapshot(final EngineState state) {
        this.totals = state.issuerTotals();
        this.network = state.network();
    }

    void write(final SnapshotSink sink) {
        final UnsafeBuffer buffer =
                new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + SnapshotTotalsEncoder.BLOCK_LENGTH]);
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        final SnapshotTotalsEncoder encoder = new SnapshotTotalsEncoder();
        final SlotOrder order = new SlotOrder(totals.count());
        for (int entry = 0; entry < totals.count(); entry++) {
            order.add(totals.key(entry), entry);
        }
        order.sort();
        for (int i = 0; i < order.count(); i++) {
            final int entry = order.slotAt(i);
            encoder.wrapAndApplyHeader(buffer, 0, header)
                    .dueNs(totals.isBeingSent(entry) ? totals.dueNs(entry) : 0)
                    .stan(totals.stan(entry))
                    .transmissionDateTime(totals.transmissionDateTime(entry))
                    .businessDate(totals.businessDate(entry))
                    .attempts(totals.attempts(entry))
                    .issuerId(totals.issuerId(entry))
                    .currency(totals.currency(entry))
                    .phase(totals.phase(entry));
            for (int value = 0; value < IssuerTotals.VALUES; value++) {
                buffer.putLong(at(encoder.offset(), value), totals.value(entry, value), TotalsDecoder.BYTE_ORDER);
            }
            sink.onRecord(buffer, 0, buffer.capacity());
        }
    }

    /** Takes in the next record; false when it is not one that {@link #write} would have written here. */
    boolean restore(final SnapshotTotalsDecoder record) {
        final boolean isLegal = network.issuer(record.issuerId()) != null
                && record.phaseRaw() <= ReconciliationPhase.ENDED.value()
                && BusinessDates.isDate(record.businessDate())
                && record.currency() <= Configuration.MAXIMUM_CURRENCY
                && totals.count() < IssuerTotals.CAPACITY;
        if (!isLegal) {
            return false;
        }
        final int entry = totals.findOrAdd(record.issuerId(), (int) record.businessDate(), record.currency());
        if (totals.key(entry) <= lastKey) {
            return false;
        }
        lastKey = totals.key(entry);
        for (int value = 0; value < IssuerTotals.VALUES; value++) {
            final long counted = record.buffer().getLong(at(record.offset(), value), TotalsDecoder.BYTE_ORDER);
            if (counted < 0) {
                return false;
            }
            totals.value(entry, value, counted);
        }
        totals.trace(entry, (int) record.transmissionDateTime(), (int) record.stan());
        totals.attempts(entry, (int) record.attempts());
        final boolean waits = record.dueNs() != 0;
        totals.phase(entry, record.phase(), waits ? record.dueNs() : Long.MAX_VALUE);
        return waits == totals.isBeingSent(entry);
    }

    private static int at(final int block, final int value) {
        return block + SnapshotTotalsEncoder.totalsEncodingOffset() + value * Long.BYTES;
    }
}
