package io.turnout.gateway.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Dialects;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.sbe.engine.IssuerRequestNotSentDecoder;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.LinkStateChangedDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.NotSentReason;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.ingress.CommandPublisher;
import io.turnout.gateway.net.ConnectionHandler;
import io.turnout.gateway.security.GatewaySecurity;
import io.turnout.gateway.support.BankMessages;
import io.turnout.gateway.support.Counters;
import io.turnout.gateway.support.Events;
import io.turnout.gateway.support.RecordingConnection;
import io.turnout.gateway.support.RecordingIngress;
import io.turnout.gateway.vault.CardVault;
import io.turnout.gateway.vault.KeyMaterial;
import io.turnout.gateway.vault.SensitiveDataKind;
import io.turnout.gateway.vault.SensitiveDataSlots;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.agrona.concurrent.UnsafeBuffer;

/** One link without sockets, and the bank behind it. */
final class IssuerFixture {

    private static final Map<String, Dialect> DIALECTS = new ConcurrentHashMap<>();

    static final int GATEWAY = 1;
    static final long INCARNATION = 77;
    static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    static final long START = 1_700_000_000_000_000_000L;
    static final long SEED = 5;
    static final String PAN = "4111111111111111";

    final RecordingIngress ingress = new RecordingIngress();
    final GatewayCounters counters = Counters.create();
    final CardVault vault = new CardVault(KeyMaterial.development(), GATEWAY, INCARNATION);
    final SensitiveDataSlots slots = new SensitiveDataSlots(4, 30 * SECOND, INCARNATION);
    final CommandPublisher commands = new CommandPublisher(GATEWAY, INCARNATION, ingress, counters);
    final Events events = new Events(GATEWAY, 42, 1);
    final BankMessages bank;
    final IssuerEdge edge;
    RecordingConnection connection = new RecordingConnection();
    ConnectionHandler handler;
    final List<ConnectionHandler> handlers = new ArrayList<>();
    int connects;
    long nowNs = START;

    IssuerFixture() {
        this("iso87-ascii", Framing.BIN2_EXCLUSIVE);
    }

    IssuerFixture(final String dialectName, final Framing framing) {
        this(DIALECTS.computeIfAbsent(dialectName, Dialects::builtIn), framing);
    }

    IssuerFixture(final Dialect dialect, final Framing framing) {
        this(dialect, framing, GatewaySecurity::none);
    }

    /** A link whose messages name others beside the acquirer. */
    IssuerFixture(final Dialect dialect, final Framing framing, final LinkInstitutions institutions) {
        this(
                dialect,
                framing,
                List.of(IssuerSocketConfiguration.client(new InetSocketAddress(1))),
                IssuerLinkConfiguration.Rules.USUAL,
                institutions,
                GatewaySecurity::none);
    }

    /** A link that shares keys with the bank. */
    IssuerFixture(
            final Dialect dialect, final Framing framing, final Function<GatewayCounters, GatewaySecurity> security) {
        this(
                dialect,
                framing,
                List.of(IssuerSocketConfiguration.client(new InetSocketAddress(1))),
                IssuerLinkConfiguration.Rules.USUAL,
                LinkInstitutions.NONE,
                security);
    }

    /** A link of these connections, under these rules. */
    IssuerFixture(final List<IssuerSocketConfiguration> sockets, final IssuerLinkConfiguration.Rules rules) {
        this(
                DIALECTS.computeIfAbsent("iso87-ascii", Dialects::builtIn),
                Framing.BIN2_EXCLUSIVE,
                sockets,
                rules,
                LinkInstitutions.NONE,
                GatewaySecurity::none);
    }

