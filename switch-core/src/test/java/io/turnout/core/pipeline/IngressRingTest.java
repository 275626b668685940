package io.turnout.core.pipeline;

import static io.turnout.core.ports.Admission.CONTINUATION;
import static io.turnout.core.ports.Admission.NEW_REQUEST;
import static io.turnout.core.ports.Admission.STATUS_INQUIRY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.PaymentAnsweredEncoder;
import io.turnout.codecs.sbe.engine.RequeueReversalDecoder;
import io.turnout.codecs.sbe.engine.RequeueReversalEncoder;
import io.turnout.core.ports.Admission;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IngressRingTest {
    private static final int CAPACITY = 16;

    private final AdmissionGate gate = Fixtures.openGate();
    private final PipelineCounters counters = Fixtures.counters();
    private final IngressRing ring = new IngressRing(Fixtures.configuration(Durability.ASYNC, false), gate, counters);
    private final List<Long> polled = new ArrayList<>();

    @Test
    void shouldHandOverCommandsInTheOrderOfTheirOffers() {
        for (long id = 1; id <= 5; id++) {
            assertTrue(offer(ring, CONTINUATION, id));
        }

        assertEquals(5, ring.poll(this::collect, 100));

        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), polled);
    }

    @Test
    void shouldHandOverNothingWhenEmpty() {
        assertEquals(0, ring.poll(this::collect, 100));
        assertEquals(0, ring.poll(this::collect, 0));
    }

    @Test
    void shouldHandOverAtMostTheLimit() {
        fill(CONTINUATION, CAPACITY);

        assertEquals(3, ring.poll(this::collect, 3));
        assertEquals(0, ring.poll(this::collect, 0));
        assertEquals(CAPACITY - 3, ring.poll(this::collect, 100));

        assertEquals(CAPACITY, polled.size());
    }

    @Test
    void shouldKeepWhatComesAfterTheHandlerSaysStop() {
        fill(CONTINUATION, 4);

        final int first = ring.poll(
                (buffer, offset, length) -> {
                    collect(buffer, offset, length);
                    return false;
                },
                100);

        assertEquals(1, first);
        assertEquals(3, ring.poll(this::collect, 100));
        assertEquals(List.of(1L, 2L, 3L, 4L), polled);
    }

    @Test
    void shouldRefuseNewRequestsAtThreeQuartersAndContinuationsOnlyWhenFull() {
        assertEquals(12, fill(NEW_REQUEST, CAPACITY));
        assertEquals(1, counters.newRequestsRefused());

        assertEquals(4, fill(CONTINUATION, CAPACITY));
        assertEquals(1, counters.continuationsRefused());

        // One more slot free is still not a quarter.
        ring.poll(this::collect, 1);
        assertFalse(offer(ring, NEW_REQUEST, 99));
        assertTrue(offer(ring, CONTINUATION, 99));
    }

    @Test
    void shouldShedStatusInquiriesBeforePayments() {
        assertEquals(8, fill(STATUS_INQUIRY, CAPACITY));
        assertEquals(1, counters.statusInquiriesRefused());
        assertEquals(0, counters.newRequestsRefused());

        assertEquals(4, fill(NEW_REQUEST, CAPACITY));
        assertFalse(offer(ring, STATUS_INQUIRY, 99));
        ring.poll(this::collect, 5);

        assertTrue(offer(ring, STATUS_INQUIRY, 99));
    }

    @Test
    void shouldTakeNewRequestsAgainOnceAQuarterIsFree() {
        fill(CONTINUATION, CAPACITY);

        ring.poll(this::collect, 4);
        assertFalse(offer(ring, NEW_REQUEST, 99));
        ring.poll(this::collect, 1);
        assertTrue(offer(ring, NEW_REQUEST, 99));
    }

    @Test
    void shouldChangeNothingWhenItRefuses() {
        fill(CONTINUATION, CAPACITY);

        assertFalse(offer(ring, CONTINUATION, 99));
        ring.poll(this::collect, 100);

        assertFalse(polled.contains(99L));
        assertEquals(CAPACITY, polled.size());
    }

    @Test
    void shouldRefuseOnlyNewRequestsWhileTheGateIsClosed() {
        gate.onDiskSpaceLow();

        assertFalse(offer(ring, NEW_REQUEST, 1));
        assertTrue(offer(ring, CONTINUATION, 2));

        gate.onDiskSpaceBack();
        assertTrue(offer(ring, NEW_REQUEST, 3));
    }

    @Test
    void shouldCopyTheCommandBeforeItReturns() {
        final UnsafeBuffer buffer = command(7);
        ring.offer(CONTINUATION, buffer, 0, buffer.capacity());
        buffer.setMemory(0, buffer.capacity(), (byte) 0xFF);

        ring.poll(this::collect, 1);

        assertEquals(List.of(7L), polled);
    }

    @Test
    void shouldReadTheCommandAtAnOffset() {
        final UnsafeBuffer command = command(8);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        buffer.putBytes(13, command, 0, command.capacity());

        ring.offer(CONTINUATION, buffer, 13, command.capacity());
        ring.poll(this::collect, 1);

        assertEquals(List.of(8L), polled);
    }

    @Test
    void shouldTakeTheLongestCommandAndNoLongerOne() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[ring.maximumCommandLength() + 1]);
        buffer.putBytes(0, command(9), 0, command(9).capacity());

        assertTrue(ring.offer(CONTINUATION, buffer, 0, ring.maximumCommandLength()));
        assertThrows(
                IllegalArgumentException.class,
                () -> ring.offer(CONTINUATION, buffer, 0, ring.maximumCommandLength() + 1));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2, 22, 8", // no room for the header
        "8, 2, 22, 16", // shorter than its block
        "8, 1, 22, 8", // another schema
        "8, 2, 0, 8", // no template
        "8, 2, 101, 8" // an event
    })
    void shouldRefuseWhatIsNoCommandAndLoseNothing(
            final int blockLength, final int schemaId, final int templateId, final int claimedBlockLength) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        new MessageHeaderEncoder()
                .wrap(buffer, 0)
                .blockLength(claimedBlockLength)
                .templateId(templateId)
                .schemaId(schemaId)
                .version(0);
        final int length = blockLength == 0
                ? MessageHeaderDecoder.ENCODED_LENGTH - 1
                : MessageHeaderDecoder.ENCODED_LENGTH + blockLength;

        final Exception error =
                assertThrows(IllegalArgumentException.class, () -> ring.offer(CONTINUATION, buffer, 0, length));

        assertTrue(error.getMessage().startsWith("not a command"), error.getMessage());
        assertEquals(0, ring.poll(this::collect, 1));
        assertTrue(offer(ring, CONTINUATION, 1));
    }

    @Test
    void shouldRefuseAnEventEvenWhenWellFormed() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
        new PaymentAnsweredEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());

        assertThrows(IllegalArgumentException.class, () -> ring.offer(CONTINUATION, buffer, 0, 200));
    }

    @Test
    void shouldStayUsableAfterAnOfferOutsideOfTheBuffer() {
        final UnsafeBuffer buffer = command(1);

        assertThrows(IndexOutOfBoundsException.class, () -> ring.offer(CONTINUATION, buffer, 8, buffer.capacity()));

        assertEquals(CAPACITY, fill(CONTINUATION, CAPACITY));
    }

    @Test
    void shouldNotPassOverACommandWhoseHandlerFailed() {
        fill(CONTINUATION, 2);

        assertThrows(
                IllegalStateException.class,
                () -> ring.poll(
                        (buffer, offset, length) -> {
                            throw new IllegalStateException("handler");
                        },
                        10));

        ring.poll(this::collect, 10);
        assertEquals(List.of(1L, 2L), polled);
    }

    @Test
    void shouldKeepTheOrderOfEachProducerAndLoseNothing() throws InterruptedException {
        final int producers = 3;
        final int perProducer = 3_000;
        final IngressRing ring = new IngressRing(Fixtures.configuration(1024), gate, counters);
        final List<Thread> threads = new ArrayList<>();
        for (int producer = 0; producer < producers; producer++) {
            final long first = (long) producer * perProducer;
            threads.add(new Thread(() -> {
                for (long id = first; id < first + perProducer; id++) {
                    while (!offer(ring, id % 2 == 0 ? NEW_REQUEST : CONTINUATION, id)) {
                        YieldingIdleStrategy.INSTANCE.idle();
                    }
                }
            }));
        }
        threads.forEach(Thread::start);

        final long[] last = {-1, -1, -1};
        int count = 0;
        while (count < producers * perProducer) {
            final int before = polled.size();
            if (ring.poll(this::collect, 64) == 0) {
                YieldingIdleStrategy.INSTANCE.idle();
            }
            for (final long id : polled.subList(before, polled.size())) {
                final int producer = (int) (id / perProducer);
                assertTrue(id > last[producer], "id=" + id + " after " + last[producer]);
                last[producer] = id;
                count++;
            }
        }
        for (final Thread thread : threads) {
            thread.join();
        }

        assertEquals(0, ring.poll(this::collect, 64));
    }

    private int fill(final Admission admission, final int attempts) {
        int accepted = 0;
        while (accepted < attempts && offer(ring, admission, accepted + 1L)) {
            accepted++;
        }
        return accepted;
    }

    private static boolean offer(final IngressRing ring, final Admission admission, final long id) {
        final UnsafeBuffer buffer = command(id);
        return ring.offer(admission, buffer, 0, buffer.capacity());
    }

    private static UnsafeBuffer command(final long id) {
        final UnsafeBuffer buffer =
                new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + RequeueReversalEncoder.BLOCK_LENGTH]);
        new RequeueReversalEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .paymentId(id);
        return buffer;
    }

    private boolean collect(final DirectBuffer buffer, final int offset, final int length) {
        final RequeueReversalDecoder decoder =
                new RequeueReversalDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
        return polled.add(decoder.paymentId());
    }
}
