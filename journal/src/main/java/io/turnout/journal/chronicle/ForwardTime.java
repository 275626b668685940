package io.turnout.journal.chronicle;

import java.util.function.LongSupplier;
import net.openhft.chronicle.core.time.TimeProvider;

/**
 * A clock that never goes back. Chronicle derives the file to append to from the clock; one that is set back over
 * midnight would make it append to yesterday's file, behind records of today.
 */
final class ForwardTime implements TimeProvider {
    private final LongSupplier millis;
    private long latestMillis;

    ForwardTime(final LongSupplier millis) {
        this.millis = millis;
    }

    @Override
    public long currentTimeMillis() {
        latestMillis = Math.max(latestMillis, millis.getAsLong());
        return latestMillis;
    }
}
