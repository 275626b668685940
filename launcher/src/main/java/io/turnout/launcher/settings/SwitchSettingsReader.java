package io.turnout.launcher.settings;

import io.turnout.codecs.iso8583.Dialects;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.Transactions;
import io.turnout.codecs.sbe.engine.TransactionType;
import io.turnout.configuration.ConfigurationException;
import io.turnout.configuration.YamlDocument;
import io.turnout.configuration.YamlSection;
import io.turnout.core.pipeline.Durability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads and checks the configuration file of the switch. Every option, its unit, range and default stand here. */
public final class SwitchSettingsReader {
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1_000 * MS;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final String NO_DIALECT = "";
    private static final int MAXIMUM_ID = 999;
    private static final long MAXIMUM_INSTITUTION_ID = 99_999_999_999L;
    private static final long MAXIMUM_AMOUNT_MINOR = 999_999_999_999L;

    private static final String NAMES = Stream.of(TransactionType.values())
            .filter(type -> type != TransactionType.NULL_VAL)
            .map(Transactions::nameOf)
            .collect(Collectors.joining(", "));

    private final YamlDocument document;
    private final Set<Integer> issuerIds = new HashSet<>();
    private final LinkReader links = new LinkReader();
    private final Set<Integer> acquirerIds = new HashSet<>();
    private final List<BinRange> allBins = new ArrayList<>();

    private SwitchSettingsReader(final YamlDocument document) {
        this.document = document;
    }

    /**
     * Reads a file.
     *
     * @throws io.turnout.configuration.ConfigurationException with every problem of the file
     */
    public static SwitchSettings read(final Path file) {
        return new SwitchSettingsReader(YamlDocument.read(file)).read();
    }

    /** As {@link #read(Path)}, from a text; {@code name} stands for the file in messages. */
    public static SwitchSettings read(final String name, final String text) {
        return new SwitchSettingsReader(YamlDocument.read(name, text)).read();
    }

    private SwitchSettings read() {
        final YamlSection root = document.root();
        final Environment environment = root.enumeration("environment", Environment.class);
        final Path dataDirectory = Path.of(root.string("dataDirectory"));
        final Set<Currency> currencies = currencies(root);
        final SwitchSettings.ChangeControl control = OperationsReader.changeControl(root.section("changeControl"));
        final LedgerReader ledgerReader = new LedgerReader(currencies);
        final Layout layout = root.enumeration("layout", Layout.class, Layout.FUSED);
        final SwitchSettings settings = new SwitchSettings(
                environment,
                dataDirectory,
                root.enumeration("durability", Durability.class, Durability.SYNC),
                layout,
                root.enumeration("idle", Idle.class, Idle.BACKOFF),
                acquirerEdge(root.section("acquirerEdge")),
                OperationsReader.adminEdge(root.section("adminEdge")),
                TlsReader.read(root, environment),
                control,
                vault(root.section("vault"), environment, dataDirectory),
                journals(root.section("journal")),
                pipeline(root.section("pipeline")),
                engine(root.section("engine")),
                currencies,
                ledgerReader.ledger(root),
                acquirers(root, environment, currencies, ledgerReader),
                issuers(root, ledgerReader),
                OperationsReader.operators(root, environment, control),
                SecurityReader.read(root, environment, layout));
        document.throwIfProblems();
        return settings;
    }

    private static SwitchSettings.AcquirerEdge acquirerEdge(final YamlSection section) {
        return new SwitchSettings.AcquirerEdge(
                section.string("host", "127.0.0.1"),
                section.integer("port", 0, 65_535, 7001),
                section.integer("maximumSessions", 1, 10_000, 256),
                section.integer("sessionsPerAcquirer", 1, 10_000, 64),
                section.integer("maximumInFlight", 1, 65_536, 1024));
    }

    private static SwitchSettings.Vault vault(
            final YamlSection section, final Environment environment, final Path dataDirectory) {
        final String keyFile = section.string("keyFile", "");
        if (keyFile.isEmpty() && environment == Environment.PRODUCTION) {
            section.problem("keyFile", "the development key is refused in production (expected a file with the key)");
        }
        final Path path =
                keyFile.isEmpty() ? null : Path.of(keyFile).toAbsolutePath().normalize();
        if (path != null && path.startsWith(dataDirectory.toAbsolutePath().normalize())) {
            section.problem("keyFile", "lies in the data directory (expected a place that is not backed up with it)");
        }
        return new SwitchSettings.Vault(
                path,
                section.integer("slots", 1, 1 << 20, 16_384),
                section.durationNs("slotTimeToLive", SECOND, 10 * MINUTE, MINUTE));
    }

