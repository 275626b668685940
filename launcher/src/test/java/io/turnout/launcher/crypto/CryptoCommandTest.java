package io.turnout.launcher.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.launcher.CommandFailure;
import io.turnout.launcher.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class CryptoCommandTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pinblock encode --format 0 --pin 1234 --pan 5555555551234567 | 041261AAAAEDCBA9",
                "pinblock encode --format 3 --pin 1234 --pan 5555555551234567 --random F | 341261AAAAEDCBA9",
                "pinblock decode --format 0 --block 041261AAAAEDCBA9 --pan 5555555551234567 | 1234",
                "pinblock decode --format 4 --pan 1234567890123456789 --block 28B41FDDD29B743E93124BD8E32D921E"
                        + " --key 00112233445566778899AABBCCDDEEFF | 1234",
                "pinblock translate --format 0 --pan 4012345678909 --key 042666B49184CF5C68DE9628D0397B36"
                        + " --block 1B9C1845EB993A7A --to-key 042666B49184CF5C68DE9628D0397B36 | 1B9C1845EB993A7A",
                "mac --algorithm retail --key 41414141414141414242424242424242 --data 68656C6C6F20776F726C64"
                        + " | 3DDE5C5511661CBF",
                "mac --algorithm retail --key 41414141414141414242424242424242 --data 68656C6C6F20776F726C64"
                        + " --padding 3 --length 4 | BA90F750",
                "mac --algorithm cmac --key 2b7e151628aed2a6abf7158809cf4f3c --text="
                        + " | BB1D6929E95937287FA37D129B756746",
                "mac --algorithm hmac_sha_256 --key 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b --data 4869205468657265"
                        + " | B0344C61D8DB38535CA8AFCEAF0BF12B881DC200C9833DA726E9376C2E32CFF7",
                "kcv --key F039121BEC83D26B169BDCD5B22AAF8F | CB9DEA",
                "kcv --key 3F419E1CB7079442AA37474C2EFBF8B8 --method aes | 08793E25AB",
                "components 0F0F 3333 5555 | 6969"
            })
    void shouldAnswerAsPublished(final String arguments, final String expected) {
        assertEquals(expected, run(arguments.split(" ")).strip());
    }

    @Test
    void shouldListAllKeysOfATransaction() {
        final String keys = run("dukpt tdes --bdk 0123456789ABCDEFFEDCBA9876543210 --ksn 9876543210E00001".split(" "));

        assertTrue(keys.contains("6AC292FAA1315B4D858AB3A3D7D5933A"), keys);
        assertTrue(keys.contains("042666B49184CFA368DE9628D0397BC9"), keys);
        assertEquals(7, keys.lines().count());
    }

    @Test
    void shouldUnwrapWhatItWrapped() {
        // Given
        final String protection = "88E1AB2A2E3DD38C1FA039A536500CC8A87AB9D62DC92C01058FA79F44657DE6";
        final String key = "3F419E1CB7079442AA37474C2EFBF8B8";

        // When
        final String block = run("tr31", "wrap", "--kbpk", protection, "--header", "D0000P0AE00E0000", "--key", key);
        final String text = run("tr31", "unwrap", "--kbpk", protection, "--block", block.strip());

        // Then
        assertTrue(text.contains("key            " + key), text);
    }

    @ParameterizedTest
    @CsvSource({
        "kcv --key 00, BAD_KEY_LENGTH",
        "kcv --key xx, NOT_HEXADECIMAL",
        "luhn 4111x, BAD_PARAMETER",
        "tr31 unwrap --kbpk 00 --block Z, BAD_KEY_BLOCK"
    })
    void shouldNameWhatIsWrong(final String arguments, final String error) {
        final CommandFailure failure = assertThrows(CommandFailure.class, () -> run(arguments.split(" ")));

        assertEquals(ExitCode.FAILED, failure.exitCode());
        assertTrue(failure.getMessage().startsWith(error), failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"crypto luhn 1 --config FILE", "crypto --config FILE luhn 1", "crypto --jsonl --config FILE"})
    void shouldRefuseOutsideDevelopment(final String line, @TempDir final Path directory) throws Exception {
        // Given the configuration of a switch in production
        final Path development = Path.of(System.getProperty("turnout.repository.root"), "config/turnout.yaml");
        final Path secret = Files.writeString(directory.resolve("secret"), "a secret of thirty-two characters");
        final Path file = directory.resolve("turnout.yaml");
        final String configuration = Files.readString(development)
                .replaceFirst("(?m)^environment:.*$", "environment: production")
                .replaceAll("plain:[a-z-]+", "file:" + secret);
        Files.writeString(file, configuration + "\nvault:\n  keyFile: " + directory.resolve("keys") + "\n");

        // When, then
        final String[] arguments =
                line.replace("crypto ", "").replace("FILE", file.toString()).split(" ");
        final CommandFailure refused = assertThrows(CommandFailure.class, () -> run(arguments));
        assertEquals(ExitCode.REFUSED, refused.exitCode());
    }

    private static String run(final String... arguments) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final CommandLine command = new CommandLine(new CryptoCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        final RuntimeException[] thrown = new RuntimeException[1];
        command.setExecutionExceptionHandler((exception, commandLine, parsed) -> {
            thrown[0] = (RuntimeException) exception;
            return 1;
        });
        final int code = command.execute(arguments);
        if (thrown[0] != null) {
            throw thrown[0];
        }
        assertEquals(0, code, err::toString);
        return out.toString();
    }
}
