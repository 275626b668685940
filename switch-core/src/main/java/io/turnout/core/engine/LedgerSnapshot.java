package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.AccountKind;
import io.turnout.codecs.sbe.engine.AccountStatus;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.LedgerProblem;
import io.turnout.codecs.sbe.engine.LedgerState;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.SnapshotAccountDecoder;
import io.turnout.codecs.sbe.engine.SnapshotAccountEncoder;
import io.turnout.codecs.sbe.engine.SnapshotLedgerDecoder;
import io.turnout.codecs.sbe.engine.SnapshotLedgerEncoder;
import io.turnout.codecs.sbe.engine.SnapshotPaymentDecoder;
import io.turnout.codecs.sbe.engine.SnapshotSubmissionDecoder;
import io.turnout.codecs.sbe.engine.SnapshotSubmissionEncoder;
import io.turnout.codecs.sbe.engine.SnapshotTransferDecoder;
import io.turnout.codecs.sbe.engine.SnapshotTransferEncoder;
import io.turnout.core.engine.SnapshotException.Problem;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The ledger as records of a snapshot. What is read is added up again: debits are credits, totals are the sums of their
 * accounts, and what accounts hold is what open payments and reservations hold. Built for one snapshot; allocates.
 */
final class LedgerSnapshot {
    private final EngineState state;
    private final LedgerTables ledger;
    private final AccountTable accounts;
    private final SnapshotLedgerDecoder whole = new SnapshotLedgerDecoder();
    private final SnapshotAccountDecoder account = new SnapshotAccountDecoder();
    private final SnapshotTransferDecoder transfer = new SnapshotTransferDecoder();
    private final SnapshotSubmissionDecoder submission = new SnapshotSubmissionDecoder();
    private long accountsExpected;
    private long transfersExpected;
    private long submissionsExpected;
    private long lastKey;

    /** For writing, or for reading into an empty engine. */
    LedgerSnapshot(final EngineState state) {
        this.state = state;
        this.ledger = state.ledger();
        this.accounts = state.ledger().accounts();
    }

    /** Block length of one of its records, or {@link CommandTemplates#UNKNOWN}. */
    static int blockLength(final int templateId) {
        return switch (templateId) {
            case SnapshotLedgerDecoder.TEMPLATE_ID -> SnapshotLedgerDecoder.BLOCK_LENGTH;
            case SnapshotAccountDecoder.TEMPLATE_ID -> SnapshotAccountDecoder.BLOCK_LENGTH;
            case SnapshotTransferDecoder.TEMPLATE_ID -> SnapshotTransferDecoder.BLOCK_LENGTH;
            case SnapshotSubmissionDecoder.TEMPLATE_ID -> SnapshotSubmissionDecoder.BLOCK_LENGTH;
            default -> CommandTemplates.UNKNOWN;
        };
    }

