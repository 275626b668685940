package io.turnout.gateway.issuer;

import static io.turnout.gateway.issuer.IssuerFixture.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Dialects;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.NotSentReason;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.iso.NetworkCode;
import io.turnout.gateway.security.GatewaySecurity;
import io.turnout.gateway.security.KeyChangeRecord;
import io.turnout.gateway.security.KeyExchangeSettings;
import io.turnout.gateway.security.KeyMessageFormat;
import io.turnout.gateway.security.MacPolicy;
import io.turnout.gateway.security.PeerSecuritySettings;
import io.turnout.gateway.security.PinSource;
import io.turnout.gateway.support.BankKeys;
import io.turnout.gateway.support.Events;
import io.turnout.security.CipherAlgorithm;
import io.turnout.security.CipherMac;
import io.turnout.security.CryptoException;
import io.turnout.security.Hex;
import io.turnout.security.Padding;
import io.turnout.security.PinBlockFormat;
import io.turnout.security.PinBlocks;
import io.turnout.security.link.LinkKeySettings;
import io.turnout.security.link.LinkKeyState;
import io.turnout.security.link.MacForm;
import io.turnout.security.module.KeyCryptogram;
import io.turnout.security.module.KeyPurpose;
import io.turnout.security.module.MacScheme;
import io.turnout.security.module.PinZone;
import io.turnout.security.module.SecurityModule;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A link whose messages carry MACs, whose keys change, and whose PINs are translated. */
class IssuerKeyTest {
    private static final Dialect DIALECT = Dialects.builtIn("iso87-ascii");
    private static final Framing FRAMING = Framing.BIN2_EXCLUSIVE;
    private static final String PIN_KEY = "bank.pin";
    private static final int MAC_CHARACTERS = 16;

    private final SecurityModule module = BankKeys.module();
    private GatewaySecurity security;
    private final IssuerFixture link = new IssuerFixture(DIALECT, FRAMING, this::exchanging);

    @Test
    void shouldAskForAKeyAfterTheSignOnAndOnlyThenCarryPayments() {
        // Given a bank that has accepted the sign-on, for which there was no key yet
        link.connected();
        final IsoDecoder signOn = link.next();
        assertFalse(signOn.isPresent(128));
        link.receive(link.bank.networkResponse(signOn, "00"));
        assertEquals(IssuerLinkState.KEY_EXCHANGE, link.state());
        assertEquals(0, link.ingress.count(), "no payments yet");

        // When the link asks for a key, and the bank sends one
        link.pass(1);
        final IsoDecoder request = link.next();
        assertEquals(162, request.getLong(70));
        link.receive(link.bank.networkResponse(request, "00"));
        link.receive(keyChange(1, BankKeys.KEY_1, null));

        // Then it is taken, and payments flow, with their MAC
        final byte[] answer = link.connection.next();
        assertEquals("00", link.bank.decode(answer).getString(39));
        assertMac(BankKeys.KEY_1, answer);
        link.assertLinkState(LinkState.SIGNED_ON);
        link.events.routed(link.vault, Long.MAX_VALUE);
        link.route();
        assertMac(BankKeys.KEY_1, link.connection.next());
    }

    @Test
    void shouldTakeAKeyThatStandsInTheAnswer() {
        link.connected();
        link.receive(link.bank.networkResponse(link.next(), "00"));
        link.pass(1);
        final IsoDecoder request = link.next();

        link.receive(link.bank.frame(810, encoder -> encoder.putLong(7, request.getLong(7))
                .putLong(11, request.getLong(11))
                .putString(39, "00")
                .putString(48, keyText(BankKeys.KEY_1))
                .putLong(70, 162)));

        link.assertLinkState(LinkState.SIGNED_ON);
    }

    @Test
    void shouldCloseWhenNoKeyComes() {
        link.connected();
        link.receive(link.bank.networkResponse(link.next(), "00"));
        link.pass(1);
        link.receive(link.bank.networkResponse(link.next(), "91"));
        assertEquals(1, link.count(GatewayCounter.KEY_REQUESTS_REFUSED));

        link.pass(60 * SECOND);

        assertFalse(link.connection.isOpen());
        assertEquals(1, link.count(GatewayCounter.KEY_EXCHANGE_TIMEOUTS));
        assertEquals(0, link.ingress.count());
    }

    @Test
    void shouldRefuseADamagedKeyAndGoOnWithTheOldOne() {
        ready();
        final String damaged = BankKeys.cryptogram(BankKeys.KEY_2) + "000000";
        link.receive(sealed(BankKeys.KEY_1, 800, encoder -> encoder.putLong(7, 1)
                .putLong(11, 5)
                .putString(48, damaged)
                .putLong(70, 161)));

        final byte[] answer = link.connection.next();
        assertEquals("A7", link.bank.decode(answer).getString(39));
        assertMac(BankKeys.KEY_1, answer);
        assertEquals(1, link.count(GatewayCounter.KEYS_REFUSED));
        assertEquals(IssuerLinkState.SIGNED_ON, link.state());
    }

