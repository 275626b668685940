package io.turnout.simulators;

import io.turnout.gateway.net.ConnectionHandler;
import java.io.IOException;
import java.util.function.Supplier;

/** Accepts connections at one address; see {@link io.turnout.gateway.net.NetLoop#listen}. */
@FunctionalInterface
public interface Acceptor {

    /**
     * Starts to accept connections. May be called again after the door was closed, and then opens at the same port.
     *
     * @param handlers gives the handler of each connection
     * @throws IOException when the address cannot be bound
     */
    OpenDoor open(Supplier<? extends ConnectionHandler> handlers) throws IOException;

    /** An address that accepts connections. */
    interface OpenDoor extends AutoCloseable {

        /** The port, also when the system chose it. */
        int port();

        /**
         * Does what is due, where something is.
         *
         * @param nowNs nanoseconds since the epoch
         * @return how much was done
         */
        default int doWork(final long nowNs) {
            return 0;
        }

        /** Stops accepting; connections already accepted stay. */
        @Override
        void close();
    }
}
