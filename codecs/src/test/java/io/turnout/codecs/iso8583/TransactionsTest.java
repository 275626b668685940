package io.turnout.codecs.iso8583;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.TransactionType;
import io.turnout.configuration.ConfigurationException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How dialects write transactions. */
final class TransactionsTest {

    private static final int TERMINALS = 8;

    @ParameterizedTest(name = "{0} {1}: {2} {3} {4}")
    @CsvSource({
        "iso87-ascii, PURCHASE, 200, 0, 8",
        "iso87-ascii, PRE_AUTHORISATION, 100, 0, 6",
        "iso87-ascii, COMPLETION, 200, 0, 8",
        "iso87-ascii, VOID, 200, 200000, 8",
        "iso87-ascii, REFUND, 200, 200000, 8",
        "iso87-ascii, CASH_WITHDRAWAL, 200, 10000, 8",
        "iso87-ascii, BALANCE_INQUIRY, 100, 310000, 8",
        "iso87-ascii, TRANSFER, 200, 400000, 8",
        "iso87-ascii, TOP_UP, 200, 100000, 8",
        "iso87-ascii, WITHDRAWAL, 200, 260000, 8",
        "iso87-ebcdic-binbitmap, WITHDRAWAL, 200, 280000, 8",
        "iso93-ascii, PURCHASE, 1200, 0, 8",
        "iso93-ascii, PRE_AUTHORISATION, 1100, 0, 8",
        "iso93-bcd, BALANCE_INQUIRY, 1100, 310000, 8",
        "cups, PRE_AUTHORISATION, 100, 30000, 6",
        "cups, COMPLETION, 200, 0, 6",
        "cups, PURCHASE, 200, 0, 8",
    })
    void shouldFollowTheDialect(
            final String dialect,
            final TransactionType type,
            final int mti,
            final int processingCode,
            final int posCondition) {
        final Transactions transactions = Dialects.builtIn(dialect).transactions();

        assertEquals(mti, transactions.mti(type.value(), false));
        assertEquals(mti + 20, transactions.mti(type.value(), true));
        assertEquals(processingCode, transactions.processingCode(type.value()));
        assertEquals(posCondition, transactions.posCondition(type.value(), TERMINALS));
    }

    @ParameterizedTest
    @EnumSource(value = TransactionType.class, mode = EnumSource.Mode.EXCLUDE, names = "NULL_VAL")
    void shouldHaveEveryTransactionInTheStandardDialect(final TransactionType type) {
        assertTrue(Dialects.builtIn("iso87-ascii").transactions().has(type.value()));
        assertEquals(Optional.of(type), Transactions.typeOf(Transactions.nameOf(type)));
    }

    @Test
    void shouldLackWhatADialectTakesAway() {
        final Transactions transactions = read("  refund: none");

        assertFalse(transactions.has(TransactionType.REFUND.value()));
        assertEquals(Transactions.NONE, transactions.mti(TransactionType.REFUND.value(), false));
        assertEquals(Transactions.NONE, transactions.mti(TransactionType.REFUND.value(), true));
        assertEquals(Transactions.NONE, transactions.processingCode(TransactionType.REFUND.value()));
        assertTrue(transactions.has(TransactionType.PURCHASE.value()));
    }

    @ParameterizedTest
    @CsvSource({"0400, 400", "1400, 1400"})
    void shouldWriteAVoidAsAReversalOfItsOriginal(final String line, final int mti) {
        final Transactions transactions = read("  void: " + line + " | undone as it was asked for");
        final int type = TransactionType.VOID.value();

        assertTrue(transactions.isReversal(type));
        assertFalse(transactions.isReversal(TransactionType.REFUND.value()));
        assertEquals(mti, transactions.mti(type, false));
        assertEquals(mti + 20, transactions.mti(type, true));
        assertEquals(10000, transactions.processingCode(type, TransactionType.CASH_WITHDRAWAL.value()));
        assertEquals(Transactions.NONE, transactions.processingCode(type, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"  refund: 0400", "  void: 0400 200000", "  void: 2400", "  purchase: 2200 000000"})
    void shouldRefuseWhatIsNoTransaction(final String line) {
        assertThrows(ConfigurationException.class, () -> read(line));
    }

    @Test
    void shouldAskNothingOfABankIn2003() {
        final Transactions transactions = Dialects.builtIn("iso03-ascii").transactions();

        for (final TransactionType type : TransactionType.values()) {
            assertFalse(transactions.has(type.value()), type.name());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 11, 255})
    void shouldNotHaveATypeThatDoesNotExist(final int type) {
        assertFalse(Dialects.builtIn("iso87-ascii").transactions().has(type));
        assertEquals(TERMINALS, Dialects.builtIn("iso87-ascii").transactions().posCondition(type, TERMINALS));
    }

    private static Transactions read(final String line) {
        return new DialectReader(Dialects::text)
                .read("child.yaml", "dialect: child\nextends: iso87-ascii\ntransactions:\n" + line + "\n")
                .transactions();
    }
}
