package io.turnout.launcher.settings;

import java.util.List;

/**
 * A way to a bank's host.
 *
 * @param id number, from 1, unique in the switch
 * @param sockets its connections; it is up when all are
 * @param window payment requests in flight at most
 * @param maximumRate payment requests a second at most, with bursts of as many; 0 = no limit
 */
public record LinkSettings(int id, List<SocketSettings> sockets, int window, int maximumRate) {

    /** Takes a copy of the list. */
    public LinkSettings {
        sockets = List.copyOf(sockets);
    }
}
