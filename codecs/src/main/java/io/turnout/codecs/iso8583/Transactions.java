package io.turnout.codecs.iso8583;

import io.turnout.codecs.sbe.engine.TransactionType;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a dialect writes each type of transaction: message type, processing code (DE3) and, for some, the condition at
 * the point of service (DE25). Types are the values of {@link TransactionType}. Immutable; may be shared by all
 * threads.
 */
public final class Transactions {

    /** Answered when the dialect has no such transaction. */
    public static final int NONE = -1;

    private static final int ADVICE = 20;

    private final TransactionLine[] lines;

    Transactions(final Map<TransactionType, TransactionLine> byType) {
        int highest = 0;
        for (final TransactionType type : byType.keySet()) {
            highest = Math.max(highest, type.value());
        }
        lines = new TransactionLine[highest + 1];
        byType.forEach((type, line) -> lines[type.value()] = line);
    }

    /** The type that dialects call by this name, such as {@code pre-authorisation}. */
    public static Optional<TransactionType> typeOf(final String name) {
        for (final TransactionType type : TransactionType.values()) {
            if (type != TransactionType.NULL_VAL && nameOf(type).equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** What dialects, and configuration files, call a type. */
    public static String nameOf(final TransactionType type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The table read backwards: the type that a message of a partner is of. Of several lines with the same message type
     * and DE3, one with this DE25 of its own goes before one that takes the terminal's, and then the one that follows
     * up another payment goes before the others when the message names an original, and behind them when it names none.
     *
     * @param mti of the request, 100 or 200, also of an advice and of a repeat
     * @param namesOriginal whether the message names an original (DE90)
     * @return the type, or {@link #NONE}
     */
    public int typeOf(final int mti, final int processingCode, final int posCondition, final boolean namesOriginal) {
        int best = NONE;
        int bestRank = -1;
        for (int type = 0; type < lines.length; type++) {
            final TransactionLine line = lines[type];
            if (line != null && line.mti() == mti && line.processingCode() == processingCode) {
                final int rank = rank(type, line.posCondition(), posCondition, namesOriginal);
                if (rank > bestRank) {
                    bestRank = rank;
                    best = type;
                }
            }
        }
        return best;
    }

    private static int rank(final int type, final int own, final int posCondition, final boolean namesOriginal) {
        if (own != TransactionLine.POS_CONDITION_AS_GIVEN && own != posCondition) {
            return -1;
        }
        final boolean followsUp = type == TransactionType.COMPLETION.value() || type == TransactionType.VOID.value();
        return (own == posCondition ? 2 : 0) + (followsUp == namesOriginal ? 1 : 0);
    }

    /** Whether the dialect has the transaction. */
    public boolean has(final int type) {
        return type >= 0 && type < lines.length && lines[type] != null;
    }

    /**
     * The message type: 100 or 200 (or 400), of an advice 120 or 220 (or 420), in a dialect of 1993 with 1000 added;
     * {@link #NONE} when the dialect has no such transaction.
     */
    public int mti(final int type, final boolean advice) {
        return has(type) ? lines[type].mti() + (advice ? ADVICE : 0) : NONE;
    }

    /** Whether the transaction is written as a reversal of what it undoes; true only of voids. */
    public boolean isReversal(final int type) {
        return has(type) && lines[type].isReversal();
    }

    /**
     * DE3, or {@link #NONE} when the dialect has no such transaction.
     *
     * @param originalType of the payment followed up, whose processing code a void that is a reversal has; else 0
     */
    public int processingCode(final int type, final int originalType) {
        final int written = isReversal(type) ? originalType : type;
        return has(written) ? lines[written].processingCode() : NONE;
    }

    /** As {@link #processingCode(int, int)}, of a transaction that follows up no other. */
    public int processingCode(final int type) {
        return processingCode(type, 0);
    }

    /** DE25: the transaction's own, or else the terminal's. */
    public int posCondition(final int type, final int terminals) {
        final boolean own = has(type) && lines[type].posCondition() != TransactionLine.POS_CONDITION_AS_GIVEN;
        return own ? lines[type].posCondition() : terminals;
    }
}
