package io.turnout.simulators;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** One counter per constant of an enum: written by one thread, read by any. */
public final class Counters<E extends Enum<E>> {

    private final E[] names;
    private final AtomicLongArray counts;

    /** All counters at 0. */
    public Counters(final Class<E> type) {
        names = type.getEnumConstants();
        counts = new AtomicLongArray(names.length);
    }

    /** Counts one. By the writing thread. */
    public void increment(final E name) {
        add(name, 1);
    }

    /** Counts many. By the writing thread. */
    public void add(final E name, final long count) {
        final int index = index(name);
        counts.setRelease(index, counts.getPlain(index) + count);
    }

    /** A count. By any thread. */
    public long get(final E name) {
        return counts.getAcquire(index(name));
    }

    /** All counts that are not 0, in the order of the enum. By any thread. */
    public Map<E, Long> snapshot(final Class<E> type) {
        final Map<E, Long> snapshot = new EnumMap<>(type);
        Arrays.stream(names).filter(name -> get(name) != 0).forEach(name -> snapshot.put(name, get(name)));
        return snapshot;
    }

    @SuppressWarnings("EnumOrdinal") // An index within this process, never stored.
    private int index(final E name) {
        return name.ordinal();
    }
}
