package io.turnout.systemtests;

import static io.turnout.systemtests.SwitchFixture.APPROVED;
import static io.turnout.systemtests.SwitchFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.iso8583.Dialects;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.core.pipeline.RecoveryProgress;
import io.turnout.gateway.net.NetLoop;
import io.turnout.launcher.Turnout;
import io.turnout.launcher.node.Capacities;
import io.turnout.launcher.node.Journals;
import io.turnout.simulators.SimulatorAgent;
import io.turnout.simulators.bank.BankConfiguration;
import io.turnout.simulators.bank.BankConfiguration.Dialling;
import io.turnout.simulators.bank.BankCounter;
import io.turnout.simulators.bank.BankHost;
import io.turnout.simulators.bank.BankNetwork;
import io.turnout.simulators.bank.BankSecuritySettings;
import io.turnout.simulators.bank.Latency;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.OffsetEpochNanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Links over real sockets: banks that connect to the switch, a connection for each direction, and draining. */
@Timeout(120)
final class LinksTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    private Path directory;

    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final List<AutoCloseable> closing = new ArrayList<>();
    private SwitchFixture fixture;

    @BeforeEach
    void prepare() throws IOException {
        Files.writeString(directory.resolve("operator"), "secret of the only operator");
        fixture = new SwitchFixture(directory.resolve("data"), 4096);
        closing.add(fixture);
    }

    @AfterEach
    void close() throws Exception {
        for (final AutoCloseable part : closing) {
            part.close();
        }
        assertEquals(null, failure.get());
    }

    @Test
    void shouldTakePaymentsToABankThatConnectsToTheSwitch() throws Exception {
        final int door = freePort();
        bank(directory.resolve("bank"), Optional.of(new Dialling(new InetSocketAddress(LOOPBACK, door), 1, true)), 0);
        fixture.with(yaml -> links(yaml, "[{id: 1, role: server, port: %d, allowed: [127.0.0.1]}]".formatted(door)));
        fixture.start();

        fixture.pay();

        // One link, one connection: whoever else comes is sent away, and the bank does not notice.
        try (Socket stranger = new Socket(LOOPBACK, door)) {
            assertEquals(-1, stranger.getInputStream().read());
        }
        fixture.pay();
        assertTrue(admin("links", "--output", "json").contains("\"sent\":2,\"answered\":2,"));
    }

    @Test
    void shouldSpeakOverAConnectionForEachDirection() throws Exception {
        final int door = freePort();
        final BankHost bank = bank(
                directory.resolve("bank"),
                Optional.of(new Dialling(new InetSocketAddress(LOOPBACK, door), 1, false)),
                0);
        fixture.with(yaml -> links(
                yaml,
                ("[{id: 1, sockets: [{direction: send, port: %d}, "
                                + "{direction: receive, role: server, port: %d, allowed: [127.0.0.1]}]}]")
                        .formatted(bank.port(), door)));
        fixture.start();
        fixture.pay();

        // The bank drops everything; the group comes back as a whole.
        bank.stopAbruptly();
        await(() -> fixture.node().signedOnLinks() == 0, "the link to be down");
        bank.restart();
        fixture.awaitSignOn();

        fixture.pay();
        assertEquals(2, bank.results().counts().get(BankCounter.DEBITS));
        assertTrue(admin("links", "--output", "json").contains("\"reconnects\":1,"));
    }

    @Test
    void shouldDrainALinkAndKeepItSoOverARestartUntilItIsResumed() {
        final FakeBank bank = fixture.bank();
        final List<Runnable> held = new ArrayList<>();
        fixture.with(yaml -> links(yaml, "[{id: 1, port: %d}, {id: 2, port: %d}]".formatted(bank.port(), bank.port()))
                .replace("answerTimeout: 5s", "answerTimeout: 120s")
                .replace("responseTimeout: 2s", "responseTimeout: 100s"));
        fixture.startWith(2);
        bank.script((caller, request) -> {
            synchronized (held) {
                held.add(() -> caller.send(request.answer("00")));
            }
        });
        try (AcquirerConnection acquirer = fixture.logOn()) {
            acquirer.send(new Payment().request());
            await(() -> count(held) == 1, "the payment to be with the bank");
            final int drained = line(1).contains("\"inFlight\":1") ? 1 : 2;
            final int other = 3 - drained;
            assertTrue(line(drained).contains("\"inFlight\":1"), this::links);
            admin("link", "drain", String.valueOf(drained), "--reason", "firewall change");
            await(() -> line(drained).contains("\"service\":\"DRAINING\""), "the gateway to know");
            assertEquals(2, fixture.node().signedOnLinks(), "the payment may still be answered");

            held.get(0).run();

            assertEquals(APPROVED, acquirer.next());
            await(() -> line(drained).contains("\"state\":\"OUT_OF_SERVICE\""), "the link to be signed off");
            assertTrue(line(drained).contains("\"service\":\"DRAINED\""), this::links);
            bank.script(FakeBank::approve);
            fixture.pay();
            assertTrue(line(other).contains("\"sent\":1"), this::links);
            restartAndResume(drained);
        }
        fixture.stop();
        assertTrue(Journals.verify(fixture.directory(), Capacities.of(fixture.settings()), false, RecoveryProgress.NONE)
                .isClean());
    }

    private void restartAndResume(final int drained) {
        fixture.stop();
        fixture.startWith(1);
        await(() -> line(drained).contains("\"state\":\"OUT_OF_SERVICE\""), "the link to be connected");
        fixture.pay();
        assertTrue(line(drained).contains("\"sent\":0"), this::links);

        admin("link", "resume", String.valueOf(drained), "--reason", "change done");

        await(() -> fixture.node().signedOnLinks() == 2, "both links");
        fixture.pay();
    }

    @Test
    void shouldShowAnswersThatBelongToNothingWithoutTheCard() {
        fixture.with(yaml ->
                links(yaml, "[{id: 1, port: %d}]".formatted(fixture.bank().port())));
        fixture.start();
        fixture.bank().script((caller, request) -> {
            caller.send(request.answer("00", 777_777, request.amountMinor()));
            caller.send(request.answer("00", request.stan(), request.amountMinor() + 1));
            caller.send(request.answer("00"));
            caller.send(request.answer("00"));
        });

        fixture.pay();

        await(() -> admin("unmatched", "--output", "json").contains("DUPLICATE"), "all answers");
        final String unmatched = admin("unmatched", "--output", "json");
        assertTrue(unmatched.contains("\"stan\":777777"), unmatched);
        assertTrue(unmatched.contains("\"kind\":\"UNMATCHED\""), unmatched);
        assertTrue(unmatched.contains("\"kind\":\"MISMATCHED\""), unmatched);
        assertTrue(admin("unmatched").contains("mismatched"));
        assertTrue(line(1).contains("\"unmatched\":2,\"mismatched\":1,"), this::links);
        assertTrue(admin("links").contains("signed on"));
    }

    @Test
    void shouldMatchByTheStanAloneWhereTheBankRewritesTheTime() {
        fixture.with(yaml -> links(
                        yaml, "[{id: 1, port: %d}]".formatted(fixture.bank().port()))
                .replace("    reconnect: 10ms\n", "    reconnect: 10ms\n    match: {key: stan}\n"));
        fixture.start();
        fixture.bank().script((caller, request) -> caller.send(request.answerAtAnotherTime()));

        fixture.pay();
    }

    private static int count(final List<Runnable> list) {
        synchronized (list) {
            return list.size();
        }
    }

    private String links() {
        return admin("links", "--output", "json");
    }

    private String line(final int linkId) {
        return links().lines()
                .filter(line -> line.contains("\"linkId\":" + linkId + ","))
                .findFirst()
                .orElse("");
    }

    /** Runs {@code turnout admin} as the only operator. */
    private String admin(final String... arguments) {
        final List<String> line = new ArrayList<>(List.of("admin"));
        line.addAll(List.of(arguments));
        line.addAll(List.of(
                "--address",
                "127.0.0.1:" + fixture.node().adminPort().orElseThrow(),
                "--operator",
                "1",
                "--credential",
                "file:" + directory.resolve("operator")));
        final StringWriter out = new StringWriter();
        final int exit = Turnout.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(line.toArray(String[]::new));
        assertEquals(0, exit, out::toString);
        return out.toString();
    }

    private String links(final String yaml, final String newLinks) {
        return yaml.replaceFirst("links: \\[.*]", "links: " + newLinks)
                + "adminEdge: {port: 0}\noperators: [{id: 1, credential: 'file:%s', rights: [propose, approve]}]\n"
                        .formatted(directory.resolve("operator"));
    }

    /** A simulated bank on a thread of its own. */
    private BankHost bank(final Path books, final Optional<Dialling> dialling, final int port) {
        final OffsetEpochNanoClock clock = new OffsetEpochNanoClock();
        final NetLoop netLoop = new NetLoop(clock);
        final BankHost bank = BankNetwork.open(
                netLoop,
                new BankConfiguration(
                        "bank",
                        1,
                        new InetSocketAddress(LOOPBACK, port),
                        Optional.empty(),
                        4,
                        Dialects.builtIn(FakeBank.DIALECT),
                        Framing.BIN2_EXCLUSIVE,
                        true,
                        false,
                        "",
                        Latency.fixed(0),
                        List.of(),
                        books,
                        1000,
                        1000,
                        BankSecuritySettings.NONE,
                        dialling));
        final AgentRunner runner = new AgentRunner(
                new BackoffIdleStrategy(),
                failure::set,
                null,
                new SimulatorAgent("bank", netLoop, clock, List.of(bank)));
        AgentRunner.startOnThread(runner);
        closing.add(0, runner);
        return bank;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }
}
