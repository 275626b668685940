package io.turnout.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.gateway.net.tls.TlsKeyFiles;
import io.turnout.gateway.support.TestAuthority;
import io.turnout.launcher.Turnout;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line tells in time that a certificate ends, and shows every certificate but never a key. */
final class CertificateWarningTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "745, '', PASS",
        "719, expires in 29 days, WARN",
        "335, expires in 13 days, WARN",
        "167, expires in 6 days, FAIL",
        "23, expires in 0 days, FAIL",
        "-1, has expired, FAIL",
    })
    void shouldWarn(final int hoursLeft, final String warning, final String grade) throws IOException {
        final TestAuthority authority = new TestAuthority(directory, "authority");
        final TlsKeyFiles key =
                authority.certify("switch", Duration.ofDays(-60), Duration.ofHours(hoursLeft), "DNS:switch.example");
        final Path file = Files.writeString(directory.resolve("switch.yaml"), configuration(authority, key));

        final String check = run(0, "config", "check", file.toString());
        final String inventory = run(0, "tls", "inventory", "--output", "json", "--config", file.toString());
        final StringWriter doctor = new StringWriter();
        Turnout.commandLine()
                .setOut(new PrintWriter(doctor))
                .execute("doctor", "--data", directory.toString(), "--config", file.toString());

        assertEquals(!warning.isEmpty(), check.contains("the certificate of CN=switch"), check);
        assertTrue(check.contains(warning), check);
        assertTrue(
                doctor.toString().lines().anyMatch(line -> line.startsWith(grade) && line.contains("CN=switch: ")),
                doctor::toString);
        assertTrue(inventory.contains("\"subject\":\"CN=switch\",\"issuer\":\"CN=authority\""), inventory);
        assertTrue(inventory.contains("\"names\":[\"CN=switch\",\"DNS:switch.example\"]"), inventory);
        assertTrue(inventory.contains("\"key\":\"EC 256\""), inventory);
        assertFalse(inventory.contains("PRIVATE"), inventory);
        assertEquals(2, inventory.lines().count(), "ours, and the authority");
    }

    private static String run(final int exitCode, final String... arguments) {
        final StringWriter out = new StringWriter();
        final int code = Turnout.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(arguments);
        assertEquals(exitCode, code, out::toString);
        return out.toString();
    }

    private String configuration(final TestAuthority authority, final TlsKeyFiles key) {
        return """
                environment: development
                dataDirectory: %s
                acquirerEdge:
                  tls: {certificate: %s, key: 'file:%s', trust: [%s]}
                engine: {payments: 4096, horizon: 1m}
                currencies: [CNY]
                acquirers:
                  - id: 1
                    institutionId: 1
                    credential: plain:a-secret-of-16-or-more
                    limitsMinor: {CNY: 100}
                    certificate: {names: ['CN=acquirer-1']}
                issuers:
                  - {id: 1, dialect: iso87-ascii, links: [{id: 1, port: 9001}], bins: ['400000-499999']}
                """.formatted(
                        directory.resolve("data"), key.certificate(), key.key().orElseThrow(), authority.file());
    }
}
