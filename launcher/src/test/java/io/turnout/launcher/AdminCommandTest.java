package io.turnout.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.core.pipeline.ConfigurationAtStart;
import io.turnout.launcher.node.NodeEnvironment;
import io.turnout.launcher.node.SwitchNode;
import io.turnout.launcher.settings.SwitchSettingsReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Operators at the command line, against a running switch under change control dual. */
final class AdminCommandTest {
    private static final String PAN = "4111111111111111";
    private static final Pattern OPERATION = Pattern.compile("operation  (\\S+)");

    @TempDir
    private Path directory;

    private final InputStream standardInput = System.in;
    private SwitchNode node;
    private String output = "";

    @BeforeEach
    void start() throws IOException {
        for (int operator = 1; operator <= 2; operator++) {
            Files.writeString(directory.resolve("operator-" + operator), "secret of operator number " + operator);
        }
        node = start(write("a.yaml", "CNY: 100"));
    }

    @AfterEach
    void stop() {
        node.close();
        System.setIn(standardInput);
    }

    @Test
    void shouldBlockACardAtOnceAndUnblockItWhenAnotherOperatorApproves() {
        assertEquals(0, card("block-card", 1));
        assertTrue(output.contains("state      executed"), output);
        assertEquals(0, card("unblock-card", 1));
        assertTrue(output.contains("state      awaiting approval"), output);
        final String operation = operation();

        assertEquals(1, admin(1, "approve", operation));
        assertTrue(output.contains("refused    own operation"), output);
        assertEquals(0, admin(2, "approve", operation));
        assertTrue(output.contains("result     done"), output);
        assertEquals(0, admin(2, "approve", operation, "--output", "json"));
        assertTrue(output.contains("\"operationId\":\"" + operation + "\",\"state\":\"EXECUTED\""), output);
    }

    @Test
    void shouldChangeTheConfigurationOfTheRunningSwitch() throws IOException {
        final Path changed = write("b.yaml", "CNY: 200");
        assertEquals(0, run("config", "diff", directory.resolve("a.yaml").toString(), changed.toString()));
        assertTrue(output.contains("~ AmountLimit {maximumAmountMinor=100 → 200"), output);

        assertEquals(0, run(operator(1, "config", "apply", changed.toString())));
        assertTrue(output.contains("state      awaiting approval"), output);
        final String operation = operation();
        assertEquals(0, run("admin", "pending", "--data", data()));
        assertTrue(output.contains(operation) && output.contains("\"message\":\"DefineAmountLimit\""), output);
        assertEquals(0, admin(2, "approve", operation));
        assertEquals(0, run("config", "diff", changed.toString()));
        assertEquals("No difference.", output.strip());

        node.close();
        node = start(changed);
        assertEquals(ConfigurationAtStart.IN_FORCE, node.recoveryReport().configurationAtStart());
    }

    @Test
    void shouldNotPutAChangedFileInForceAtTheStart() throws IOException {
        node.close();
        node = start(write("b.yaml", "CNY: 300"));

        assertEquals(ConfigurationAtStart.NOT_APPLIED, node.recoveryReport().configurationAtStart());
        assertEquals(0, run("config", "diff", directory.resolve("b.yaml").toString()));
        assertTrue(output.contains("100 → 300"), output);
    }

    @Test
    void shouldSayHowItEnds() {
        assertEquals(1, admin(1, "requeue-reversal", "7"));
        assertTrue(output.contains("problem    unknown payment"), output);
        assertEquals(2, admin(1, "block-merchant", "1", "A MERCHANT OF TWENTY"));
        assertEquals(2, run("admin", "approve"));
        assertEquals(
                4,
                run(
                        "admin",
                        "requeue-reversal",
                        "--address",
                        "127.0.0.1:1",
                        "--operator",
                        "1",
                        "--credential",
                        "file:" + directory.resolve("operator-1"),
                        "--reason",
                        "r",
                        "7"));
        assertEquals(
                4,
                run(
                        "admin",
                        "requeue-reversal",
                        "--address",
                        address(),
                        "--operator",
                        "1",
                        "--credential",
                        "file:" + directory.resolve("operator-2"),
                        "--reason",
                        "r",
                        "7"));
        assertEquals(0, run("admin", "review", "--data", data()));
        assertTrue(output.contains("No payment is in manual review."), output);
    }

    @Test
    void shouldNeverJournalACardNumber() throws IOException {
        card("block-card", 1);
        node.close();

        try (var files = Files.walk(directory.resolve("data"))) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                final String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(content.contains(PAN), file.toString());
            }
        }
    }

    private int card(final String command, final int operator) {
        System.setIn(new ByteArrayInputStream((PAN + "\n").getBytes(StandardCharsets.US_ASCII)));
        return admin(operator, command);
    }

    private int admin(final int operator, final String... arguments) {
        final List<String> all = new ArrayList<>(List.of("admin"));
        all.addAll(List.of(arguments));
        return run(operator(operator, all.toArray(String[]::new)));
    }

    private String[] operator(final int operator, final String... arguments) {
        final List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--address",
                address(),
                "--operator",
                Integer.toString(operator),
                "--credential",
                "file:" + directory.resolve("operator-" + operator),
                "--reason",
                "as agreed"));
        return all.toArray(String[]::new);
    }

    private int run(final String... arguments) {
        final StringWriter text = new StringWriter();
        final CommandLine commandLine =
                Turnout.commandLine().setOut(new PrintWriter(text, true)).setErr(new PrintWriter(text, true));
        final int exitCode = commandLine.execute(arguments);
        output = text.toString();
        return exitCode;
    }

    private String operation() {
        final Matcher matcher = OPERATION.matcher(output);
        assertTrue(matcher.find(), output);
        return matcher.group(1);
    }

    private String address() {
        return "127.0.0.1:" + node.adminPort().orElseThrow();
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private static SwitchNode start(final Path file) {
        return SwitchNode.start(SwitchSettingsReader.read(file), NodeEnvironment.of((component, cause) -> {
            throw new AssertionError(component, cause);
        }));
    }

    private Path write(final String name, final String limit) throws IOException {
        return Files.writeString(directory.resolve(name), """
                environment: development
                dataDirectory: %1$s/data
                durability: async
                journal: {segmentSize: 1MiB, freeSpaceReserve: 1MiB}
                engine: {payments: 1024}
                acquirerEdge: {port: 0}
                adminEdge: {port: 0}
                changeControl: {mode: dual}
                operators:
                  - {id: 1, credential: 'file:%1$s/operator-1', rights: [propose, approve]}
                  - {id: 2, credential: 'file:%1$s/operator-2', rights: [approve]}
                currencies: [CNY]
                acquirers:
                  - {id: 1, institutionId: 10000001, credential: 'plain:sixteen characters', limitsMinor: {%2$s}}
                issuers:
                  - id: 1
                    dialect: iso87-ascii
                    links: [{id: 1, port: 9001}]
                    bins: ['400000-499999']
                """.formatted(directory, limit));
    }
}
