package io.turnout.codecs.iso8583;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.codecs.sbe.engine.TransactionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of transactions read backwards. */
@Timeout(30)
class TransactionTypeOfTest {

    @ParameterizedTest(name = "{0}: {1} {2} DE25={3} names an original: {4} is {5}")
    @CsvSource({
        "iso87-ascii, 200,      0,  0, false, PURCHASE",
        "iso87-ascii, 200,      0, 59, false, PURCHASE",
        "iso87-ascii, 100,      0,  6, false, PRE_AUTHORISATION",
        "iso87-ascii, 200,      0,  0, true,  COMPLETION",
        "iso87-ascii, 200, 200000,  0, true,  VOID",
        "iso87-ascii, 200, 200000,  0, false, REFUND",
        "iso87-ascii, 200,  10000,  2, false, CASH_WITHDRAWAL",
        "iso87-ascii, 100, 310000,  0, false, BALANCE_INQUIRY",
        "cups,        100,  30000,  6, false, PRE_AUTHORISATION",
        "cups,        200,      0,  6, true,  COMPLETION",
        "cups,        200,      0,  6, false, COMPLETION",
        "cups,        200,      0,  0, false, PURCHASE",
    })
    void shouldNameTheTypeOfMessage(
            final String dialect,
            final int mti,
            final int processingCode,
            final int posCondition,
            final boolean namesOriginal,
            final TransactionType expected) {
        final int type = Dialects.of(dialect).transactions().typeOf(mti, processingCode, posCondition, namesOriginal);

        assertEquals(expected.value(), type);
    }

    @Test
    void shouldNotGuessTypeThatIsNotInTheTable() {
        final Transactions transactions = Dialects.of("iso87-ascii").transactions();

        assertEquals(
                Transactions.NONE,
                transactions.typeOf(100, 0, 0, false),
                "0100 without the DE25 of a pre-authorisation");
        assertEquals(Transactions.NONE, transactions.typeOf(200, 11000, 0, false), "cash from another account");
        assertEquals(Transactions.NONE, transactions.typeOf(300, 0, 0, false), "another class");
    }

    @Test
    void shouldNameEachTypeThatItWrites() {
        for (final String name : new String[] {"iso87-ascii", "iso87-bcd", "cups", "iso87-ebcdic-binbitmap"}) {
            final Transactions transactions = Dialects.of(name).transactions();
            for (final TransactionType type : TransactionType.values()) {
                if (transactions.has(type.value())) {
                    final boolean followsUp = type == TransactionType.COMPLETION || type == TransactionType.VOID;
                    assertEquals(
                            type.value(),
                            transactions.typeOf(
                                    transactions.mti(type.value(), false),
                                    transactions.processingCode(type.value()),
                                    transactions.posCondition(type.value(), 0),
                                    followsUp),
                            name + " " + type);
                }
            }
        }
    }
}
