package io.turnout.security.module;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.security.AesDukptKeyType;
import io.turnout.security.CipherAlgorithm;
import io.turnout.security.CryptoError;
import io.turnout.security.CryptoException;
import io.turnout.security.Hex;
import io.turnout.security.KeyBlockHeader;
import io.turnout.security.KeyBlocks;
import io.turnout.security.KeyCheckValue;
import io.turnout.security.KeyedCipher;
import io.turnout.security.Padding;
import io.turnout.security.PinBlockFormat;
import io.turnout.security.PinBlocks;
import io.turnout.security.ProtectionKey;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What every security module does, wherever its keys lie. */
abstract class SecurityModuleContract {
    private static final int CAPACITY = 4;
    private static final long GRACE_NS = 60_000_000_000L;
    private static final String MAC_KEY = "bank-a.mac";
    private static final String RETAIL_KEY_1 = "E0F4543F3E2A2C5FFC7E5E5A222E3E4D";
    private static final String RETAIL_KEY_2 = "41414141414141414242424242424242";
    private static final String BASE_KEY_TDES = "0123456789ABCDEFFEDCBA9876543210";
    private static final String BASE_KEY_AES = "FEDCBA9876543210F1F1F1F1F1F1F1F1";
    private static final byte[] DATA = Hexadecimal.bytes("0102030405060708");
    private static final byte[] HELLO = "hello world".getBytes(StandardCharsets.US_ASCII);
    private static final String PAN = "4012345678909";

    private final Random random = new Random(Long.getLong("turnout.seed", 1));
    private SecurityModule module;

    /** A module with the two master keys. */
    abstract SecurityModule start(int capacity) throws Exception;

    @BeforeEach
    void start() throws Exception {
        module = start(CAPACITY);
    }

    @AfterEach
    final void stop() {
        if (module != null) {
            module.close();
        }
    }

    @Test
    void shouldShowCheckValuesOfMasterKeys() throws Exception {
        assertEquals(
                checkValue(MasterKeys.TDES.algorithm, MasterKeys.TDES.bytes()),
                module.masterKey(MasterKeys.TDES.label).checkValue());
        assertEquals(
                checkValue(MasterKeys.AES.algorithm, MasterKeys.AES.bytes()),
                module.masterKey(MasterKeys.AES.label).checkValue());
    }

    @Test
    void shouldMakeTheMacOfTheStandardsWithAKeyFromAKeyBlock() throws Exception {
        // Given
        importMacKey(RETAIL_KEY_2);
        module.activate(MAC_KEY, 0, GRACE_NS);

        // When
        final byte[] mac = generateMac(MAC_KEY, MacScheme.X9_19, HELLO);

        // Then
        assertEquals("3DDE5C5511661CBF", Hex.encode(mac));
    }

    @Test
    void shouldMakeAnAesCmacWithAKeyFromABlockOfVersionD() throws Exception {
        // Given
        final String block = block(MasterKeys.AES, "D0000M6AC00E0000", "2B7E151628AED2A6ABF7158809CF4F3C");
        module.importKeyBlock(MasterKeys.AES.label, MAC_KEY, KeyPurpose.MAC, block, "");
        module.activate(MAC_KEY, 0, GRACE_NS);
        final MacScheme whole = new MacScheme(MacScheme.Algorithm.CMAC, Padding.METHOD_2, 16);

        // When, then: RFC 4493
        assertEquals("BB1D6929E95937287FA37D129B756746", Hex.encode(generateMac(MAC_KEY, whole, new byte[0])));
    }

    @Test
    void shouldTakeACryptogramWhoseCheckValueAgrees() throws Exception {
        // When
        final KeyDescription description = importCryptogram(RETAIL_KEY_1, checkValue(RETAIL_KEY_1));
        module.activate(MAC_KEY, 0, GRACE_NS);

        // Then
        assertEquals(checkValue(RETAIL_KEY_1), description.checkValue());
        assertEquals("7D34C3071DA931B9", Hex.encode(generateMac(MAC_KEY, MacScheme.X9_19, DATA)));
    }

    @Test
    void shouldRefuseAKeyWhoseCheckValueDiffersOrIsTooShort() {
        assertRefused(CryptoError.CHECK_VALUE_MISMATCH, () -> importCryptogram(RETAIL_KEY_1, "000000"));
        assertRefused(CryptoError.BAD_PARAMETER, () -> importCryptogram(RETAIL_KEY_1, "00"));
        assertRefused(CryptoError.BAD_PARAMETER, () -> importCryptogram(RETAIL_KEY_1, ""));
        assertNull(module.describe(MAC_KEY, KeyGeneration.NEXT));
    }

