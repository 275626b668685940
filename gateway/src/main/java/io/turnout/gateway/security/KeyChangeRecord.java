package io.turnout.gateway.security;

import io.turnout.security.link.LinkKeyState;

/**
 * A change in what is known of a key; never of the key itself.
 *
 * @param changedNs nanoseconds since the epoch
 * @param name of the key
 * @param from before
 * @param to after
 * @param id of the current key; empty when there is none
 * @param checkValue of the current key; empty when there is none
 * @param reason in a few words
 */
public record KeyChangeRecord(
        long changedNs, String name, LinkKeyState from, LinkKeyState to, String id, String checkValue, String reason) {}
