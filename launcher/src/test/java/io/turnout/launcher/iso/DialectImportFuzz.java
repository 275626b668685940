package io.turnout.launcher.iso;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.DialectReader;
import io.turnout.codecs.iso8583.DialectWriter;
import io.turnout.configuration.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A target for a fuzzer: any file is a specification, which becomes a dialect whose own file is read as the same
 * dialect; or it is refused with every problem named. A file never makes the importer read another one.
 */
public final class DialectImportFuzz {
    private static final String CANARY = "this-is-the-content-of-another-file";
    private static final Path FILE;
    private static final Path OTHER_FILE;

    static {
        try {
            final Path directory = Files.createTempDirectory("import-fuzz");
            FILE = directory.resolve("specification");
            OTHER_FILE = Files.writeString(directory.resolve("secret"), CANARY);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DialectImportFuzz() {}

    /** Called by the fuzzer; the first byte chooses XML or JSON; {@code SECRET} becomes the address of another file. */
    public static void fuzzerTestOneInput(final byte[] input) {
        if (input.length == 0) {
            return;
        }
        final String text = new String(Arrays.copyOfRange(input, 1, input.length), StandardCharsets.UTF_8)
                .replace("SECRET", OTHER_FILE.toUri().toString());
        if (text.contains(CANARY)) {
            return;
        }
        try {
            Files.writeString(FILE, text);
            final ImportedDialect imported = (input[0] & 1) == 0
                    ? new JposImport(Map.of()).read("bank", FILE)
                    : new MoovImport().read("bank", FILE);
            requireTheSame(imported);
        } catch (final IllegalArgumentException e) {
            require(!String.valueOf(e.getMessage()).contains(CANARY), "another file was read", e);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireTheSame(final ImportedDialect imported) {
        final String file = DialectWriter.write(imported.dialect());
        require(
                !file.contains(CANARY) && !imported.remarks().toString().contains(CANARY),
                "another file was read",
                null);
        try {
            final Dialect read = new DialectReader(base -> Optional.empty()).read("bank.yaml", file);
            require(DialectWriter.write(read).equals(file), "the file is read as another dialect", null);
        } catch (final ConfigurationException e) {
            require(false, "the file cannot be read", e);
        }
    }

    private static void require(final boolean condition, final String problem, final Throwable cause) {
        if (!condition) {
            throw new IllegalStateException(problem, cause);
        }
    }
}
