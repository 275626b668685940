package io.turnout.simulators.bank;

import io.turnout.gateway.net.NetLoop;
import io.turnout.simulators.Acceptor;
import io.turnout.simulators.Dialler;
import io.turnout.simulators.LoopNetwork;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Opens banks on real connections, in the role their configuration gives them. */
public final class BankNetwork {

    private static final long CONNECT_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

    private BankNetwork() {}

    /** Opens a bank; see {@link BankHost#open}. */
    public static BankHost open(final NetLoop netLoop, final BankConfiguration bank) {
        final Optional<Acceptor> dialler = bank.dialling().map(dialling -> dialler(netLoop, dialling));
        if (bank.dialling().isPresent() && bank.dialling().get().alone()) {
            return BankHost.open(bank, dialler.get());
        }
        return BankHost.open(
                bank, LoopNetwork.acceptor(netLoop, bank.address(), bank.tls(), bank.connections()), dialler);
    }

    private static Acceptor dialler(final NetLoop netLoop, final BankConfiguration.Dialling dialling) {
        return new Dialler(
                LoopNetwork.connector(netLoop, dialling.address(), Optional.empty(), CONNECT_TIMEOUT_NS),
                dialling.address().getPort(),
                dialling.connections());
    }
}