    private static SwitchSettings.Journals journals(final YamlSection section) {
        return new SwitchSettings.Journals(
                section.sizeBytes("segmentSize", MIB, GIB, 64 * MIB),
                section.sizeBytes("freeSpaceReserve", MIB, 1024 * GIB, 512 * MIB));
    }

    private static SwitchSettings.Pipeline pipeline(final YamlSection section) {
        return new SwitchSettings.Pipeline(
                powerOfTwo(section, "ingressCapacity", 64, 1 << 20, 4096),
                powerOfTwo(section, "egressCapacity", 256, 1 << 20, 16_384),
                section.integer("batchLimit", 1, 4096, 256));
    }

    private static SwitchSettings.Engine engine(final YamlSection section) {
        final SwitchSettings.Engine engine = new SwitchSettings.Engine(
                section.integer("payments", 1024, 100_000_000, 1_000_000),
                section.durationNs("horizon", MINUTE, 240 * HOUR, 15 * MINUTE),
                section.durationNs("maximumClockSkew", 0, HOUR, MINUTE),
                section.integer("expectedRate", 0, 10_000_000, 0),
                section.integer("originals", 0, 100_000_000, 0),
                section.durationNs("originalsRetention", 0, 9_600 * HOUR, 0));
        final long seconds = (engine.horizonNs() + engine.maximumClockSkewNs()) / SECOND;
        if (engine.expectedRate() * seconds > engine.payments()) {
            section.problem(
                    "payments",
                    engine.payments() + " payments do not last for the horizon: " + engine.expectedRate()
                            + " a second for " + seconds + " seconds are " + engine.expectedRate() * seconds);
        }
        checkOriginals(section, engine);
        return engine;
    }

    private static void checkOriginals(final YamlSection section, final SwitchSettings.Engine engine) {
        final long seconds = engine.originalsRetentionNs() / SECOND;
        if ((engine.originals() == 0) != (engine.originalsRetentionNs() == 0)) {
            section.problem(
                    engine.originals() == 0 ? "originalsRetention" : "originals",
                    "goes with " + (engine.originals() == 0 ? "originals" : "originalsRetention")
                            + " (expected both or neither)");
        } else if (engine.originals() > 0 && engine.expectedRate() * seconds > engine.originals()) {
            section.problem(
                    "originals",
                    engine.originals() + " originals do not last for their retention: " + engine.expectedRate()
                            + " a second for " + seconds + " seconds are " + engine.expectedRate() * seconds);
        }
    }

    private static Set<Currency> currencies(final YamlSection root) {
        final Set<Currency> currencies = new LinkedHashSet<>();
        for (final String code : root.strings("currencies")) {
            final Currency currency = Currency.all().get(code);
            if (currency == null) {
                root.problem(
                        "currencies", "'" + code + "' is no currency in force (expected three letters of ISO 4217)");
            } else if (!currencies.add(currency)) {
                root.problem("currencies", "'" + code + "' stands there twice");
            }
        }
        if (currencies.isEmpty()) {
            root.problem("currencies", "no currency (expected at least one, such as CNY)");
        }
        return currencies;
    }

    private List<AcquirerSettings> acquirers(
            final YamlSection root,
            final Environment environment,
            final Set<Currency> currencies,
            final LedgerReader ledger) {
        final List<AcquirerSettings> acquirers = new ArrayList<>();
        for (final YamlSection section : root.sections("acquirers")) {
            final int id = unique(section, "id", acquirerIds);
            acquirers.add(new AcquirerSettings(
                    id,
                    section.string("name", "acquirer-" + id),
                    section.longInteger("institutionId", 1, MAXIMUM_INSTITUTION_ID),
                    IsoAcquirerReader.credential(section, environment),
                    section.durationNs("answerTimeout", 100 * MS, 10 * MINUTE, 15 * SECOND),
                    limits(section.section("limitsMinor"), currencies),
                    transactions(section),
                    section.integer("statusInquiriesPerSecond", 0, 1_000_000, 100),
                    ledger.participant(section, "participant"),
                    ledger.fees(section.section("fees")),
                    IsoAcquirerReader.read(section)));
        }
        if (acquirers.isEmpty()) {
            root.problem("acquirers", "no acquirer (expected at least one)");
        }
        return acquirers;
    }

    private static Set<TransactionType> transactions(final YamlSection section) {
        if (!section.has("transactions")) {
            return Set.of(TransactionType.PURCHASE);
        }
        final Set<TransactionType> transactions = EnumSet.noneOf(TransactionType.class);
        for (final String name : section.strings("transactions")) {
            final TransactionType type = Transactions.typeOf(name).orElse(null);
            if (type == null) {
                section.problem("transactions", "'" + name + "' is no transaction (expected some of " + NAMES + ")");
            } else if (!transactions.add(type)) {
                section.problem("transactions", "'" + name + "' stands there twice");
            }
        }
        return transactions;
    }

