package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.SnapshotEndEncoder;
import io.turnout.codecs.sbe.engine.SnapshotPaymentEncoder;
import io.turnout.codecs.sbe.engine.TransactionType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Snapshots of the version before: they give the very engine that wrote them, and are checked as they were. */
final class SnapshotOfEarlierVersionTest {
    private final Scenario scenario = Scenario.standard();

    SnapshotOfEarlierVersionTest() {
        scenario.given()
                .approved("approved")
                .declined("declined")
                .reversed("reversed")
                .timedOut("reversing");
        scenario.given().pending("pending");
    }

    @Test
    void shouldGiveTheVeryStateTheyWereWrittenOf() {
        final SwitchEngine restored = restore(version1());

        assertEquals(scenario.engine().stateHash(), restored.stateHash());
        assertEquals(1, restored.pendingCount());
        assertEquals(1, restored.reversingCount());
        assertEquals(scenario.engine().nextDeadlineNs(), restored.nextDeadlineNs());
        assertNotEquals(restored.stateHash(), restored.snapshotHash());
    }

    @Test
    void shouldGiveTheVeryStateOfALedger() {
        final SwitchEngine engine = ledger();

        assertEquals(engine.stateHash(), restoreLedger(version1(engine)).stateHash());
    }

    @Test
    void shouldBeRefusedWhenAPaymentLacksTheBusinessDateThatAReplayGivesIt() {
        final SwitchEngine engine = ledger();
        final List<byte[]> records = version1(engine, buffer -> {
            if (new MessageHeaderDecoder().wrap(buffer, 0).templateId() == SnapshotPaymentEncoder.TEMPLATE_ID) {
                new SnapshotPaymentEncoder()
                        .wrap(buffer, MessageHeaderEncoder.ENCODED_LENGTH)
                        .businessDate(0);
            }
        });

        final SnapshotException refused = assertThrows(SnapshotException.class, () -> restoreLedger(records));

        assertEquals(SnapshotException.Problem.SAYS_TOO_LITTLE, refused.problem());
    }

    @Test
    void shouldBeRefusedWhenTheyDoNotTellAllThatAReplayWould() {
        final List<byte[]> records = version1();
        records.forEach(record ->
                new MessageHeaderEncoder().wrap(new UnsafeBuffer(record), 0).version(0));

        assertFalse(SwitchEngine.canRestore(0));
        assertTrue(SwitchEngine.canRestore(1));
        assertThrows(SnapshotException.class, () -> restore(records));
    }

    @Test
    void shouldBeRefusedWhenAByteOfItHasChanged() {
        final List<byte[]> records = version1();
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
        final List<byte[]> mixed = version1();
        mixed.set(0, SnapshotRecords.of(scenario.engine()).get(0));

        assertThrows(SnapshotException.class, () -> restore(mixed));
    }

    private static SwitchEngine ledger() {
        final LedgerSetting setting = LedgerSetting.standard();
        setting.pay("P", LedgerSetting.alice(TransactionType.PURCHASE, 12_00));
        setting.pay("H", LedgerSetting.alice(TransactionType.PRE_AUTHORISATION, 30_00));
        setting.pay("T", LedgerSetting.bank(TransactionType.TOP_UP, 70_00, LedgerSetting.BOB));
        setting.answer("T", 0);
        setting.submit(2, LedgerCommands.reserve(5, LedgerSetting.ALICE, LedgerSetting.BOB, 40_00, 0));
        return setting.scenario().engine();
    }

    private static SwitchEngine restoreLedger(final List<byte[]> records) {
        return SwitchEngine.restore(
                Scenario.CAPACITY.with(LedgerSetting.LEDGER).withOriginals(16),
                new RecordingSink(),
                SnapshotRecords.source(records));
    }

    private static SwitchEngine restore(final List<byte[]> records) {
        return SwitchEngine.restore(Scenario.CAPACITY, new RecordingSink(), SnapshotRecords.source(records));
    }

    /**
     * The records as version 1 wrote them: without those it had not, and each cut to its length. The commands that
     * brought the configuration stay as they came.
     */
    private List<byte[]> version1() {
        return version1(scenario.engine());
    }

    private static List<byte[]> version1(final SwitchEngine engine) {
        return version1(engine, buffer -> {});
    }

    private static List<byte[]> version1(final SwitchEngine engine, final Consumer<UnsafeBuffer> change) {
        final List<byte[]> records = new ArrayList<>();
        final StateHash hash = new StateHash(1);
        for (final byte[] record : SnapshotRecords.of(engine)) {
            final UnsafeBuffer buffer = new UnsafeBuffer(record);
            final int templateId = new MessageHeaderDecoder().wrap(buffer, 0).templateId();
            final boolean isCommand = CommandTemplates.isConfiguration(templateId);
            final int blockLength = SnapshotTemplates.blockLength(templateId, 1);
            final boolean wasThere = isCommand || blockLength != CommandTemplates.UNKNOWN;
            if (wasThere && templateId != SnapshotEndEncoder.TEMPLATE_ID) {
                final byte[] cut = isCommand ? record : cut(record, blockLength);
                change.accept(new UnsafeBuffer(cut));
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
        header.version(1);
        records.add(end);
        return records;
    }

    private static byte[] cut(final byte[] record, final int blockLength) {
        final byte[] cut = Arrays.copyOf(record, MessageHeaderEncoder.ENCODED_LENGTH + blockLength);
        new MessageHeaderEncoder()
                .wrap(new UnsafeBuffer(cut), 0)
                .blockLength(blockLength)
                .version(1);
        return cut;
    }
}