    private IssuerFixture(
            final Dialect dialect,
            final Framing framing,
            final List<IssuerSocketConfiguration> sockets,
            final IssuerLinkConfiguration.Rules rules,
            final LinkInstitutions institutions,
            final Function<GatewayCounters, GatewaySecurity> security) {
        bank = new BankMessages(dialect, framing);
        final IssuerLinkConfiguration link = new IssuerLinkConfiguration(
                Events.ISSUER,
                Events.LINK,
                sockets,
                dialect,
                framing,
                rules,
                IssuerTimers.DEFAULT,
                Optional.empty(),
                institutions);
        edge = new IssuerEdge(
                List.of(link),
                vault,
                slots,
                commands,
                (address, tls, connected, timeoutNs) -> {
                    connects++;
                    handler = connected;
                    handlers.add(connected);
                },
                SEED,
                counters,
                security.apply(counters));
        final UnsafeBuffer pan = new UnsafeBuffer(PAN.getBytes(StandardCharsets.US_ASCII));
        vault.protect(pan, 0, PAN.length());
    }

    /** The link has a connection and the bank has not answered the sign-on. */
    IssuerFixture connected() {
        pass(0);
        handler.onConnected(connection, nowNs);
        return this;
    }

    IssuerFixture signedOn() {
        connected();
        final IsoDecoder signOn = next();
        receive(bank.networkResponse(signOn, signOn.mti() / 1000 == 1 ? "800" : "00"));
        assertLinkState(LinkState.SIGNED_ON);
        return this;
    }

    IssuerLinkState state() {
        return edge.link(Events.LINK).state();
    }

    void receive(final byte[] bytes) {
        handler.onBytes(new UnsafeBuffer(bytes), 0, bytes.length, nowNs);
    }

    void pass(final long durationNs) {
        nowNs += durationNs;
        edge.onTick(nowNs);
    }

    /** The link's last connection is gone, and the next is a new one. */
    void disconnect() {
        handler.onDisconnected(nowNs);
        connection = new RecordingConnection();
    }

    /** The oldest message the bank has not read yet. */
    IsoDecoder next() {
        return bank.decode(connection.next());
    }

    long count(final GatewayCounter counter) {
        return counters.get(counter);
    }

    void route() {
        edge.onPaymentRouted(events.asRouted(), nowNs);
    }

    void advise() {
        edge.onAdviceRequested(events.asAdviceRequested(), nowNs);
    }

    void reverse() {
        edge.onReversalRequested(events.asReversalRequested(), nowNs);
    }

    /** A slot with track, PIN block and chip data for the card. */
    int fillSlot(final String track2, final byte[] pinBlock, final byte[] iccData) {
        final int index = slots.allocate(vault.tokenHigh(), vault.tokenLow(), 1, nowNs);
        final UnsafeBuffer track = new UnsafeBuffer(track2.getBytes(StandardCharsets.US_ASCII));
        slots.put(index, SensitiveDataKind.TRACK2, track, 0, track.capacity());
        slots.put(index, SensitiveDataKind.PIN_BLOCK, new UnsafeBuffer(pinBlock), 0, pinBlock.length);
        slots.put(index, SensitiveDataKind.ICC_DATA, new UnsafeBuffer(iccData), 0, iccData.length);
        return index;
    }

    void assertLinkState(final LinkState state) {
        final LinkStateChangedDecoder command =
                new LinkStateChangedDecoder().wrapAndApplyHeader(ingress.next(), 0, new MessageHeaderDecoder());
        assertEquals(state, command.state());
        assertEquals(GATEWAY, command.gatewayId());
        assertEquals(Events.ISSUER, command.issuerId());
        assertEquals(Events.LINK, command.linkId());
    }

    void assertNotSent(final NotSentReason reason, final long stan, final long transmissionDateTime) {
        final IssuerRequestNotSentDecoder command =
                new IssuerRequestNotSentDecoder().wrapAndApplyHeader(ingress.next(), 0, new MessageHeaderDecoder());
        assertEquals(reason, command.reason());
        assertEquals(Events.PAYMENT_ID, command.paymentId());
        assertEquals(stan, command.stan());
        assertEquals(transmissionDateTime, command.transmissionDateTime());
        assertEquals(GATEWAY, command.gatewayId());
        assertEquals(Events.ISSUER, command.issuerId());
        assertEquals(Events.LINK, command.linkId());
        assertEquals(0, connection.sentCount(), "something was sent");
    }
}
