package io.turnout.security.module;

import io.turnout.security.PinBlockFormat;

/**
 * Where a PIN block is, or goes.
 *
 * @param keyName name of the zone's PIN key
 * @param format of blocks there
 */
public record PinZone(String keyName, PinBlockFormat format) {}
