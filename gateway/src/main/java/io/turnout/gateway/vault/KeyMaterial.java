package io.turnout.gateway.vault;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The master keys of the card vault.
 *
 * <p>The key file is ASCII text, one key a line: the key's number as 8 hexadecimal digits, a space, and the key as 64
 * hexadecimal digits (32 bytes). Empty lines and lines that begin with {@code #} are skipped. The first key protects
 * new cards; the others only open what was sealed under them. Number 00000000 is the development key's and must not be
 * used. The file must lie outside the data directory, so that who copies the data does not copy the keys, and should be
 * readable by its owner alone.
 *
 * <pre>
 * # openssl rand -hex 32
 * 00000001 9f0c...64 digits
 * </pre>
 *
 * <p>No message and no {@code toString} tells a key.
 */
public final class KeyMaterial {

    private static final int KEY_LENGTH = 32;
    private static final int DEVELOPMENT_KEY_ID = 0;
    private static final int MAXIMUM_KEYS = 64;
    private static final int MAXIMUM_FILE_BYTES = 64 * 1024;
    private static final Pattern LINE = Pattern.compile("([0-9a-fA-F]{8})[ \\t]+([0-9a-fA-F]*)");

    private final Map<Integer, byte[]> masterKeys;
    private final int currentKeyId;
    private final List<String> warnings;

    private KeyMaterial(final Map<Integer, byte[]> masterKeys, final List<String> warnings) {
        this.masterKeys = masterKeys;
        this.currentKeyId = masterKeys.keySet().iterator().next();
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Reads a key file.
     *
     * @param file see the class description
     * @param dataDirectory must not contain the file
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException when it is not a key file or lies in the data directory; the message names file
     *     and line and never holds a key
     */
    public static KeyMaterial load(final Path file, final Path dataDirectory) throws IOException {
        final Path realFile = file.toRealPath();
        final Path realDirectory = Files.exists(dataDirectory)
                ? dataDirectory.toRealPath()
                : dataDirectory.toAbsolutePath().normalize();
        if (realFile.startsWith(realDirectory)) {
            throw new IllegalArgumentException(
                    file + ": the key file must lie outside the data directory " + dataDirectory);
        }
        if (Files.size(realFile) > MAXIMUM_FILE_BYTES) {
            throw new IllegalArgumentException(file + ": longer than a key file may be");
        }
        return new KeyMaterial(parse(file, readLines(file)), permissionWarnings(file));
    }

    /** A published key for trying the switch out. It protects nothing: real cards must never meet it. */
    public static KeyMaterial development() {
        final byte[] key = new byte[KEY_LENGTH];
        for (int i = 0; i < KEY_LENGTH; i++) {
            key[i] = (byte) i;
        }
        return new KeyMaterial(
                Map.of(DEVELOPMENT_KEY_ID, key),
                List.of("the development key is in force: card numbers are not protected"));
    }

    /** What an operator should know, one sentence each; empty when all is well. */
    public List<String> warnings() {
        return warnings;
    }

    /** Number of the key that protects new cards. */
    public int currentKeyId() {
        return currentKeyId;
    }

    /** The master key of a number, or null. The caller must not change it. */
    byte[] masterKey(final int keyId) {
        return masterKeys.get(keyId);
    }

    Iterable<Integer> keyIds() {
        return masterKeys.keySet();
    }

    private static List<String> readLines(final Path file) throws IOException {
        try {
            return Files.readAllLines(file, StandardCharsets.US_ASCII);
        } catch (final CharacterCodingException e) {
            throw new IllegalArgumentException(file + ": not ASCII text", e);
        }
    }

    private static Map<Integer, byte[]> parse(final Path file, final List<String> lines) {
        final Map<Integer, byte[]> keys = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            final String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                parseKey(line, file + ":" + (i + 1) + ": ", keys);
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(file + ": holds no key");
        }
        return keys;
    }

    private static void parseKey(final String line, final String where, final Map<Integer, byte[]> keys) {
        final Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    where + "expected a key number of 8 hexadecimal digits, a space and the key in hexadecimal digits");
        }
        final int keyId = HexFormat.fromHexDigits(matcher.group(1));
        if (keyId == DEVELOPMENT_KEY_ID) {
            throw new IllegalArgumentException(where + "key number 00000000 is the development key's");
        }
        final String digits = matcher.group(2);
        if (digits.length() != 2 * KEY_LENGTH) {
            throw new IllegalArgumentException(
                    where + "the key has " + digits.length() + " hexadecimal digits instead of " + 2 * KEY_LENGTH);
        }
        if (keys.size() == MAXIMUM_KEYS) {
            throw new IllegalArgumentException(where + "more than " + MAXIMUM_KEYS + " keys");
        }
        if (keys.putIfAbsent(keyId, HexFormat.of().parseHex(digits)) != null) {
            throw new IllegalArgumentException(where + "key number " + matcher.group(1) + " appears twice");
        }
    }

    private static List<String> permissionWarnings(final Path file) throws IOException {
        final List<String> warnings = new ArrayList<>();
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            final Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.stream().anyMatch(permission -> !permission.name().startsWith("OWNER"))) {
                warnings.add(file + ": others than its owner have access to the key file (chmod 600 it)");
            }
        }
        return warnings;
    }
}