    @Test
    void shouldRefuseAKeyWithoutParityOnlyWhereThePartnerWantsIt() throws Exception {
        // Given a key of even parity and one of odd parity
        final String even = "00000000000000030505050505050506";
        final String odd = "01010101010101020404040404040407";

        // When, then
        assertRefused(CryptoError.BAD_PARITY, () -> importStrictly(even));
        assertEquals(checkValue(odd), importStrictly(odd).checkValue());
        assertEquals(checkValue(even), importCryptogram(even, checkValue(even)).checkValue());
    }

    @Test
    void shouldRefuseAKeyBlockForAnotherUseOrUnderAnotherKeyOrChanged() throws Exception {
        final String block = block(MasterKeys.TDES, "B0000M3TC00E0000", RETAIL_KEY_1);
        final String pinBlock = block(MasterKeys.TDES, "B0000P0TE00E0000", RETAIL_KEY_1);
        final String changed = block.replace("M3TC", "M1TC");

        assertRefused(CryptoError.WRONG_KEY_USAGE, () -> importBlock(MasterKeys.TDES, pinBlock));
        assertRefused(CryptoError.WRONG_KEY_USAGE, () -> importBlock(MasterKeys.AES, block));
        assertRefused(CryptoError.KEY_BLOCK_NOT_AUTHENTIC, () -> importBlock(MasterKeys.TDES, changed));
        assertRefused(CryptoError.BAD_KEY_BLOCK, () -> importBlock(MasterKeys.TDES, block.substring(1)));
        assertRefused(
                CryptoError.UNKNOWN_KEY, () -> module.importKeyBlock("zmk-none", MAC_KEY, KeyPurpose.MAC, block, ""));
    }

    @Test
    void shouldRefuseToWorkBeforeAKeyIsActive() throws Exception {
        importMacKey(RETAIL_KEY_1);

        assertRefused(CryptoError.UNKNOWN_KEY, () -> generateMac(MAC_KEY, MacScheme.X9_19, DATA));
        assertRefused(
                CryptoError.UNKNOWN_KEY, () -> module.verifyMac(MAC_KEY, MacScheme.X9_19, DATA, DATA.length, DATA, 0));
        assertRefused(CryptoError.UNKNOWN_KEY, () -> module.activate("bank-b.mac", 0, 0));
    }

    @Test
    void shouldVerifyUnderTheCurrentThePreviousAndTheNextKeyButNoOther() throws Exception {
        // Given messages under two keys
        final byte[] first = Hexadecimal.bytes("7D34C3071DA931B9");
        importMacKey(RETAIL_KEY_1);
        module.activate(MAC_KEY, 0, GRACE_NS);
        assertEquals(KeyGeneration.CURRENT, verify(first, 0));

        // When the next key arrives, then it is good for incoming messages at once
        importMacKey(RETAIL_KEY_2);
        assertEquals(KeyGeneration.CURRENT, verify(first, 0));
        assertEquals(KeyGeneration.NEXT, verify(retailMac(RETAIL_KEY_2), 0));

        // When it is activated, then the old one stays good for its grace and not a nanosecond more
        module.activate(MAC_KEY, 100, GRACE_NS);
        assertEquals(KeyGeneration.CURRENT, verify(retailMac(RETAIL_KEY_2), 100));
        assertEquals(KeyGeneration.PREVIOUS, verify(first, 100 + GRACE_NS - 1));
        assertEquals(KeyGeneration.NONE, verify(first, 100 + GRACE_NS));
        assertNull(module.describe(MAC_KEY, KeyGeneration.PREVIOUS));
    }

    @Test
    void shouldNotBelieveAChangedOrShortenedMac() throws Exception {
        importMacKey(RETAIL_KEY_1);
        module.activate(MAC_KEY, 0, 0);

        for (int bit = 0; bit < Long.SIZE; bit++) {
            final byte[] changed = Hexadecimal.bytes("7D34C3071DA931B9");
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertEquals(KeyGeneration.NONE, verify(changed, 0));
        }
        assertEquals(KeyGeneration.NONE, verify(Hexadecimal.bytes("7D34C307"), 0));
        assertEquals(KeyGeneration.NONE, verify(new byte[0], 0));
    }

