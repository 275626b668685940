package io.turnout.gateway.security;

import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.security.link.LinkKeyListener;
import io.turnout.security.link.LinkKeyState;
import io.turnout.security.module.KeyDescription;
import java.util.ArrayDeque;
import java.util.List;

/** The last changes of keys, for people who look after them. Written by the gateway's thread, read by any. */
public final class KeyChanges implements LinkKeyListener {
    private static final int CAPACITY = 100;

    private final GatewayCounters counters;
    private final ArrayDeque<KeyChangeRecord> changes = new ArrayDeque<>(CAPACITY);

    KeyChanges(final GatewayCounters counters) {
        this.counters = counters;
    }

    /** The changes, oldest first. */
    public synchronized List<KeyChangeRecord> recent() {
        return List.copyOf(changes);
    }

    @Override
    public synchronized void onState(
            final String name,
            final LinkKeyState from,
            final LinkKeyState to,
            final KeyDescription key,
            final long nowNs,
            final String reason) {
        counters.add(GatewayCounter.KEYS_CHANGED, to == LinkKeyState.STEADY && from != LinkKeyState.DISTRUSTED ? 1 : 0);
        counters.add(GatewayCounter.KEYS_DISTRUSTED, to == LinkKeyState.DISTRUSTED ? 1 : 0);
        if (changes.size() == CAPACITY) {
            changes.removeFirst();
        }
        changes.addLast(new KeyChangeRecord(
                nowNs, name, from, to, key == null ? "" : key.id(), key == null ? "" : key.checkValue(), reason));
    }
}
