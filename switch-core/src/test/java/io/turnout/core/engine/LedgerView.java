package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.AccountKind;
import io.turnout.codecs.sbe.engine.LedgerState;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.SnapshotAccountDecoder;
import io.turnout.codecs.sbe.engine.SnapshotPaymentDecoder;
import io.turnout.codecs.sbe.engine.SnapshotTransferDecoder;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/** What a snapshot of an engine says about its accounts, added up plainly. */
final class LedgerView implements SnapshotSink {

    /** One account. */
    record Account(
            long id,
            int number,
            AccountKind kind,
            int currency,
            long debitsPending,
            long debitsPosted,
            long creditsPending,
            long creditsPosted,
            long debitLimit) {
        long balance() {
            return creditsPosted - debitsPosted;
        }
    }

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final Map<Long, Account> accounts = new TreeMap<>();
    private long openPaymentsMinor;
    private long reservedMinor;

    static LedgerView of(final SwitchEngine engine) {
        final LedgerView view = new LedgerView();
        engine.writeSnapshot(view);
        return view;
    }

    @Override
    public void onRecord(final DirectBuffer buffer, final int offset, final int length) {
        switch (header.wrap(buffer, offset).templateId()) {
            case SnapshotAccountDecoder.TEMPLATE_ID ->
                add(new SnapshotAccountDecoder().wrapAndApplyHeader(buffer, offset, header));
            case SnapshotTransferDecoder.TEMPLATE_ID ->
                reservedMinor += new SnapshotTransferDecoder()
                        .wrapAndApplyHeader(buffer, offset, header)
                        .amountMinor();
            case SnapshotPaymentDecoder.TEMPLATE_ID ->
                add(new SnapshotPaymentDecoder().wrapAndApplyHeader(buffer, offset, header));
            default -> {}
        }
    }

    Map<Long, Account> accounts() {
        return accounts;
    }

    Account account(final long id) {
        if (!accounts.containsKey(id)) {
            throw new AssertionError("no account " + id + " in " + accounts.values());
        }
        return accounts.get(id);
    }

    long balance(final long id) {
        return account(id).balance();
    }

    /** What is held of an account's balance. */
    long held(final long id) {
        return account(id).debitsPending();
    }

    /** Amounts and fees that payments hold while their outcome is open. */
    long openPaymentsMinor() {
        return openPaymentsMinor;
    }

    /** Amounts of open reservations and pre-authorised wallets. */
    long reservedMinor() {
        return reservedMinor;
    }

    private void add(final SnapshotAccountDecoder record) {
        final Account account = new Account(
                record.accountId(),
                record.accountNumber(),
                record.kind(),
                record.currency(),
                record.debitsPendingMinor(),
                record.debitsPostedMinor(),
                record.creditsPendingMinor(),
                record.creditsPostedMinor(),
                record.debitLimitMinor());
        accounts.put(account.id(), account);
    }

    private void add(final SnapshotPaymentDecoder record) {
        if (record.ledgerState() == LedgerState.HELD) {
            openPaymentsMinor += record.heldMinor() + Math.max(0, record.feeMinor());
        }
    }
}