    private static IssuerSettings.PreAuthorisation preAuthorisation(final YamlSection section) {
        return new IssuerSettings.PreAuthorisation(
                section.durationNs("preAuthorisationValidity", SECOND, 60 * 24 * HOUR, 7 * 24 * HOUR),
                section.integer("overCapturePercent", 100, 1000, 100));
    }

    private static Map<Currency, Long> limits(final YamlSection section, final Set<Currency> currencies) {
        final Map<Currency, Long> limits = new HashMap<>();
        for (final String code : section.keys()) {
            final long limitMinor = section.longInteger(code, 1, MAXIMUM_AMOUNT_MINOR);
            final Currency currency = Currency.all().get(code);
            if (currency == null || !currencies.contains(currency)) {
                section.problem(code, "is not among the currencies of the switch");
            } else {
                limits.put(currency, limitMinor);
            }
        }
        return limits;
    }

    private List<IssuerSettings> issuers(final YamlSection root, final LedgerReader ledger) {
        final List<IssuerSettings> issuers = new ArrayList<>();
        for (final YamlSection section : root.sections("issuers")) {
            final int id = unique(section, "id", issuerIds);
            final boolean onUs = ledger.onUs(section);
            issuers.add(new IssuerSettings(
                    id,
                    section.string("name", "issuer-" + id),
                    onUs ? NO_DIALECT : dialect(section),
                    section.enumeration("framing", Framing.class, Framing.BIN2_EXCLUSIVE),
                    section.durationNs("responseTimeout", 100 * MS, 5 * MINUTE, 10 * SECOND),
                    reversal(section.section("reversal")),
                    section.durationNs("echoInterval", SECOND, HOUR, 30 * SECOND),
                    section.durationNs("reconnect", 10 * MS, MINUTE, SECOND),
                    section.durationNs("reconnectMaximum", 10 * MS, HOUR, 30 * SECOND),
                    transactions(section),
                    preAuthorisation(section),
                    links.links(section, onUs),
                    bins(section),
                    ledger.participant(section, "participant"),
                    onUs,
                    RoutingReader.routing(section, onUs),
                    links.rules(section),
                    MessageReader.read(section, root.has("ledger"), onUs)));
        }
        if (issuers.isEmpty()) {
            root.problem("issuers", "no issuer (expected at least one)");
        }
        return issuers;
    }

    /** The name of a dialect of the product, or the path of a file that ends in .yaml. */
    static String dialect(final YamlSection section) {
        final String dialect = section.string("dialect");
        try {
            Dialects.of(dialect);
        } catch (final ConfigurationException exception) {
            section.problem("dialect", "is wrong: " + exception.getMessage());
        } catch (final IllegalArgumentException exception) {
            section.problem("dialect", "'" + dialect + "' is neither a dialect of the product nor a .yaml file");
        }
        return dialect;
    }

    private static IssuerSettings.Reversal reversal(final YamlSection section) {
        return new IssuerSettings.Reversal(
                section.durationNs("timeout", 100 * MS, 5 * MINUTE, 30 * SECOND),
                section.durationNs("backoff", 10 * MS, 5 * MINUTE, 5 * SECOND),
                section.durationNs("backoffMaximum", 10 * MS, HOUR, 5 * MINUTE),
                section.durationNs("lateAnswerWindow", 0, HOUR, MINUTE),
                section.integer("window", 1, 1024, 4),
                section.integer("maximumAttempts", 1, 1_000_000, 300));
    }

    private List<BinRange> bins(final YamlSection issuer) {
        final List<BinRange> bins = new ArrayList<>();
        for (final String text : issuer.strings("bins")) {
            final BinRange range = BinRange.parse(text).orElse(null);
            if (range == null) {
                issuer.problem("bins", "'" + text + "' is no card range (expected up to 8 digits, or low-high)");
            } else if (allBins.stream().anyMatch(range::overlaps)) {
                issuer.problem("bins", "'" + text + "' overlaps another card range");
            } else {
                bins.add(range);
                allBins.add(range);
            }
        }
        if (bins.isEmpty()) {
            issuer.problem("bins", "no card range (expected at least one, such as '400000-499999')");
        }
        return bins;
    }

    private static int powerOfTwo(
            final YamlSection section, final String key, final int minimum, final int maximum, final int otherwise) {
        final int value = section.integer(key, minimum, maximum, otherwise);
        if (Integer.bitCount(value) != 1) {
            section.problem(key, value + " is not a power of two");
        }
        return value;
    }

    private static int unique(final YamlSection section, final String key, final Set<Integer> seen) {
        final int id = section.integer(key, 1, MAXIMUM_ID);
        if (!seen.add(id)) {
            section.problem(key, id + " stands there twice");
        }
        return id;
    }
}
