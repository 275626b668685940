package io.turnout.benchmarks;

import io.turnout.core.engine.EngineCapacity;
import io.turnout.core.engine.SwitchEngine;
import io.turnout.core.ports.EventSink;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Payments a second through the engine alone, on one thread: a request and the bank's approval, two commands and two
 * events, with everything encoded and decoded. Commands a second are twice the figure. Run it with {@code -prof gc} to
 * see what it allocates.
 *
 * <p>Engine time runs so that the engine remembers the given number of payments: below it the table grows, at it every
 * new payment evicts an old one.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class EngineBenchmark {
    private static final long REMEMBERED_NS = TimeUnit.SECONDS.toNanos(60);

    /** Payments remembered in the steady state. */
    @Param({"10000", "100000", "1000000", "10000000"})
    public int remembered;

    private final EngineWorkload workload = new EngineWorkload();
    private final EngineWorkload.CommandConsumer apply = this::apply;
    private final Events events = new Events();
    private SwitchEngine engine;
    private long intervalNs;
    private long nowNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    private long commandSequence;

    /** The events of a payment, kept until they are looked at. */
    private static final class Events implements EventSink {
        private final UnsafeBuffer[] buffers = new UnsafeBuffer[4 * SwitchEngine.MAXIMUM_EVENTS_PER_COMMAND];
        private int count;

        Events() {
            for (int i = 0; i < buffers.length; i++) {
                buffers[i] = new UnsafeBuffer(new byte[SwitchEngine.MAXIMUM_EVENT_LENGTH]);
            }
        }

        @Override
        public MutableDirectBuffer claim() {
            return buffers[count];
        }

        @Override
        public void commit(final long eventSequence, final long sequence, final long timestampNs, final int length) {
            count++;
        }
    }

    /** A configured engine, its table filled to the steady state. */
    @Setup(Level.Trial)
    public void fill() {
        final int capacity = remembered + remembered / 8;
        engine = new SwitchEngine(EngineCapacity.forPayments(capacity), events);
        intervalNs = REMEMBERED_NS / remembered;
        workload.configure(capacity, REMEMBERED_NS, apply);
        workload.signOn(apply);
        events.count = 0;
        for (int i = 0; i < capacity; i++) {
            pay();
        }
        if (workload.approvedCount() != capacity || engine.paymentCount() < remembered) {
            throw new IllegalStateException("approved=" + workload.approvedCount() + " of " + capacity + " remembered="
                    + engine.paymentCount());
        }
    }

    /** One payment from request to answer. */
    @Benchmark
    public long pay() {
        nowNs += intervalNs;
        workload.request(nowNs, apply);
        for (int i = 0; i < events.count; i++) {
            workload.onEvent(events.buffers[i], 0, apply);
        }
        events.count = 0;
        return workload.approvedCount();
    }

    private void apply(final DirectBuffer buffer, final int offset, final int length) {
        engine.onCommand(++commandSequence, nowNs, buffer, offset, length);
    }
}
