package io.turnout.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Dialects;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.gateway.support.BankKeys;
import io.turnout.security.CipherAlgorithm;
import io.turnout.security.CipherMac;
import io.turnout.security.CryptoException;
import io.turnout.security.Hex;
import io.turnout.security.KeyedCipher;
import io.turnout.security.Padding;
import io.turnout.security.link.LinkKeySettings;
import io.turnout.security.link.LinkSecurity;
import io.turnout.security.link.MacForm;
import io.turnout.security.link.Verdict;
import io.turnout.security.module.KeyPurpose;
import io.turnout.security.module.MacScheme;
import io.turnout.security.module.SecurityModule;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageAuthenticatorTest {
    private static final int OFFSET = 2;
    private static final int FAILURE_LIMIT = 5;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2048]);
    private SecurityModule module = BankKeys.with(BankKeys.module(), BankKeys.MAC, KeyPurpose.MAC, BankKeys.KEY_1);

    @Test
    void shouldPutTheRetailMacOfEverythingBeforeItIntoTheLastField() throws CryptoException {
        final Dialect dialect = Dialects.builtIn("iso87-ascii");
        final int length = seal(dialect, x919(dialect, MacPolicy.EVERYTHING), 200, false);
        final IsoDecoder decoder = decode(dialect, length);

        final byte[] covered = Arrays.copyOfRange(buffer.byteArray(), OFFSET, OFFSET + length - 16);
        assertEquals(Hex.encode(retail(covered)), decoder.getString(64));
        assertEquals(-1, decoder.nextField(64));
        assertFalse(decoder.isPresent(128));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iso87-ascii", "iso87-bcd", "iso87-ebcdic-hexbitmap", "iso93-ascii", "unionpay-pos"})
    void shouldVerifyWhatItHasSealedAndNothingElse(final String name) {
        final Dialect dialect = Dialects.builtIn(name);
        final MessageAuthenticator authenticator = x919(dialect, MacPolicy.EVERYTHING);
        for (final boolean isLong : new boolean[] {false, dialect.has(128)}) {
            final int length = seal(dialect, authenticator, dialect.name().startsWith("iso93") ? 1200 : 200, isLong);
            assertTrue(length > 0, name);
            final byte[] whole = Arrays.copyOfRange(buffer.byteArray(), OFFSET, OFFSET + length);

            assertEquals(Verdict.BELIEVED, verify(dialect, authenticator, length));
            for (int i = dialect.headerLength(); i < length; i++) {
                buffer.putBytes(OFFSET, whole);
                buffer.putByte(OFFSET + i, (byte) (whole[i] ^ 1));
                final IsoDecoder decoder = new IsoDecoder(dialect);
                if (decoder.decode(buffer, OFFSET, length) == 0) {
                    final Verdict verdict = authenticator.verify(decoder, buffer, OFFSET, length, 0);
                    assertFalse(verdict.isBelieved(), name + " byte " + i);
                }
            }
        }
    }

    @Test
    void shouldWriteTheMacOfUnionPayAsCharactersIntoField128() throws CryptoException {
        final Dialect dialect = Dialects.builtIn("cups");
        final MessageAuthenticator authenticator = new MessageAuthenticator(
                dialect,
                security(MacScheme.UNIONPAY_ONLINE, MacForm.HEXADECIMAL, 8),
                new MacPolicy(true, true, true, List.of(0, 2, 3, 4, 7, 11, 37, 39), Set.of()));
        final int length = seal(dialect, authenticator, 210, false);

        final byte[] text = "0210 4111111111111111 000000000001 000123 A,B. C D".getBytes(StandardCharsets.US_ASCII);
        final String mac =
                Hex.encode(CipherMac.cbc(key(), Padding.METHOD_1, text)).substring(0, 8);
        assertEquals(mac, decode(dialect, length).getString(128));
        assertEquals(Verdict.BELIEVED, verify(dialect, authenticator, length));
    }

    @Test
    void shouldNotBelieveAMessageWithoutMacOrWithFieldsBehindIt() {
        final Dialect dialect = Dialects.builtIn("iso87-ascii");
        final MessageAuthenticator authenticator = x919(dialect, MacPolicy.EVERYTHING);
        final int without = seal(dialect, MessageAuthenticator.NONE, 210, false);
        assertEquals(Verdict.MISSING_MAC, verify(dialect, authenticator, without));

        // A right MAC of the first half of a message says nothing of the second.
        final IsoEncoder encoder = begin(dialect, 210).putLong(4, 1).putString(64, "0011223344556677");
        final int behind = encoder.putLong(70, 301).finish();
        assertEquals(Verdict.MISSING_MAC, verify(dialect, authenticator, behind));
    }

    @Test
    void shouldLetOnlyNetworkManagementPassBeforeThereIsAKey() {
        module = BankKeys.module();
        final Dialect dialect = Dialects.builtIn("iso87-ascii");
        final MessageAuthenticator authenticator = x919(dialect, MacPolicy.EVERYTHING);

        assertEquals(MessageAuthenticator.MAC_UNAVAILABLE, seal(dialect, authenticator, 200, false));
        final int signOn = seal(dialect, authenticator, 800, true);
        assertFalse(decode(dialect, signOn).isPresent(128));
        assertEquals(Verdict.BELIEVED, verify(dialect, authenticator, signOn));
        final int payment = seal(dialect, MessageAuthenticator.NONE, 210, false);
        assertEquals(Verdict.NO_KEY, verify(dialect, authenticator, payment));
    }

    @Test
    void shouldBelieveOnlyAKeyChangeWithoutRightMacWhileTheKeyIsDistrusted() {
        final Dialect dialect = Dialects.builtIn("iso87-ascii");
        final MessageAuthenticator authenticator =
                x919(dialect, new MacPolicy(true, true, true, List.of(), Set.of(161)));
        final int signOff = networkMessage(dialect, 2);
        for (int i = 0; i < FAILURE_LIMIT; i++) {
            assertEquals(Verdict.WRONG_MAC, verify(dialect, authenticator, signOff));
        }
        assertEquals(Verdict.WRONG_MAC, verify(dialect, authenticator, signOff));

        assertEquals(Verdict.BELIEVED, verify(dialect, authenticator, networkMessage(dialect, 161)));
    }

    @Test
    void shouldLeaveAloneWhatTheyHaveAgreedToSendWithout() {
        final Dialect dialect = Dialects.builtIn("iso87-ascii");
        final MessageAuthenticator financial = x919(dialect, new MacPolicy(true, true, false, List.of(), Set.of()));
        final MessageAuthenticator none = x919(dialect, new MacPolicy(false, false, true, List.of(), Set.of()));

        final int echo = seal(dialect, financial, 800, true);
        assertFalse(decode(dialect, echo).isPresent(128));
        assertEquals(Verdict.BELIEVED, verify(dialect, financial, echo));
        final int payment = seal(dialect, none, 200, false);
        assertFalse(decode(dialect, payment).isPresent(64));
        assertEquals(Verdict.BELIEVED, verify(dialect, none, payment));
    }

    private int networkMessage(final Dialect dialect, final int code) {
        return begin(dialect, 800)
                .putLong(7, 1)
                .putLong(11, 123)
                .putLong(70, code)
                .putString(128, "0011223344556677")
                .finish();
    }

    private int seal(
            final Dialect dialect, final MessageAuthenticator authenticator, final int mti, final boolean isLong) {
        final IsoEncoder encoder = begin(dialect, mti);
        if (mti != 800) {
            encoder.putString(2, "4111111111111111").putLong(4, 1);
        }
        encoder.putLong(11, 123);
        if (mti == 210 && dialect.name().equals("cups")) {
            encoder.putString(37, "a,b. c@(  d ");
        }
        if (isLong) {
            encoder.putLong(dialect.name().startsWith("iso93") ? 71 : 70, 301);
        }
        return authenticator.finish(encoder, buffer, OFFSET);
    }

    private IsoEncoder begin(final Dialect dialect, final int mti) {
        return new IsoEncoder(dialect).wrap(buffer, OFFSET, 2000).begin(mti);
    }

    private IsoDecoder decode(final Dialect dialect, final int length) {
        final IsoDecoder decoder = new IsoDecoder(dialect);
        assertEquals(0, decoder.decode(buffer, OFFSET, length));
        return decoder;
    }

    private Verdict verify(final Dialect dialect, final MessageAuthenticator authenticator, final int length) {
        return authenticator.verify(decode(dialect, length), buffer, OFFSET, length, 0);
    }

    private MessageAuthenticator x919(final Dialect dialect, final MacPolicy policy) {
        return new MessageAuthenticator(dialect, security(MacScheme.X9_19, MacForm.BYTES, 8), policy);
    }

    private LinkSecurity security(final MacScheme scheme, final MacForm form, final int fieldLength) {
        return new LinkSecurity(
                module,
                scheme,
                form,
                fieldLength,
                new LinkKeySettings(BankKeys.MASTER, BankKeys.MAC, KeyPurpose.MAC, 0, 0, FAILURE_LIMIT, 1),
                null,
                (name, from, to, key, nowNs, reason) -> {});
    }

    private static byte[] retail(final byte[] covered) throws CryptoException {
        final KeyedCipher left = CipherAlgorithm.TDES.withKey(Arrays.copyOf(BankKeys.bytes(BankKeys.KEY_1), 8));
        return CipherMac.retail(left, key(), Padding.METHOD_1, covered);
    }

    private static KeyedCipher key() throws CryptoException {
        return CipherAlgorithm.TDES.withKey(BankKeys.bytes(BankKeys.KEY_1));
    }
}
