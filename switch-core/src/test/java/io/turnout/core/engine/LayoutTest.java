package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.AdviceRequestedEncoder;
import io.turnout.codecs.sbe.engine.BlockListChangedEncoder;
import io.turnout.codecs.sbe.engine.OperationProposedEncoder;
import io.turnout.codecs.sbe.engine.PaymentAnsweredEncoder;
import io.turnout.codecs.sbe.engine.PaymentRoutedEncoder;
import io.turnout.codecs.sbe.engine.RequestPaymentDecoder;
import io.turnout.codecs.sbe.engine.ReversalRequestedEncoder;
import io.turnout.codecs.sbe.engine.SlotReferenceDecoder;
import io.turnout.codecs.sbe.engine.SnapshotBeginEncoder;
import io.turnout.codecs.sbe.engine.SnapshotBlockedEncoder;
import io.turnout.codecs.sbe.engine.SnapshotIssuerEncoder;
import io.turnout.codecs.sbe.engine.SnapshotOperationEncoder;
import io.turnout.codecs.sbe.engine.SnapshotPaymentDecoder;
import io.turnout.codecs.sbe.engine.SnapshotPaymentEncoder;
import io.turnout.codecs.sbe.engine.SubmitOperationDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the code takes for granted about the schema and about memory. */
final class LayoutTest {

    @Test
    void shouldHaveTheCardAcceptorInOnePieceAndInOneOrderWhereItIsCopiedWhole() {
        final int[] request = {
            RequestPaymentDecoder.terminalIdEncodingOffset(),
            RequestPaymentDecoder.merchantIdEncodingOffset(),
            RequestPaymentDecoder.merchantNameEncodingOffset(),
            RequestPaymentDecoder.merchantCityEncodingOffset(),
            RequestPaymentDecoder.merchantCountryEncodingOffset()
        };
        final int[] record = {
            SnapshotPaymentDecoder.terminalIdEncodingOffset(),
            SnapshotPaymentDecoder.merchantIdEncodingOffset(),
            SnapshotPaymentDecoder.merchantNameEncodingOffset(),
            SnapshotPaymentDecoder.merchantCityEncodingOffset(),
            SnapshotPaymentDecoder.merchantCountryEncodingOffset()
        };
        final int[] routed = {
            PaymentRoutedEncoder.terminalIdEncodingOffset(),
            PaymentRoutedEncoder.merchantIdEncodingOffset(),
            PaymentRoutedEncoder.merchantNameEncodingOffset(),
            PaymentRoutedEncoder.merchantCityEncodingOffset(),
            PaymentRoutedEncoder.merchantCountryEncodingOffset()
        };
        for (int i = 0; i < request.length; i++) {
            assertEquals(requestOffset(i), request[i] - request[0]);
            assertEquals(requestOffset(i), record[i] - record[0]);
            assertEquals(requestOffset(i), routed[i] - routed[0]);
        }
    }

