package io.turnout.gateway.issuer;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The connections of a link, as one: open when all are; when one goes, the link closes the others. What is sent goes
 * round those that send. Used by the gateway's thread.
 */
final class LinkSockets {

    private final List<IssuerSocket> all;
    private final List<IssuerSocket> clients = new ArrayList<>();
    private final List<IssuerSocket> senders = new ArrayList<>();
    private int nextSender;

    LinkSockets(final List<IssuerSocket> sockets) {
        this.all = List.copyOf(sockets);
        for (final IssuerSocket socket : all) {
            if (socket.configuration().role() == IssuerSocketConfiguration.Role.CLIENT) {
                clients.add(socket);
            }
            if (socket.configuration().direction().sends()) {
                senders.add(socket);
            }
        }
    }

    List<IssuerSocket> all() {
        return all;
    }

    /** Whether the switch opens any of them. */
    boolean hasClients() {
        return !clients.isEmpty();
    }

    /** Opens those that the switch opens. */
    void connect(final Connector connector, final long timeoutNs) {
        for (int i = 0; i < clients.size(); i++) {
            clients.get(i).connect(connector, timeoutNs);
        }
    }

    /** Whether all are open. */
    boolean areOpen() {
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).isOpen()) {
                return false;
            }
        }
        return true;
    }

    /** Whether none is open, being opened or being closed. */
    boolean areGone() {
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).isFree()) {
                return false;
            }
        }
        return true;
    }

    /** Whether any of them holds a message back. */
    boolean isHeld() {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isHeld()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a frame was begun on any of them and not completed for as long as this. */
    boolean isOverdue(final long nowNs, final long timeoutNs) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isOverdue(nowNs, timeoutNs)) {
                return true;
            }
        }
        return false;
    }

    /** Hands what is held back over again. */
    void resume(final long nowNs) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isHeld()) {
                all.get(i).resume(nowNs);
            }
        }
    }

    /** Queues a frame, from index 0, on the next that sends and has room; false: none has. */
    boolean send(final DirectBuffer buffer, final int length) {
        for (int i = 0; i < senders.size(); i++) {
            final IssuerSocket socket = senders.get(nextSender);
            nextSender = nextSender + 1 == senders.size() ? 0 : nextSender + 1;
            if (socket.send(buffer, length)) {
                return true;
            }
        }
        return false;
    }

    void close() {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).close();
        }
    }

    /** Forgets what is left of the connections before. */
    void reset() {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).reset();
        }
        nextSender = 0;
    }
}
