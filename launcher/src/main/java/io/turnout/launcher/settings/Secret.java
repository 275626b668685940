package io.turnout.launcher.settings;

import io.turnout.configuration.YamlSection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A secret from outside the configuration file. Never printed. */
public final class Secret {
    private static final int MINIMUM_LENGTH_BYTES = 16;
    private static final int MAXIMUM_LENGTH_BYTES = 128;

    private final byte[] bytes;

    private Secret(final byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads {@code env:NAME}, {@code file:PATH}, or, in development only, {@code plain:TEXT}.
     *
     * <p>A problem is noted in the section, and an empty secret stands in.
     */
    static Secret read(final YamlSection section, final String key, final Environment environment) {
        return read(section, key, environment, MINIMUM_LENGTH_BYTES);
    }

    /** As {@link #read(YamlSection, String, Environment)}, with another shortest length in bytes. */
    static Secret read(
            final YamlSection section, final String key, final Environment environment, final int minimumLength) {
        final String reference = section.string(key);
        final byte[] bytes = resolve(section, key, reference, environment);
        if (bytes.length > 0 && (bytes.length < minimumLength || bytes.length > MAXIMUM_LENGTH_BYTES)) {
            section.problem(key, "the secret has " + bytes.length + " bytes (expected " + minimumLength + " to 128)");
        }
        return new Secret(bytes);
    }

    /** No secret: nobody can have it. */
    static Secret none() {
        return new Secret(new byte[0]);
    }

    /** As {@link #read}, at the key {@code passphrase}, of any length from 1. */
    static String passphrase(final YamlSection section, final Environment environment) {
        final byte[] bytes = resolve(section, "passphrase", section.string("passphrase"), environment);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] resolve(
            final YamlSection section, final String key, final String reference, final Environment environment) {
        final int colon = reference.indexOf(':');
        final String scheme = colon < 0 ? "" : reference.substring(0, colon);
        final String rest = reference.substring(colon + 1);
        return switch (scheme) {
            case "env" -> fromEnvironment(section, key, rest);
            case "file" -> fromFile(section, key, rest);
            case "plain" -> fromText(section, key, rest, environment);
            default -> {
                section.problem(key, "not a reference to a secret (expected env:NAME or file:PATH)");
                yield new byte[0];
            }
        };
    }

    private static byte[] fromText(
            final YamlSection section, final String key, final String text, final Environment environment) {
        if (environment == Environment.PRODUCTION) {
            section.problem(key, "a secret in the file is refused in production (expected env:NAME or file:PATH)");
            return new byte[0];
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] fromEnvironment(final YamlSection section, final String key, final String name) {
        final String value = System.getenv(name);
        if (value == null) {
            section.problem(key, "environment variable " + name + " is not set");
            return new byte[0];
        }
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] fromFile(final YamlSection section, final String key, final String path) {
        try {
            return Files.readString(Path.of(path)).strip().getBytes(StandardCharsets.UTF_8);
        } catch (final IOException exception) {
            section.problem(key, "file " + path + " cannot be read: " + exception.getMessage());
            return new byte[0];
        }
    }

    /** Whether there is a secret at all. */
    public boolean isPresent() {
        return bytes.length > 0;
    }

    /** A copy of the secret. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "Secret[" + bytes.length + " bytes]";
    }
}
