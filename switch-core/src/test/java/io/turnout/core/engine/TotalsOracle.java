package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.TransactionType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Recomputes the totals of one issuer from the events alone, without the engine's marks on payments. */
final class TotalsOracle {

    private static final class Fate {
        long issuerId;
        long currency;
        long businessDate;
        int type;
        int originalType;
        long standingMinor;
        long replacementMinor;
        boolean counted;
    }

    private final int issuerId;
    private final Map<Long, Fate> fates = new HashMap<>();
    private final Set<Long> advices = new HashSet<>();
    private final Map<Long, Long> dates = new HashMap<>();
    private final Map<String, long[]> totals = new TreeMap<>();
    private long businessDate;
    private long oldestOpenDate;

    TotalsOracle(final int issuerId) {
        this.issuerId = issuerId;
    }

    Map<String, long[]> totals() {
        return totals;
    }

    void onEvent(final RecordedEvent event) {
        switch (event.name()) {
            case "BusinessDateOpened" -> {
                businessDate = event.number("businessDate");
                oldestOpenDate = event.number("oldestOpenDate");
            }
            case "PaymentRouted" -> dates.put(event.number("paymentId"), event.number("businessDate"));
            case "AdviceRequested" -> fate(event).businessDate = event.number("businessDate");
            case "AdviceQueued" -> advices.add(event.number("paymentId"));
            case "PaymentAnswered" -> onAnswered(event);
            case "AdviceAcknowledged" -> count(fate(event));
            case "LateResponseRecorded" -> {
                if (event.number("resultCode") < 1000) {
                    count(fate(event));
                }
            }
            case "ReversalQueued" -> fate(event).replacementMinor = event.number("replacementAmountMinor");
            case "ReversalAcknowledged" -> onReversed(fate(event));
            case "ManualReviewResolved" -> {
                if (event.field("resolution").equals("STANDS")) {
                    count(fate(event));
                } else {
                    undo(fate(event));
                }
            }
            default -> {}
        }
    }

    private void onAnswered(final RecordedEvent event) {
        final long paymentId = event.number("paymentId");
        if (event.field("repeated").equals("TRUE") || fates.containsKey(paymentId)) {
            return;
        }
        final boolean approved = event.field("outcome").equals("APPROVED");
        final Fate fate = new Fate();
        fate.issuerId = event.number("issuerId");
        fate.currency = event.number("currency");
        fate.businessDate = dates.getOrDefault(paymentId, 0L);
        fate.type = (int) event.number("transactionType");
        fate.standingMinor = event.number(approved ? "amountMinor" : "requestedAmountMinor");
        final Fate original = fates.get(event.number("originalPaymentId"));
        fate.originalType = original == null ? 0 : original.type;
        fates.put(paymentId, fate);
        if (approved && !advices.contains(paymentId)) {
            count(fate);
        }
    }

    private void onReversed(final Fate fate) {
        if (fate.replacementMinor == 0) {
            undo(fate);
            return;
        }
        if (fate.counted && fate.type != TransactionType.VOID.value()) {
            add(fate, -direction(fate.type), fate.standingMinor - fate.replacementMinor);
        }
        fate.standingMinor = fate.replacementMinor;
    }

    private void count(final Fate fate) {
        if (fate != null && fate.issuerId == issuerId && !fate.counted) {
            fate.counted = true;
            final boolean isVoid = fate.type == TransactionType.VOID.value();
            add(fate, isVoid ? -direction(fate.originalType) : direction(fate.type), fate.standingMinor);
        }
    }

    private void undo(final Fate fate) {
        if (fate.counted) {
            fate.counted = false;
            final boolean isVoid = fate.type == TransactionType.VOID.value();
            add(fate, isVoid ? direction(fate.originalType) : -direction(fate.type), fate.standingMinor);
        }
    }

    /** 1 credit, 2 debit, 3 transfer, 4 inquiry, 5 authorisation; the opposite is its reversal. */
    private static int direction(final int type) {
        return switch (TransactionType.get((short) type)) {
            case REFUND, WITHDRAWAL -> 1;
            case PURCHASE, CASH_WITHDRAWAL, COMPLETION, TOP_UP -> 2;
            case TRANSFER -> 3;
            case BALANCE_INQUIRY -> 4;
            case PRE_AUTHORISATION -> 5;
            default -> 0;
        };
    }

    private void add(final Fate fate, final int direction, final long amountMinor) {
        if (direction == 0 || direction < -3) {
            return;
        }
        final long date = fate.businessDate < oldestOpenDate ? businessDate : fate.businessDate;
        final long[] sums = totals.computeIfAbsent(
                TotalsView.key(fate.issuerId, date, fate.currency), key -> new long[IssuerTotals.VALUES]);
        switch (direction) {
            case 1 -> sums[0]++;
            case -1 -> sums[1]++;
            case 2 -> sums[2]++;
            case -2 -> sums[3]++;
            case 3 -> sums[4]++;
            case -3 -> sums[5]++;
            case 4 -> sums[6]++;
            default -> sums[7]++;
        }
        switch (direction) {
            case 1 -> sums[8] += amountMinor;
            case -1 -> sums[9] += amountMinor;
            case 2 -> sums[10] += amountMinor;
            case -2 -> sums[11] += amountMinor;
            default -> {}
        }
    }

    private Fate fate(final RecordedEvent event) {
        return fates.get(event.number("paymentId"));
    }
}
