package io.turnout.simulators.bank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.iso8583.Framing;
import io.turnout.simulators.FakeConnection;
import io.turnout.simulators.bank.BankRequests.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class BankHostTest {

    private static final long MS = BankBench.MS;

    @TempDir
    private Path folder;

    @Test
    void shouldApproveAndDebitWithoutAnyRule() {
        try (BankBench bench = bench()) {
            final FakeConnection link = bench.signOn();
            final Answer answer = bench.ask(link, bench.requests.payment(7, 12_345));
            assertEquals(210, answer.mti());
            assertEquals(7, answer.stan());
            assertEquals(12_345, answer.amountMinor());
            assertEquals(BankRequests.rrn(7), answer.rrn());
            assertEquals("00", answer.code());
            assertEquals("000001", answer.approvalCode());
            assertEquals(12_345, bench.bank.books().netAmountMinor(BankRequests.CURRENCY));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "iso87-ascii,BIN2_EXCLUSIVE",
        "iso87-bcd,BIN2_EXCLUSIVE",
        "iso87-ebcdic-binbitmap,BIN2_INCLUSIVE",
        "bcd-ebcdic-binlen,ASCII4_EXCLUSIVE",
        "iso87-ascii-binbitmap,BIN2_ETX",
        "cups,BCD2_EXCLUSIVE"
    })
    void shouldSpeakAnyDialectInAnyFraming(final String dialect, final Framing framing) {
        for (final int pieceBytes : new int[] {1, 3, 4096}) {
            final Path subfolder = folder.resolve(String.valueOf(pieceBytes));
            try (BankBench bench = new BankBench(BankBench.configuration(subfolder, dialect, framing))) {
                bench.inPiecesOf(pieceBytes);
                final FakeConnection link = bench.signOn();
                assertEquals(
                        "00", bench.ask(link, bench.requests.payment(7, 500)).code());
                final Answer reversal = bench.ask(link, bench.requests.reversal(420, 8, 7, 500));
                assertEquals(430, reversal.mti());
                assertEquals("00", reversal.code());
                assertEquals(0, bench.bank.books().netAmountMinor(BankRequests.rrn(7)));
                assertEquals(
                        "00", bench.ask(link, bench.requests.network(301, 9)).code());
            }
        }
    }

    @Test
    void shouldTakeSeveralMessagesOfOneSegment() {
        try (BankBench bench = bench()) {
            final FakeConnection link = bench.signOn();
            final byte[] first = bench.requests.payment(1, 100);
            final byte[] second = bench.requests.payment(2, 200);
            final byte[] both = new byte[first.length + second.length];
            System.arraycopy(first, 0, both, 0, first.length);
            System.arraycopy(second, 0, both, first.length, second.length);
            bench.send(link, both);
            bench.pass(10 * MS);
            assertEquals(
                    List.of(1L, 2L),
                    bench.answers(link).stream().map(Answer::stan).toList());
        }
    }

    @Test
    void shouldWriteTheBooksBeforeItAnswers() throws IOException {
        try (BankBench bench = bench()) {
            final FakeConnection link = bench.signOn();
            bench.send(link, bench.requests.payment(7, 500));
            assertEquals("", Files.readString(bench.configuration.books()));
            assertEquals(0, link.takeSent().length);
            bench.pass(MS);
            assertTrue(Files.readString(bench.configuration.books()).contains("\"action\":\"debit\""));
            assertEquals(0, link.takeSent().length);
        }
    }

    @Test
    void shouldNotWriteCardNumbersIntoTheBooks() throws IOException {
        try (BankBench bench = bench()) {
            bench.ask(bench.signOn(), bench.requests.payment(7, 500));
            final String books = Files.readString(bench.configuration.books());
            assertFalse(books.contains(BankRequests.PAN));
            assertFalse(books.contains(BankRequests.PAN.substring(0, 6)));
            assertTrue(books.contains("\"last4\":\"1111\""));
        }
    }

    @Test
    void shouldAnswerAfterItsLatency() {
        try (BankBench bench = bench()) {
            final FakeConnection link = bench.signOn();
            bench.send(link, bench.requests.payment(7, 500));
            bench.pass(4 * MS);
            assertEquals(0, link.takeSent().length);
            bench.pass(MS);
            assertEquals(1, bench.answers(link).size());
        }
    }

    @Test
    void shouldDecideByAmountByCardAndByPlaceInTheSequence() {
        final BankRule byAmount = BankRule.always(MessageKind.PAYMENT, Behaviour.ANSWER)
                .withCode("51")
                .forAmountsEndingWith("051");
        final BankRule byCard = BankRule.always(MessageKind.PAYMENT, Behaviour.ANSWER)
                .withCode("54")
                .forPansEndingWith("0004");
        final BankRule byPlace = BankRule.always(MessageKind.PAYMENT, Behaviour.ANSWER)
                .withCode("05")
                .forMessages(4, 5);
        try (BankBench bench = bench(byAmount, byCard, byPlace)) {
            final FakeConnection link = bench.signOn();
            assertEquals("51", bench.ask(link, bench.requests.payment(1, 3_051)).code());
            assertEquals("00", bench.ask(link, bench.requests.payment(2, 3_151)).code());
            final byte[] card = bench.requests.payment(3, BankRequests.rrn(3), 100, "5105105105100004");
            assertEquals("54", bench.ask(link, card).code());
            assertEquals("05", bench.ask(link, bench.requests.payment(4, 100)).code());
            assertEquals(
                    "51", bench.ask(link, bench.requests.payment(5, 51_051)).code());
            assertEquals("00", bench.ask(link, bench.requests.payment(6, 100)).code());
            assertEquals(3_151 + 100, bench.bank.books().netAmountMinor(BankRequests.CURRENCY));
        }
    }

    @Test
    void shouldDeclineAShareOfThePaymentsAlwaysTheSameOnesForOneSeed() {
        final BankRule rule = BankRule.always(MessageKind.PAYMENT, Behaviour.ANSWER)
                .withShare(0.3)
                .withCode("51");
        final List<List<String>> runs = LongStream.range(0, 2)
                .mapToObj(run -> {
                    final Path subfolder = folder.resolve("run" + run);
                    try (BankBench bench = new BankBench(BankBench.configuration(subfolder, rule))) {
                        final FakeConnection link = bench.signOn();
                        return LongStream.rangeClosed(1, 200)
                                .mapToObj(stan -> bench.ask(link, bench.requests.payment((int) stan, 100))
                                        .code())
                                .toList();
                    }
                })
                .toList();
        assertEquals(runs.get(0), runs.get(1));
        final long declined = runs.get(0).stream().filter("51"::equals).count();
        assertTrue(declined > 40 && declined < 80, "seed=1 declined=" + declined);
    }

    @Test
    void shouldDebitAndStaySilent() {
        try (BankBench bench = bench(BankRule.always(MessageKind.PAYMENT, Behaviour.SILENCE_AFTER_POSTING))) {
            final FakeConnection link = bench.signOn();
            bench.send(link, bench.requests.payment(7, 500));
            bench.pass(1_000 * MS);
            assertEquals(0, link.takeSent().length);
            assertEquals(500, bench.bank.books().netAmountMinor(BankRequests.rrn(7)));
        }
    }

    @Test
    void shouldLoseARequest() {
        try (BankBench bench = bench(BankRule.always(MessageKind.PAYMENT, Behaviour.SILENCE))) {
            final FakeConnection link = bench.signOn();
            bench.send(link, bench.requests.payment(7, 500));
            bench.pass(1_000 * MS);
            assertEquals(0, link.takeSent().length);
            assertEquals(0, bench.bank.books().size());
        }
    }

    @Test
    void shouldAnswerLate() {
        final BankRule late =
                BankRule.always(MessageKind.PAYMENT, Behaviour.ANSWER).withDelayNs(100 * MS);
        try (BankBench bench = bench(late)) {
            final FakeConnection link = bench.signOn();
            bench.send(link, bench.requests.payment(7, 500));
            bench.pass(104 * MS);
            assertEquals(0, link.takeSent().length);
            bench.pass(MS);
            assertEquals("00", bench.answers(link).get(0).code());
        }
    }

    @Test
    void shouldAnswerTwice() {
        final BankRule twice =
                BankRule.always(MessageKind.PAYMENT, Behaviour.DUPLICATE_ANSWER).withDelayNs(20 * MS);
        try (BankBench bench = bench(twice)) {
            final FakeConnection link = bench.signOn();
            bench.send(link, bench.requests.payment(7, 500));
            bench.pass(10 * MS);
            final byte[] first = link.takeSent();
            bench.pass(20 * MS);
            assertArrayEquals(first, link.takeSent());
            assertEquals(1, bench.requests.answers(first).size());
            assertEquals(1, bench.bank.books().postedCount());
        }
    }

    @Test
    void shouldSendGarbage() {
        try (BankBench bench = bench(BankRule.always(MessageKind.PAYMENT, Behaviour.GARBAGE))) {
            final FakeConnection link = bench.signOn();
            bench.send(link, bench.requests.payment(7, 500));
            bench.pass(10 * MS);
            assertEquals(64, link.takeSent().length);
            assertEquals(500, bench.bank.books().netAmountMinor(BankRequests.rrn(7)));
        }
    }

    @Test
    void shouldSendHalfAMessageAndNothingMoreOnThatConnection() {
        final BankRule half =
                BankRule.always(MessageKind.PAYMENT, Behaviour.HALF_MESSAGE).forMessages(1, 1);
        try (BankBench bench = bench(half)) {
            final FakeConnection link = bench.signOn();
            bench.send(link, bench.requests.payment(7, 500));
            bench.pass(10 * MS);
            final int halfBytes = link.takeSent().length;
            assertTrue(halfBytes > 40 && halfBytes < 100, "halfBytes=" + halfBytes);
            bench.send(link, bench.requests.payment(8, 500));
            bench.pass(10 * MS);
            assertEquals(0, link.takeSent().length);
            assertTrue(link.isOpen());
            assertEquals(
                    "00",
                    bench.ask(bench.signOn(), bench.requests.payment(9, 1)).code());
        }
    }

    @Test
    void shouldResetTheConnectionInTheMiddleOfAMessage() {
        try (BankBench bench = bench(BankRule.always(MessageKind.PAYMENT, Behaviour.DISCONNECT))) {
            final FakeConnection link = bench.signOn();
            bench.send(link, bench.requests.payment(7, 500));
            bench.pass(10 * MS);
            assertNotEquals(0, link.takeSent().length);
            assertTrue(link.isReset());
            assertEquals(1, bench.count(BankCounter.DISCONNECTS));
        }
    }

    @Test
    void shouldDistortAnswers() {
        final BankRule[] rules = {
            BankRule.always(MessageKind.PAYMENT, Behaviour.UNKNOWN_STAN).forMessages(1, 1),
            BankRule.always(MessageKind.PAYMENT, Behaviour.WRONG_AMOUNT).forMessages(2, 2),
            BankRule.always(MessageKind.PAYMENT, Behaviour.WRONG_RRN).forMessages(3, 3)
        };
        try (BankBench bench = bench(rules)) {
            final FakeConnection link = bench.signOn();
            assertEquals(
                    500_001, bench.ask(link, bench.requests.payment(1, 100)).stan());
            final Answer amount = bench.ask(link, bench.requests.payment(2, 100));
            assertEquals(101, amount.amountMinor());
            assertEquals(2, amount.stan());
            final Answer rrn = bench.ask(link, bench.requests.payment(3, 100));
            assertEquals("X" + BankRequests.rrn(3).substring(1), rrn.rrn());
            assertEquals(300, bench.bank.books().netAmountMinor(BankRequests.CURRENCY));
            assertEquals(3, bench.count(BankCounter.MISBEHAVIOURS));
        }
    }

    @ParameterizedTest
    @CsvSource({"400,410", "401,410", "420,430", "421,430"})
    void shouldReverseOnceHoweverOftenItIsAsked(final int mti, final int answerMti) {
        try (BankBench bench = bench()) {
            final FakeConnection link = bench.signOn();
            bench.ask(link, bench.requests.payment(7, 500));
            for (int i = 0; i < 2; i++) {
                final Answer answer = bench.ask(link, bench.requests.reversal(mti, 8, 7, 500));
                assertEquals(answerMti, answer.mti());
                assertEquals("00", answer.code());
                assertEquals(8, answer.stan());
                assertTrue(answer.original().startsWith("0200000007"), answer.original());
            }
            assertEquals(0, bench.bank.books().netAmountMinor(BankRequests.CURRENCY));
            assertEquals(1, bench.bank.books().reversalCount());
        }
    }

    @Test
    void shouldDeclineAPaymentThatArrivesAfterItsReversal() {
        try (BankBench bench = bench()) {
            final FakeConnection link = bench.signOn();
            assertEquals(
                    "25",
                    bench.ask(link, bench.requests.reversal(420, 8, 7, 500)).code());
            assertEquals(
                    "25",
                    bench.ask(link, bench.requests.reversal(421, 8, 7, 500)).code());
            assertEquals("12", bench.ask(link, bench.requests.payment(7, 500)).code());
            assertEquals(0, bench.bank.books().postedCount());
            assertEquals(1, bench.count(BankCounter.LATE_ORIGINALS));
        }
    }

    @Test
    void shouldNotDebitTheSameRequestTwice() {
        try (BankBench bench = bench()) {
            final FakeConnection link = bench.signOn();
            bench.ask(link, bench.requests.payment(7, 500));
            assertEquals("94", bench.ask(link, bench.requests.payment(7, 500)).code());
            assertEquals(500, bench.bank.books().netAmountMinor(BankRequests.CURRENCY));
        }
    }

    @Test
    void shouldNotReverseAnotherAmount() {
        try (BankBench bench = bench()) {
            final FakeConnection link = bench.signOn();
            bench.ask(link, bench.requests.payment(7, 500));
            assertEquals(
                    "64",
                    bench.ask(link, bench.requests.reversal(420, 8, 7, 499)).code());
            assertEquals(500, bench.bank.books().netAmountMinor(BankRequests.CURRENCY));
        }
    }

    @Test
    void shouldMisbehaveOnReversalsByScript() {
        final BankRule[] rules = {
            BankRule.always(MessageKind.REVERSAL, Behaviour.SILENCE).forMessages(1, 1),
            BankRule.always(MessageKind.REVERSAL, Behaviour.ANSWER)
                    .withCode("91")
                    .forMessages(2, 2),
            BankRule.always(MessageKind.REVERSAL, Behaviour.SILENCE_AFTER_POSTING)
                    .forMessages(3, 3)
        };
        try (BankBench bench = bench(rules)) {
            final FakeConnection link = bench.signOn();
            bench.ask(link, bench.requests.payment(7, 500));
            bench.send(link, bench.requests.reversal(420, 8, 7, 500));
            bench.pass(10 * MS);
            assertEquals(0, link.takeSent().length);
            assertEquals(
                    "91",
                    bench.ask(link, bench.requests.reversal(421, 8, 7, 500)).code());
            assertEquals(500, bench.bank.books().netAmountMinor(BankRequests.CURRENCY));
            bench.send(link, bench.requests.reversal(421, 8, 7, 500));
            bench.pass(10 * MS);
            assertEquals(0, link.takeSent().length);
            assertEquals(0, bench.bank.books().netAmountMinor(BankRequests.CURRENCY));
            assertEquals(
                    "00",
                    bench.ask(link, bench.requests.reversal(421, 8, 7, 500)).code());
        }
    }

    @Test
    void shouldDeclinePaymentsUntilTheLinkHasSignedOnAndAfterItSignedOff() {
        final BankRule refuseFirst = BankRule.always(MessageKind.SIGN_ON, Behaviour.ANSWER)
                .withCode("91")
                .forMessages(1, 1);
        try (BankBench bench = bench(refuseFirst)) {
            final FakeConnection link = bench.connect();
            assertEquals("91", bench.ask(link, bench.requests.network(1, 1)).code());
            assertEquals("91", bench.ask(link, bench.requests.payment(7, 500)).code());
            assertEquals("00", bench.ask(link, bench.requests.network(1, 2)).code());
            assertEquals("00", bench.ask(link, bench.requests.payment(8, 500)).code());
            assertEquals("00", bench.ask(link, bench.requests.network(2, 3)).code());
            assertEquals("91", bench.ask(link, bench.requests.payment(9, 500)).code());
            assertEquals(1, bench.bank.books().postedCount());
            assertEquals(2, bench.count(BankCounter.NOT_SIGNED_ON));
        }
    }

    @Test
    void shouldRefuseWhatLacksAFieldOrIsOfNoKnownKind() {
        try (BankBench bench = bench()) {
            final FakeConnection link = bench.signOn();
            final Answer answer = bench.ask(link, bench.requests.paymentWithoutAmount(7));
            assertEquals(210, answer.mti());
            assertEquals("30", answer.code());
            assertEquals("40", bench.ask(link, bench.requests.network(777, 8)).code());
            assertEquals(2, bench.count(BankCounter.FORMAT_ERRORS));
            assertEquals(0, bench.bank.books().size());
        }
    }

    @Test
    void shouldRefuseAReferenceThatWouldBreakTheBooks() throws IOException {
        try (BankBench bench = bench()) {
            final FakeConnection link = bench.signOn();
            final byte[] request = bench.requests.payment(7, "A\"B\\C\nD-----", 500, BankRequests.PAN);
            assertEquals("30", bench.ask(link, request).code());
            assertEquals("", Files.readString(bench.configuration.books()));
        }
    }

    @Test
    void shouldCloseAConnectionWhoseBytesAreNoFrames() {
        try (BankBench bench = bench()) {
            final FakeConnection link = bench.connect();
            bench.send(link, new byte[] {(byte) 0xFF, (byte) 0xFF, 1, 2, 3});
            assertFalse(link.isOpen());
            assertEquals(1, bench.count(BankCounter.FRAMING_ERRORS));
        }
    }

    @Test
    void shouldDropAndCountWhatItHasNoRoomToAnswer() {
        try (BankBench bench = bench()) {
            final FakeConnection link = bench.signOn();
            for (int stan = 1; stan <= 70; stan++) {
                bench.send(link, bench.requests.payment(stan, 100));
            }
            bench.pass(10 * MS);
            assertEquals(63, bench.answers(link).size());
            assertEquals(7, bench.count(BankCounter.OVERLOADED));
            assertEquals(63, bench.bank.books().postedCount());
        }
    }

    @Test
    void shouldDeclineWhenItsBooksAreFull() {
        final BankConfiguration base = BankBench.configuration(folder);
        final BankConfiguration small = new BankConfiguration(
                base.name(),
                base.seed(),
                base.address(),
                base.tls(),
                base.connections(),
                base.dialect(),
                base.framing(),
                base.signOnRequired(),
                base.answersOnAnyConnection(),
                base.unknownOriginalCode(),
                base.latency(),
                base.rules(),
                base.books(),
                1,
                base.pendingCapacity(),
                BankSecuritySettings.NONE,
                Optional.empty());
        try (BankBench bench = new BankBench(small)) {
            final FakeConnection link = bench.signOn();
            assertEquals("00", bench.ask(link, bench.requests.payment(1, 100)).code());
            assertEquals("96", bench.ask(link, bench.requests.payment(2, 100)).code());
            assertEquals(
                    "96",
                    bench.ask(link, bench.requests.reversal(420, 4, 3, 100)).code());
            assertEquals(
                    "00",
                    bench.ask(link, bench.requests.reversal(420, 5, 1, 100)).code());
            assertEquals(2, bench.count(BankCounter.BOOKS_FULL));
        }
    }

    @Test
    void shouldKeepItsBooksWhenItStopsAbruptlyAndForgetItsAnswers() {
        try (BankBench bench = bench()) {
            // given
            final FakeConnection link = bench.signOn();
            bench.send(link, bench.requests.payment(7, 500));

            // when
            bench.bank.stopAbruptly();
            bench.pass(10 * MS);

            // then
            assertTrue(link.isReset());
            assertFalse(bench.isListening());
            assertFalse(bench.bank.isListening());

            // when
            bench.bank.restart();
            bench.pass(10 * MS);

            // then
            final FakeConnection again = bench.signOn();
            bench.pass(100 * MS);
            assertEquals(0, again.takeSent().length);
            assertEquals(
                    "00",
                    bench.ask(again, bench.requests.reversal(420, 8, 7, 500)).code());
            assertEquals(0, bench.bank.books().netAmountMinor(BankRequests.CURRENCY));
        }
    }

    @Test
    void shouldGoOnWithTheBooksOfAnEarlierProcess() {
        try (BankBench bench = bench()) {
            bench.ask(bench.signOn(), bench.requests.payment(7, 500));
        }
        try (BankBench bench = bench()) {
            final FakeConnection link = bench.signOn();
            assertEquals(500, bench.bank.books().netAmountMinor(BankRequests.CURRENCY));
            assertEquals("94", bench.ask(link, bench.requests.payment(7, 500)).code());
            assertEquals(
                    "00",
                    bench.ask(link, bench.requests.reversal(421, 8, 7, 500)).code());
            assertEquals("000002", bench.ask(link, bench.requests.payment(9, 1)).approvalCode());
        }
    }

    @ParameterizedTest
    @EnumSource(Behaviour.class)
    void shouldLoseOrRedirectAnAnswerWhoseConnectionIsGone(final Behaviour behaviour) {
        for (final boolean any : new boolean[] {false, true}) {
            final BankConfiguration base = BankBench.configuration(
                    folder.resolve(behaviour + "-" + any), BankRule.always(MessageKind.PAYMENT, behaviour));
            try (BankBench bench = new BankBench(anyConnection(base, any))) {
                final FakeConnection link = bench.signOn();
                final FakeConnection other = bench.signOn();
                bench.send(link, bench.requests.payment(7, 500));
                link.disconnect(bench.nowNs);
                bench.pass(10 * MS);
                final boolean silent = behaviour == Behaviour.SILENCE || behaviour == Behaviour.SILENCE_AFTER_POSTING;
                assertEquals(any && !silent, other.takeSent().length > 0, behaviour + " any=" + any);
            }
        }
    }

    @Test
    void shouldObeyAnotherScriptFromTheNextDutyCycleOn() {
        try (BankBench bench = bench()) {
            final FakeConnection link = bench.signOn();
            assertEquals("00", bench.ask(link, bench.requests.payment(1, 100)).code());
            bench.bank.rules(List.of(
                    BankRule.always(MessageKind.PAYMENT, Behaviour.ANSWER).withCode("05")));
            bench.pass(MS);
            assertEquals("05", bench.ask(link, bench.requests.payment(2, 100)).code());
        }
    }

    @Test
    void shouldTellWhenItCannotListen() {
        final BankConfiguration configuration = BankBench.configuration(folder);
        final RuntimeException e = assertThrows(
                RuntimeException.class,
                () -> BankHost.open(configuration, handlers -> {
                    throw new IOException("in use");
                }));
        assertTrue(e.getMessage().contains("cannot listen at"), e.getMessage());
    }

    private BankBench bench(final BankRule... rules) {
        return new BankBench(BankBench.configuration(folder, rules));
    }

    private static BankConfiguration anyConnection(final BankConfiguration base, final boolean any) {
        return new BankConfiguration(
                base.name(),
                base.seed(),
                base.address(),
                base.tls(),
                base.connections(),
                base.dialect(),
                base.framing(),
                base.signOnRequired(),
                any,
                base.unknownOriginalCode(),
                base.latency(),
                base.rules(),
                base.books(),
                base.booksCapacity(),
                base.pendingCapacity(),
                BankSecuritySettings.NONE,
                Optional.empty());
    }
}
