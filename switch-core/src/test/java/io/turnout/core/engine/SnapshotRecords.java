package io.turnout.core.engine;

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

    /** Hands the records over at an offset other than 0, as a file reader may. */
    static SnapshotSource source(final List<byte[]> records) {
        return sink -> records.forEach(record -> {
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[record.length + 5]);
            buffer.putBytes(3, record);
            sink.onRecord(buffer, 3, record.length);
        });
    }
}
