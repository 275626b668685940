package io.turnout.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class IsoCommandTest {
    private static final String MESSAGE =
            HexFormat.of().formatHex("02004000000000000000164111111111111111".getBytes(StandardCharsets.US_ASCII));

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void shouldDecodeAndExplainMasked() {
        assertEquals(0, run("iso8583", "decode", "--dialect", "iso87-ascii", MESSAGE));
        assertEquals(0, run("iso8583", "explain", "--dialect", "iso87-ascii", MESSAGE));

        assertTrue(out.toString().contains("41111111****1111"), out::toString);
        assertFalse(out.toString().contains("4111111111111111"), out::toString);
    }

    @Test
    void shouldEncodeWhatItDecodes() {
        final int code =
                run("iso8583", "encode", "--dialect", "iso87-ascii", "{\"0\": \"0200\", \"2\": \"4111111111111111\"}");

        assertEquals(0, code, err::toString);
        assertEquals(MESSAGE.toUpperCase(Locale.ROOT), out.toString().strip());
    }

    @Test
    void shouldAnswerEachLineWithALine() {
        // Given a message, nonsense, and a frame
        final InputStream before = System.in;
        final String lines = "{\"id\":\"A\",\"dialect\":\"iso87-ascii\",\"hex\":\"" + MESSAGE + "\"}\n\nnonsense\n"
                + "{\"id\":\"B\",\"dialect\":\"frame:bcd2-exclusive\",\"hex\":\"0115\"}\n";
        System.setIn(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
        try {
            // When
            final int code = run("iso8583", "decode", "--unmasked", "--jsonl");

            // Then
            assertEquals(ExitCode.FAILED.code(), code);
            final String[] answers = out.toString().split("\\R");
            assertEquals(3, answers.length, out::toString);
            assertEquals(
                    "{\"id\":\"A\",\"mti\":\"0200\",\"bitmap\":\"4000000000000000\","
                            + "\"fields\":{\"0\":\"0200\",\"2\":\"4111111111111111\"}}",
                    answers[0]);
            assertTrue(answers[1].contains("problem"), answers[1]);
            assertTrue(answers[2].contains("\"fields\":{\"length\":115,\"payload\":\"\"}"), answers[2]);
        } finally {
            System.setIn(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"decode", "explain"})
    void shouldRefuseToShowCardsOutsideDevelopment(final String command) throws IOException {
        // Given the configuration of a switch in production
        final Path development = Path.of(System.getProperty("turnout.repository.root"), "config/turnout.yaml");
        final Path secret = Files.writeString(directory.resolve("secret"), "a secret of thirty-two characters");
        final String configuration = Files.readString(development)
                .replaceFirst("(?m)^environment:.*$", "environment: production")
                .replaceAll("plain:[a-z-]+", "file:" + secret);
        final Path file = Files.writeString(
                directory.resolve("turnout.yaml"),
                configuration + "\nvault:\n  keyFile: " + directory.resolve("keys") + "\n");

        // When
        final int code =
                run("iso8583", command, "--unmasked", "--config", file.toString(), "--dialect", "iso87-ascii", MESSAGE);

        // Then
        assertEquals(ExitCode.REFUSED.code(), code, err::toString);
        assertEquals("", out.toString());
    }

    @Test
    void shouldCompareDialects() {
        assertEquals(0, run("dialect", "diff", "iso87-bcd", "iso87-bcd"));
        assertEquals(1, run("dialect", "diff", "cups", "cups-rawmac"));
        assertEquals(
                "- 128: ans8 text=gb18030 | Message authentication code" + System.lineSeparator()
                        + "+ 128: b64 binary=raw | Message authentication code",
                out.toString().strip());
    }

    @Test
    void shouldShowADialectWithItsSamples() {
        assertEquals(0, run("dialect", "show", "iso87-bcd"));

        assertTrue(out.toString().contains("|     2 | n..19"), out::toString);
        assertTrue(out.toString().contains("08008220000000000000040000000000000006111030000000010301"), out::toString);
    }

    private int run(final String... arguments) {
        final CommandLine command = Turnout.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute(arguments);
    }
}
