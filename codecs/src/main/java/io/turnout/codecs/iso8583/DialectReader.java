package io.turnout.codecs.iso8583;

import io.turnout.codecs.sbe.engine.TransactionType;
import io.turnout.configuration.ConfigurationException;
import io.turnout.configuration.YamlDocument;
import io.turnout.configuration.YamlSection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads dialect files.
 *
 * <p>A dialect has one line per data element and may extend another: it then names only what differs, and an encoding
 * it changes is changed for every inherited field that does not override it. Used by one thread, at start.
 */
public final class DialectReader {
    static final String SUFFIX = ".yaml";

    static final String REMOVED = "none";
    /** What a dialect begins with that extends no other. */
    static final DialectSource EMPTY = new DialectSource(
            "",
            "",
            MessageFormat.DEFAULT,
            Encodings.DEFAULT,
            new TreeMap<>(),
            Map.of(),
            Map.of(),
            new TreeMap<>(),
            Map.of(),
            false);

    private static final Pattern FIELD_NUMBERS = Pattern.compile("([1-9][0-9]{0,2})(?:-([1-9][0-9]{0,2}))?");
    static final int MAXIMUM_HEADER_BYTES = 256;

    private final Function<String, Optional<String>> textByName;
    private final Deque<String> reading = new ArrayDeque<>();

    /**
     * A reader of dialects that may extend others.
     *
     * @param textByName the file of a dialect that is extended, or nothing when there is none of that name
     */
    public DialectReader(final Function<String, Optional<String>> textByName) {
        this.textByName = textByName;
    }

    /**
     * Reads a file that may extend dialects in files beside it and those of the product, in this order.
     *
     * @throws ConfigurationException with every problem of the file
     */
    public static Dialect read(final Path file) {
        final Path name = file.getFileName();
        final DialectReader reader = new DialectReader(
                base -> textOf(file.resolveSibling(base + SUFFIX)).or(() -> Dialects.text(base)));
        return new Dialect(reader.sourceOf(String.valueOf(name), YamlDocument.read(file)));
    }

    /**
     * Reads a text.
     *
     * @param name stands for the file in messages
     * @throws ConfigurationException with every problem of the text
     */
    public Dialect read(final String name, final String text) {
        return new Dialect(sourceOf(name, YamlDocument.read(name, text)));
    }

    private DialectSource sourceOf(final String file, final YamlDocument document) {
        reading.push(file);
        try {
            return source(document);
        } finally {
            reading.pop();
        }
    }

    private DialectSource source(final YamlDocument document) {
        final YamlSection root = document.root();
        final String name = root.string("dialect");
        final String description = root.string("description", "");
        final DialectSource base = base(root).orElse(EMPTY);
        final MessageFormat message = message(root.section("message"), base.message());
        final Encodings encodings = encodings(root.section("encodings"), base.encodings());
        final SortedMap<Integer, FieldLine> fields = new TreeMap<>(base.fields());
        final YamlSection lines = root.section("fields");
        fields.keySet().removeIf(number -> !message.holds(number));
        lines.keys().forEach(key -> readField(lines, key, fields, message));
        final Map<String, ResponseCodeLine> responseCodes = new LinkedHashMap<>();
        if (root.flag("inherit-response-codes", true)) {
            responseCodes.putAll(base.responseCodes());
        }
        final YamlSection codes = root.section("response-codes");
        codes.keys().forEach(code -> readResponseCode(codes, code, responseCodes));
        final Map<TransactionType, TransactionLine> transactions = new EnumMap<>(TransactionType.class);
        transactions.putAll(base.transactions());
        final YamlSection types = root.section("transactions");
        types.keys().forEach(type -> readTransaction(types, type, transactions));
        final DialectSource source = new DialectSource(
                name,
                description,
                message,
                encodings,
                fields,
                responseCodes,
                transactions,
                SubFieldReader.read(root.section("sub-fields"), base.subFields(), fields.keySet(), encodings),
                DialectExtras.samples(root.section("samples"), base.samples()),
                root.flag("reports-unreadable", base.reportsUnreadable()));
        fields.forEach((number, line) -> check(lines, number, line, source));
        document.throwIfProblems();
        return source;
    }

    private Optional<DialectSource> base(final YamlSection root) {
        if (!root.has("extends")) {
            return Optional.empty();
        }
        final String name = root.string("extends");
        final String file = name + SUFFIX;
        if (reading.contains(file)) {
            root.problem("extends", "'" + name + "' extends itself (expected another dialect)");
            return Optional.empty();
        }
        final Optional<String> text = textByName.apply(name);
        if (text.isEmpty()) {
            root.problem("extends", "there is no dialect '" + name + "' (expected a file " + file + ")");
            return Optional.empty();
        }
        return Optional.of(sourceOf(file, YamlDocument.read(file, text.get())));
    }

