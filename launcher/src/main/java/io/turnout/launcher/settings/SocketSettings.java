package io.turnout.launcher.settings;

import io.turnout.gateway.issuer.AddressRange;
import io.turnout.gateway.issuer.IssuerSocketConfiguration.Direction;
import io.turnout.gateway.issuer.IssuerSocketConfiguration.Role;
import java.util.List;

/**
 * One TCP connection between the switch and a bank.
 *
 * @param role who opens it
 * @param direction what it carries, as the switch sees it
 * @param host of the bank, or of the switch where the bank connects
 * @param port TCP port
 * @param allowed from where the bank may connect; empty when the switch does
 */
public record SocketSettings(Role role, Direction direction, String host, int port, List<AddressRange> allowed) {

    /** Takes a copy of the list. */
    public SocketSettings {
        allowed = List.copyOf(allowed);
    }

    /** Host and port. */
    public String address() {
        return host + ":" + port;
    }
}
