package io.turnout.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Dialects;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.codecs.sbe.acquirer.LogonAckDecoder;
import io.turnout.codecs.sbe.acquirer.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.PaymentAnsweredDecoder;
import io.turnout.core.ports.Admission;
import io.turnout.core.ports.CommandIngress;
import io.turnout.gateway.acquirer.AcquirerConfiguration;
import io.turnout.gateway.acquirer.AcquirerEdge;
import io.turnout.gateway.acquirer.AcquirerEdgeConfiguration;
import io.turnout.gateway.acquirer.AcquirerTimers;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.ingress.CommandPublisher;
import io.turnout.gateway.issuer.IssuerEdge;
import io.turnout.gateway.issuer.IssuerLinkConfiguration;
import io.turnout.gateway.issuer.IssuerTimers;
import io.turnout.gateway.net.Connection;
import io.turnout.gateway.net.ConnectionHandler;
import io.turnout.gateway.security.MacPolicy;
import io.turnout.gateway.security.MessageAuthenticator;
import io.turnout.gateway.support.AcquirerMessages;
import io.turnout.gateway.support.BankKeys;
import io.turnout.gateway.support.BankMessages;
import io.turnout.gateway.support.Counters;
import io.turnout.gateway.support.Events;
import io.turnout.gateway.vault.CardVault;
import io.turnout.gateway.vault.KeyMaterial;
import io.turnout.gateway.vault.SensitiveDataSlots;
import io.turnout.security.link.LinkKeySettings;
import io.turnout.security.link.LinkSecurity;
import io.turnout.security.link.MacForm;
import io.turnout.security.module.KeyPurpose;
import io.turnout.security.module.MacScheme;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Bytes allocated per message in the steady state: none, except by the cryptography of the Java platform. */
class AllocationTest {

    private static final int WARM_UP = 20_000;
    private static final int MESSAGES = 10_000;
    /** What the measurement itself, or a compilation on the way, may add in all. */
    private static final long NOISE_BYTES = 64 * 1024;
    /** Ciphers and tags of the JCE, per card protected or opened. */
    private static final long CIPHER_BYTES = 4 * 1024;

    private final GatewayCounters counters = Counters.create();
    private final CardVault vault = new CardVault(KeyMaterial.development(), 1, 7);
    private final SensitiveDataSlots slots = new SensitiveDataSlots(4, Long.MAX_VALUE / 2, 7);
    private final CommandPublisher commands = new CommandPublisher(1, 7, new Accepting(), counters);
    private final Events events = new Events(1, 42, AcquirerMessages.CREATED_AT);
    private long lastSessionId;

    @Test
    void shouldAllocateNothingForAQuestionAndItsAnswer() {
        final AcquirerEdge edge = edge();
        final ConnectionHandler session = loggedOn(edge);
        final UnsafeBuffer status = new UnsafeBuffer(AcquirerMessages.status(9));
        final var answer = events.statusReported(lastSessionId, 9);

        assertAllocation(0, () -> {
            session.onBytes(status, 0, status.capacity(), 1);
            edge.onPaymentStatusReported(answer);
        });
        assertEquals(WARM_UP + MESSAGES, counters.get(GatewayCounter.ANSWERS_SENT));
    }

    @Test
    void shouldAllocateForAPaymentOnlyWhatTheCipherDoes() {
        final AcquirerEdge edge = edge();
        final ConnectionHandler session = loggedOn(edge);
        final UnsafeBuffer payment = new UnsafeBuffer(AcquirerMessages.payment(9));
        final PaymentAnsweredDecoder answer = events.approved(lastSessionId, 7, 9);

        assertAllocation(CIPHER_BYTES, () -> {
            session.onBytes(payment, 0, payment.capacity(), 1);
            edge.onPaymentAnswered(answer);
        });
        assertEquals(WARM_UP + MESSAGES, counters.get(GatewayCounter.ANSWERS_SENT));
    }

    @Test
    void shouldAllocateNothingForAnAnswerOfTheBank() {
        final Link link = new Link();
        final UnsafeBuffer response = new UnsafeBuffer(link.bank.response(210, "00"));

        assertAllocation(0, () -> link.handler.onBytes(response, 0, response.capacity(), 1));
        assertEquals(WARM_UP + MESSAGES, counters.get(GatewayCounter.ISSUER_RESPONSES));
    }

    @Test
    void shouldAllocateForARequestToTheBankOnlyWhatTheCipherDoes() {
        final Link link = new Link();
        vault.protect(new UnsafeBuffer("4111111111111111".getBytes(StandardCharsets.US_ASCII)), 0, 16);
        events.routed(vault, Long.MAX_VALUE);
        final var routed = events.asRouted();

        assertAllocation(CIPHER_BYTES, () -> link.edge.onPaymentRouted(routed, 1));
        assertEquals(WARM_UP + MESSAGES, counters.get(GatewayCounter.ISSUER_REQUESTS_SENT));
    }

