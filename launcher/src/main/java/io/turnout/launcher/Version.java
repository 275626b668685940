package io.turnout.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of the product, from the build. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "Turnout " + number(),
            "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }

    static String number() {
        try (InputStream stream = Version.class.getResourceAsStream("version.properties")) {
            final Properties properties = new Properties();
            properties.load(stream);
            return properties.getProperty("version");
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
