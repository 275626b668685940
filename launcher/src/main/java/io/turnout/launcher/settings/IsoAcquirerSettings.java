package io.turnout.launcher.settings;

import io.turnout.codecs.iso8583.Framing;
import java.util.List;

/**
 * Where and how an acquirer that speaks ISO 8583 connects.
 *
 * @param host address to listen on
 * @param port TCP port; 0 = any free one
 * @param dialect of its messages: a name of the product's, or the path of a .yaml file
 * @param framing of its messages on TCP
 * @param peers addresses it may come from; empty = any
 * @param signOnRequired whether its requests are declined before it has signed on
 * @param maximumSessions connections at once
 * @param maximumInFlight unanswered requests of one connection
 * @param echoIntervalNs an echo is sent when nothing was heard for this long
 */
public record IsoAcquirerSettings(
        String host,
        int port,
        String dialect,
        Framing framing,
        List<String> peers,
        boolean signOnRequired,
        int maximumSessions,
        int maximumInFlight,
        long echoIntervalNs) {

    /** Takes a copy of the list. */
    public IsoAcquirerSettings {
        peers = List.copyOf(peers);
    }
}