    @Test
    void shouldHaveWhatMessagesToIssuersSayAlikeInOneOrder() {
        final int[][] routedAndAdvice = {
            {PaymentRoutedEncoder.acquirerIdEncodingOffset(), AdviceRequestedEncoder.acquirerIdEncodingOffset()},
            {PaymentRoutedEncoder.stanEncodingOffset(), AdviceRequestedEncoder.stanEncodingOffset()},
            {PaymentRoutedEncoder.binEncodingOffset(), AdviceRequestedEncoder.binEncodingOffset()},
            {PaymentRoutedEncoder.linkIdEncodingOffset(), AdviceRequestedEncoder.linkIdEncodingOffset()},
            {PaymentRoutedEncoder.lastFourEncodingOffset(), AdviceRequestedEncoder.lastFourEncodingOffset()},
            {PaymentRoutedEncoder.posConditionEncodingOffset(), AdviceRequestedEncoder.posConditionEncodingOffset()},
            {PaymentRoutedEncoder.terminalIdEncodingOffset(), AdviceRequestedEncoder.terminalIdEncodingOffset()},
            {PaymentRoutedEncoder.sealedPanEncodingOffset(), AdviceRequestedEncoder.sealedPanEncodingOffset()},
            {PaymentRoutedEncoder.originalStanEncodingOffset(), AdviceRequestedEncoder.originalStanEncodingOffset()},
            {
                PaymentRoutedEncoder.originalApprovalCodeEncodingOffset(),
                AdviceRequestedEncoder.originalApprovalCodeEncodingOffset()
            }
        };
        for (final int[] pair : routedAndAdvice) {
            assertEquals(PaymentFields.ROUTED_SHIFT, pair[0] - pair[1]);
        }
        assertEquals(
                AdviceRequestedEncoder.originalApprovalCodeEncodingOffset(),
                PaymentRoutedEncoder.originalApprovalCodeEncodingOffset() - SlotReferenceDecoder.ENCODED_LENGTH);
        final int[] beginnings = {
            AdviceRequestedEncoder.panTokenEncodingOffset(),
            PaymentRoutedEncoder.panTokenEncodingOffset(),
            ReversalRequestedEncoder.panTokenEncodingOffset()
        };
        for (final int beginning : beginnings) {
            assertEquals(beginnings[0], beginning);
        }
        assertEquals(
                AdviceRequestedEncoder.institutionIdEncodingOffset(),
                ReversalRequestedEncoder.institutionIdEncodingOffset());
        assertEquals(
                AdviceRequestedEncoder.institutionIdEncodingOffset(),
                PaymentRoutedEncoder.institutionIdEncodingOffset());
        assertEquals(
                ReversalRequestedEncoder.merchantIdEncodingOffset(),
                ReversalRequestedEncoder.terminalIdEncodingOffset() + SnapshotPaymentDecoder.terminalIdLength());
    }

    @Test
    void shouldHaveARecordThatFillsCacheLinesAndHoldsTheBlock() {
        assertEquals(0, PaymentSlab.RECORD_LENGTH % 64);
        assertTrue(PaymentSlab.BLOCK_OFFSET + SnapshotPaymentEncoder.BLOCK_LENGTH <= PaymentSlab.RECORD_LENGTH);
        assertEquals(0, SnapshotPaymentDecoder.stanEncodingOffset() + PaymentSlab.BLOCK_OFFSET - 64);
        assertEquals(0, SnapshotPaymentDecoder.slotEncodingOffset() + PaymentSlab.BLOCK_OFFSET - 128);
    }

    @Test
    void shouldPromiseTheLengthOfTheLongestEventAndRecord() {
        assertTrue(PaymentRoutedEncoder.BLOCK_LENGTH >= ReversalRequestedEncoder.BLOCK_LENGTH);
        assertTrue(PaymentRoutedEncoder.BLOCK_LENGTH >= PaymentAnsweredEncoder.BLOCK_LENGTH);
        assertTrue(OperationProposedEncoder.BLOCK_LENGTH >= PaymentRoutedEncoder.BLOCK_LENGTH);
        assertEquals(8 + OperationProposedEncoder.BLOCK_LENGTH, SwitchEngine.MAXIMUM_EVENT_LENGTH);
        assertTrue(SnapshotPaymentEncoder.BLOCK_LENGTH >= SnapshotBeginEncoder.BLOCK_LENGTH);
        assertTrue(SnapshotPaymentEncoder.BLOCK_LENGTH >= SnapshotIssuerEncoder.BLOCK_LENGTH);
        assertTrue(SnapshotOperationEncoder.BLOCK_LENGTH >= SnapshotPaymentEncoder.BLOCK_LENGTH);
        assertEquals(8 + SnapshotOperationEncoder.BLOCK_LENGTH, SwitchEngine.MAXIMUM_SNAPSHOT_RECORD_LENGTH);
    }

