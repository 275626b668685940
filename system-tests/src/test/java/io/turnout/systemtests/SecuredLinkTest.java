package io.turnout.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.security.CipherAlgorithm;
import io.turnout.security.CryptoException;
import io.turnout.security.PinBlockFormat;
import io.turnout.security.PinBlocks;
import io.turnout.simulators.acquirer.AcquirerCounter;
import io.turnout.simulators.acquirer.AcquirerResults;
import io.turnout.simulators.bank.BankCounter;
import io.turnout.simulators.bank.BankRule;
import io.turnout.simulators.bank.Behaviour;
import io.turnout.simulators.bank.MessageKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Forged, stripped and repeated messages of a bank over real sockets, and keys that change under load: nothing false is
 * believed, and the bank's books agree with the acquirer's log.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class SecuredLinkTest {
    private static final String FIXED_KEY = "{macKey: " + SecuredFixture.MAC_KEY + "}";
    private static final String FIXED_MACS = "  mac: {scheme: x9-19, key: bank.mac}\n";
    private static final String EXCHANGED_MACS =
            "  mac: {scheme: x9-19, key: session.mac, exchanged: true}\n" + SecuredFixture.EXCHANGED;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.class,
            names = {"WRONG_MAC", "MISSING_MAC"})
    void shouldNotBelieveAnAnswerWithoutARightMac(final Behaviour behaviour) {
        final List<BankRule> rules = List.of(
                BankRule.always(MessageKind.PAYMENT, behaviour).forMessages(20, 22),
                BankRule.always(MessageKind.PAYMENT, behaviour).forMessages(60, 60));
        try (SecuredFixture fixture =
                new SecuredFixture(directory, FIXED_KEY, FIXED_MACS, rules, SecuredFixture.SHORT)) {
            final AcquirerResults results = fixture.payAndReconcile(200, 200);

            // The bank has approved the four, and nobody believed it: unknown, and reversed. A machine that stands
            // still
            // for longer than the switch waits makes others unknown too.
            final long unknown = results.count(AcquirerCounter.UNKNOWN);
            assertTrue(unknown >= 4, "unknown=" + unknown);
            assertEquals(200 - unknown, results.count(AcquirerCounter.APPROVED));
            final GatewayCounter counter = behaviour == Behaviour.WRONG_MAC
                    ? GatewayCounter.ISSUER_MAC_WRONG
                    : GatewayCounter.ISSUER_MAC_MISSING;
            assertEquals(4, fixture.count(counter));
            assertEquals(0, fixture.count(BankCounter.MACS_REFUSED));
        }
    }

    @Test
    void shouldChangeNothingWhenAnOldAnswerIsSentAgain() {
        final List<BankRule> rules = List.of(
                BankRule.always(MessageKind.PAYMENT, Behaviour.REPLAY_ANSWER).withShare(0.2));
        try (SecuredFixture fixture = patient(FIXED_KEY, FIXED_MACS, rules)) {
            final AcquirerResults results = fixture.payAndReconcile(300, 300);

            assertEquals(300, results.count(AcquirerCounter.APPROVED));
            assertTrue(fixture.count(BankCounter.MISBEHAVIOURS) > 20, "answers were sent again");
            assertEquals(0, fixture.count(GatewayCounter.ISSUER_MAC_WRONG), "their MAC is right, and they are old");
        }
    }

    @Test
    void shouldNotBelieveAnOldAnswerUnderAKeyThatIsGone() {
        // Given a bank that changes its key with every third payment, and a switch that forgets the previous one at
        // once
        final String keys = EXCHANGED_MACS.replace("grace: 10s", "grace: 0s");
        final List<BankRule> rules = List.of(
                BankRule.always(MessageKind.PAYMENT, Behaviour.REPLAY_ANSWER).forMessages(11, 12));
        try (SecuredFixture fixture = patient(exchangedKeys(3), keys, rules)) {
            for (int i = 1; i <= 14; i++) {
                assertEquals(SwitchFixture.APPROVED, fixture.ask(new Payment()), "payment " + i);
            }
            SwitchFixture.await(
                    () -> fixture.count(GatewayCounter.ISSUER_MAC_WRONG) == 2, "the old answers to be refused");
        }
    }

    @Test
    void shouldRefuseAnOldChangeOfKeysAndGoOn() {
        final List<BankRule> rules = List.of(BankRule.always(MessageKind.PAYMENT, Behaviour.REPLAY_KEY_CHANGE)
                .forMessages(250, 252));
        try (SecuredFixture fixture = patient(exchangedKeys(100), EXCHANGED_MACS, rules)) {
            final AcquirerResults results = fixture.payAndReconcile(300, 200);

            assertEquals(300, results.count(AcquirerCounter.APPROVED));
            assertEquals(0, fixture.count(GatewayCounter.KEYS_DISTRUSTED));
            // The first change had no MAC, as there was no key yet: now it is not even looked at.
            assertEquals(3, fixture.count(GatewayCounter.ISSUER_MAC_MISSING));
        }
    }

    @Test
    void shouldLoseNothingWhileKeysChangeUnderLoad() {
        try (SecuredFixture fixture = patient(exchangedKeys(50), EXCHANGED_MACS, List.of())) {
            final AcquirerResults results = fixture.payAndReconcile(1000, 500);

            assertEquals(
                    1000,
                    results.count(AcquirerCounter.APPROVED),
                    results + " " + fixture.bank().results());
            assertEquals(0, fixture.count(BankCounter.MACS_REFUSED));
            assertEquals(0, fixture.count(GatewayCounter.ISSUER_MAC_WRONG));
            assertEquals(1, fixture.count(BankCounter.KEY_REQUESTS), "at the sign-on");
            SwitchFixture.await(
                    () -> fixture.count(BankCounter.KEYS_TAKEN) == fixture.count(BankCounter.KEYS_SENT),
                    "the last key to be taken");
            final long taken = fixture.count(BankCounter.KEYS_TAKEN);
            assertTrue(taken > 1, "keys have changed");
            assertEquals(taken, fixture.count(GatewayCounter.KEYS_ACCEPTED));
            assertTrue(fixture.node().keyChanges().size() >= taken, "each change is on record");
        }
    }

    @Test
    void shouldAskForANewKeyAfterWrongMacsInARowAndGoOn() {
        // Given a bank that seems to have another key in five answers in a row: to a payment, and to its reversals
        final List<BankRule> rules = List.of(
                BankRule.always(MessageKind.PAYMENT, Behaviour.WRONG_MAC).forMessages(2, 2),
                BankRule.always(MessageKind.REVERSAL, Behaviour.WRONG_MAC).forMessages(1, 4));
        try (SecuredFixture fixture =
                new SecuredFixture(directory, exchangedKeys(0), EXCHANGED_MACS, rules, SecuredFixture.SHORT)) {
            assertEquals(SwitchFixture.APPROVED, fixture.ask(new Payment()));
            final Payment doubtful = new Payment();
            assertEquals("UNKNOWN 9111 amount 0", fixture.ask(doubtful));

            // When
            SwitchFixture.await(() -> fixture.count(BankCounter.KEYS_TAKEN) == 2, "a new key");

            // Then payments go on, and what was doubtful is undone
            assertEquals(SwitchFixture.APPROVED, fixture.ask(new Payment()));
            try (AcquirerConnection connection =
                    SwitchFixture.logOn(fixture.node().acquirerPort())) {
                SwitchFixture.await(
                        () -> "Status REVERSED".equals(connection.ask(doubtful.statusRequest())), "the reversal");
            }
            assertEquals(1, fixture.count(GatewayCounter.KEYS_DISTRUSTED));
            assertEquals(2, fixture.count(BankCounter.KEY_REQUESTS));
        }
    }

    @Test
    void shouldTranslatePinsForTheBankAndSendNoneThatItCannotTranslate() throws CryptoException {
        final String bankKeys =
                "{macKey: %s, pinKey: %s}".formatted(SecuredFixture.MAC_KEY, SecuredFixture.BANK_PIN_KEY);
        final String keys = FIXED_MACS + "  pin: {key: bank.pin, control: '2600000000000000'}\n";
        try (SecuredFixture fixture = patient(bankKeys, keys, List.of())) {
            assertEquals(SwitchFixture.APPROVED, fixture.ask(new Payment().pinBlock(pinBlock(Payment.GOOD_PAN))));
            assertEquals(1, fixture.count(BankCounter.PINS_READ));

            // A block for another card cannot be read, and nothing reaches the bank.
            assertEquals("DECLINED 9121 amount 0", fixture.ask(new Payment().pinBlock(pinBlock("4000001234567899"))));
            assertEquals("DECLINED 9121 amount 0", fixture.ask(new Payment().pinBlock(new byte[16])));
            assertEquals(1, fixture.count(BankCounter.PAYMENTS));
            assertEquals(2, fixture.count(GatewayCounter.NOT_SENT_PIN));
        }
    }

    @Test
    void shouldTranslateAPinFromATerminalThatDerivesItsKeys() {
        final String bankKeys =
                "{macKey: %s, pinKey: %s}".formatted(SecuredFixture.MAC_KEY, SecuredFixture.BANK_PIN_KEY);
        final String keys = FIXED_MACS + "  pin: {key: bank.pin}\n";
        try (SecuredFixture fixture = patient(bankKeys, keys, List.of());
                AcquirerConnection connection =
                        new AcquirerConnection(fixture.node().acquirerPort())) {
            connection.ask(AcquirerConnection.logon(2, SwitchFixture.CREDENTIAL));
            // The example of ANSI X9.24-1:2009
            final Payment payment =
                    new Payment().pan("4012345678909").pinBlock(HexFormat.of().parseHex("1B9C1845EB993A7A"));

            assertEquals("DECLINED 9121 amount 0", connection.ask(payment.request()), "without its serial number");
            final Payment whole = new Payment()
                    .pan("4012345678909")
                    .pinBlock(HexFormat.of().parseHex("1B9C1845EB993A7A"))
                    .pinKsn(HexFormat.of().parseHex("FFFF9876543210E000010000"));
            assertEquals(SwitchFixture.APPROVED, connection.ask(whole.request()));
            assertEquals(1, fixture.count(BankCounter.PINS_READ));
        }
    }

    private SecuredFixture patient(final String bankKeys, final String switchKeys, final List<BankRule> rules) {
        return new SecuredFixture(directory, bankKeys, switchKeys, rules, SecuredFixture.PATIENT);
    }

    private static String exchangedKeys(final int changeEvery) {
        return "{masterKey: %s, changeEvery: %d}".formatted(SecuredFixture.MASTER_KEY, changeEvery);
    }

    private static byte[] pinBlock(final String pan) throws CryptoException {
        final byte[] pin = "1234".getBytes(StandardCharsets.US_ASCII);
        final byte[] clear = PinBlocks.encode(PinBlockFormat.FORMAT_0, pin, pan, new Random(1));
        return PinBlocks.encipher(
                PinBlockFormat.FORMAT_0,
                CipherAlgorithm.TDES.withKey(HexFormat.of().parseHex(SecuredFixture.ACQUIRER_PIN_KEY)),
                clear,
                pan);
    }
}