    @Test
    void shouldNumberImportsAndForgetOnRequest() throws Exception {
        // Given
        final KeyDescription first = importMacKey(RETAIL_KEY_1);
        final KeyDescription second = importMacKey(RETAIL_KEY_2);

        // Then
        assertFalse(first.id().equals(second.id()));
        assertEquals(second, module.describe(MAC_KEY, KeyGeneration.NEXT));
        assertTrue(module.discardNext(MAC_KEY));
        assertFalse(module.discardNext(MAC_KEY));
    }

    @Test
    void shouldExpireOnATick() throws Exception {
        importMacKey(RETAIL_KEY_1);
        module.activate(MAC_KEY, 0, 0);
        importMacKey(RETAIL_KEY_2);
        module.activate(MAC_KEY, 0, GRACE_NS);

        assertEquals(0, module.expire(GRACE_NS - 1));
        assertEquals(1, module.expire(GRACE_NS));
        assertEquals(0, module.expire(GRACE_NS));
    }

    @Test
    void shouldRefuseMoreKeysThanItsCapacity() throws Exception {
        final String block = block(MasterKeys.TDES, "B0000M3TC00E0000", RETAIL_KEY_1);
        for (int i = 0; i < CAPACITY; i++) {
            module.importKeyBlock(MasterKeys.TDES.label, "key" + i, KeyPurpose.MAC, block, "");
        }

        assertRefused(CryptoError.TOO_MANY_KEYS, () -> importBlock(MasterKeys.TDES, block));
        module.importKeyBlock(MasterKeys.TDES.label, "key0", KeyPurpose.MAC, block, "");
    }

    @Test
    void shouldTranslateAPinToAnotherKeyAndFormat() throws Exception {
        // Given
        final String acquirerKey = "0123456789ABCDEFFEDCBA9876543210";
        final String issuerKey = "00112233445566778899AABBCCDDEEFF";
        importPinKey(MasterKeys.TDES, "acquirer.pin", "B0000P0TB00E0000", acquirerKey);
        importPinKey(MasterKeys.AES, "issuer.pin", "D0000P0AB00E0000", issuerKey);
        final PinZone from = new PinZone("acquirer.pin", PinBlockFormat.FORMAT_0);
        final PinZone to = new PinZone("issuer.pin", PinBlockFormat.FORMAT_4);
        final byte[] block = pinBlock(from, CipherAlgorithm.TDES.withKey(Hexadecimal.bytes(acquirerKey)));

        // When
        final byte[] translated = module.translatePin(from, block, to, PAN, 0);

        // Then
        final KeyedCipher issuer = CipherAlgorithm.AES.withKey(Hexadecimal.bytes(issuerKey));
        final byte[] clear = PinBlocks.decipher(to.format(), issuer, translated, PAN);
        assertArrayEquals(Pins.PIN_1234, PinBlocks.decode(to.format(), clear, PAN));
        assertRefused(CryptoError.BAD_PIN_BLOCK, () -> module.translatePin(from, new byte[8], to, PAN, 0));
        assertRefused(CryptoError.BAD_PIN_BLOCK, () -> module.translatePin(from, block, to, "4012345678917", 0));
        assertRefused(
                CryptoError.TRANSLATION_FORBIDDEN,
                () -> module.translatePin(from, block, new PinZone("issuer.pin", PinBlockFormat.FORMAT_1), PAN, 0));
    }

    @Test
    void shouldTranslateAPinUnderThePreviousKeyDuringItsGrace() throws Exception {
        // Given a block on its way while the key changes
        final String header = "B0000P0TB00E0000";
        final PinZone zone = new PinZone("acquirer.pin", PinBlockFormat.FORMAT_0);
        importPinKey(MasterKeys.TDES, zone.keyName(), header, RETAIL_KEY_1);
        final byte[] block = pinBlock(zone, CipherAlgorithm.TDES.withKey(Hexadecimal.bytes(RETAIL_KEY_1)));
        importPinKey(MasterKeys.TDES, zone.keyName(), header, RETAIL_KEY_2);

        // When
        final byte[] translated = module.translatePin(zone, block, zone, PAN, GRACE_NS - 1);

        // Then
        assertArrayEquals(pinBlock(zone, CipherAlgorithm.TDES.withKey(Hexadecimal.bytes(RETAIL_KEY_2))), translated);
        assertRefused(CryptoError.BAD_PIN_BLOCK, () -> module.translatePin(zone, block, zone, PAN, GRACE_NS));
    }