    @Test
    void shouldHaveReasonAndNestedCommandAtTheEndWhereTheyAreCopiedWhole() {
        final int length = SubmitOperationDecoder.BLOCK_LENGTH - SubmitOperationDecoder.reasonEncodingOffset();
        assertEquals(length, OperationProposedEncoder.BLOCK_LENGTH - OperationProposedEncoder.reasonEncodingOffset());
        assertEquals(length, SnapshotOperationEncoder.BLOCK_LENGTH - SnapshotOperationEncoder.reasonEncodingOffset());
        final int block = SnapshotBlockedEncoder.panTokenEncodingOffset();
        assertEquals(
                BlockListChangedEncoder.terminalIdEncodingOffset(),
                SnapshotBlockedEncoder.terminalIdEncodingOffset() - block);
        assertEquals(BlockListChangedEncoder.kindEncodingOffset(), SnapshotBlockedEncoder.kindEncodingOffset() - block);
        assertEquals(BlockListChangedEncoder.blockedEncodingOffset(), SnapshotBlockedEncoder.BLOCK_LENGTH - block);
    }

    @Test
    void shouldHandOutEveryRecordOnceAndWipedEachTime() {
        final PaymentSlab slab = new PaymentSlab(10);
        final PaymentRecord record = new PaymentRecord(slab);
        for (int round = 0; round < 3; round++) {
            final boolean[] seen = new boolean[10];
            for (int i = 0; i < 10; i++) {
                final int slot = slab.allocate();
                assertTrue(slot >= 0 && slot < 10 && !seen[slot]);
                seen[slot] = true;
                record.wrap(slot);
                for (int at = 0; at < PaymentSlab.BLOCK_LENGTH; at++) {
                    assertEquals(0, record.buffer().getByte(record.offset() + at));
                }
                record.buffer().setMemory(record.offset(), PaymentSlab.BLOCK_LENGTH, (byte) 0x5A);
            }
            assertTrue(slab.isFull());
            for (int slot = 9; slot >= 0; slot--) {
                slab.free(slot);
            }
        }
        assertEquals(0, slab.count());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 1, 1, 1, payments=0",
        "100000001, 1, 1, 1, 1, 1, payments=100000001",
        "1, 0, 1, 1, 1, 1, acquirers=0",
        "1, 1, 1000001, 1, 1, 1, amountLimits=1000001",
        "1, 1, 1, 4097, 1, 1, issuers=4097",
        "1, 1, 1, 1, -1, 1, links=-1",
        "1, 1, 1, 1, 1, 4000001, binRanges=4000001"
    })
    void shouldRefuseCapacitiesOutOfRange(
            final int payments,
            final int acquirers,
            final int amountLimits,
            final int issuers,
            final int links,
            final int binRanges,
            final String named) {
        final IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> new EngineCapacity(payments, acquirers, amountLimits, issuers, links, binRanges));

        assertTrue(refused.getMessage().startsWith(named + " minimum=1"), refused.getMessage());
    }

    @Test
    void shouldEstimateItsMemory() {
        assertEquals(547.0, EngineCapacity.forPayments(1_000_000).estimatedBytes() / 1e6, 50.0);
        final EngineCapacity largest = new EngineCapacity(100_000_000, 65_536, 1_000_000, 4_096, 16_384, 4_000_000);
        assertTrue(largest.estimatedBytes() > 40_000_000_000L);
    }

    @Test
    void shouldSayWhatAPaymentTakesOfMemoryAndOfTheCache() {
        final double bytes = EngineCapacity.forPayments(2_000_000).estimatedBytes()
                - EngineCapacity.forPayments(1_000_000).estimatedBytes();
        // Record, three indexes of 8 bytes an entry (two entries by trace number), heap.
        assertEquals(PaymentSlab.RECORD_LENGTH + 4 * 8 + 20, bytes / 1e6, 0.001);
        assertEquals(PaymentSlab.RECORD_LENGTH / 64 + 3, EngineCapacity.coldCacheLinesPerPayment());
    }

    private static int requestOffset(final int field) {
        return new int[] {0, 8, 23, 48, 61}[field];
    }
}
