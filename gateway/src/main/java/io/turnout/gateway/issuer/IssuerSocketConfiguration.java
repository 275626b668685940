package io.turnout.gateway.issuer;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * One TCP connection of a link.
 *
 * @param role who opens it
 * @param direction what it carries
 * @param address where the issuer listens, or where the switch does; resolved
 * @param allowed from where the issuer may connect; empty when the switch opens the connection
 */
public record IssuerSocketConfiguration(
        Role role, Direction direction, InetSocketAddress address, List<AddressRange> allowed) {

    /** Who opens a connection. */
    public enum Role {
        /** The switch connects to the issuer. */
        CLIENT,
        /** The issuer connects to the switch. */
        SERVER
    }

    /** What a connection carries, as the switch sees it. */
    public enum Direction {
        /** Messages in both directions. */
        BOTH(true, true),
        /** What the switch says. */
        SEND(true, false),
        /** What the issuer says. */
        RECEIVE(false, true);

        private final boolean sends;
        private final boolean receives;

        Direction(final boolean sends, final boolean receives) {
            this.sends = sends;
            this.receives = receives;
        }

        boolean sends() {
            return sends;
        }

        boolean receives() {
            return receives;
        }
    }

    /** Checks that whoever may connect is named, and nobody else. */
    public IssuerSocketConfiguration {
        allowed = List.copyOf(allowed);
        if ((role == Role.SERVER) == allowed.isEmpty()) {
            throw new IllegalArgumentException("role=" + role + " allowed=" + allowed);
        }
    }

    /** A connection that the switch opens, for both directions. */
    public static IssuerSocketConfiguration client(final InetSocketAddress address) {
        return new IssuerSocketConfiguration(Role.CLIENT, Direction.BOTH, address, List.of());
    }
}