    @Test
    void shouldKeepThePreviousKeyForWhatIsUnderWay() {
        ready();
        link.receive(keyChange(5, BankKeys.KEY_2, BankKeys.KEY_1));
        link.connection.next();
        link.receive(response(BankKeys.KEY_2));
        link.receive(response(BankKeys.KEY_1));
        assertEquals(2, link.count(GatewayCounter.ISSUER_RESPONSES));

        link.events.routed(link.vault, Long.MAX_VALUE);
        link.route();
        assertMac(BankKeys.KEY_2, link.connection.next());
        link.pass(61 * SECOND);
        link.receive(response(BankKeys.KEY_1));
        assertEquals(2, link.count(GatewayCounter.ISSUER_RESPONSES));
        assertEquals(1, link.count(GatewayCounter.ISSUER_MAC_WRONG));
        final KeyChangeRecord last =
                security.changes().recent().get(security.changes().recent().size() - 1);
        assertEquals(BankKeys.checkValue(BankKeys.KEY_2), last.checkValue());
        assertEquals(LinkKeyState.STEADY, last.to());
    }

    @Test
    void shouldNeitherBelieveNorAnswerWhatHasNoRightMac() {
        ready();
        final List<UndecodableMessage> before = link.edge.undecodable().recent();
        assertEquals(0, before.size());

        link.receive(link.bank.networkRequest(800, 7, NetworkCode.SIGN_OFF));
        link.receive(sealed(BankKeys.KEY_3, 800, encoder -> encoder.putLong(7, 1)
                .putLong(11, 8)
                .putLong(70, NetworkCode.SIGN_OFF)));
        link.receive(link.bank.response(210, "00"));
        link.receive(response(BankKeys.KEY_3));

        assertEquals(IssuerLinkState.SIGNED_ON, link.state());
        assertEquals(0, link.connection.sentCount());
        assertEquals(0, link.ingress.count());
        assertEquals(2, link.count(GatewayCounter.ISSUER_MAC_MISSING));
        assertEquals(2, link.count(GatewayCounter.ISSUER_MAC_WRONG));
        assertEquals(4, link.edge.undecodable().recent().size());
        assertEquals(
                UndecodableMessage.Kind.NOT_AUTHENTIC,
                link.edge.undecodable().recent().get(3).kind());
    }

    @Test
    void shouldNotTrustAKeyInANewSessionAfterWrongMacs() {
        ready();
        for (int i = 0; i < 5; i++) {
            link.receive(response(BankKeys.KEY_3));
        }
        // The key is asked for; when nobody answers, the link begins again without it.
        link.pass(SECOND);
        assertEquals(162, link.next().getLong(70));
        link.pass(10 * SECOND);
        assertFalse(link.connection.isOpen());
        link.disconnect();
        link.assertLinkState(LinkState.DOWN);
        link.pass(SECOND);
        link.handler.onConnected(link.connection, link.nowNs);

        assertFalse(link.next().isPresent(128), "a sign-on without MAC");
        assertEquals(1, link.count(GatewayCounter.KEYS_DISTRUSTED));
    }

    @Test
    void shouldTranslateThePinAndRefuseWhatCannotBeTranslated() throws CryptoException {
        ready();
        final int slot = link.fillSlot("", pinBlock(BankKeys.KEY_2, IssuerFixture.PAN), new byte[0]);
        routeWith(slot);
        final IsoDecoder request = link.next();
        assertEquals("2600000000000000", request.getString(53));
        assertEquals(Hex.encode(pinBlock(BankKeys.KEY_3, IssuerFixture.PAN)), request.getString(52));
        assertEquals(1, link.count(GatewayCounter.PINS_TRANSLATED));

        final int bad = link.fillSlot("", new byte[8], new byte[0]);
        routeWith(bad);
        link.assertNotSent(NotSentReason.PIN_NOT_TRANSLATED, Events.STAN, Events.TRANSMISSION_DATE_TIME);
        assertEquals(0, link.slots.usedCount());
    }

    private void routeWith(final int slot) {
        link.events
                .routed(link.vault, Long.MAX_VALUE)
                .slot()
                .incarnation(IssuerFixture.INCARNATION)
                .index(slot)
                .generation(link.slots.generation(slot));
        link.route();
    }

