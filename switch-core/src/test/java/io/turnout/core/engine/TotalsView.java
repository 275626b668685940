package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.SnapshotTotalsDecoder;
import io.turnout.codecs.sbe.engine.TotalsDecoder;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/** The totals of an engine as they stand in its snapshot: values by "issuer date currency". */
final class TotalsView implements SnapshotSink {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final Map<String, long[]> totals = new TreeMap<>();

    static Map<String, long[]> of(final SwitchEngine engine) {
        final TotalsView view = new TotalsView();
        engine.writeSnapshot(view);
        return view.totals;
    }

    static String key(final long issuerId, final long businessDate, final long currency) {
        return issuerId + " " + businessDate + " " + currency;
    }

    @Override
    public void onRecord(final DirectBuffer buffer, final int offset, final int length) {
        if (header.wrap(buffer, offset).templateId() == SnapshotTotalsDecoder.TEMPLATE_ID) {
            final SnapshotTotalsDecoder record = new SnapshotTotalsDecoder().wrapAndApplyHeader(buffer, offset, header);
            final long[] values = new long[IssuerTotals.VALUES];
            for (int i = 0; i < values.length; i++) {
                values[i] = buffer.getLong(record.totals().offset() + i * Long.BYTES, TotalsDecoder.BYTE_ORDER);
            }
            totals.put(key(record.issuerId(), record.businessDate(), record.currency()), values);
        }
    }
}
