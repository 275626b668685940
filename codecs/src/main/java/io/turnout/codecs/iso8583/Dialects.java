package io.turnout.codecs.iso8583;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** The dialects that come with the product, and those in files of their own. */
public final class Dialects {
    private static final String FOLDER = "/io/turnout/dialects/";

    private Dialects() {}

    /**
     * A dialect of the product by its name, such as {@code iso87-ascii}.
     *
     * @throws IllegalArgumentException when the product has no dialect of that name
     * @throws io.turnout.configuration.ConfigurationException when its file is damaged
     */
    public static Dialect builtIn(final String name) {
        final String text = text(name).orElseThrow(() -> new IllegalArgumentException("no such dialect: name=" + name));
        return new DialectReader(Dialects::text).read(name + DialectReader.SUFFIX, text);
    }

    /**
     * A dialect of the product by its name, or one in a file by its path, which ends in {@code .yaml}.
     *
     * @throws IllegalArgumentException when it is neither
     * @throws io.turnout.configuration.ConfigurationException with every problem of the file
     */
    public static Dialect of(final String nameOrPath) {
        return nameOrPath.endsWith(DialectReader.SUFFIX)
                ? DialectReader.read(Path.of(nameOrPath))
                : builtIn(nameOrPath);
    }

    /** The file of a dialect of the product, or nothing when there is none of that name. */
    static Optional<String> text(final String name) {
        if (!name.matches("[a-z0-9-]+")) {
            return Optional.empty();
        }
        try (InputStream stream = Dialects.class.getResourceAsStream(FOLDER + name + DialectReader.SUFFIX)) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
