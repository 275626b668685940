package io.turnout.codecs.iso8583;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The dialects of the product, and those that only the vectors of other implementations use. */
final class TestDialects {
    static final List<String> BUILT_IN = List.of(
            "iso87-ascii",
            "iso87-bcd",
            "iso87-ascii-binbitmap",
            "iso87-ascii-bitmap16-always",
            "iso87-ascii-tertiary",
            "iso87-ebcdic-binbitmap",
            "iso87-ebcdic-hexbitmap",
            "bcd-ebcdic-binlen",
            "cups",
            "cups-rawmac",
            "cups-hexbitmap",
            "unionpay-pos",
            "unionpay-pos-nohdr",
            "iso93-ascii",
            "iso93-bcd",
            "iso93-ebcdic",
            "iso93-ascii-binbitmap",
            "ipm-ascii",
            "ipm-ascii-hexbitmap",
            "ipm-ebcdic",
            "iso03-ascii",
            "postilion");

    static final List<String> FOR_TESTS = List.of(
            "moov-mixed",
            "moov-bcd-mini",
            "pyiso-f2-ascii",
            "pyiso-4char-ascii",
            "pyiso-4char-cp500",
            "pyiso-4char-bin",
            "pyiso-4char-sec",
            "pyiso-4char-ter",
            "pyiso-1char",
            "j8583-0210",
            "j8583-0210-bin",
            "netcore-1814",
            "netcore-multilevel",
            "netcore-radix16",
            "netcore-radix10",
            "netcore-llll",
            "unusual",
            "nested");

    private static final DialectReader READER = new DialectReader(TestDialects::text);

    private TestDialects() {}

    static Stream<String> all() {
        return Stream.concat(BUILT_IN.stream(), FOR_TESTS.stream());
    }

    static Dialect named(final String name) {
        return READER.read(name + ".yaml", text(name).orElseThrow());
    }

    /** A dialect that differs from another in field 2. */
    static Dialect withFieldTwo(final String base, final String line) {
        return READER.read("override.yaml", "dialect: override\nextends: " + base + "\nfields:\n  2: " + line + "\n");
    }

    /** A dialect that differs from another in accepting letters where digits should be. */
    static Dialect lenient(final String base) {
        return changed(base, "strict-numeric: false");
    }

    /** A dialect that differs from another in one line of its message. */
    static Dialect changed(final String base, final String line) {
        return READER.read("changed.yaml", "dialect: changed\nextends: " + base + "\nmessage:\n  " + line + "\n");
    }

    static String resource(final String name) {
        try (InputStream stream = TestDialects.class.getResourceAsStream(name)) {
            return stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> text(final String name) {
        return Dialects.text(name)
                .or(() -> Optional.of(resource("dialects/" + name + ".yaml")).filter(text -> !text.isEmpty()));
    }
}
