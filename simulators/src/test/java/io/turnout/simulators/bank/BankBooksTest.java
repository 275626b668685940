package io.turnout.simulators.bank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.simulators.RandomSequence;
import io.turnout.simulators.lines.LineFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class BankBooksTest {

    private static final int CNY = 156;
    private static final int USD = 840;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("books.jsonl");
    }

    @Test
    void shouldKeepANetAmountPerReferenceAndPerCurrency() {
        try (BankBooks books = open()) {
            books.postPayment(payment(1, 100, CNY), true, 1);
            books.postPayment(payment(2, 200, USD), true, 2);
            books.postPayment(payment(3, 300, CNY), false, 3);
            books.postReversal(payment(2, 200, USD), 4);
            assertEquals(100, books.netAmountMinor(CNY));
            assertEquals(0, books.netAmountMinor(USD));
            assertEquals(100, books.netAmountMinor("R00000000001"));
            assertEquals(0, books.netAmountMinor("R00000000002"));
            assertEquals(0, books.netAmountMinor("R00000000003"));
            assertEquals(0, books.netAmountMinor("R00000000009"));
        }
    }

    @Test
    void shouldDebitTwiceWhenTheSameReferenceComesUnderAnotherKey() {
        // A bank knows a payment by DE7, DE11 and DE32; a switch that sends it again under new ones debits twice.
        try (BankBooks books = open()) {
            final BankMessage request = payment(1, 100, CNY);
            assertEquals(Posting.POSTED, books.postPayment(request, true, 1));
            request.stan = 77;
            assertEquals(Posting.POSTED, books.postPayment(request, true, 1));
            request.institutionId++;
            assertEquals(Posting.POSTED, books.postPayment(request, true, 1));
            request.transmissionDateTime++;
            assertEquals(Posting.POSTED, books.postPayment(request, true, 1));
            assertEquals(400, books.netAmountMinor("R00000000001"));
        }
    }

    @Test
    void shouldTellWhatAReversalMeets() {
        try (BankBooks books = open()) {
            books.postPayment(payment(1, 100, CNY), true, 1);
            books.postPayment(payment(2, 100, CNY), false, 1);
            assertEquals(Posting.AMOUNT_DIFFERS, books.postReversal(payment(1, 101, CNY), 2));
            assertEquals(Posting.AMOUNT_DIFFERS, books.postReversal(payment(1, 100, USD), 2));
            assertEquals(Posting.REVERSED, books.postReversal(payment(1, 100, CNY), 2));
            assertEquals(Posting.NOTHING_TO_REVERSE, books.postReversal(payment(1, 100, CNY), 2));
            assertEquals(Posting.NOTHING_TO_REVERSE, books.postReversal(payment(2, 100, CNY), 2));
            assertEquals(Posting.UNKNOWN_ORIGINAL, books.postReversal(payment(3, 100, CNY), 2));
            assertEquals(Posting.UNKNOWN_ORIGINAL, books.postReversal(payment(3, 100, CNY), 2));
            assertEquals(Posting.LATE_ORIGINAL, books.postPayment(payment(3, 100, CNY), true, 3));
            assertEquals(Posting.LATE_ORIGINAL, books.postPayment(payment(3, 100, CNY), true, 3));
            assertEquals(Posting.DUPLICATE, books.postPayment(payment(1, 100, CNY), true, 3));
            assertEquals(1, books.reversalCount());
        }
    }

    @ParameterizedTest(name = "{0}: net {1}, held {2}")
    @CsvSource({"DEBIT, 100, 0", "CREDIT, -100, 0", "HOLD, 0, 100", "INQUIRY, 0, 0"})
    void shouldDoWhatARequestIsFor(final Purpose purpose, final long net, final long held) {
        try (BankBooks books = open()) {
            assertEquals(Posting.POSTED, books.postPayment(request(1, 100, purpose), true, 1));
            assertMoney(books, 1, net, held);
            assertEquals(Posting.REVERSED, books.postReversal(request(1, 100, purpose), 2));
            assertMoney(books, 1, 0, 0);
        }
    }

    @Test
    void shouldCollectAHoldOnceAndGiveItBackWhenTheCompletionIsReversed() {
        try (BankBooks books = open()) {
            books.postPayment(request(1, 100, Purpose.HOLD), true, 1);
            assertEquals(Posting.POSTED, books.postPayment(followUp(2, 110, Purpose.COMPLETION, 1), true, 2));
            assertMoney(books, 1, 0, 0);
            assertMoney(books, 2, 110, 0);
            assertEquals(Posting.ORIGINAL_STATE, books.postPayment(followUp(3, 50, Purpose.COMPLETION, 1), true, 3));
            assertEquals(Posting.ORIGINAL_STATE, books.postPayment(followUp(4, 100, Purpose.VOID, 1), true, 3));
            assertEquals(Posting.REVERSED, books.postReversal(request(2, 110, Purpose.COMPLETION), 4));
            assertMoney(books, 1, 0, 100);
            assertMoney(books, 2, 0, 0);
            assertEquals(Posting.POSTED, books.postPayment(followUp(5, 60, Purpose.COMPLETION, 1), true, 5));
            assertEquals(60, books.netAmountMinor(CNY));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DEBIT", "CREDIT", "HOLD"})
    void shouldVoidAWholeRequestAndBringItBackWhenTheVoidIsReversed(final Purpose purpose) {
        try (BankBooks books = open()) {
            books.postPayment(request(1, 100, purpose), true, 1);
            final long net = books.netAmountMinor(CNY);
            final long held = books.heldAmountMinor(BankRequests.rrn(1));
            assertEquals(Posting.AMOUNT_DIFFERS, books.postPayment(followUp(2, 99, Purpose.VOID, 1), true, 2));
            assertEquals(Posting.POSTED, books.postPayment(followUp(3, 100, Purpose.VOID, 1), true, 2));
            assertMoney(books, 1, 0, 0);
            assertEquals(Posting.ORIGINAL_STATE, books.postPayment(followUp(4, 100, Purpose.VOID, 1), true, 2));
            assertEquals(Posting.REVERSED, books.postReversal(request(3, 100, Purpose.VOID), 3));
            assertMoney(books, 1, net, held);
        }
    }

    @Test
    void shouldDeclineAFollowUpOfNothing() {
        try (BankBooks books = open()) {
            assertEquals(Posting.ORIGINAL_NOT_FOUND, books.postPayment(followUp(2, 9, Purpose.VOID, 1), true, 1));
            assertEquals(Posting.ORIGINAL_NOT_FOUND, books.postPayment(followUp(3, 9, Purpose.COMPLETION, 1), true, 1));
            books.postPayment(request(1, 9, Purpose.DEBIT), true, 1);
            assertEquals(Posting.ORIGINAL_STATE, books.postPayment(followUp(4, 9, Purpose.COMPLETION, 1), true, 1));
            assertEquals(9, books.netAmountMinor(CNY));
        }
    }

    @Test
    void shouldTakeAnAdviceOnceHoweverOftenItComes() {
        try (BankBooks books = open()) {
            books.postPayment(request(1, 100, Purpose.HOLD), true, 1);
            final BankMessage advice = followUp(2, 90, Purpose.COMPLETION, 1);
            assertEquals(Posting.POSTED, books.postAdvice(advice, 2));
            assertEquals(Posting.ADVICE_REPEATED, books.postAdvice(advice, 3));
            assertEquals(Posting.ADVICE_REPEATED, books.postAdvice(advice, 4));
            assertMoney(books, 1, 0, 0);
            assertMoney(books, 2, 90, 0);
            assertEquals(Posting.POSTED, books.postAdvice(followUp(3, 10, Purpose.COMPLETION, 77), 5), "it is a fact");
            assertEquals(100, books.netAmountMinor(CNY));
        }
    }

    @Test
    void shouldReverseInPartOnceAndThenWhole() {
        try (BankBooks books = open()) {
            books.postPayment(request(1, 100, Purpose.DEBIT), true, 1);
            assertEquals(Posting.REVERSED, books.postReversal(partialReversal(1, 100, 60), 2));
            assertMoney(books, 1, 60, 0);
            assertEquals(Posting.NOTHING_TO_REVERSE, books.postReversal(partialReversal(1, 100, 60), 3));
            assertEquals(Posting.AMOUNT_DIFFERS, books.postReversal(partialReversal(1, 100, 61), 3));
            assertEquals(Posting.AMOUNT_DIFFERS, books.postReversal(partialReversal(1, 60, 10), 3));
            assertMoney(books, 1, 60, 0);
            assertEquals(Posting.REVERSED, books.postReversal(request(1, 100, Purpose.DEBIT), 4));
            assertMoney(books, 1, 0, 0);
            assertEquals(0, books.netAmountMinor(CNY));
        }
    }

    @Test
    void shouldReadBackFollowUpsAsTheyWere() {
        try (BankBooks books = open()) {
            books.postPayment(request(1, 100, Purpose.HOLD), true, 1);
            books.postPayment(followUp(2, 80, Purpose.COMPLETION, 1), true, 1);
            books.postPayment(request(3, 50, Purpose.CREDIT), true, 1);
            books.postPayment(request(4, 70, Purpose.DEBIT), true, 1);
            books.postReversal(partialReversal(4, 70, 20), 1);
            books.postPayment(request(5, 30, Purpose.DEBIT), true, 1);
            books.postPayment(followUp(6, 30, Purpose.VOID, 5), true, 1);
            books.postAdvice(request(7, 5, Purpose.DEBIT), 1);
            books.postAdvice(request(7, 5, Purpose.DEBIT), 1);
        }
        try (BankBooks books = open()) {
            assertEquals(80 - 50 + 20 + 5, books.netAmountMinor(CNY));
            assertMoney(books, 1, 0, 0);
            assertMoney(books, 5, 0, 0);
            assertEquals(Posting.ADVICE_REPEATED, books.postAdvice(request(7, 5, Purpose.DEBIT), 2));
            assertEquals(Posting.REVERSED, books.postReversal(request(2, 80, Purpose.COMPLETION), 2));
            assertMoney(books, 1, 0, 100);
            assertEquals(Posting.REVERSED, books.postReversal(request(6, 30, Purpose.VOID), 2));
            assertMoney(books, 5, 30, 0);
        }
    }

    @ParameterizedTest(name = "{0}{1}0000, original {2}: {3}")
    @CsvSource({
        "2, 0, false, DEBIT",
        "1, 0, false, HOLD",
        "1, 3, false, HOLD",
        "2, 1, false, DEBIT",
        "2, 10, false, DEBIT",
        "2, 20, false, CREDIT",
        "2, 26, false, CREDIT",
        "1, 30, false, INQUIRY",
        "1, 31, false, INQUIRY",
        "2, 40, false, DEBIT",
        "2, 20, true, VOID",
        "1, 20, true, VOID",
        "2, 0, true, COMPLETION",
    })
    void shouldTellWhatARequestIsForByItsProcessingCode(
            final int messageClass, final int type, final boolean namesOriginal, final Purpose expected) {
        assertEquals(expected, Purpose.of(type, messageClass == 1, namesOriginal));
    }

    @Test
    void shouldReadBackTheSameBooksAfterRandomWork() {
        final long seed = 4711;
        final RandomSequence random = new RandomSequence(seed);
        final Map<Integer, Long> net = new HashMap<>();
        try (BankBooks books = BankBooks.open(file, 5_000)) {
            for (int i = 0; i < 20_000; i++) {
                final int stan = (int) random.nextLong(4_000);
                final boolean reverse = random.happens(0.4);
                final BankMessage message = payment(stan, 100 + stan, CNY);
                final Posting posting =
                        reverse ? books.postReversal(message, i) : books.postPayment(message, random.happens(0.8), i);
                if (posting == Posting.POSTED) {
                    net.put(stan, 100L + stan);
                } else if (posting == Posting.REVERSED) {
                    net.remove(stan);
                }
            }
        }
        try (BankBooks books = BankBooks.open(file, 5_000)) {
            long sum = 0;
            for (int stan = 0; stan < 4_000; stan++) {
                final long expected = net.getOrDefault(stan, 0L);
                assertEquals(expected, books.netAmountMinor(BankRequests.rrn(stan)), "seed=" + seed + " stan=" + stan);
                sum += expected;
            }
            assertEquals(sum, books.netAmountMinor(CNY));
            assertTrue(books.reversalCount() > 1_000, "reversals=" + books.reversalCount());
        }
    }

    @Test
    void shouldForgetOnlyTheTornRecordOfAKilledBank() throws IOException {
        // given
        try (BankBooks books = open()) {
            books.postPayment(payment(1, 100, CNY), true, 1);
            books.postPayment(payment(2, 100, CNY), true, 1);
        }
        final String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.length() - 20));

        // when
        try (BankBooks books = open()) {
            assertEquals(100, books.netAmountMinor(CNY));
            assertEquals(Posting.DUPLICATE, books.postPayment(payment(1, 100, CNY), true, 2));
            assertEquals(Posting.POSTED, books.postPayment(payment(2, 100, CNY), true, 1));
        }

        // then
        final String[] lines = Files.readString(file).split("\n");
        assertEquals(3, lines.length);
        assertEquals(whole.split("\n")[1], lines[2]);
    }

    @Test
    void shouldRefuseBooksThatContradictThemselves() throws IOException {
        try (BankBooks books = open()) {
            books.postPayment(payment(1, 100, CNY), true, 1);
        }
        final String debit = Files.readString(file);
        final String[] damages = {
            debit, debit.replace("\"debit\"", "\"reversal\"").repeat(2), "{\"action\":\"theft\"}\n"
        };
        for (final String damage : damages) {
            Files.writeString(file, debit);
            Files.writeString(file, damage, StandardOpenOption.APPEND);
            final LineFormatException e = assertThrows(LineFormatException.class, this::open, damage);
            assertTrue(e.getMessage().contains("books.jsonl:"), e.getMessage());
        }
    }

    @Test
    void shouldRememberNoMoreThanItsCapacity() {
        try (BankBooks books = BankBooks.open(file, 2)) {
            books.postPayment(payment(1, 100, CNY), true, 1);
            books.postReversal(payment(2, 100, CNY), 1);
            assertEquals(Posting.FULL, books.postPayment(payment(3, 100, CNY), true, 1));
            assertEquals(Posting.FULL, books.postReversal(payment(4, 100, CNY), 1));
            assertEquals(Posting.REVERSED, books.postReversal(payment(1, 100, CNY), 1));
        }
        assertThrows(LineFormatException.class, () -> BankBooks.open(file, 1));
    }

    private static void assertMoney(final BankBooks books, final int stan, final long net, final long held) {
        assertEquals(net, books.netAmountMinor(BankRequests.rrn(stan)), "net of " + stan);
        assertEquals(held, books.heldAmountMinor(BankRequests.rrn(stan)), "held of " + stan);
    }

    private static BankMessage request(final int stan, final long amountMinor, final Purpose purpose) {
        final BankMessage message = payment(stan, amountMinor, CNY);
        message.purpose = purpose;
        return message;
    }

    private static BankMessage followUp(
            final int stan, final long amountMinor, final Purpose purpose, final int originalStan) {
        final BankMessage message = request(stan, amountMinor, purpose);
        message.originalStan = originalStan;
        return message;
    }

    private static BankMessage partialReversal(final int stan, final long amountMinor, final long replacementMinor) {
        final BankMessage message = request(stan, amountMinor, Purpose.DEBIT);
        message.replacementMinor = replacementMinor;
        return message;
    }

    private BankBooks open() {
        return BankBooks.open(file, 100);
    }

    /** A payment request, and at the same time the reversal of that request. */
    private static BankMessage payment(final int stan, final long amountMinor, final int currency) {
        final BankMessage message = new BankMessage();
        final byte[] rrn = BankRequests.rrn(stan).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < rrn.length; i++) {
            if (i < 8) {
                message.rrnHigh = message.rrnHigh << 8 | rrn[i];
            } else {
                message.rrnLow = message.rrnLow << 8 | rrn[i];
            }
        }
        message.stan = stan;
        message.transmissionDateTime = BankRequests.TRANSMISSION;
        message.institutionId = BankRequests.INSTITUTION;
        message.originalStan = stan;
        message.originalTransmissionDateTime = BankRequests.TRANSMISSION;
        message.originalInstitutionId = BankRequests.INSTITUTION;
        message.amountMinor = amountMinor;
        message.currency = currency;
        final byte[] pan = BankRequests.PAN.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(pan, 0, message.pan, 0, pan.length);
        message.panLength = pan.length;
        return message;
    }
}
