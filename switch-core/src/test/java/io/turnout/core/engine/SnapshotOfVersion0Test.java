package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.SnapshotEndEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Snapshots that say less of each record: restored with what the missing fields meant, and checked as they were. */
final class SnapshotOfVersion0Test {
    private final Scenario scenario = Scenario.standard();

    SnapshotOfVersion0Test() {
        scenario.given().approved("approved").declined("declined").reversed("reversed").timedOut("reversing");
        scenario.given().pending("pending");
    }

    @Test
    void shouldBeRestored() {
        final SwitchEngine restored = restore(version0());

        assertEquals(scenario.engine().commandSequence(), restored.commandSequence());
        assertEquals(scenario.engine().paymentCount(), restored.paymentCount());
        assertEquals(1, restored.pendingCount());
        assertEquals(1, restored.reversingCount());
        assertEquals(scenario.engine().nextDeadlineNs(), restored.nextDeadlineNs());
    }

    @Test
    void shouldLetTheWholeAmountOfApprovedPaymentsStand() {
        final RecordingSink sink = new RecordingSink();
        final SwitchEngine restored =
                SwitchEngine.restore(Scenario.CAPACITY, sink, SnapshotRecords.source(version0()));

        ask(restored, "approved");
        ask(restored, "reversed");

        assertEquals(PaymentState.APPROVED.name(), sink.events().get(0).field("state"));
        assertEquals(TestCommands.AMOUNT_MINOR, sink.events().get(0).number("settledMinor"));
        assertEquals(0, sink.events().get(1).number("settledMinor"));
    }

    @Test
    void shouldBeRefusedWhenAByteOfItHasChanged() {
        final List<byte[]> records = version0();
        for (int i = 0; i < records.size() - 1; i++) {
            final List<byte[]> changed = new ArrayList<>(records);
            final byte[] record = records.get(i).clone();
            record[record.length - 1] ^= 1;
            changed.set(i, record);

            assertThrows(RuntimeException.class, () -> restore(changed), "record " + i);
        }
    }

    @Test
    void shouldBeRefusedWhenItsRecordsAreOfTwoVersions() {
        final List<byte[]> mixed = version0();
        mixed.set(0, SnapshotRecords.of(scenario.engine()).get(0));

        assertThrows(SnapshotException.class, () -> restore(mixed));
    }

    private void ask(final SwitchEngine engine, final String name) {
        final DirectBuffer command = new TestCommands().requestPaymentStatus(scenario.payment(name));
        engine.onCommand(engine.commandSequence() + 1, scenario.nowNs(), command, 0, command.capacity());
    }

    private static SwitchEngine restore(final List<byte[]> records) {
        return SwitchEngine.restore(Scenario.CAPACITY, new RecordingSink(), SnapshotRecords.source(records));
    }

    /**
     * The records as version 0 wrote them: without those it had not, and each cut to its length. The commands that
     * brought the configuration stay as they came.
     */
    private List<byte[]> version0() {
        final List<byte[]> records = new ArrayList<>();
        final StateHash hash = new StateHash();
        for (final byte[] record : SnapshotRecords.of(scenario.engine())) {
            final UnsafeBuffer buffer = new UnsafeBuffer(record);
            final int templateId = new MessageHeaderDecoder().wrap(buffer, 0).templateId();
            final boolean isCommand = CommandTemplates.isConfiguration(templateId);
            final int blockLength = SnapshotTemplates.blockLength(templateId, 0);
            final boolean wasThere = isCommand || blockLength != CommandTemplates.UNKNOWN;
            if (wasThere && templateId != SnapshotEndEncoder.TEMPLATE_ID) {
                final byte[] cut = isCommand ? record : cut(record, blockLength);
                hash.onRecord(new UnsafeBuffer(cut), 0, cut.length);
                records.add(cut);
            }
        }
        final byte[] end = new byte[MessageHeaderEncoder.ENCODED_LENGTH + SnapshotEndEncoder.BLOCK_LENGTH];
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        new SnapshotEndEncoder()
                .wrapAndApplyHeader(new UnsafeBuffer(end), 0, header)
                .stateHash(hash.value())
                .records(records.size());
        header.version(0);
        records.add(end);
        return records;
    }

    private static byte[] cut(final byte[] record, final int blockLength) {
        final byte[] cut = Arrays.copyOf(record, MessageHeaderEncoder.ENCODED_LENGTH + blockLength);
        new MessageHeaderEncoder().wrap(new UnsafeBuffer(cut), 0).blockLength(blockLength).version(0);
        return cut;
    }
}
