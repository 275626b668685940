package io.turnout.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.codecs.iso8583.Dialects;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.sbe.engine.ConfigurationActivatedEncoder;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.RefusalReason;
import io.turnout.core.ports.EventSource;
import io.turnout.gateway.acquirer.AcquirerEdge;
import io.turnout.gateway.acquirer.AcquirerEdgeConfiguration;
import io.turnout.gateway.acquirer.AcquirerTimers;
import io.turnout.gateway.acquirer.iso.IsoAcquirerEdge;
import io.turnout.gateway.admin.AdminEdge;
import io.turnout.gateway.admin.AdminEdgeConfiguration;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.ingress.CommandPublisher;
import io.turnout.gateway.issuer.IssuerEdge;
import io.turnout.gateway.issuer.IssuerLinkConfiguration;
import io.turnout.gateway.issuer.IssuerTimers;
import io.turnout.gateway.security.GatewaySecurity;
import io.turnout.gateway.support.Counters;
import io.turnout.gateway.support.Events;
import io.turnout.gateway.support.RecordingIngress;
import io.turnout.gateway.vault.CardVault;
import io.turnout.gateway.vault.KeyMaterial;
import io.turnout.gateway.vault.SensitiveDataSlots;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which events make the gateway act, and which free sensitive data. */
class OutputDispatcherTest {

    private static final int GATEWAY = 1;
    private static final long INCARNATION = 7;

    private final RecordingIngress ingress = new RecordingIngress();
    private final GatewayCounters counters = Counters.create();
    private final CardVault vault = new CardVault(KeyMaterial.development(), GATEWAY, INCARNATION);
    private final SensitiveDataSlots slots = new SensitiveDataSlots(2, 1_000_000, INCARNATION);
    private final CommandPublisher commands = new CommandPublisher(GATEWAY, INCARNATION, ingress, counters);
    private final Events events = new Events(GATEWAY, 42, 1);
    private final IssuerEdge issuers = new IssuerEdge(
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
            (address, tls, handler, timeoutNs) -> {},
            1,
            counters);
    private final OutputDispatcher dispatcher = new OutputDispatcher(
            GATEWAY,
            new AcquirerEdge(
                    new AcquirerEdgeConfiguration(new InetSocketAddress(0), 1, 1, 1, AcquirerTimers.DEFAULT, List.of()),
                    vault,
                    slots,
                    commands,
                    () -> true,
                    counters),
            new IsoAcquirerEdge(
                    List.of(), vault, slots, commands, () -> true, counters, GatewaySecurity.none(counters)),
            issuers,
            new AdminEdge(
                    new AdminEdgeConfiguration(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1, 1, 1, List.of()),
                    vault,
                    commands,
                    issuers,
                    INCARNATION,
                    counters),
            slots,
            counters);
    private int slot;
    private int generation;

    @BeforeEach
    void fillSlot() {
        vault.protect(new UnsafeBuffer("4111111111111111".getBytes(StandardCharsets.US_ASCII)), 0, 16);
        slot = slots.allocate(vault.tokenHigh(), vault.tokenLow(), 1, 0);
        generation = slots.generation(slot);
    }

    @Test
    void shouldFreeTheSlotOfAnAnsweredPayment() {
        events.approved(1, 0, 0);
        events.slotOfAnswer(INCARNATION, slot, generation);
        dispatch();

        assertEquals(0, slots.usedCount());
        assertEquals(1, counters.get(GatewayCounter.ANSWERS_UNDELIVERED));
    }

    @Test
    void shouldFreeTheSlotOfARefusedRequest() {
        events.refused(1, 1, 0, 0, RefusalReason.DUPLICATE_CONFLICT);
        events.slotOfRefusal(INCARNATION, slot, generation);
        dispatch();

        assertEquals(0, slots.usedCount());
    }

    @Test
    void shouldFreeTheSlotThatARepeatBrought() {
        events.repeatAwaited(1, INCARNATION, slot, generation);
        dispatch();

        assertEquals(0, slots.usedCount());
    }

    @Test
    void shouldFreeTheSlotOfARoutedPaymentEvenIfItIsNotSent() {
        events.routed(vault, 1).slot().incarnation(INCARNATION).index(slot).generation(generation);
        dispatch();

        assertEquals(0, slots.usedCount());
        assertEquals(1, ingress.count());
    }

    @Test
    void shouldNotFreeTheSlotOfAnotherRunOrUse() {
        events.repeatAwaited(1, INCARNATION + 1, slot, generation);
        dispatch();
        events.repeatAwaited(1, INCARNATION, slot, generation - 1);
        dispatch();

        assertEquals(1, slots.usedCount());
    }

    @Test
    void shouldPassOverTheEventsOfAnotherGateway() {
        final Events other = new Events(GATEWAY + 1, 42, 1);
        other.routed(vault, 1);
        dispatch(other.buffer());
        other.reversalRequested(vault, 1, 1);
        dispatch(other.buffer());
        other.approved(1, 0, 0);
        dispatch(other.buffer());
        other.refused(1, 1, 0, 0, RefusalReason.STALE_REQUEST);
        dispatch(other.buffer());
        other.repeatAwaited(1, INCARNATION, slot, generation);
        dispatch(other.buffer());
        other.reversalAnswered(1, 1);
        dispatch(other.buffer());
        other.statusReported(1, 1);
        dispatch(other.buffer());

        assertEquals(0, ingress.count());
        assertEquals(1, slots.usedCount());
        assertEquals(0, counters.get(GatewayCounter.EVENTS_HANDLED));
        assertEquals(0, counters.get(GatewayCounter.ANSWERS_UNDELIVERED));
    }

    @Test
    void shouldTakeEveryKindOfItsOwnEvents() {
        events.reversalRequested(vault, 1, 1);
        dispatch();
        assertEquals(1, counters.get(GatewayCounter.NOT_SENT_LINK));
        events.reversalAnswered(1, 1);
        dispatch();
        events.statusReported(1, 1);
        dispatch();

        assertEquals(2, counters.get(GatewayCounter.ANSWERS_UNDELIVERED));
        assertEquals(3, counters.get(GatewayCounter.EVENTS_HANDLED));
    }

    @Test
    void shouldPassOverEventsThatAreNoneOfAGatewaysBusiness() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        new ConfigurationActivatedEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        dispatch(buffer);

        assertEquals(0, counters.get(GatewayCounter.EVENTS_HANDLED));
    }

    private void dispatch() {
        dispatch(events.buffer());
    }

    private void dispatch(final UnsafeBuffer event) {
        final EventSource source = (handler, limit) -> {
            handler.onEvent(1, 1, 1, event, 0, event.capacity());
            return 1;
        };
        assertEquals(1, dispatcher.poll(source, 1, 0));
    }
}
