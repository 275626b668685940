package io.turnout.launcher.settings;

import io.turnout.core.pipeline.Durability;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Everything the configuration file of the switch says.
 *
 * @param environment what the switch is used for
 * @param dataDirectory where journals and snapshots are
 * @param durability how safe a command must be before anything that follows from it is seen
 * @param layout which agents share a thread
 * @param idle what a thread does when there is nothing to do
 * @param acquirerEdge where acquirers connect
 * @param adminEdge where operators connect
 * @param tls where connections are encrypted, and with what
 * @param changeControl how operators change things
 * @param vault where the master key is
 * @param journal sizes of the journals
 * @param pipeline sizes of the rings
 * @param engine sizes and horizons of the engine
 * @param currencies the switch knows
 * @param ledger accounts that the switch keeps
 * @param acquirers that may log on
 * @param issuers that may be asked
 * @param operators that may log on to the admin edge; none = it does not listen
 * @param security keys shared with issuers and acquirers
 */
public record SwitchSettings(
        Environment environment,
        Path dataDirectory,
        Durability durability,
        Layout layout,
        Idle idle,
        AcquirerEdge acquirerEdge,
        AdminEdge adminEdge,
        TlsSettings tls,
        ChangeControl changeControl,
        Vault vault,
        Journals journal,
        Pipeline pipeline,
        Engine engine,
        Set<Currency> currencies,
        LedgerSettings ledger,
        List<AcquirerSettings> acquirers,
        List<IssuerSettings> issuers,
        List<OperatorSettings> operators,
        SecuritySettings security) {

    /** Takes copies of the collections. */
    public SwitchSettings {
        currencies = Set.copyOf(currencies);
        acquirers = List.copyOf(acquirers);
        issuers = List.copyOf(issuers);
        operators = List.copyOf(operators);
    }

    /**
     * Where acquirers connect.
     *
     * @param host address to listen on
     * @param port TCP port; 0 = any free one
     * @param maximumSessions connections at once
     * @param sessionsPerAcquirer logged-on sessions of one acquirer
     * @param maximumInFlight unanswered requests of one session
     */
    public record AcquirerEdge(
            String host, int port, int maximumSessions, int sessionsPerAcquirer, int maximumInFlight) {}

    /**
     * Where operators connect.
     *
     * @param host loopback address to listen on
     * @param port TCP port; 0 = any free one
     */
    public record AdminEdge(String host, int port) {}

    /**
     * How operators change things.
     *
     * @param mode how many operators a dangerous operation needs
     * @param expiryNs how long an operation may wait
     * @param operations remembered at once
     * @param blocked cards, merchants and terminals blocked at once
     */
    public record ChangeControl(ChangeControlMode mode, long expiryNs, int operations, int blocked) {}

    /**
     * Card vault.
     *
     * @param keyFile master key, outside the data directory; null = the development key
     * @param slots payments with sensitive data at once
     * @param slotTimeToLiveNs a slot is wiped after this long at the latest
     */
    public record Vault(Path keyFile, int slots, long slotTimeToLiveNs) {}

    /**
     * Journals.
     *
     * @param segmentSizeBytes of one command journal file
     * @param freeSpaceReserveBytes no new payment is admitted below this
     */
    public record Journals(long segmentSizeBytes, long freeSpaceReserveBytes) {}

    /**
     * Rings.
     *
     * @param ingressCapacity commands
     * @param egressCapacity events
     * @param batchLimit commands taken at once
     */
    public record Pipeline(int ingressCapacity, int egressCapacity, int batchLimit) {}

    /**
     * Engine.
     *
     * @param payments remembered at once
     * @param horizonNs how long a final payment is remembered
     * @param maximumClockSkewNs how far ahead of the switch's clock a request may be dated
     * @param expectedRate payments a second that the capacities must hold for their whole time; 0 = not checked
     * @param originals approved payments kept for follow-ups at once after the horizon
     * @param originalsRetentionNs how long they are kept so; 0 = not at all
     */
    public record Engine(
            int payments,
            long horizonNs,
            long maximumClockSkewNs,
            int expectedRate,
            int originals,
            long originalsRetentionNs) {}
}