    private static MessageFormat message(final YamlSection section, final MessageFormat base) {
        return new MessageFormat(
                section.integer("header-bytes", 0, MAXIMUM_HEADER_BYTES, base.headerBytes()),
                true,
                section.enumeration("mti", DigitEncoding.class, base.mti()),
                section.enumeration("bitmap", BinaryEncoding.class, base.bitmap()),
                section.flag("lower-case-bitmap", base.lowerCaseBitmap()),
                section.integer("bitmaps", 1, 3, base.bitmaps()),
                section.flag("bitmaps-always", base.bitmapsAlways()),
                section.flag("first-bit-never", base.firstBitNever()),
                section.flag("trailing-data-ignored", base.trailingDataIgnored()),
                section.flag("strict-numeric", base.strictNumeric()));
    }

    private static Encodings encodings(final YamlSection section, final Encodings base) {
        return new Encodings(
                section.enumeration("text", TextEncoding.class, base.text()),
                section.enumeration("digits", DigitEncoding.class, base.digits()),
                section.enumeration("length", LengthEncoding.class, base.length()),
                section.enumeration("binary", BinaryEncoding.class, base.binary()),
                section.enumeration("fixed-pad", Encodings.PadSide.class, base.fixedPad()),
                section.enumeration("variable-pad", Encodings.PadSide.class, base.variablePad()),
                section.enumeration("filler", Encodings.Filler.class, base.filler()));
    }

    private static void readField(
            final YamlSection lines,
            final String key,
            final SortedMap<Integer, FieldLine> fields,
            final MessageFormat message) {
        final String text = lines.string(key, REMOVED);
        final Matcher numbers = FIELD_NUMBERS.matcher(key);
        final int first = numbers.matches() ? Integer.parseInt(numbers.group(1)) : 0;
        final int last = first == 0 || numbers.group(2) == null ? first : Integer.parseInt(numbers.group(2));
        if (first < Dialect.FIRST_FIELD || last < first || last > Dialect.LAST_FIELD) {
            lines.problem(key, "not a data element (expected a number from 2 to 192, or a range such as 105-111)");
            return;
        }
        for (int number = first; number <= last; number++) {
            final FieldLine inherited = fields.remove(number);
            if (text.equals(REMOVED)) {
                continue;
            }
            if (!message.holds(number)) {
                lines.problem(key, "the bitmaps have no room for it (expected one of their data elements)");
                return;
            }
            try {
                fields.put(
                        number,
                        FieldLine.parse(
                                text,
                                inherited == null ? "" : inherited.format().name()));
            } catch (final IllegalArgumentException e) {
                lines.problem(key, e.getMessage());
                return;
            }
        }
    }

    private static void readResponseCode(
            final YamlSection codes, final String code, final Map<String, ResponseCodeLine> responseCodes) {
        final String text = codes.string(code, REMOVED);
        if (!code.matches("[0-9A-Z]{2,4}")) {
            codes.problem(code, "not a response code (expected two to four digits and capital letters)");
            return;
        }
        responseCodes.remove(code);
        if (text.equals(REMOVED)) {
            return;
        }
        try {
            responseCodes.put(code, ResponseCodeLine.parse(text));
        } catch (final IllegalArgumentException e) {
            codes.problem(code, e.getMessage());
        }
    }

    private static void readTransaction(
            final YamlSection types, final String name, final Map<TransactionType, TransactionLine> transactions) {
        final String text = types.string(name, REMOVED);
        final Optional<TransactionType> type = Transactions.typeOf(name);
        if (type.isEmpty()) {
            types.problem(name, "not a type of transaction (expected one such as purchase or pre-authorisation)");
            return;
        }
        transactions.remove(type.get());
        if (text.equals(REMOVED)) {
            return;
        }
        try {
            final TransactionLine line = TransactionLine.parse(text);
            if (line.isReversal() && type.get() != TransactionType.VOID) {
                types.problem(name, "is written as a reversal (expected 0100 or 0200; only a void may be 0400)");
                return;
            }
            transactions.put(type.get(), line);
        } catch (final IllegalArgumentException e) {
            types.problem(name, e.getMessage());
        }
    }

    /** Checks what only the whole dialect can tell; an inherited line is reported in the dialect that broke it. */
    private static void check(
            final YamlSection lines, final int number, final FieldLine line, final DialectSource source) {
        try {
            line.check(source.encodings());
        } catch (final IllegalArgumentException e) {
            lines.problem(String.valueOf(number), e.getMessage());
        }
    }

    private static Optional<String> textOf(final Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