    private void ready() {
        link.connected();
        link.receive(link.bank.networkResponse(link.next(), "00"));
        link.pass(1);
        link.receive(link.bank.networkResponse(link.next(), "00"));
        link.receive(keyChange(1, BankKeys.KEY_1, null));
        link.connection.next();
        link.assertLinkState(LinkState.SIGNED_ON);
        assertTrue(link.count(GatewayCounter.KEYS_CHANGED) > 0);
    }

    private byte[] keyChange(final int stan, final String key, final String macKey) {
        final UnaryOperator<IsoEncoder> fields = encoder -> encoder.putLong(7, 1)
                .putLong(11, stan)
                .putString(48, keyText(key))
                .putLong(70, 161);
        return macKey == null ? link.bank.frame(800, fields) : sealed(macKey, 800, fields);
    }

    private byte[] response(final String macKey) {
        return sealed(macKey, 210, encoder -> encoder.putString(2, IssuerFixture.PAN)
                .putLong(4, 1234)
                .putLong(7, Events.TRANSMISSION_DATE_TIME)
                .putLong(11, Events.STAN)
                .putString(37, "RRN000000001")
                .putString(38, "AUTH01")
                .putString(39, "00"));
    }

    private byte[] sealed(final String key, final int mti, final UnaryOperator<IsoEncoder> fields) {
        final int field = mti == 800 ? 128 : 64;
        final byte[] frame =
                link.bank.frame(mti, encoder -> fields.apply(encoder).putString(field, "0".repeat(MAC_CHARACTERS)));
        final byte[] covered = Arrays.copyOfRange(frame, FRAMING.headerLength(), frame.length - MAC_CHARACTERS);
        final byte[] mac = mac(key, covered).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(mac, 0, frame, frame.length - MAC_CHARACTERS, MAC_CHARACTERS);
        return frame;
    }

    private static void assertMac(final String key, final byte[] frame) {
        final byte[] covered = Arrays.copyOfRange(frame, FRAMING.headerLength(), frame.length - MAC_CHARACTERS);
        final String mac = new String(frame, frame.length - MAC_CHARACTERS, MAC_CHARACTERS, StandardCharsets.US_ASCII);
        assertEquals(mac(key, covered), mac);
    }

    private static String mac(final String key, final byte[] covered) {
        try {
            final byte[] bytes = BankKeys.bytes(key);
            return Hex.encode(CipherMac.retail(
                    CipherAlgorithm.TDES.withKey(Arrays.copyOf(bytes, 8)),
                    CipherAlgorithm.TDES.withKey(bytes),
                    Padding.METHOD_1,
                    covered));
        } catch (final CryptoException e) {
            throw new AssertionError(e);
        }
    }

    private static String keyText(final String key) {
        return BankKeys.cryptogram(key) + BankKeys.checkValue(key);
    }

    private static byte[] pinBlock(final String key, final String pan) throws CryptoException {
        final byte[] pin = "1234".getBytes(StandardCharsets.US_ASCII);
        final byte[] clear = PinBlocks.encode(PinBlockFormat.FORMAT_0, pin, pan, new Random(1));
        return PinBlocks.encipher(
                PinBlockFormat.FORMAT_0, CipherAlgorithm.TDES.withKey(BankKeys.bytes(key)), clear, pan);
    }

    private GatewaySecurity exchanging(final GatewayCounters counters) {
        BankKeys.with(module, "acquirer.pin", KeyPurpose.PIN, BankKeys.KEY_2);
        BankKeys.with(module, PIN_KEY, KeyPurpose.PIN, BankKeys.KEY_3);
        final KeyMessageFormat format = new KeyMessageFormat(
                KeyMessageFormat.Form.CRYPTOGRAM,
                48,
                "",
                CipherAlgorithm.TDES,
                KeyCryptogram.Mode.ECB,
                KeyCryptogram.Parity.ADJUST,
                6);
        final PeerSecuritySettings settings = new PeerSecuritySettings(
                new PeerSecuritySettings.Macs(
                        MacScheme.X9_19, MacForm.BYTES, new MacPolicy(true, true, true, List.of(), Set.of(161, 162))),
                new LinkKeySettings(BankKeys.MASTER, BankKeys.MAC, KeyPurpose.MAC, SECOND, 60 * SECOND, 5, 30 * SECOND),
                new LinkKeySettings(BankKeys.MASTER, PIN_KEY, KeyPurpose.PIN, 0, 0, 5, 0),
                new PeerSecuritySettings.Pins(new PinZone(PIN_KEY, PinBlockFormat.FORMAT_0), "2600000000000000"),
                new KeyExchangeSettings(format, 161, 162, 800, 60 * SECOND));
        security = new GatewaySecurity(
                module,
                Map.of(Events.ISSUER, settings),
                Map.of(42, new PinSource(new PinZone("acquirer.pin", PinBlockFormat.FORMAT_0), null)),
                Map.of(),
                counters);
        return security;
    }
}
