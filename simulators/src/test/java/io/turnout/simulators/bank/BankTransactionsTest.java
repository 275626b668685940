package io.turnout.simulators.bank;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.codecs.iso8583.Framing;
import io.turnout.simulators.FakeConnection;
import io.turnout.simulators.bank.BankRequests.Answer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a bank answers to each kind of transaction, and what it does wrong when told to. */
final class BankTransactionsTest {

    private static final int CNY = 156;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0} {1}: {2}, net {3}")
    @CsvSource({
        "200, 000000, 210, 500",
        "100, 000000, 110, 0",
        "200, 010000, 210, 500",
        "200, 200000, 210, -500",
        "200, 260000, 210, -500",
        "220, 000000, 230, 500",
        "221, 000000, 230, 500",
        "120, 000000, 130, 0",
        "121, 000000, 130, 0",
    })
    void shouldAnswerEachTransaction(final int mti, final int processingCode, final int answerMti, final long net) {
        try (BankBench bench = new BankBench(BankBench.configuration(folder))) {
            final FakeConnection connection = bench.signOn();

            final Answer answer = bench.ask(connection, bench.requests.transaction(mti, processingCode, 1, 500, 0));

            assertEquals(answerMti, answer.mti());
            assertEquals("00", answer.code());
            assertEquals(500, answer.amountMinor());
            assertEquals(net, bench.bank.books().netAmountMinor(CNY));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iso87-ascii", "iso87-bcd"})
    void shouldTellTheBalance(final String dialect) {
        try (BankBench bench = new BankBench(BankBench.configuration(folder, dialect, Framing.BIN2_EXCLUSIVE))) {
            final Answer answer = bench.ask(bench.signOn(), bench.requests.transaction(100, 310000, 1, 0, 0));

            assertEquals("0002156C000000001111", answer.balances());
        }
    }

    @Test
    void shouldCompleteAndVoidWhatItHolds() {
        try (BankBench bench = new BankBench(BankBench.configuration(folder))) {
            final FakeConnection connection = bench.signOn();
            assertEquals("00", code(bench, connection, bench.requests.transaction(100, 0, 1, 500, 0)));
            assertEquals("00", code(bench, connection, bench.requests.transaction(100, 0, 2, 500, 0)));
            assertEquals("00", code(bench, connection, bench.requests.transaction(200, 0, 3, 400, 1)));
            assertEquals("12", code(bench, connection, bench.requests.transaction(200, 0, 4, 400, 1)));
            assertEquals("00", code(bench, connection, bench.requests.transaction(200, 200000, 5, 500, 2)));
            assertEquals("25", code(bench, connection, bench.requests.transaction(200, 200000, 6, 500, 99)));
            assertEquals("64", code(bench, connection, bench.requests.transaction(200, 200000, 7, 399, 3)));
            assertEquals(400, bench.bank.books().netAmountMinor(CNY));
            assertEquals(3, bench.count(BankCounter.ORIGINALS_UNFIT));
        }
    }

    @Test
    void shouldReverseInPart() {
        try (BankBench bench = new BankBench(BankBench.configuration(folder))) {
            final FakeConnection connection = bench.signOn();
            bench.ask(connection, bench.requests.payment(1, 500));
            assertEquals("00", code(bench, connection, bench.requests.reversal(420, 2, 1, 500, 300)));
            assertEquals("00", code(bench, connection, bench.requests.reversal(421, 2, 1, 500, 300)));
            assertEquals(300, bench.bank.books().netAmountMinor(CNY));
        }
    }

    @Test
    void shouldTakeAnAdviceWhoseAnswerWasLostOnce() {
        final BankRule lost = BankRule.always(MessageKind.ADVICE, Behaviour.SILENCE_AFTER_POSTING)
                .forMessages(1, 1);
        final BankRule refused = BankRule.always(MessageKind.ADVICE, Behaviour.ANSWER)
                .withCode("91")
                .forMessages(2, 2);
        try (BankBench bench = new BankBench(BankBench.configuration(folder, lost, refused))) {
            final FakeConnection connection = bench.signOn();
            bench.send(connection, bench.requests.transaction(220, 0, 1, 500, 0));
            bench.pass(20 * BankBench.MS);
            assertEquals(List.of(), bench.answers(connection));

            assertEquals("91", code(bench, connection, bench.requests.transaction(221, 0, 1, 500, 0)));
            assertEquals("00", code(bench, connection, bench.requests.transaction(221, 0, 1, 500, 0)));
            assertEquals(500, bench.bank.books().netAmountMinor(CNY));
            assertEquals(3, bench.count(BankCounter.ADVICES));
            assertEquals(1, bench.count(BankCounter.ADVICES_TAKEN));
        }
    }

    @ParameterizedTest
    @CsvSource({"SILENCE, 0", "SILENCE_AFTER_POSTING, 0", "DUPLICATE_ANSWER, 2", "UNKNOWN_STAN, 1", "WRONG_RRN, 1"})
    void shouldMisbehaveWithAdvicesAsTold(final Behaviour behaviour, final int answers) {
        try (BankBench bench =
                new BankBench(BankBench.configuration(folder, BankRule.always(MessageKind.ADVICE, behaviour)))) {
            final FakeConnection connection = bench.signOn();
            bench.send(connection, bench.requests.transaction(220, 0, 1, 500, 0));
            bench.pass(20 * BankBench.MS);

            assertEquals(answers, bench.answers(connection).size());
            assertEquals(
                    behaviour == Behaviour.SILENCE ? 0 : 500, bench.bank.books().netAmountMinor(CNY));
        }
    }

    private static String code(final BankBench bench, final FakeConnection connection, final byte[] request) {
        return bench.ask(connection, request).code();
    }
}
