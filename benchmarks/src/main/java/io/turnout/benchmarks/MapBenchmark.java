package io.turnout.benchmarks;

import java.util.concurrent.TimeUnit;
import org.agrona.collections.Long2LongHashMap;
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
 * The yardstick beside {@link EngineBenchmark}: what the simplest thing costs that any switch must do, a look-up of one
 * key among as many as there are payments, in Agrona's map. Run both in one go: {@code benchmarks/jmh
 * 'EngineBenchmark|MapBenchmark'}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class MapBenchmark {
    private static final float LOAD_FACTOR = 0.55f;
    private static final long MISSING = -1;
    private static final long MULTIPLIER = 6364136223846793005L;
    private static final long INCREMENT = 1442695040888963407L;

    /** Keys in the map. */
    @Param({"10000", "100000", "1000000", "10000000"})
    public int remembered;

    private Long2LongHashMap map;
    private long random = 1;

    /** Fills the map. */
    @Setup(Level.Trial)
    public void fill() {
        map = new Long2LongHashMap(remembered, LOAD_FACTOR, MISSING);
        for (long key = 0; key < remembered; key++) {
            map.put(key, key);
        }
    }

    /** One look-up of a key that is there, in no order. */
    @Benchmark
    public long lookUp() {
        random = random * MULTIPLIER + INCREMENT;
        return map.get(Math.floorMod(random >>> Integer.SIZE, remembered));
    }
}
