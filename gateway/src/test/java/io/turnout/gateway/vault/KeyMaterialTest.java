package io.turnout.gateway.vault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyMaterialTest {

    private static final String KEY = "a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf";
    private static final String OLD_KEY = "a0a1a2a3a4a5a6a7a8a9aaabacadaeafc0c1c2c3c4c5c6c7c8c9cacbcccdcecf";

    @TempDir
    private Path directory;

    private Path data;
    private Path file;

    @BeforeEach
    void createDataDirectory() throws IOException {
        data = Files.createDirectory(directory.resolve("data"));
        file = directory.resolve("keys");
    }

    @Test
    void shouldPutTheFirstKeyInForceAndKeepTheOthers() throws IOException {
        Files.writeString(file, "# made today\n\n0000002A " + KEY + "\n00000029\t" + OLD_KEY + "\n", US_ASCII);
        final KeyMaterial keys = KeyMaterial.load(file, data);

        assertEquals(42, keys.currentKeyId());
        assertArrayEquals(HexFormat.of().parseHex(KEY), keys.masterKey(42));
        assertArrayEquals(HexFormat.of().parseHex(OLD_KEY), keys.masterKey(41));
        assertNull(keys.masterKey(0), "the development key is there only when asked for");
    }

    @ParameterizedTest
    @CsvSource({
        "'', ': holds no key'",
        "'# nothing\n', ': holds no key'",
        "'0000002A a0a1', ':1: the key has 4 hexadecimal digits instead of 64'",
        "'2A " + KEY + "', ':1: expected a key number'",
        "'\n" + KEY + "', ':2: expected a key number'",
        "'00000000 " + KEY + "', ':1: key number 00000000 is the development key'",
        "'0000002A " + KEY + "\n0000002a " + OLD_KEY + "', ':2: key number 0000002a appears twice'",
    })
    void shouldNameWhatIsWrongWithAKeyFileButNeverShowAKey(final String content, final String problem)
            throws IOException {
        Files.writeString(file, content, US_ASCII);
        final IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> KeyMaterial.load(file, data));

        assertTrue(e.getMessage().startsWith(file + problem), e.getMessage());
        assertFalse(e.getMessage().contains("a0a1a2"), "message shows key material");
    }

    @Test
    void shouldRefuseAFileThatIsNotText() throws IOException {
        Files.writeString(file, "0000002A " + KEY + "é", StandardCharsets.UTF_8);

        assertThrows(IllegalArgumentException.class, () -> KeyMaterial.load(file, data));
    }

    @Test
    void shouldRefuseAFileInTheDataDirectory() throws IOException {
        final Path inside = Files.writeString(data.resolve("keys"), "0000002A " + KEY, US_ASCII);
        final Path link = Files.createSymbolicLink(directory.resolve("link"), inside);

        assertThrows(IllegalArgumentException.class, () -> KeyMaterial.load(inside, data));
        assertThrows(IllegalArgumentException.class, () -> KeyMaterial.load(link, data));
    }

    @Test
    void shouldReportAMissingFile() {
        assertThrows(NoSuchFileException.class, () -> KeyMaterial.load(file, data));
    }

    @Test
    void shouldWarnWhenOthersMayReadTheFile() throws IOException {
        Files.writeString(file, "0000002A " + KEY, US_ASCII);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertEquals(1, KeyMaterial.load(file, data).warnings().size());

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertEquals(List.of(), KeyMaterial.load(file, data).warnings());
    }

    @Test
    void shouldWarnOfTheDevelopmentKey() {
        assertEquals(1, KeyMaterial.development().warnings().size());
    }
}
