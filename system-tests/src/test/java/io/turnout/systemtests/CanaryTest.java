package io.turnout.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.core.pipeline.RecoveryProgress;
import io.turnout.launcher.node.Capacities;
import io.turnout.launcher.node.Journals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Card data that goes through the switch lies in no file of its data directory and in nothing it prints. First eight
 * and last four digits of a card number may.
 */
final class CanaryTest {
    private static final Pattern READY = Pattern.compile("ready: acquirers at .*:(\\d+)");
    private static final String PAN = "4929731865204374";
    private static final String DISCRETIONARY = "30122018675309246";
    private static final String TRACK2 = PAN + "=" + DISCRETIONARY;
    private static final String SECURITY_CODE = "7316";
    private static final byte[] PIN_BLOCK = HexFormat.of().parseHex("c5a91e7f3bd28064");
    private static final byte[] CRYPTOGRAM = HexFormat.of().parseHex("d1e6b7934fa25c08");
    private static final byte[] ICC_DATA = HexFormat.of().parseHex("9f2608d1e6b7934fa25c08");

    private final Canaries canaries = new Canaries()
            .digits("PAN", PAN)
            .digits("PAN without its first two digits", PAN.substring(2))
            .digits("discretionary data", DISCRETIONARY)
            .bytes("PIN block", PIN_BLOCK)
            .bytes("cryptogram", CRYPTOGRAM);

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void shouldLeaveNoCardDataInFilesOrOnTheConsole() throws IOException {
        final Path data = directory.resolve("data");
        final Path console = Files.createDirectory(directory.resolve("console"));
        final Path file = directory.resolve("switch.yaml");
        try (SwitchFixture fixture = new SwitchFixture(data, 4096)) {
            Files.writeString(file, fixture.configuration());
            try (TurnoutProcess process = TurnoutProcess.start(console, "run", "--config", file.toString())) {
                payInEveryWay(fixture.bank(), port(process));
                process.terminate();
                process.exitCode();
                assertTrue(process.out().contains("stopped"), process.err());
            }
            assertReached(fixture.bank());
            final Optional<Path> snapshot = Journals.buildSnapshot(
                    fixture.directory(), Capacities.of(fixture.settings()), 2, RecoveryProgress.NONE);
            assertTrue(snapshot.isPresent(), "a snapshot is searched too");
        }
        printEverything(console, data);

        assertEquals(Set.of(), canaries.foundBelow(data));
        assertEquals(Set.of(), canaries.foundBelow(console));
        assertNoSecurityCodeBelow(data);
        assertNoSecurityCodeBelow(console);
    }

    @Test
    void shouldFindCardDataWhereItIs() throws IOException {
        final Path data = Files.createDirectories(directory.resolve("data").resolve("commands"));
        final byte[] noise = "1234567".getBytes(StandardCharsets.US_ASCII);
        int number = 0;
        for (final byte[] form : canaries.forms().values()) {
            number++;
            Files.write(data.resolve("planted-" + number), join(noise, form, noise));
        }

        final Set<String> found = canaries.foundBelow(directory);

        number = 0;
        for (final String name : canaries.forms().keySet()) {
            number++;
            final String place = "data/commands/planted-" + number + ": " + name + " at " + noise.length;
            assertTrue(found.contains(place), place + " is missing in " + found);
        }
        assertTrue(hasSecurityCode(new Payment().securityCode(SECURITY_CODE).request()), "the security code");
        assertTrue(canaries.foundIn(card().request()).size() >= 5, "a request holds all of it");
        assertEquals(List.of(), canaries.foundIn("49297318...4374".getBytes(StandardCharsets.US_ASCII)));
    }

    /** Approved, declined, unknown and reversed, refused in different places, repeated: each takes another way. */
    private static void payInEveryWay(final FakeBank bank, final int port) {
        try (AcquirerConnection connection = SwitchFixture.logOn(port)) {
            final Payment approved = card();
            SwitchFixture.await(
                    () -> SwitchFixture.APPROVED.equals(connection.ask(card().request())), "the bank to be signed on");
            assertEquals(SwitchFixture.APPROVED, connection.ask(approved.request()));
            assertEquals(SwitchFixture.APPROVED, connection.ask(approved.request()));
            assertEquals(
                    "Reject DUPLICATE_CONFLICT template 10 field 0",
                    connection.ask(approved.amountMinor(1).request()));
            assertEquals(
                    "DECLINED 1010 amount 0",
                    connection.ask(card().amountMinor(0).request()));
            assertTrue(connection.ask(card().securityCode("73161").request()).startsWith("Reject INVALID_FIELD"));
            bank.script((caller, request) -> caller.send(request.answer("51")));
            assertEquals("DECLINED 1016 amount 0", connection.ask(card().request()));
            bank.script((caller, request) -> caller.send(request.answer("00", request.stan(), 1)));
            final Payment unknown = card();
            assertEquals("UNKNOWN 9111 amount 0", connection.ask(unknown.request()));
            SwitchFixture.await(
                    () -> "Status REVERSED".equals(connection.ask(unknown.statusRequest())), "the reversal");
        }
    }

    /** The search would prove nothing if the data had never passed through. */
    private void assertReached(final FakeBank bank) {
        final List<String> forms = bank.payments().stream()
                .flatMap(message -> canaries.foundIn(message).stream())
                .toList();
        for (final String name : List.of("PAN, ASCII", "discretionary data, ASCII", "PIN block", "cryptogram")) {
            assertTrue(forms.stream().anyMatch(form -> form.startsWith(name)), name + " has not reached the bank");
        }
    }

    private static void printEverything(final Path console, final Path data) {
        final String directory = data.toString();
        final List<TurnoutProcess> commands = List.of(
                TurnoutProcess.run(console, "journal", "dump", "--data", directory),
                TurnoutProcess.run(console, "journal", "dump", "--events", "--data", directory),
                TurnoutProcess.run(console, "events", "follow", "--once", "--subscriber", "a", "--data", directory));
        for (final TurnoutProcess command : commands) {
            assertEquals(0, command.exitCode(), command.err());
            assertTrue(command.lines().size() > 5, command.out());
        }
    }

    private static int port(final TurnoutProcess process) {
        SwitchFixture.await(() -> READY.matcher(process.out()).find() || !process.isAlive(), "the switch to be ready");
        final Matcher matcher = READY.matcher(process.out());
        assertTrue(matcher.find(), process.err());
        return Integer.parseInt(matcher.group(1));
    }

    private static Payment card() {
        return new Payment()
                .pan(PAN)
                .track2(TRACK2)
                .securityCode(SECURITY_CODE)
                .pinBlock(PIN_BLOCK)
                .iccData(ICC_DATA);
    }

    private static void assertNoSecurityCodeBelow(final Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (final Path file : paths.filter(Files::isRegularFile).toList()) {
                assertTrue(!hasSecurityCode(Files.readAllBytes(file)), "security code in " + file);
            }
        }
    }

    /** Whether the four digits stand anywhere by themselves, not inside a longer number. */
    private static boolean hasSecurityCode(final byte[] content) {
        for (int i = 1; i < content.length - SECURITY_CODE.length(); i++) {
            if (content[i] == SECURITY_CODE.charAt(0)
                    && new String(content, i, SECURITY_CODE.length(), StandardCharsets.ISO_8859_1).equals(SECURITY_CODE)
                    && !isDigit(content[i - 1])
                    && !isDigit(content[i + SECURITY_CODE.length()])) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDigit(final byte value) {
        return value >= '0' && value <= '9';
    }

    private static byte[] join(final byte[]... parts) {
        final ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (final byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
