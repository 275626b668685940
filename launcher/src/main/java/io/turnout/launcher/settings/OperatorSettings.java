package io.turnout.launcher.settings;

/**
 * An operator of the switch.
 *
 * @param id number, from 1
 * @param name for people
 * @param credential shared secret, 16 to 128 bytes
 * @param propose whether he may submit operations
 * @param approve whether he may decide on operations of others
 */
public record OperatorSettings(int id, String name, Secret credential, boolean propose, boolean approve) {}