    @Test
    void shouldAllocateNothingForVerifyingAnAnswerOfTheBank() {
        final Dialect dialect = Dialects.builtIn("iso87-ascii");
        final MessageAuthenticator authenticator = new MessageAuthenticator(
                dialect,
                new LinkSecurity(
                        BankKeys.with(BankKeys.module(), BankKeys.MAC, KeyPurpose.MAC, BankKeys.KEY_1),
                        MacScheme.X9_19,
                        MacForm.BYTES,
                        8,
                        new LinkKeySettings(BankKeys.MASTER, BankKeys.MAC, KeyPurpose.MAC, 0, 0, 5, 0),
                        null,
                        (name, from, to, key, nowNs, reason) -> {}),
                MacPolicy.EVERYTHING);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        final IsoEncoder encoder = new IsoEncoder(dialect);
        final IsoDecoder decoder = new IsoDecoder(dialect);
        final UnsafeBuffer pan = new UnsafeBuffer("4111111111111111".getBytes(StandardCharsets.US_ASCII));

        assertAllocation(0, () -> {
            encoder.wrap(buffer, 0, 1024)
                    .begin(210)
                    .putAscii(2, pan, 0, 16)
                    .putLong(4, 1234)
                    .putLong(11, 5);
            final int length = authenticator.finish(encoder, buffer, 0);
            decoder.decode(buffer, 0, length);
            if (!authenticator.verify(decoder, buffer, 0, length, 1).isBelieved()) {
                throw new AssertionError("not believed");
            }
        });
    }

    private static void assertAllocation(final long bytesPerMessage, final Runnable message) {
        for (int i = 0; i < WARM_UP; i++) {
            message.run();
        }
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < MESSAGES; i++) {
            message.run();
        }
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        System.out.println("allocated bytes per message: " + allocated / MESSAGES);
        assertTrue(allocated <= bytesPerMessage * MESSAGES + NOISE_BYTES, "allocated=" + allocated);
    }

    private AcquirerEdge edge() {
        return new AcquirerEdge(
                new AcquirerEdgeConfiguration(
                        new InetSocketAddress(0),
                        1,
                        8,
                        1,
                        AcquirerTimers.DEFAULT,
                        List.of(new AcquirerConfiguration(42, AcquirerMessages.sha256(AcquirerMessages.SECRET), 1))),
                vault,
                slots,
                commands,
                () -> true,
                counters);
    }

    private ConnectionHandler loggedOn(final AcquirerEdge edge) {
        final ConnectionHandler session = edge.newSession();
        final Sink connection = new Sink();
        session.onConnected(connection, 1);
        final UnsafeBuffer logon = new UnsafeBuffer(AcquirerMessages.logon(42, AcquirerMessages.SECRET));
        session.onBytes(logon, 0, logon.capacity(), 1);
        lastSessionId = new LogonAckDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(connection.first), 6, new MessageHeaderDecoder())
                .sessionId();
        return session;
    }

    /** A link that is signed on. */
    private final class Link {
        final BankMessages bank = new BankMessages(Dialects.builtIn("iso87-ascii"), Framing.BIN2_EXCLUSIVE);
        final IssuerEdge edge;
        ConnectionHandler handler;

        Link() {
            edge = new IssuerEdge(
                    List.of(new IssuerLinkConfiguration(
                            Events.ISSUER,
                            Events.LINK,
                            new InetSocketAddress(1),
                            Dialects.builtIn("iso87-ascii"),
                            Framing.BIN2_EXCLUSIVE,
                            IssuerTimers.DEFAULT)),
                    vault,
                    slots,
                    commands,
                    (address, tls, connected, timeoutNs) -> handler = connected,
                    1,
                    counters);
            edge.onTick(1);
            final Sink connection = new Sink();
            handler.onConnected(connection, 1);
            final UnsafeBuffer answer = new UnsafeBuffer(bank.networkResponse(bank.decode(connection.first), "00"));
            handler.onBytes(answer, 0, answer.capacity(), 1);
            assertEquals(1, counters.get(GatewayCounter.LINKS_SIGNED_ON));
        }
    }

    /** Takes everything and keeps the first frame only. */
    private static final class Sink implements Connection {
        private byte[] first;

        @Override
        public boolean send(final DirectBuffer buffer, final int offset, final int length) {
            if (first == null) {
                first = new byte[length];
                buffer.getBytes(offset, first);
            }
            return true;
        }

        @Override
        public void reading(final boolean enabled) {}

        @Override
        public void close() {
            throw new AssertionError("closed");
        }

        @Override
        public void reset() {
            throw new AssertionError("reset");
        }

        @Override
        public String peer() {
            return "sink";
        }

        @Override
        public InetAddress peerAddress() {
            return InetAddress.getLoopbackAddress();
        }
    }

    /** Takes every command. */
    private static final class Accepting implements CommandIngress {
        @Override
        public boolean offer(final Admission admission, final DirectBuffer buffer, final int offset, final int length) {
            return true;
        }

        @Override
        public int maximumCommandLength() {
            return 1024;
        }
    }
}