    void write(final SnapshotSink sink) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SnapshotWriter.MAXIMUM_LENGTH]);
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        writeWhole(buffer, header, sink);
        writeAccounts(buffer, header, sink);
        writeTransfers(buffer, header, sink);
        writeSubmissions(buffer, header, sink);
    }

    /**
     * Takes in the next record.
     *
     * @return how many more follow because of it
     */
    long onRecord(final int templateId, final DirectBuffer buffer, final int block, final int version) {
        require(templateId == nextTemplateId(), Problem.OUT_OF_ORDER, "templateId=" + templateId);
        final int length = SnapshotTemplates.blockLength(templateId, version);
        switch (templateId) {
            case SnapshotLedgerDecoder.TEMPLATE_ID -> {
                return onWhole(whole.wrap(buffer, block, length, version));
            }
            case SnapshotAccountDecoder.TEMPLATE_ID -> onAccount(account.wrap(buffer, block, length, version));
            case SnapshotTransferDecoder.TEMPLATE_ID -> onTransfer(transfer.wrap(buffer, block, length, version));
            default -> onSubmission(submission.wrap(buffer, block, length, version));
        }
        return 0;
    }

    /** All records have come: whether they fit together. */
    void finish() {
        requireTotals();
        final String problem = ledger.ledger().audit();
        require(problem == null, Problem.ILLEGAL_VALUE, "ledger: " + problem);
        requireHolds();
        ledger.caps().touchAll();
        ledger.caps().settle(state.configurations().active().ledger().capWarningMarginPercent());
    }

    private void writeWhole(final UnsafeBuffer buffer, final MessageHeaderEncoder header, final SnapshotSink sink) {
        final SnapshotLedgerEncoder encoder = new SnapshotLedgerEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header)
                .forgottenUntilNs(ledger.submissions().forgottenUntilNs())
                .closingFrom(ledger.dates().closingFrom())
                .accounts(accounts.count())
                .transfers(ledger.transfers().count())
                .submissions(ledger.submissions().count());
        for (int i = 0; i < BusinessDates.MAXIMUM_OPEN; i++) {
            encoder.openDates(i, ledger.dates().openAt(i));
        }
        put(sink, buffer, SnapshotLedgerEncoder.BLOCK_LENGTH);
    }

    private void writeAccounts(final UnsafeBuffer buffer, final MessageHeaderEncoder header, final SnapshotSink sink) {
        final SnapshotAccountEncoder encoder = new SnapshotAccountEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header);
        for (int number = 1; number <= accounts.last(); number++) {
            if (accounts.isInUse(number)) {
                accounts.copy(number, buffer, MessageHeaderEncoder.ENCODED_LENGTH);
                encoder.accountNumber(number)
                        .total(accounts.total(number))
                        .businessDate(accounts.businessDate(number))
                        .capStep((short) ledger.caps().percent(number))
                        .alias()
                        .high(accounts.aliasHigh(number))
                        .low(accounts.aliasLow(number));
                put(sink, buffer, SnapshotAccountEncoder.BLOCK_LENGTH);
            }
        }
    }

    private void writeTransfers(final UnsafeBuffer buffer, final MessageHeaderEncoder header, final SnapshotSink sink) {
        final SnapshotTransferEncoder encoder = new SnapshotTransferEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header);
        final TransferTable transfers = ledger.transfers();
        final SlotOrder order = transfers.inOrder();
        for (int i = 0; i < order.count(); i++) {
            final int slot = order.slotAt(i);
            encoder.transferId(transfers.transferId(slot))
                    .amountMinor(transfers.amountMinor(slot))
                    .expiresAtNs(transfers.expiresAtNs(slot))
                    .debitAccount(transfers.debit(slot))
                    .creditAccount(transfers.credit(slot))
                    .ofPayment(transfers.isOfPayment(slot) ? BooleanType.TRUE : BooleanType.FALSE);
            put(sink, buffer, SnapshotTransferEncoder.BLOCK_LENGTH);
        }
    }

    private void writeSubmissions(
            final UnsafeBuffer buffer, final MessageHeaderEncoder header, final SnapshotSink sink) {
        final SnapshotSubmissionEncoder encoder = new SnapshotSubmissionEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, header);
        final SubmissionTable submissions = ledger.submissions();
        for (int i = 0; i < submissions.count(); i++) {
            final int slot = submissions.slotAt(i);
            encoder.createdAtNs(submissions.createdAtNs(slot))
                    .contentHash(submissions.contentHash(slot))
                    .legs((short) submissions.legs(slot))
                    .problem(submissions.problem(slot))
                    .leg((short) submissions.leg(slot));
            encoder.submissionId().high(submissions.idHigh(slot)).low(submissions.idLow(slot));
            put(sink, buffer, SnapshotSubmissionEncoder.BLOCK_LENGTH);
        }
    }

    private int nextTemplateId() {
        if (accountsExpected > 0) {
            return SnapshotAccountDecoder.TEMPLATE_ID;
        }
        if (transfersExpected > 0) {
            return SnapshotTransferDecoder.TEMPLATE_ID;
        }
        return submissionsExpected > 0 ? SnapshotSubmissionDecoder.TEMPLATE_ID : SnapshotLedgerDecoder.TEMPLATE_ID;
    }

    private long onWhole(final SnapshotLedgerDecoder record) {
        accountsExpected = record.accounts();
        transfersExpected = record.transfers();
        submissionsExpected = record.submissions();
        requireCapacity("accounts", accountsExpected, accounts.capacity());
        requireCapacity("transfers", transfersExpected, ledger.transfers().capacity());
        requireCapacity("submissions", submissionsExpected, ledger.submissions().capacity());
        ledger.submissions().forgottenUntilNs(record.forgottenUntilNs());
        long before = Long.MAX_VALUE;
        for (int i = 0; i < BusinessDates.MAXIMUM_OPEN && record.openDates(i) != BusinessDates.NONE; i++) {
            final long date = record.openDates(i);
            require(BusinessDates.isDate(date) && date < before, Problem.ILLEGAL_VALUE, "openDate=" + date);
            ledger.dates().restore(i, (int) date);
            before = date;
        }
        ledger.dates().closingFrom(record.closingFrom());
        return accountsExpected + transfersExpected + submissionsExpected;
    }

    private void onAccount(final SnapshotAccountDecoder record) {
        final int number = record.accountNumber();
        final boolean isLegal = number > lastKey
                && record.kindRaw() >= AccountKind.TOTAL.value()
                && record.kindRaw() <= AccountKind.SETTLEMENT.value()
                && record.statusRaw() >= AccountStatus.OPEN.value()
                && record.statusRaw() <= AccountStatus.CLOSED.value()
                && record.currency() >= 1
                && record.currency() <= Configuration.MAXIMUM_CURRENCY
                && record.debitsPendingMinor() >= 0
                && record.debitsPostedMinor() >= 0
                && record.creditsPendingMinor() >= 0
                && record.creditsPostedMinor() >= 0
                && accounts.find(record.accountId()) == AccountTable.NONE;
        require(isLegal, Problem.ILLEGAL_VALUE, "accountNumber=" + number);
        requireCapacity("accounts", number, accounts.capacity());
        accounts.restore(record);
        if (record.kind() == AccountKind.TOTAL) {
            final int step = hasCapStep(record) ? record.capStep() : 0;
            require(CapWatch.isStep(step), Problem.ILLEGAL_VALUE, "capStep of accountNumber=" + number);
            ledger.caps().add(number, step);
        } else {
            final boolean hasStep = hasCapStep(record) && record.capStep() != 0;
            require(!hasStep, Problem.ILLEGAL_VALUE, "capStep of accountNumber=" + number);
        }
        if (record.kind() == AccountKind.POSITION) {
            ledger.positions().restore(number);
        }
        if (record.accountId() <= EngineAccounts.LAST_OPERATOR_ID) {
            ledger.countOperatorAccount();
        }
        accountsExpected--;
        lastKey = accountsExpected == 0 ? 0 : number;
    }

    private static boolean hasCapStep(final SnapshotAccountDecoder record) {
        return record.actingVersion() >= SnapshotAccountDecoder.capStepSinceVersion();
    }

    private void onTransfer(final SnapshotTransferDecoder record) {
        final boolean isOfPayment = record.ofPaymentRaw() == BooleanType.TRUE.value();
        final long key = record.transferId() << 1 | (isOfPayment ? 1 : 0);
        final boolean isLegal = key > lastKey
                && record.amountMinor() >= 1
                && record.amountMinor() <= PaymentRules.MAXIMUM_AMOUNT_MINOR
                && accounts.isInUse(record.debitAccount())
                && accounts.isInUse(record.creditAccount());
        require(isLegal, Problem.ILLEGAL_VALUE, "transferId=" + record.transferId());
        ledger.transfers()
                .add(
                        record.transferId(),
                        isOfPayment,
                        record.debitAccount(),
                        record.creditAccount(),
                        record.amountMinor(),
                        record.expiresAtNs());
        transfersExpected--;
        lastKey = transfersExpected == 0 ? 0 : key;
    }

    private void onSubmission(final SnapshotSubmissionDecoder record) {
        final long high = record.submissionId().high();
        final long low = record.submissionId().low();
        final boolean isLegal = record.problemRaw() <= LedgerProblem.DATE_NOT_LATER.value()
                && record.legs() <= TransferFlow.MAXIMUM_LEGS
                && record.leg() <= TransferFlow.MAXIMUM_LEGS
                && ledger.submissions().find(high, low) == SubmissionTable.NONE;
        require(isLegal, Problem.ILLEGAL_VALUE, "submissionId=" + high + " " + low);
        final int slot = ledger.submissions().add(high, low, record.createdAtNs(), record.contentHash());
        ledger.submissions().answer(slot, record.legs(), record.problem(), record.leg());
        submissionsExpected--;
    }

    /** Positions and prefunds belong to a total of their currency, and nothing else does. */
    private void requireTotals() {
        for (int number = 1; number <= accounts.last(); number++) {
            if (accounts.isInUse(number)) {
                final AccountKind kind = accounts.kind(number);
                final int total = accounts.total(number);
                final boolean belongs = kind == AccountKind.POSITION || kind == AccountKind.PREFUND;
                final boolean isRight = belongs
                        ? accounts.isInUse(total)
                                && accounts.kind(total) == AccountKind.TOTAL
                                && accounts.currency(total) == accounts.currency(number)
                        : total == AccountTable.NONE;
                require(isRight, Problem.ILLEGAL_VALUE, "accountNumber=" + number + " total=" + total);
            }
        }
    }

    /** What accounts hold is what open payments and reservations hold on them. */
    private void requireHolds() {
        final long[] debits = new long[accounts.last() + 1];
        final long[] credits = new long[accounts.last() + 1];
        final TransferTable transfers = ledger.transfers();
        final SlotOrder order = transfers.inOrder();
        for (int i = 0; i < order.count(); i++) {
            final int slot = order.slotAt(i);
            debits[transfers.debit(slot)] += transfers.amountMinor(slot);
            credits[transfers.credit(slot)] += transfers.amountMinor(slot);
        }
        final PaymentRecord payment = new PaymentRecord(state.slab());
        for (int slot = 0; slot < state.slab().used(); slot++) {
            final SnapshotPaymentDecoder record = payment.wrap(slot).decoder();
            if (payment.paymentId() != 0 && record.ledgerState() == LedgerState.HELD) {
                hold(record, debits, credits);
            }
        }
        for (int number = 1; number <= accounts.last(); number++) {
            if (accounts.isInUse(number) && accounts.kind(number) != AccountKind.TOTAL) {
                final boolean isRight = accounts.debitsPendingMinor(number) == debits[number]
                        && accounts.creditsPendingMinor(number) == credits[number];
                require(isRight, Problem.ILLEGAL_VALUE, "holds of accountNumber=" + number);
            }
        }
    }

    private void hold(final SnapshotPaymentDecoder record, final long[] debits, final long[] credits) {
        if (record.heldMinor() != 0) {
            debits[account(record, record.debitAccount())] += record.heldMinor();
            credits[account(record, record.creditAccount())] += record.heldMinor();
        }
        if (record.feeMinor() > 0) {
            debits[account(record, record.feePayerAccount())] += record.feeMinor();
            credits[account(record, record.feeAccount())] += record.feeMinor();
        }
    }

    /** The account a payment refers to: a position by its total, with the sign reversed, and its date. */
    private int account(final SnapshotPaymentDecoder record, final int reference) {
        int number = reference;
        if (reference < 0 && accounts.isInUse(-reference)) {
            number = accounts.find(EngineAccounts.position(
                    Integer.toUnsignedLong(accounts.owner(-reference)), accounts.currency(-reference), (int)
                            record.businessDate()));
        }
        require(accounts.isInUse(number), Problem.ILLEGAL_VALUE, "account of paymentId=" + record.paymentId());
        return number;
    }

    private static void put(final SnapshotSink sink, final UnsafeBuffer buffer, final int blockLength) {
        sink.onRecord(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + blockLength);
    }

    private static void requireCapacity(final String name, final long count, final int available) {
        if (count > available) {
            throw new EngineCapacityException(name, available);
        }
    }

    private static void require(final boolean condition, final Problem problem, final String detail) {
        if (!condition) {
            throw new SnapshotException(problem, detail);
        }
    }
}
