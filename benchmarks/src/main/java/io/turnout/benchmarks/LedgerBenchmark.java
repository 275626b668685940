package io.turnout.benchmarks;

import io.turnout.core.engine.EngineCapacity;
import io.turnout.core.engine.LedgerCapacity;
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
 * On-us purchases a second through the engine alone, on one thread: authorised, posted from a wallet chosen at random
 * to the acquirer's position, and answered in one command. With a million wallets each purchase fetches a cold account
 * and two cold entries of its index; the positions stay in the cache. Run it with {@code -prof gc} to see what it
 * allocates.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LedgerBenchmark {
    private static final int REMEMBERED = 10_000;
    private static final long REMEMBERED_NS = TimeUnit.SECONDS.toNanos(8);

    /** Wallets. */
    @Param({"10000", "1000000"})
    public int accounts;

    private final EngineWorkload.CommandConsumer apply = this::apply;
    private final LastEvent lastEvent = new LastEvent();
    private LedgerWorkload workload;
    private SwitchEngine engine;
    private long nowNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    private long commandSequence;

    /** Only the newest event is kept. */
    private static final class LastEvent implements EventSink {
        private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SwitchEngine.MAXIMUM_EVENT_LENGTH]);
        private long count;

        @Override
        public MutableDirectBuffer claim() {
            return buffer;
        }

        @Override
        public void commit(final long eventSequence, final long sequence, final long timestampNs, final int length) {
            count++;
        }
    }

    /** A configured engine with all wallets open, its payment table filled to the steady state. */
    @Setup(Level.Trial)
    public void fill() {
        workload = new LedgerWorkload(accounts);
        final LedgerCapacity ledger = new LedgerCapacity(accounts + 64, 16, 16, 16, 16);
        engine = new SwitchEngine(EngineCapacity.forPayments(2 * REMEMBERED).with(ledger), lastEvent);
        workload.configure(2 * REMEMBERED, REMEMBERED_NS, apply);
        for (int i = 0; i < 2 * REMEMBERED; i++) {
            purchase();
        }
    }

    /** One purchase from request to answer. */
    @Benchmark
    public long purchase() {
        nowNs += REMEMBERED_NS / REMEMBERED;
        workload.purchase(nowNs, apply);
        return lastEvent.count;
    }

    private void apply(final DirectBuffer buffer, final int offset, final int length) {
        engine.onCommand(++commandSequence, nowNs, buffer, offset, length);
    }
}