    @Test
    void shouldRefuseToUseAKeyForAnotherPurpose() throws Exception {
        importPinKey(MasterKeys.TDES, "acquirer.pin", "B0000P0TB00E0000", RETAIL_KEY_1);

        assertRefused(CryptoError.WRONG_KEY_USAGE, () -> generateMac("acquirer.pin", MacScheme.X9_19, DATA));
    }

    @Test
    void shouldTranslateAPinFromADeviceThatDerivesItsKeysWithDes() throws Exception {
        // Given the example of ANSI X9.24-1:2009
        final DukptZone from = new DukptZone("acquirer.bdk", CipherAlgorithm.TDES, null, PinBlockFormat.FORMAT_0);
        importKey(MasterKeys.TDES, from.keyName(), KeyPurpose.DERIVATION, "B0000B0TX00E0000", BASE_KEY_TDES);
        importPinKey(MasterKeys.TDES, "issuer.pin", "B0000P0TB00E0000", RETAIL_KEY_1);
        final PinZone to = new PinZone("issuer.pin", PinBlockFormat.FORMAT_0);
        final byte[] ksn = Hexadecimal.bytes("FFFF9876543210E00001");
        final byte[] block = Hexadecimal.bytes("1B9C1845EB993A7A");

        // When
        final byte[] translated = module.translatePin(from, ksn, block, to, "4012345678909");

        // Then
        assertArrayEquals(pinBlock(to, CipherAlgorithm.TDES.withKey(Hexadecimal.bytes(RETAIL_KEY_1))), translated);
        final byte[] otherKsn = Hexadecimal.bytes("FFFF9876543210E00002");
        assertRefused(CryptoError.BAD_PIN_BLOCK, () -> module.translatePin(from, otherKsn, block, to, PAN));
        final byte[] noCounter = Hexadecimal.bytes("FFFF9876543210E00000");
        assertRefused(CryptoError.BAD_COUNTER, () -> module.translatePin(from, noCounter, block, to, PAN));
        assertRefused(CryptoError.BAD_PARAMETER, () -> module.translatePin(from, new byte[0], block, to, PAN));
    }

    @Test
    void shouldTranslateAPinFromADeviceThatDerivesItsKeysWithAes() throws Exception {
        // Given the example of ANSI X9.24-3:2017
        final DukptZone from =
                new DukptZone("acquirer.bdk", CipherAlgorithm.AES, AesDukptKeyType.AES_128, PinBlockFormat.FORMAT_4);
        importKey(MasterKeys.AES, from.keyName(), KeyPurpose.DERIVATION, "D0000B0AX00E0000", BASE_KEY_AES);
        importPinKey(MasterKeys.TDES, "issuer.pin", "B0000P0TB00E0000", RETAIL_KEY_1);
        final PinZone to = new PinZone("issuer.pin", PinBlockFormat.FORMAT_0);
        final byte[] ksn = Hexadecimal.bytes("123456789012345600000001");
        final byte[] block = Hexadecimal.bytes("A912150391AB65A67E52883D81CE2D15");

        // When
        final byte[] translated = module.translatePin(from, ksn, block, to, "4111111111111111");

        // Then
        final byte[] clear = PinBlocks.decipher(
                to.format(),
                CipherAlgorithm.TDES.withKey(Hexadecimal.bytes(RETAIL_KEY_1)),
                translated,
                "4111111111111111");
        assertArrayEquals(Pins.PIN_1234, PinBlocks.decode(to.format(), clear, "4111111111111111"));
    }

    @Test
    void shouldUseABaseKeyForNothingButDerivation() throws Exception {
        importKey(MasterKeys.TDES, "bdk", KeyPurpose.DERIVATION, "B0000B0TX00E0000", BASE_KEY_TDES);
        importPinKey(MasterKeys.TDES, "pin", "B0000P0TB00E0000", RETAIL_KEY_1);
        final PinZone pin = new PinZone("pin", PinBlockFormat.FORMAT_0);
        final PinZone wrong = new PinZone("bdk", PinBlockFormat.FORMAT_0);
        final DukptZone wrongBase = new DukptZone("pin", CipherAlgorithm.TDES, null, PinBlockFormat.FORMAT_0);

        assertRefused(CryptoError.WRONG_KEY_USAGE, () -> module.translatePin(wrong, new byte[8], pin, PAN, 0));
        assertRefused(
                CryptoError.WRONG_KEY_USAGE, () -> module.translatePin(wrongBase, new byte[10], new byte[8], pin, PAN));
    }

