package io.turnout.core.pipeline;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import io.turnout.core.ports.EventSink;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.MutableDirectBuffer;

/**
 * Events on their way out: a Disruptor ring of fixed, preallocated slots with one producer, the pipeline's thread, and
 * any number of consumers that do not know of each other.
 *
 * <p>A consumer sees an event only when its command is durable: consumers follow the <em>durable position</em> of this
 * ring, not its cursor. The producer may have committed more. Whoever makes commands durable notes how far the events
 * of flushed commands reach ({@link #flushedPosition()}) before it syncs, and hands that position to
 * {@link #advanceDurable} afterwards.
 *
 * <p>The slowest consumer bounds the producer: {@link #hasRoom} turns false and the pipeline stops its intake.
 */
public final class EgressRing implements EventSink {
    private static final long NOT_CLAIMED = -1;

    private final int maximumEventLength;
    private final RingBuffer<EgressSlot> ring;
    private final Sequence flushed = new Sequence();
    private final Sequence durable = new Sequence();
    private final EgressConsumer eventJournalConsumer;
    private final List<EgressConsumer> gatewayConsumers;
    private long claimed = NOT_CLAIMED;

    /**
     * @param capacity events, a power of two
     * @param maximumEventLength longest event in bytes
     * @param gateways consumers beside the event journal's; each must poll or the pipeline stops
     */
    public EgressRing(final int capacity, final int maximumEventLength, final int gateways) {
        final SlotMemory memory = new SlotMemory(capacity, EgressSlot.slotLength(maximumEventLength));
        this.maximumEventLength = maximumEventLength;
        // Nobody waits inside the Disruptor: this strategy only makes signalling free.
        this.ring = RingBuffer.createSingleProducer(
                () -> new EgressSlot(memory.nextSlot()), capacity, new BusySpinWaitStrategy());
        this.eventJournalConsumer = newConsumer();
        this.gatewayConsumers =
                IntStream.range(0, gateways).mapToObj(i -> newConsumer()).toList();
    }

    /** The consumer that writes the event journal. */
    public EgressConsumer eventJournalConsumer() {
        return eventJournalConsumer;
    }

    /** The consumer of a gateway, counted from 0. */
    public EgressConsumer gatewayConsumer(final int index) {
        return gatewayConsumers.get(index);
    }

    /** Makes every gateway pass over what it could poll now. Not while a gateway polls. */
    void skipGateways() {
        gatewayConsumers.forEach(EgressConsumer::skip);
    }

    /** Whether {@code events} more can be committed now. Producer only. */
    public boolean hasRoom(final int events) {
        return ring.hasAvailableCapacity(events);
    }

    /** {@inheritDoc} Claiming again before a commit gives the same buffer. */
    @Override
    public MutableDirectBuffer claim() {
        if (claimed == NOT_CLAIMED) {
            try {
                claimed = ring.tryNext();
            } catch (final InsufficientCapacityException ex) {
                throw new IllegalStateException("egress ring overrun: capacity=" + ring.getBufferSize() + " cursor="
                        + ring.getCursor() + ": a command emitted more events than it may");
            }
        }
        return ring.get(claimed).event();
    }

    @Override
    public void commit(final long eventSequence, final long commandSequence, final long timestampNs, final int length) {
        if (claimed == NOT_CLAIMED) {
            throw new IllegalStateException("commit without claim: eventSequence=" + eventSequence);
        }
        if (length < 0 || length > maximumEventLength) {
            throw new IllegalStateException("event too long: eventSequence=" + eventSequence + " length=" + length
                    + " maximumEventLength=" + maximumEventLength);
        }
        ring.get(claimed).describe(eventSequence, commandSequence, timestampNs, length);
        ring.publish(claimed);
        claimed = NOT_CLAIMED;
    }

    /** Notes that the commands of all events committed so far have been flushed. Producer only. */
    void markFlushed() {
        flushed.set(ring.getCursor());
    }

    /** Position of the last event whose command has been flushed. Any thread. */
    long flushedPosition() {
        return flushed.get();
    }

    /** Lets consumers see the events up to {@code position}. Only by the one thread that makes commands durable. */
    void advanceDurable(final long position) {
        durable.set(position);
    }

    /** Position of the last event consumers may see. Any thread. */
    long durablePosition() {
        return durable.get();
    }

    private EgressConsumer newConsumer() {
        final EgressConsumer consumer = new EgressConsumer(ring.newPoller(durable), durable);
        ring.addGatingSequences(consumer.sequence());
        return consumer;
    }
}
