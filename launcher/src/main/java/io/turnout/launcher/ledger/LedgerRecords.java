package io.turnout.launcher.ledger;

import io.turnout.codecs.sbe.engine.AccountKind;
import io.turnout.codecs.sbe.engine.AccountStatus;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.SnapshotAccountDecoder;
import io.turnout.codecs.sbe.engine.SnapshotPaymentDecoder;
import io.turnout.codecs.sbe.engine.SnapshotTransferDecoder;
import io.turnout.core.engine.SnapshotSink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/** Takes accounts and reservations from the records of a snapshot, and lets the others pass. */
public final class LedgerRecords implements SnapshotSink {
    /** Limit of the accounts that the engine opens itself. */
    public static final long NO_LIMIT = Long.MAX_VALUE;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SnapshotAccountDecoder account = new SnapshotAccountDecoder();
    private final SnapshotTransferDecoder transfer = new SnapshotTransferDecoder();
    private final SnapshotPaymentDecoder payment = new SnapshotPaymentDecoder();
    private final Map<Integer, Account> byNumber = new HashMap<>();
    private final List<Reservation> reservations = new ArrayList<>();
    private long unresolvedCount;

    /**
     * An account.
     *
     * @param id names it
     * @param kind what it is for
     * @param status whether it takes requests
     * @param owner participant, or free for the operator
     * @param currency numeric code
     * @param businessDate of a position, CCYYMMDD; else 0
     * @param balanceMinor posted credits less posted debits
     * @param debitsPendingMinor held of the balance
     * @param creditsPendingMinor held for it elsewhere
     * @param debitLimitMinor how far debits may exceed credits
     * @param maximumBalanceMinor how far credits may exceed debits
     */
    public record Account(
            long id,
            AccountKind kind,
            AccountStatus status,
            long owner,
            int currency,
            long businessDate,
            long balanceMinor,
            long debitsPendingMinor,
            long creditsPendingMinor,
            long debitLimitMinor,
            long maximumBalanceMinor) {}

    /**
     * A reservation, or the hold of a pre-authorised wallet.
     *
     * @param id of the reservation or the payment
     * @param ofPayment whether it is a payment's
     * @param debit who will pay
     * @param credit who will receive
     * @param amountMinor held
     * @param expiresAtNs when it is given up; {@link Long#MAX_VALUE} = never
     */
    public record Reservation(
            long id, boolean ofPayment, Account debit, Account credit, long amountMinor, long expiresAtNs) {}

    @Override
    public void onRecord(final DirectBuffer buffer, final int offset, final int length) {
        switch (header.wrap(buffer, offset).templateId()) {
            case SnapshotAccountDecoder.TEMPLATE_ID -> add(account.wrapAndApplyHeader(buffer, offset, header));
            case SnapshotTransferDecoder.TEMPLATE_ID -> add(transfer.wrapAndApplyHeader(buffer, offset, header));
            case SnapshotPaymentDecoder.TEMPLATE_ID -> add(payment.wrapAndApplyHeader(buffer, offset, header));
            default -> {}
        }
    }

    /** Payments whose money is still held, or of which a bank has still to hear. */
    public long unresolvedCount() {
        return unresolvedCount;
    }

    /** All accounts, by id: those of operators first. */
    public List<Account> accounts() {
        return byNumber.values().stream()
                .sorted(Comparator.comparingLong(Account::id))
                .toList();
    }

    /** All open reservations. */
    public List<Reservation> reservations() {
        return List.copyOf(reservations);
    }

    /** Sum of all balances by currency, which is nothing; totals are memos and left out. */
    public Map<Integer, Long> sums() {
        final Map<Integer, Long> sums = new TreeMap<>();
        byNumber.values().stream()
                .filter(known -> known.kind() != AccountKind.TOTAL)
                .forEach(known -> sums.merge(known.currency(), known.balanceMinor(), Math::addExact));
        return sums;
    }

    private void add(final SnapshotPaymentDecoder record) {
        switch (record.state()) {
            case PENDING, REVERSING, ADVISING, MANUAL_REVIEW -> unresolvedCount++;
            default -> {}
        }
    }

    private void add(final SnapshotAccountDecoder record) {
        byNumber.put(
                record.accountNumber(),
                new Account(
                        record.accountId(),
                        record.kind(),
                        record.status(),
                        record.owner(),
                        record.currency(),
                        record.businessDate(),
                        Math.subtractExact(record.creditsPostedMinor(), record.debitsPostedMinor()),
                        record.debitsPendingMinor(),
                        record.creditsPendingMinor(),
                        record.debitLimitMinor(),
                        record.maximumBalanceMinor()));
    }

    private void add(final SnapshotTransferDecoder record) {
        reservations.add(new Reservation(
                record.transferId(),
                record.ofPayment() == BooleanType.TRUE,
                byNumber.get(record.debitAccount()),
                byNumber.get(record.creditAccount()),
                record.amountMinor(),
                record.expiresAtNs()));
    }
}
