package io.turnout.simulators.bank;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.gateway.net.tls.TlsOptions;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a simulated bank does. Read from a file by {@link BankConfigurationReader}, which names the options.
 *
 * @param name in tables and thread names
 * @param seed everything random comes from here
 * @param address to listen at; port 0 lets the system choose; not used by a bank that only dials
 * @param tls below every connection; empty = plain text
 * @param connections accepted at once
 * @param dialect of the messages
 * @param framing of the messages
 * @param signOnRequired whether payments are declined on a connection that has not signed on
 * @param answersOnAnyConnection whether an answer may leave on another connection when its own is gone
 * @param unknownOriginalCode DE39 of the answer to a reversal of a payment that has not arrived; empty = approved
 * @param latency of all answers
 * @param rules the script
 * @param books file of the bank's books; continued when it exists
 * @param booksCapacity payments remembered at most; when full, payments are declined and reversals not accepted
 * @param pendingCapacity answers waiting to be sent at most; when full, messages are dropped and counted
 * @param security keys it shares with the switch
 * @param dialling what connections the bank opens itself; empty = none
 */
public record BankConfiguration(
        String name,
        long seed,
        InetSocketAddress address,
        Optional<TlsOptions> tls,
        int connections,
        Dialect dialect,
        Framing framing,
        boolean signOnRequired,
        boolean answersOnAnyConnection,
        String unknownOriginalCode,
        Latency latency,
        List<BankRule> rules,
        Path books,
        int booksCapacity,
        int pendingCapacity,
        BankSecuritySettings security,
        Optional<Dialling> dialling) {

    /**
     * The connections a bank opens to the switch.
     *
     * @param address where the switch listens
     * @param connections open at once
     * @param alone whether there are no others; else they carry the answers, and those accepted what the switch sends
     */
    public record Dialling(InetSocketAddress address, int connections, boolean alone) {}

    /** Copies the list. */
    public BankConfiguration {
        rules = List.copyOf(rules);
    }

    /** The same bank with keys. */
    public BankConfiguration withSecurity(final BankSecuritySettings newSecurity) {
        return new BankConfiguration(
                name,
                seed,
                address,
                tls,
                connections,
                dialect,
                framing,
                signOnRequired,
                answersOnAnyConnection,
                unknownOriginalCode,
                latency,
                rules,
                books,
                booksCapacity,
                pendingCapacity,
                newSecurity,
                dialling);
    }

    /** The same bank with another script. */
    public BankConfiguration withRules(final List<BankRule> newRules) {
        return new BankConfiguration(
                name,
                seed,
                address,
                tls,
                connections,
                dialect,
                framing,
                signOnRequired,
                answersOnAnyConnection,
                unknownOriginalCode,
                latency,
                newRules,
                books,
                booksCapacity,
                pendingCapacity,
                security,
                dialling);
    }
}
