package io.turnout.simulators.acquirer;

import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.sbe.acquirer.TransactionType;
import io.turnout.configuration.YamlDocument;
import io.turnout.configuration.YamlSection;
import io.turnout.simulators.ConfigurationValues;
import io.turnout.simulators.TlsSection;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Amount;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Arrivals;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Card;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Load;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Merchant;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Retries;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Session;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Shares;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Reads the list {@code acquirers} of a file into {@link AcquirerConfiguration}s; all problems at once. */
public final class AcquirerConfigurationReader {

    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);
    private static final long LONGEST = TimeUnit.DAYS.toNanos(365);
    private static final long LARGEST_AMOUNT_MINOR = 999_999_999_999L;
    private static final int LARGEST_CAPACITY = 1 << 20;

    private AcquirerConfigurationReader() {}

    /**
     * Reads a file.
     *
     * @throws io.turnout.configuration.ConfigurationException with everything wrong in it
     */
    public static List<AcquirerConfiguration> read(final Path file) {
        return read(YamlDocument.read(file));
    }

    /**
     * Reads a document to its end.
     *
     * @throws io.turnout.configuration.ConfigurationException with everything wrong in it
     */
    public static List<AcquirerConfiguration> read(final YamlDocument document) {
        final List<AcquirerConfiguration> acquirers = new ArrayList<>();
        final Set<Path> logs = new HashSet<>();
        for (final YamlSection section : document.root().sections("acquirers")) {
            final AcquirerConfiguration acquirer = acquirer(section);
            acquirers.add(acquirer);
            if (!logs.add(acquirer.log())) {
                section.problem("log", "is also the log of another acquirer");
            }
        }
        if (acquirers.isEmpty()) {
            document.root().problem("acquirers", "has no acquirer (expected at least one)");
        }
        document.throwIfProblems();
        return acquirers;
    }

    private static AcquirerConfiguration acquirer(final YamlSection section) {
        final YamlSection loadSection = section.section("load");
        final Load load = load(loadSection);
        final Session session = session(section);
        if (load.capacity() < load.window() * session.connections()) {
            loadSection.problem(
                    "capacity", "is below window times connections, which is " + load.window() * session.connections());
        }
        return new AcquirerConfiguration(
                section.string("name"),
                section.longInteger("seed", Long.MIN_VALUE, Long.MAX_VALUE, 1),
                session,
                load,
                cards(section),
                amounts(section),
                merchant(section.section("merchant")),
                shares(section.section("shares")),
                mix(section),
                retries(section.section("retries")),
                ConfigurationValues.path(section, "log"));
    }

    private static Session session(final YamlSection section) {
        final String credential =
                section.has("iso8583") ? section.string("credential", "") : section.string("credential");
        final int length = credential.getBytes(StandardCharsets.UTF_8).length;
        if (!credential.isEmpty() && (length < 16 || length > 128 || length != credential.length())) {
            section.problem("credential", "is not made of 16 to 128 ASCII characters");
        }
        return new Session(
                ConfigurationValues.address(section, "connect"),
                TlsSection.client(section),
                section.integer("acquirerId", 1, Integer.MAX_VALUE),
                credential,
                section.integer("connections", 1, 64, 1),
                (int) (section.durationNs("heartbeatInterval", SECOND, 60 * SECOND, 5 * SECOND) / MS),
                section.durationNs("connectTimeout", 10 * MS, 60 * SECOND, 5 * SECOND),
                section.durationNs("reconnect", MS, 60 * SECOND, 100 * MS),
                section.durationNs("reconnectMaximum", MS, HOUR, 5 * SECOND),
                iso8583(section));
    }

    private static Optional<IsoForm> iso8583(final YamlSection section) {
        if (!section.has("iso8583")) {
            return Optional.empty();
        }
        final YamlSection form = section.section("iso8583");
        if (ConfigurationValues.share(section.section("shares"), "statusInquiries", 0) > 0) {
            section.problem("shares", "ISO 8583 has no status inquiries (expected statusInquiries: 0)");
        }
        return Optional.of(new IsoForm(
                ConfigurationValues.dialect(form, "dialect"),
                form.enumeration("framing", Framing.class, Framing.BIN2_EXCLUSIVE),
                form.longInteger("institutionId", 1, 99_999_999_999L)));
    }

    private static Load load(final YamlSection section) {
        final Arrivals arrivals = section.enumeration("arrivals", Arrivals.class, Arrivals.UNIFORM);
        return new Load(
                arrivals,
                arrivals == Arrivals.MAXIMUM ? 0 : section.longInteger("perSecond", 1, 10_000_000),
                section.integer("window", 1, 65_536, 256),
                section.longInteger("payments", 0, 10_000_000_000L, 10_000_000_000L),
                section.durationNs("duration", 0, LONGEST, LONGEST),
                section.integer("capacity", 1, LARGEST_CAPACITY, 65_536));
    }

    private static List<Card> cards(final YamlSection section) {
        final List<Card> cards = new ArrayList<>();
        for (final YamlSection card : section.sections("cards")) {
            final String bin = ConfigurationValues.digits(card, "bin", 6, 8);
            final int panLength = card.integer("panLength", 12, 19, 16);
            cards.add(new Card(bin, panLength, expiry(card), card.integer("weight", 1, 1_000_000, 1)));
        }
        if (cards.isEmpty()) {
            section.problem("cards", "has no card (expected at least one)");
        }
        return cards;
    }

    private static int expiry(final YamlSection card) {
        final int expiry = card.integer("expiry", 1, 9912, 3012);
        if (expiry % 100 < 1 || expiry % 100 > 12) {
            card.problem("expiry", "'" + expiry + "' has no month from 01 to 12 (expected YYMM)");
        }
        return expiry;
    }

    private static List<Amount> amounts(final YamlSection section) {
        final List<Amount> amounts = new ArrayList<>();
        for (final YamlSection amount : section.sections("amounts")) {
            final long minimum = amount.longInteger("minimum", 1, LARGEST_AMOUNT_MINOR);
            amounts.add(new Amount(
                    amount.integer("currency", 1, 999),
                    amount.integer("exponent", 0, 4),
                    minimum,
                    amount.longInteger("maximum", minimum, LARGEST_AMOUNT_MINOR),
                    amount.integer("weight", 1, 1_000_000, 1)));
        }
        if (amounts.isEmpty()) {
            section.problem("amounts", "has no amount (expected at least one)");
        }
        return amounts;
    }

    private static Merchant merchant(final YamlSection section) {
        final String country = ConfigurationValues.ascii(section, "country", 2, "CN");
        if (!country.matches("[A-Z]{2}")) {
            section.problem("country", "'" + country + "' is not two capital letters");
        }
        return new Merchant(
                ConfigurationValues.ascii(section, "terminalId", 8, "TERM0001"),
                ConfigurationValues.ascii(section, "merchantId", 15, "MERCHANT0000001"),
                ConfigurationValues.ascii(section, "name", 25, "Test shop"),
                ConfigurationValues.ascii(section, "city", 13, "Shanghai"),
                country,
                section.integer("category", 1, 9999, 5411));
    }

    private static Shares shares(final YamlSection section) {
        return new Shares(
                ConfigurationValues.share(section, "repeats", 0),
                ConfigurationValues.share(section, "concurrentRepeats", 0),
                ConfigurationValues.share(section, "conflicts", 0),
                ConfigurationValues.share(section, "reversals", 0),
                ConfigurationValues.share(section, "track2", 0),
                ConfigurationValues.share(section, "securityCode", 0),
                ConfigurationValues.share(section, "pinBlock", 0),
                ConfigurationValues.share(section, "invalid", 0));
    }

    private static Mix mix(final YamlSection section) {
        final YamlSection shares = section.section("shares");
        return new Mix(
                transactions(section.section("transactions")),
                ConfigurationValues.share(shares, "advices", 0),
                ConfigurationValues.share(shares, "completions", 0),
                ConfigurationValues.share(shares, "voids", 0),
                ConfigurationValues.share(shares, "refunds", 0),
                ConfigurationValues.share(shares, "partialReversals", 0),
                ConfigurationValues.share(shares, "earlyReversals", 0),
                ConfigurationValues.share(shares, "statusInquiries", 0),
                ConfigurationValues.share(shares, "walletPurchases", 0),
                wallets(section));
    }

    private static List<Mix.Wallet> wallets(final YamlSection section) {
        final List<Mix.Wallet> wallets = new ArrayList<>();
        for (final YamlSection wallet : section.sections("wallets")) {
            wallets.add(new Mix.Wallet(
                    wallet.longInteger("account", 1, Long.MAX_VALUE),
                    ConfigurationValues.digits(wallet, "card", 12, 19)));
        }
        if (wallets.size() == 1) {
            section.problem("wallets", "has one wallet only (expected none, or two at least)");
        }
        return wallets;
    }

    /** Weights by type; purchases alone when there are none. */
    private static List<Mix.Transaction> transactions(final YamlSection section) {
        final List<Mix.Transaction> transactions = new ArrayList<>();
        for (final TransactionType type : TransactionType.values()) {
            final String key = type.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (isPayment(type) && section.has(key)) {
                transactions.add(new Mix.Transaction(type, section.integer(key, 1, 1_000_000)));
            }
        }
        return transactions.isEmpty() ? Mix.PURCHASES.transactions() : transactions;
    }

    private static boolean isPayment(final TransactionType type) {
        return type != TransactionType.COMPLETION && type != TransactionType.VOID && type != TransactionType.NULL_VAL;
    }

    private static Retries retries(final YamlSection section) {
        return new Retries(
                section.durationNs("answerTimeout", 10 * MS, HOUR, 30 * SECOND),
                section.durationNs("busy", MS, 60 * SECOND, 20 * MS),
                section.durationNs("giveUp", 10 * MS, 24 * HOUR, 300 * SECOND),
                section.durationNs("repeatDelay", 0, HOUR, 10 * MS));
    }
}
