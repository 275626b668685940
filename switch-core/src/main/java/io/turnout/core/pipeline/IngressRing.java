package io.turnout.core.pipeline;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.core.ports.Admission;
import io.turnout.core.ports.CommandIngress;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.LangUtil;

/**
 * Commands on their way to the pipeline: a Disruptor ring of fixed, preallocated slots.
 *
 * <p>Any number of threads offer; one thread polls. Neither ever blocks. A quarter of the slots is kept for what
 * finishes work already begun, and another quarter from status inquiries; when several threads offer new requests in
 * the same instant, each may take one slot of that quarter.
 */
public final class IngressRing implements CommandIngress {
    private static final int MAXIMUM_COMMAND_TEMPLATE_ID = 99;

    private final AdmissionGate gate;
    private final PipelineCounters counters;
    private final int maximumCommandLength;
    private final int reservedCapacity;
    private final int keptFromInquiries;
    private final RingBuffer<IngressSlot> ring;
    private final EventPoller<IngressSlot> poller;
    private final EventPoller.Handler<IngressSlot> slotHandler = this::onSlot;
    private CommandHandler handler;
    private int remaining;

    /**
     * @param configuration capacity and slot size
     * @param gate closed = new requests are refused
     * @param counters where refusals are counted
     */
    public IngressRing(
            final PipelineConfiguration configuration, final AdmissionGate gate, final PipelineCounters counters) {
        final int capacity = configuration.ingressCapacity();
        final SlotMemory memory =
                new SlotMemory(capacity, IngressSlot.slotLength(configuration.maximumCommandLengthBytes()));
        this.gate = gate;
        this.counters = counters;
        this.maximumCommandLength = configuration.maximumCommandLengthBytes();
        this.reservedCapacity = capacity / 4;
        this.keptFromInquiries = capacity / 2;
        // Nobody waits inside the Disruptor: this strategy only makes signalling free.
        this.ring = RingBuffer.createMultiProducer(
                () -> new IngressSlot(memory.nextSlot()), capacity, new BusySpinWaitStrategy());
        this.poller = ring.newPoller();
        ring.addGatingSequences(poller.getSequence());
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the bytes are not one whole command of schema {@code engine}: it would stop
     *     every node that replays it, so it must not reach the journal
     */
    @Override
    public boolean offer(final Admission admission, final DirectBuffer buffer, final int offset, final int length) {
        checkCommand(buffer, offset, length);
        if (!hasRoom(admission)) {
            return refuse(admission);
        }
        final long position;
        try {
            position = ring.tryNext();
        } catch (final InsufficientCapacityException ex) {
            return refuse(admission);
        }
        final IngressSlot slot = ring.get(position);
        try {
            slot.clear();
            slot.write(buffer, offset, length);
        } finally {
            // A claimed slot that is never published would stop the ring for good.
            ring.publish(position);
        }
        return true;
    }

    @Override
    public int maximumCommandLength() {
        return maximumCommandLength;
    }

    /** Hands over at most {@code limit} commands, fewer when the handler says so. One thread only. */
    int poll(final CommandHandler commandHandler, final int limit) {
        if (limit <= 0) {
            return 0;
        }
        handler = commandHandler;
        remaining = limit;
        try {
            poller.poll(slotHandler);
        } catch (final Exception ex) {
            LangUtil.rethrowUnchecked(ex);
        }
        return limit - remaining;
    }

    private boolean onSlot(final IngressSlot slot, final long position, final boolean endOfBatch) {
        final int length = slot.length();
        remaining--;
        final boolean more = length == 0 || handler.onCommand(slot.buffer(), IngressSlot.COMMAND_OFFSET, length);
        return more && remaining > 0;
    }

    private boolean hasRoom(final Admission admission) {
        return switch (admission) {
            case CONTINUATION -> ring.hasAvailableCapacity(1);
            case NEW_REQUEST -> gate.isOpen() && ring.hasAvailableCapacity(reservedCapacity + 1);
            case STATUS_INQUIRY -> gate.isOpen() && ring.hasAvailableCapacity(keptFromInquiries + 1);
        };
    }

    private boolean refuse(final Admission admission) {
        switch (admission) {
            case CONTINUATION -> counters.continuationsRefused.increment();
            case NEW_REQUEST -> counters.newRequestsRefused.increment();
            case STATUS_INQUIRY -> counters.statusInquiriesRefused.increment();
            default -> throw new IllegalArgumentException("unknown admission: " + admission);
        }
        return false;
    }

    private void checkCommand(final DirectBuffer buffer, final int offset, final int length) {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH || length > maximumCommandLength) {
            throw new IllegalArgumentException(
                    "not a command: length=" + length + " maximumCommandLength=" + maximumCommandLength);
        }
        buffer.boundsCheck(offset, length);
        final int blockLength = unsignedShort(buffer, offset + MessageHeaderDecoder.blockLengthEncodingOffset());
        final int templateId = unsignedShort(buffer, offset + MessageHeaderDecoder.templateIdEncodingOffset());
        final int schemaId = unsignedShort(buffer, offset + MessageHeaderDecoder.schemaIdEncodingOffset());
        if (schemaId != MessageHeaderDecoder.SCHEMA_ID
                || templateId == 0
                || templateId > MAXIMUM_COMMAND_TEMPLATE_ID
                || MessageHeaderDecoder.ENCODED_LENGTH + blockLength > length) {
            throw new IllegalArgumentException("not a command: schemaId=" + schemaId + " templateId=" + templateId
                    + " blockLength=" + blockLength + " length=" + length);
        }
    }

    private static int unsignedShort(final DirectBuffer buffer, final int index) {
        return buffer.getShort(index, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }
}