    private void importKey(
            final MasterKeys master, final String name, final KeyPurpose purpose, final String header, final String key)
            throws CryptoException {
        module.importKeyBlock(master.label, name, purpose, block(master, header, key), "");
        module.activate(name, 0, GRACE_NS);
    }

    private static byte[] pinBlock(final PinZone zone, final KeyedCipher key) throws CryptoException {
        final byte[] clear = PinBlocks.encode(zone.format(), Pins.PIN_1234, PAN, new Random(1));
        return PinBlocks.encipher(zone.format(), key, clear, PAN);
    }

    private void importPinKey(final MasterKeys master, final String name, final String header, final String key)
            throws CryptoException {
        importKey(master, name, KeyPurpose.PIN, header, key);
    }

    private KeyDescription importMacKey(final String key) throws CryptoException {
        return importBlock(MasterKeys.TDES, block(MasterKeys.TDES, "B0000M3TC00E0000", key));
    }

    private KeyDescription importBlock(final MasterKeys master, final String block) throws CryptoException {
        return module.importKeyBlock(master.label, MAC_KEY, KeyPurpose.MAC, block, "");
    }

    private KeyDescription importCryptogram(final String key, final String checkValue) throws CryptoException {
        return importCryptogram(key, checkValue, KeyCryptogram.Parity.ADJUST);
    }

    private KeyDescription importStrictly(final String key) throws CryptoException {
        return importCryptogram(key, checkValue(key), KeyCryptogram.Parity.REQUIRE);
    }

    private KeyDescription importCryptogram(
            final String key, final String checkValue, final KeyCryptogram.Parity parity) throws CryptoException {
        final KeyedCipher master = MasterKeys.TDES.algorithm.withKey(MasterKeys.TDES.bytes());
        final String cryptogram = Hex.encode(master.encrypt(Hexadecimal.bytes(key)));
        return module.importCryptogram(
                MasterKeys.TDES.label,
                MAC_KEY,
                KeyPurpose.MAC,
                new KeyCryptogram(CipherAlgorithm.TDES, KeyCryptogram.Mode.ECB, parity, cryptogram, checkValue));
    }

    private String block(final MasterKeys master, final String header, final String key) throws CryptoException {
        return KeyBlocks.wrap(
                ProtectionKey.inMemory(master.algorithm, master.bytes()),
                KeyBlockHeader.parse(header),
                Hexadecimal.bytes(key),
                random);
    }

    private byte[] generateMac(final String name, final MacScheme scheme, final byte[] data) throws CryptoException {
        final byte[] mac = new byte[scheme.length()];
        module.generateMac(name, scheme, data, data.length, mac);
        return mac;
    }

    private KeyGeneration verify(final byte[] mac, final long nowNs) throws CryptoException {
        return module.verifyMac(MAC_KEY, MacScheme.X9_19, DATA, DATA.length, mac, nowNs);
    }

    private static byte[] retailMac(final String key) throws CryptoException {
        final KeyedCipher whole = CipherAlgorithm.TDES.withKey(Hexadecimal.bytes(key));
        // One block only, so that the retail MAC is one encryption under the whole key.
        return whole.encrypt(DATA);
    }

    private static String checkValue(final String tdesKey) throws CryptoException {
        return checkValue(CipherAlgorithm.TDES, Hexadecimal.bytes(tdesKey));
    }

    private static String checkValue(final CipherAlgorithm algorithm, final byte[] key) throws CryptoException {
        return Hex.encode(KeyCheckValue.of(algorithm.withKey(key)));
    }

    private static void assertRefused(final CryptoError error, final Executable action) {
        assertEquals(error, assertThrows(CryptoException.class, action).error());
    }

    private static final class Hexadecimal {
        static byte[] bytes(final String hex) {
            return java.util.HexFormat.of().parseHex(hex);
        }
    }

    private static final class Pins {
        static final byte[] PIN_1234 = "1234".getBytes(StandardCharsets.US_ASCII);
    }
}
