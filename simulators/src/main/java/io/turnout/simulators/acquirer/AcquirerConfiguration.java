package io.turnout.simulators.acquirer;

import io.turnout.gateway.net.tls.TlsOptions;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a simulated acquirer does. Read from a file by {@link AcquirerConfigurationReader}, which names the options.
 *
 * @param name in tables and thread names
 * @param seed everything random comes from here; the same seed gives the same payments
 * @param session how to talk to the switch
 * @param load how much to ask for
 * @param cards whose cards pay, at least one
 * @param amounts what they pay, at least one
 * @param merchant where they pay
 * @param shares how often something out of the ordinary is done
 * @param mix which transactions
 * @param retries when to ask again
 * @param log file of the acquirer's own log; continued when it exists
 */
public record AcquirerConfiguration(
        String name,
        long seed,
        Session session,
        Load load,
        List<Card> cards,
        List<Amount> amounts,
        Merchant merchant,
        Shares shares,
        Mix mix,
        Retries retries,
        Path log) {

    /** Copies the lists. */
    public AcquirerConfiguration {
        cards = List.copyOf(cards);
        amounts = List.copyOf(amounts);
    }

    /**
     * How to talk to the switch.
     *
     * @param address of the switch's acquirer port
     * @param tls below every connection; empty = plain text
     * @param acquirerId the acquirer's number in the switch's configuration
     * @param credential shared secret, 16 to 128 bytes of ASCII
     * @param connections sessions kept open, 1 to 64
     * @param heartbeatIntervalMs 1000 to 60000
     * @param connectTimeoutNs how long a connection or a logon may take
     * @param reconnectNs pause before the first attempt to connect again; doubles from attempt to attempt
     * @param reconnectMaximumNs longest pause
     * @param iso8583 how it speaks ISO 8583; empty = it speaks the binary protocol
     */
    public record Session(
            InetSocketAddress address,
            Optional<TlsOptions> tls,
            int acquirerId,
            String credential,
            int connections,
            int heartbeatIntervalMs,
            long connectTimeoutNs,
            long reconnectNs,
            long reconnectMaximumNs,
            Optional<IsoForm> iso8583) {
        @Override
        public String toString() {
            return "Session[address=" + address + ", acquirerId=" + acquirerId + "]";
        }
    }

    /**
     * How much to ask for. The load ends with the number of payments or the duration, whichever comes first.
     *
     * @param arrivals when the next payment is due
     * @param perSecond payments per second; not used with {@link Arrivals#MAXIMUM}
     * @param window unanswered requests per connection at most
     * @param payments how many payments at most
     * @param durationNs how long new payments are begun
     * @param capacity payments remembered at once, at least the windows together; full = new payments wait
     */
    public record Load(Arrivals arrivals, long perSecond, int window, long payments, long durationNs, int capacity) {}

    /** When the next payment is due. */
    public enum Arrivals {
        /** At equal distances, whatever the switch does: latency counts from the instant a payment was due. */
        UNIFORM,
        /** At random distances of the same mean (a Poisson process); otherwise as {@link #UNIFORM}. */
        POISSON,
        /** As soon as a window has room. */
        MAXIMUM
    }

    /**
     * Cards with test numbers.
     *
     * @param bin leading digits, 6 or 8
     * @param panLength digits of the number, 12 to 19
     * @param expiry YYMM
     * @param weight how often, relative to the others, from 1
     */
    public record Card(String bin, int panLength, int expiry, int weight) {}

    /**
     * Amounts, evenly spread.
     *
     * @param currency ISO 4217 numeric code
     * @param exponent decimal digits of the minor unit
     * @param minimumMinor smallest amount, from 1
     * @param maximumMinor largest amount, inclusive
     * @param weight how often, relative to the others, from 1
     */
    public record Amount(int currency, int exponent, long minimumMinor, long maximumMinor, int weight) {}

    /**
     * Where the payments are made.
     *
     * @param terminalId up to 8 characters
     * @param merchantId up to 15 characters
     * @param name up to 25 characters
     * @param city up to 13 characters
     * @param country ISO 3166 alpha-2
     * @param category ISO 18245
     */
    public record Merchant(
            String terminalId, String merchantId, String name, String city, String country, int category) {}

    /**
     * How often something out of the ordinary is done, from 0 (never) to 1 (always).
     *
     * @param repeats the same request again after its answer; the answer must be identical
     * @param concurrentRepeats the same request twice before the answer
     * @param conflicts the same key with another amount after the answer; must be refused
     * @param reversals an approved payment is reversed
     * @param track2 with track 2 data
     * @param securityCode with a card security code
     * @param pinBlock with a PIN block
     * @param invalid with a fault that must not be approved
     */
    public record Shares(
            double repeats,
            double concurrentRepeats,
            double conflicts,
            double reversals,
            double track2,
            double securityCode,
            double pinBlock,
            double invalid) {

        /** Nothing out of the ordinary. */
        public static final Shares NONE = new Shares(0, 0, 0, 0, 0, 0, 0, 0);
    }

    /**
     * When to ask again.
     *
     * @param answerTimeoutNs how long an answer may take before the same request is sent again
     * @param busyNs pause after the switch refused for lack of room; doubles from attempt to attempt, 64 times at most
     * @param giveUpNs how long after its creation a payment is reported as unanswered
     * @param repeatDelayNs pause between an answer and a deliberate repeat or reversal
     */
    public record Retries(long answerTimeoutNs, long busyNs, long giveUpNs, long repeatDelayNs) {}
}
