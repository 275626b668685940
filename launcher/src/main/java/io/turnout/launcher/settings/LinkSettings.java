package io.turnout.launcher.settings;

/**
 * A connection to an issuer's host.
 *
 * @param id number, from 1, unique in the switch
 * @param host name or address
 * @param port TCP port
 * @param window payment requests in flight at most
 * @param maximumRate payment requests a second at most, with bursts of as many; 0 = no limit
 */
public record LinkSettings(int id, String host, int port, int window, int maximumRate) {}
