package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.SnapshotLinkDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Snapshots in memory. */
final class SnapshotRecords {
    private SnapshotRecords() {}

    static List<byte[]> of(final SwitchEngine engine) {
        final List<byte[]> records = new ArrayList<>();
        engine.writeSnapshot((buffer, offset, length) -> {
            final byte[] record = new byte[length];
            buffer.getBytes(offset, record);
            records.add(record);
        });
        return records;
    }

    /** The record of a link. */
    static SnapshotLinkDecoder link(final SwitchEngine engine, final int linkId) {
        final SnapshotLinkDecoder link = new SnapshotLinkDecoder();
        for (final byte[] record : of(engine)) {
            final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(new UnsafeBuffer(record), 0);
            if (header.templateId() == SnapshotLinkDecoder.TEMPLATE_ID
                    && link.wrapAndApplyHeader(new UnsafeBuffer(record), 0, header)
                                    .linkId()
                            == linkId) {
                return link;
            }
        }
        throw new AssertionError("no such link: linkId=" + linkId);
    }

    /** Hands the records over at an offset other than 0, as a file reader may. */
    static SnapshotSource source(final List<byte[]> records) {
        return sink -> records.forEach(record -> {
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[record.length + 5]);
            buffer.putBytes(3, record);
            sink.onRecord(buffer, 3, record.length);
        });
    }
}
