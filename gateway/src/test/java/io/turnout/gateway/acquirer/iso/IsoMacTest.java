package io.turnout.gateway.acquirer.iso;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.security.GatewaySecurity;
import io.turnout.gateway.security.MacPolicy;
import io.turnout.gateway.security.MessageAuthenticator;
import io.turnout.gateway.security.PeerSecuritySettings;
import io.turnout.gateway.support.BankKeys;
import io.turnout.gateway.support.Counters;
import io.turnout.security.link.LinkKeySettings;
import io.turnout.security.link.MacForm;
import io.turnout.security.module.KeyPurpose;
import io.turnout.security.module.MacScheme;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An acquirer that shares a MAC key with the switch. */
@Timeout(30)
final class IsoMacTest {

    private final GatewaySecurity security = new GatewaySecurity(
            BankKeys.with(BankKeys.module(), BankKeys.MAC, KeyPurpose.MAC, BankKeys.KEY_1),
            Map.of(),
            Map.of(),
            Map.of(
                    (int) IsoFixture.ACQUIRER,
                    new PeerSecuritySettings(
                            new PeerSecuritySettings.Macs(MacScheme.X9_19, MacForm.BYTES, MacPolicy.EVERYTHING),
                            new LinkKeySettings("", BankKeys.MAC, KeyPurpose.MAC, 0, 0, 5, 0),
                            null,
                            null,
                            null)),
            Counters.create());
    private final MessageAuthenticator acquirers = security.acquirer((int) IsoFixture.ACQUIRER, IsoFixture.DIALECT);
    private final IsoFixture fixture = new IsoFixture(false, List.of(), security);

    @Test
    void shouldTakeAMessageWithARightMacAndSealItsAnswer() {
        fixture.receive(IsoFixture.frame(200, IsoFixture.purchase(), acquirers));
        fixture.edge.onPaymentAnswered(fixture.approval(fixture.nextPayment()));

        assertTrue(fixture.next().isPresent(64));
        assertEquals(0, fixture.count(GatewayCounter.ISO_MACS_REFUSED));
    }

    @Test
    void shouldNotBelieveAMessageWithAWrongMac() {
        final byte[] frame = IsoFixture.frame(200, IsoFixture.purchase(), acquirers);
        final int amount =
                2 + new String(frame, 2, frame.length - 2, StandardCharsets.ISO_8859_1).indexOf("000000001234");
        frame[amount] = '9';
        fixture.receive(frame);

        assertEquals("0210 A0", fixture.nextOutcome());
        assertEquals(0, fixture.ingress.count());
        assertEquals(1, fixture.count(GatewayCounter.ISO_MACS_REFUSED));
    }

    @Test
    void shouldNotBelieveAMessageWithoutAMac() {
        fixture.receive(200, IsoFixture.purchase());
        fixture.receive(420, IsoFixture.reversal());

        assertEquals("0210 A0", fixture.nextOutcome());
        assertEquals("0430 A0", fixture.nextOutcome());
        assertEquals(0, fixture.ingress.count());
    }
}
