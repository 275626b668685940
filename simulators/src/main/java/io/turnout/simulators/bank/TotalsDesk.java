package io.turnout.simulators.bank;

import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.simulators.Counters;
import java.util.Arrays;

/** The part of a bank that compares totals: answers those of the other side, and sends its own when told to. */
final class TotalsDesk {

    private static final int COUNT_OF_DEBITS = 2;
    private static final int FIRST_STAN = 900_000;

    private final BankTotals totals;
    private final PendingAnswers pending;
    private final BankTotalsWriter writer;
    private final Counters<BankCounter> counters;
    private int stan = FIRST_STAN;

    TotalsDesk(
            final BankConfiguration configuration,
            final BankTotals totals,
            final PendingAnswers pending,
            final Counters<BankCounter> counters,
            final BankSecurity security) {
        this.totals = totals;
        this.pending = pending;
        this.counters = counters;
        this.writer = new BankTotalsWriter(configuration.dialect(), configuration.framing(), security);
    }

    /**
     * Answers totals.
     *
     * @param agreeing whether the bank says what it counted; otherwise it says that it counted one debit more
     * @param sending whether it sends its own totals of the same date and currency as well
     */
    void onTotals(
            final BankConnection connection,
            final IsoDecoder request,
            final BankMessage message,
            final boolean agreeing,
            final boolean sending,
            final long dueNs) {
        counters.increment(BankCounter.TOTALS);
        final long[] own = totals.of(message.settlementDate, message.currency);
        if (own != null && !agreeing) {
            own[COUNT_OF_DEBITS]++;
        }
        final int slot = pending.claim();
        final int length = writer.answer(
                request, outcome(request, own), own, pending.buffer(), pending.offset(slot), PendingAnswers.SLOT_BYTES);
        schedule(slot, connection, length, dueNs);
        if (sending && own != null && pending.hasRoom()) {
            final int second = pending.claim();
            schedule(
                    second,
                    connection,
                    writer.request(
                            request, ++stan, own, pending.buffer(), pending.offset(second), PendingAnswers.SLOT_BYTES),
                    dueNs);
        }
    }

    /** The other side has answered the bank's totals. */
    void onAnswer(final IsoDecoder answer) {
        final boolean agreed =
                answer.isPresent(66) ? answer.getLong(66) == BankTotalsWriter.IN_BALANCE : answer.getLong(39) == 500;
        counters.increment(agreed ? BankCounter.TOTALS_AGREED : BankCounter.TOTALS_DISPUTED);
    }

    private int outcome(final IsoDecoder request, final long[] own) {
        if (own == null) {
            counters.increment(BankCounter.TOTALS_UNKNOWN);
            return BankTotalsWriter.NO_TOTALS;
        }
        final long[] given =
                Arrays.stream(BankTotals.FIELDS).mapToLong(request::getLong).toArray();
        final boolean equal = Arrays.equals(given, own);
        counters.increment(equal ? BankCounter.TOTALS_IN_BALANCE : BankCounter.TOTALS_OUT_OF_BALANCE);
        return equal ? BankTotalsWriter.IN_BALANCE : BankTotalsWriter.OUT_OF_BALANCE;
    }

    private void schedule(final int slot, final BankConnection connection, final int length, final long dueNs) {
        if (length == BankAnswerWriter.TOO_LONG) {
            counters.increment(BankCounter.ANSWERS_LOST);
            pending.free(slot);
        } else {
            pending.schedule(slot, connection, length, Delivery.WHOLE, dueNs);
        }
    }
}
