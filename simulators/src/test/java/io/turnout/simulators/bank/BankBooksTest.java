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
            assertEquals(Posting.DEBITED, books.postPayment(request, true, 1));
            request.stan = 77;
            assertEquals(Posting.DEBITED, books.postPayment(request, true, 1));
            request.institutionId++;
            assertEquals(Posting.DEBITED, books.postPayment(request, true, 1));
            request.transmissionDateTime++;
            assertEquals(Posting.DEBITED, books.postPayment(request, true, 1));
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
                if (posting == Posting.DEBITED) {
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
            assertEquals(Posting.DEBITED, books.postPayment(payment(2, 100, CNY), true, 1));
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
