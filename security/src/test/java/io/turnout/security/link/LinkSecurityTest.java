package io.turnout.security.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.security.CipherAlgorithm;
import io.turnout.security.CipherMac;
import io.turnout.security.CryptoError;
import io.turnout.security.CryptoException;
import io.turnout.security.Hex;
import io.turnout.security.KeyCheckValue;
import io.turnout.security.KeyedCipher;
import io.turnout.security.Padding;
import io.turnout.security.module.KeyCryptogram;
import io.turnout.security.module.KeyPurpose;
import io.turnout.security.module.MacScheme;
import io.turnout.security.module.SecurityModule;
import io.turnout.security.module.SoftwareSecurityModule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LinkSecurityTest {
    private static final byte[] MASTER = HexFormat.of().parseHex("DD7515F2BFC17F85CE48F3CA25CB21F6");
    private static final String KEY_1 = "E0F4543F3E2A2C5FFC7E5E5A222E3E4D";
    private static final String KEY_2 = "41414141414141414242424242424242";
    private static final String KEY_3 = "2B7E151628AED2A6ABF7158809CF4F3C";
    private static final byte[] MESSAGE = "0210 approved".getBytes(StandardCharsets.US_ASCII);
    private static final long SECOND = 1_000_000_000L;
    private static final long DELAY_NS = 10 * SECOND;
    private static final long GRACE_NS = 60 * SECOND;
    private static final long REQUEST_NS = 30 * SECOND;
    private static final int FAILURE_LIMIT = 5;

    private final List<String> changes = new ArrayList<>();
    private SecurityModule module;
    private LinkSecurity link;

    @BeforeEach
    void start() throws CryptoException {
        module = SoftwareSecurityModule.start(
                new SoftwareSecurityModule.MasterKeys().add("zmk", CipherAlgorithm.TDES, MASTER),
                2,
                SoftwareSecurityModule.Environment.DEVELOPMENT);
        link = link(MacScheme.X9_19, MacForm.BYTES);
    }

    @AfterEach
    void stop() {
        module.close();
    }

    @Test
    void shouldBelieveNothingAndAskForAKeyBeforeOneIsThere() throws CryptoException {
        assertEquals(Verdict.NO_KEY, verify(link, mac(KEY_1), 0));
        assertThrows(CryptoException.class, () -> macField(link));
        assertEquals(KeyPurpose.MAC, link.onTick(0));
        assertNull(link.onTick(REQUEST_NS - 1));
        assertEquals(KeyPurpose.MAC, link.onTick(REQUEST_NS));
    }

    @Test
    void shouldUseTheFirstKeyAtOnce() throws CryptoException {
        // When
        final KeyChange change = link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_1), 0);

        // Then
        assertTrue(change.isAccepted());
        assertEquals(Verdict.BELIEVED, verify(link, mac(KEY_1), 0));
        assertArrayEquals(mac(KEY_1), macField(link));
        assertNull(link.onTick(0));
        assertEquals(List.of("ABSENT STEADY new key"), changes);
    }

    @Test
    void shouldRejectMissingAndWrongMacsAndCountThem() throws CryptoException {
        // Given
        link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_1), 0);

        // When, then
        assertEquals(Verdict.MISSING_MAC, verify(link, null, 0));
        assertEquals(Verdict.WRONG_MAC, verify(link, new byte[0], 0));
        assertEquals(Verdict.WRONG_MAC, verify(link, Arrays.copyOf(mac(KEY_1), 7), 0));
        assertEquals(Verdict.WRONG_MAC, verify(link, mac(KEY_2), 0));
        assertEquals(4, link.rejected());
        assertFalse(Verdict.WRONG_MAC.isBelieved());
    }

    @Test
    void shouldSwitchWhenThePeerUsesTheNewKeyAndKeepTheOldOneForItsGrace() throws CryptoException {
        // Given
        link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_1), 0);

        // When a new key arrives, then the old one is still used for what goes out
        assertTrue(link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_2), 1).isAccepted());
        assertEquals(LinkKeyState.CHANGING, link.state(KeyPurpose.MAC));
        assertArrayEquals(mac(KEY_1), macField(link));
        assertEquals(Verdict.BELIEVED, verify(link, mac(KEY_1), 2));

        // When the peer uses it, then so do we, and what was under way stays good
        assertEquals(Verdict.BELIEVED, verify(link, mac(KEY_2), 3));
        assertEquals(LinkKeyState.STEADY, link.state(KeyPurpose.MAC));
        assertArrayEquals(mac(KEY_2), macField(link));
        assertEquals(Verdict.BELIEVED, verify(link, mac(KEY_1), 3 + GRACE_NS - 1));
        assertEquals(Verdict.WRONG_MAC, verify(link, mac(KEY_1), 3 + GRACE_NS));
    }

    @Test
    void shouldSwitchAfterTheDelayWhenThePeerIsSilent() throws CryptoException {
        link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_1), 0);
        link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_2), 1);

        link.onTick(DELAY_NS);
        assertArrayEquals(mac(KEY_1), macField(link));
        link.onTick(DELAY_NS + 1);
        assertArrayEquals(mac(KEY_2), macField(link));
        assertEquals(
                List.of("ABSENT STEADY new key", "STEADY CHANGING new key", "CHANGING STEADY delay over"), changes);
    }

    @Test
    void shouldReplaceANewKeyThatWasNeverUsed() throws CryptoException {
        link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_1), 0);
        link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_2), 1);
        link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_3), 2);

        assertEquals(Verdict.WRONG_MAC, verify(link, mac(KEY_2), 3));
        assertEquals(Verdict.BELIEVED, verify(link, mac(KEY_3), 3));
    }

    @Test
    void shouldRefuseABadKeyAndGoOnWithTheOldOne() throws CryptoException {
        // Given
        link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_1), 0);
        final KeyCryptogram good = cryptogram(KEY_2);
        final KeyCryptogram bad =
                new KeyCryptogram(good.algorithm(), good.mode(), good.parity(), good.cryptogram(), "123456");

        // When
        final KeyChange change = link.onKeyCryptogram(KeyPurpose.MAC, bad, 1);

        // Then
        assertEquals(CryptoError.CHECK_VALUE_MISMATCH, change.refusal());
        assertEquals(LinkKeyState.STEADY, link.state(KeyPurpose.MAC));
        assertEquals(Verdict.BELIEVED, verify(link, mac(KEY_1), 1));
        assertEquals(Verdict.WRONG_MAC, verify(link, mac(KEY_2), 1));
        assertEquals(
                CryptoError.BAD_KEY_BLOCK,
                link.onKeyBlock(KeyPurpose.MAC, "B0016", "", 1).refusal());
        assertEquals(
                CryptoError.WRONG_KEY_USAGE,
                link.onKeyCryptogram(KeyPurpose.DATA, good, 1).refusal());
    }

    @Test
    void shouldAskForANewKeyAfterWrongMacsInARowAndUseItAtOnce() throws CryptoException {
        // Given
        link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_1), 0);

        // When one short of the limit, and a right one, and again
        failures(FAILURE_LIMIT - 1);
        assertEquals(Verdict.BELIEVED, verify(link, mac(KEY_1), 1));
        failures(FAILURE_LIMIT - 1);
        assertNull(link.onTick(1));

        // Then the next one is one too many
        failures(1);
        assertEquals(LinkKeyState.DISTRUSTED, link.state(KeyPurpose.MAC));
        assertEquals(KeyPurpose.MAC, link.onTick(1));
        assertNull(link.onTick(2));

        // And the key that comes is used at once
        link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_2), 3);
        assertArrayEquals(mac(KEY_2), macField(link));
        assertNull(link.onTick(REQUEST_NS + 3));
    }

    @Test
    void shouldTrustAKeyAgainAfterARightMac() throws CryptoException {
        link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_1), 0);
        failures(FAILURE_LIMIT);

        assertEquals(Verdict.BELIEVED, verify(link, mac(KEY_1), 1));
        assertEquals(LinkKeyState.STEADY, link.state(KeyPurpose.MAC));
    }

    @Test
    void shouldKeepANewKeyThroughWrongMacsAsThePeerMayYetUseIt() throws CryptoException {
        link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_1), 0);
        link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_2), 0);
        failures(FAILURE_LIMIT);

        assertEquals(Verdict.BELIEVED, verify(link, mac(KEY_2), 1));
        assertArrayEquals(mac(KEY_2), macField(link));
    }

    @Test
    void shouldWriteAShortMacAsHexadecimalCharacters() throws CryptoException {
        // Given
        final LinkSecurity unionPay = link(MacScheme.UNIONPAY_ONLINE, MacForm.HEXADECIMAL);
        unionPay.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_1), 0);
        final String expected =
                Hex.encode(CipherMac.cbc(key(KEY_1), Padding.METHOD_1, MESSAGE)).substring(0, 8);

        // When
        final byte[] field = macField(unionPay);

        // Then
        assertEquals(expected, new String(field, StandardCharsets.US_ASCII));
        assertEquals(Verdict.BELIEVED, verify(unionPay, field, 0));
        field[0] = 'x';
        assertEquals(Verdict.WRONG_MAC, verify(unionPay, field, 0));
    }

    @Test
    void shouldRefuseAFieldThatCannotHoldTheMac() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new LinkSecurity(module, MacScheme.X9_19, MacForm.HEXADECIMAL, 8, settings(), null, this::note));
    }

    @Test
    void shouldRefuseAKeyThatWasInUseBeforeAndGoOn() throws CryptoException {
        // Given two changes of keys, of which somebody has kept the first
        link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_1), 0);
        link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_2), 1);
        verify(link, mac(KEY_2), 2);

        // When
        final KeyChange replayed = link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_1), 3);

        // Then
        assertEquals(CryptoError.KEY_REUSED, replayed.refusal());
        assertEquals(LinkKeyState.STEADY, link.state(KeyPurpose.MAC));
        assertArrayEquals(mac(KEY_2), macField(link));
    }

    @Test
    void shouldChangeNothingWhenTheSameKeyComesAgain() throws CryptoException {
        // Given a change whose answer was lost, so that the peer repeats it
        link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_1), 0);
        assertTrue(link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_1), 0).isAccepted());
        link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_2), 1);
        assertTrue(link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_2), DELAY_NS)
                .isAccepted());

        // When, then: the delay counts from the first of them
        link.onTick(DELAY_NS + 1);
        assertArrayEquals(mac(KEY_2), macField(link));
        assertTrue(link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_2), DELAY_NS + 2)
                .isAccepted());
        assertEquals(
                List.of("ABSENT STEADY new key", "STEADY CHANGING new key", "CHANGING STEADY delay over"), changes);
    }

    @Test
    void shouldTrustAKeyThatThePeerSendsAgain() throws CryptoException {
        link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_1), 0);
        failures(FAILURE_LIMIT);

        assertTrue(link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_1), 2).isAccepted());
        assertEquals(LinkKeyState.STEADY, link.state(KeyPurpose.MAC));
    }

    @Test
    void shouldNotCarryADistrustedKeyIntoANewSession() throws CryptoException {
        link.onKeyCryptogram(KeyPurpose.MAC, cryptogram(KEY_1), 0);
        link.onConnected(1);
        assertTrue(link.isReady());
        failures(FAILURE_LIMIT);
        assertEquals(KeyPurpose.MAC, link.onTick(1));

        link.onConnected(2);

        assertFalse(link.isReady());
        assertEquals(Verdict.NO_KEY, verify(link, mac(KEY_1), 2));
        assertThrows(CryptoException.class, () -> macField(link));
        assertEquals(KeyPurpose.MAC, link.onTick(2), "asked for at once");
    }

    @Test
    void shouldBeginWithAKeyThatIsThereAndNeverAskForOneThatIsNotExchanged() throws CryptoException {
        module.importCryptogram("zmk", "bank-a.mac", KeyPurpose.MAC, cryptogram(KEY_1));
        module.activate("bank-a.mac", 0, 0);
        link = new LinkSecurity(
                module,
                MacScheme.X9_19,
                MacForm.BYTES,
                8,
                new LinkKeySettings("zmk", "bank-a.mac", KeyPurpose.MAC, 0, 0, FAILURE_LIMIT, 0),
                null,
                this::note);
        assertEquals(Verdict.BELIEVED, verify(link, mac(KEY_1), 0));
        failures(FAILURE_LIMIT);
        link.onConnected(1);

        assertNull(link.onTick(1));
        assertEquals(LinkKeyState.DISTRUSTED, link.state(KeyPurpose.MAC));
    }

    private static Verdict verify(final LinkSecurity security, final byte[] field, final long nowNs) {
        final int length = field == null ? -1 : field.length;
        return security.verify(MESSAGE, MESSAGE.length, field, length, nowNs);
    }

    private static byte[] macField(final LinkSecurity security) throws CryptoException {
        final byte[] field = new byte[security.macFieldLength()];
        security.macField(MESSAGE, MESSAGE.length, field);
        return field;
    }

    private void failures(final int count) {
        for (int i = 0; i < count; i++) {
            assertEquals(Verdict.WRONG_MAC, verify(link, new byte[8], 1));
        }
    }

    private LinkSecurity link(final MacScheme scheme, final MacForm form) {
        return new LinkSecurity(module, scheme, form, 8, settings(), null, this::note);
    }

    private static LinkKeySettings settings() {
        return new LinkKeySettings("zmk", "bank-a.mac", KeyPurpose.MAC, DELAY_NS, GRACE_NS, FAILURE_LIMIT, REQUEST_NS);
    }

    private void note(
            final String name,
            final LinkKeyState from,
            final LinkKeyState to,
            final Object key,
            final long nowNs,
            final String reason) {
        changes.add(from + " " + to + " " + reason);
    }

    private static KeyCryptogram cryptogram(final String key) throws CryptoException {
        final String cryptogram =
                Hex.encode(CipherAlgorithm.TDES.withKey(MASTER).encrypt(Hex.decode("key", key)));
        return new KeyCryptogram(
                CipherAlgorithm.TDES,
                KeyCryptogram.Mode.ECB,
                KeyCryptogram.Parity.ADJUST,
                cryptogram,
                Hex.encode(KeyCheckValue.of(key(key))));
    }

    private static byte[] mac(final String key) throws CryptoException {
        return CipherMac.retail(key(key.substring(0, 16)), key(key), Padding.METHOD_1, MESSAGE);
    }

    private static KeyedCipher key(final String hex) throws CryptoException {
        return CipherAlgorithm.TDES.withKey(Hex.decode("key", hex));
    }
}
