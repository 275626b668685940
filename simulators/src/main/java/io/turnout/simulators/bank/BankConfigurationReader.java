package io.turnout.simulators.bank;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.ResponseCodes;
import io.turnout.configuration.ConfigurationException;
import io.turnout.configuration.YamlDocument;
import io.turnout.configuration.YamlSection;
import io.turnout.security.link.MacForm;
import io.turnout.security.module.MacScheme;
import io.turnout.simulators.ConfigurationValues;
import io.turnout.simulators.TlsSection;
import io.turnout.simulators.bank.Latency.Shape;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Reads the list {@code banks} of a file into {@link BankConfiguration}s; all problems at once. */
public final class BankConfigurationReader {

    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);
    private static final int LARGEST_BOOKS = 100_000_000;
    private static final int LARGEST_PENDING = 1 << 20;
    private static final InetSocketAddress NOWHERE = InetSocketAddress.createUnresolved("nowhere", 0);

    private BankConfigurationReader() {}

    /**
     * Reads a file.
     *
     * @throws ConfigurationException with everything wrong in it
     */
    public static List<BankConfiguration> read(final Path file) {
        return read(YamlDocument.read(file));
    }

    /**
     * Reads a document to its end.
     *
     * @throws ConfigurationException with everything wrong in it
     */
    public static List<BankConfiguration> read(final YamlDocument document) {
        final List<BankConfiguration> banks = new ArrayList<>();
        final Set<Path> books = new HashSet<>();
        for (final YamlSection section : document.root().sections("banks")) {
            final BankConfiguration bank = bank(section);
            banks.add(bank);
            if (!books.add(bank.books())) {
                section.problem("books", "are also the books of another bank");
            }
        }
        if (banks.isEmpty()) {
            document.root().problem("banks", "has no bank (expected at least one)");
        }
        document.throwIfProblems();
        return banks;
    }

    private static BankConfiguration bank(final YamlSection section) {
        final Dialect dialect = ConfigurationValues.dialect(section, "dialect");
        final List<BankRule> rules = new ArrayList<>();
        for (final YamlSection rule : section.sections("rules")) {
            rules.add(rule(rule, dialect));
        }
        return new BankConfiguration(
                section.string("name"),
                section.longInteger("seed", Long.MIN_VALUE, Long.MAX_VALUE, 1),
                isDialler(section) ? NOWHERE : ConfigurationValues.address(section, "listen"),
                TlsSection.server(section),
                section.integer("connections", 1, 1024, 16),
                dialect,
                section.enumeration("framing", Framing.class, Framing.BIN2_EXCLUSIVE),
                section.flag("signOnRequired", true),
                section.flag("answersOnAnyConnection", false),
                code(section, "unknownOriginalCode", dialect),
                latency(section.section("latency")),
                rules,
                ConfigurationValues.path(section, "books"),
                section.integer("booksCapacity", 1, LARGEST_BOOKS, 10_000_000),
                section.integer("pendingCapacity", 2, LARGEST_PENDING, 8192),
                security(section.section("security")),
                dialling(section));
    }

    /** A bank that listens nowhere; with both addresses it has connections for each direction. */
    private static boolean isDialler(final YamlSection section) {
        return section.has("connect") && !section.has("listen");
    }

    private static Optional<BankConfiguration.Dialling> dialling(final YamlSection section) {
        if (!section.has("connect")) {
            return Optional.empty();
        }
        if (section.has("tls")) {
            section.problem("connect", "the bank opens connections in plain text only (expected no tls beside it)");
        }
        return Optional.of(new BankConfiguration.Dialling(
                ConfigurationValues.address(section, "connect"),
                section.integer("dials", 1, 1024, 1),
                isDialler(section)));
    }

    private static BankSecuritySettings security(final YamlSection section) {
        final Scheme scheme = section.enumeration("scheme", Scheme.class, Scheme.X9_19);
        final MacForm usual = scheme == Scheme.UNIONPAY_ONLINE ? MacForm.HEXADECIMAL : MacForm.BYTES;
        return new BankSecuritySettings(
                scheme.scheme(),
                section.enumeration("form", MacForm.class, usual),
                key(section, "macKey"),
                key(section, "masterKey"),
                section.integer("change", 1, 999, 161),
                section.integer("request", 1, 999, 162),
                section.integer("changeEvery", 0, 1_000_000_000, 0),
                key(section, "pinKey"));
    }

    /** A test key in clear; a simulator has no others. */
    private static String key(final YamlSection section, final String key) {
        final String hex = section.string(key, "");
        if (!hex.matches("([0-9A-Fa-f]{32}|[0-9A-Fa-f]{48})?")) {
            section.problem(key, "is no key (expected 32 or 48 hexadecimal digits)");
            return "";
        }
        return hex;
    }

    /** The MACs a bank knows. */
    private enum Scheme {
        X9_19,
        CMAC,
        UNIONPAY_ONLINE,
        UNIONPAY_TERMINAL;

        private MacScheme scheme() {
            return switch (this) {
                case X9_19 -> MacScheme.X9_19;
                case CMAC -> MacScheme.AES_CMAC;
                case UNIONPAY_ONLINE -> MacScheme.UNIONPAY_ONLINE;
                case UNIONPAY_TERMINAL -> MacScheme.UNIONPAY_TERMINAL;
            };
        }
    }

    private static BankRule rule(final YamlSection section, final Dialect dialect) {
        final long from = section.longInteger("fromMessage", 1, Long.MAX_VALUE, 1);
        return new BankRule(
                section.enumeration("on", MessageKind.class, MessageKind.PAYMENT),
                ConfigurationValues.optionalDigits(section, "amountEndsWith", 1, 12),
                ConfigurationValues.optionalDigits(section, "panEndsWith", 1, 19),
                from,
                section.longInteger("toMessage", from, Long.MAX_VALUE, Long.MAX_VALUE),
                ConfigurationValues.share(section, "share", 1),
                section.enumeration("behaviour", Behaviour.class, Behaviour.ANSWER),
                code(section, "code", dialect),
                section.durationNs("delay", 0, 24 * HOUR, 0));
    }

    private static String code(final YamlSection section, final String key, final Dialect dialect) {
        final String code = section.string(key, "");
        if (!code.isEmpty() && !dialect.responseCodes().isKnown(ResponseCodes.pack(code))) {
            section.problem(key, "'" + code + "' is not a response code of " + dialect);
        }
        return code;
    }

    private static Latency latency(final YamlSection section) {
        final Shape shape = section.enumeration("shape", Shape.class, Shape.FIXED);
        final long minimumNs = section.durationNs("minimum", 0, HOUR, 0);
        final boolean uniform = shape == Shape.UNIFORM;
        final long maximumNs = uniform
                ? section.durationNs("maximum", minimumNs, HOUR)
                : section.durationNs("maximum", minimumNs, HOUR, HOUR);
        return new Latency(
                shape,
                uniform ? 0 : section.durationNs("typical", 0, HOUR, 5 * MS),
                minimumNs,
                maximumNs,
                section.integer("sigmaPercent", 1, 500, 50),
                ConfigurationValues.share(section, "slowShare", 0),
                section.durationNs("slow", 0, HOUR, 0));
    }
}
