package io.turnout.security.link;

import io.turnout.security.module.KeyDescription;

/** Hears of every change of a link's keys, for the audit log and the counters. */
@FunctionalInterface
public interface LinkKeyListener {

    /**
     * A key's state has changed.
     *
     * @param key the current key, or null if there is none
     * @param reason in a few words, without secrets
     */
    void onState(String name, LinkKeyState from, LinkKeyState to, KeyDescription key, long nowNs, String reason);
}
