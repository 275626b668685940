package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.AccountChangedEncoder;
import io.turnout.codecs.sbe.engine.AccountOpenedEncoder;
import io.turnout.codecs.sbe.engine.AccountRefusedEncoder;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.BusinessDateOpenedEncoder;
import io.turnout.codecs.sbe.engine.CapUsageChangedEncoder;
import io.turnout.codecs.sbe.engine.CutOverRefusedEncoder;
import io.turnout.codecs.sbe.engine.LedgerLimitExceededEncoder;
import io.turnout.codecs.sbe.engine.LedgerProblem;
import io.turnout.codecs.sbe.engine.PositionClosedEncoder;
import io.turnout.codecs.sbe.engine.SubmitTransfersDecoder;
import io.turnout.codecs.sbe.engine.TransferAction;
import io.turnout.codecs.sbe.engine.TransferExpiredEncoder;
import io.turnout.codecs.sbe.engine.TransferRecordedEncoder;
import io.turnout.codecs.sbe.engine.TransfersAnsweredEncoder;

/** Encodes the events of the ledger. Decides nothing. */
final class LedgerEvents {
    private final EventPublisher publisher;
    private final AccountTable accounts;
    private final TransferTable transfers;
    private final SubmissionTable submissions;
    private final BusinessDates dates;
    private final AccountOpenedEncoder opened = new AccountOpenedEncoder();
    private final AccountChangedEncoder changed = new AccountChangedEncoder();
    private final AccountRefusedEncoder refused = new AccountRefusedEncoder();
    private final TransferRecordedEncoder recorded = new TransferRecordedEncoder();
    private final TransfersAnsweredEncoder answered = new TransfersAnsweredEncoder();
    private final TransferExpiredEncoder expired = new TransferExpiredEncoder();
    private final BusinessDateOpenedEncoder dateOpened = new BusinessDateOpenedEncoder();
    private final CutOverRefusedEncoder cutOverRefused = new CutOverRefusedEncoder();
    private final PositionClosedEncoder positionClosed = new PositionClosedEncoder();
    private final CapUsageChangedEncoder capUsageChanged = new CapUsageChangedEncoder();
    private final LedgerLimitExceededEncoder limitExceeded = new LedgerLimitExceededEncoder();

    LedgerEvents(final EngineState state) {
        this.publisher = state.publisher();
        this.accounts = state.ledger().accounts();
        this.transfers = state.ledger().transfers();
        this.submissions = state.ledger().submissions();
        this.dates = state.ledger().dates();
    }

    void accountOpened(final int number) {
        opened.wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .accountId(accounts.accountId(number))
                .debitLimitMinor(accounts.debitLimitMinor(number))
                .maximumBalanceMinor(accounts.maximumBalanceMinor(number))
                .accountNumber(number)
                .owner(Integer.toUnsignedLong(accounts.owner(number)))
                .currency(accounts.currency(number))
                .kind(accounts.kind(number));
        publisher.commit(AccountOpenedEncoder.BLOCK_LENGTH);
    }

    void accountChanged(final int number) {
        changed.wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .accountId(accounts.accountId(number))
                .debitLimitMinor(accounts.debitLimitMinor(number))
                .maximumBalanceMinor(accounts.maximumBalanceMinor(number))
                .status(accounts.status(number));
        publisher.commit(AccountChangedEncoder.BLOCK_LENGTH);
    }

    void accountRefused(final long accountId, final int templateId, final LedgerProblem problem) {
        refused.wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .accountId(accountId)
                .refTemplateId(templateId)
                .problem(problem);
        publisher.outcome().refused(problem.value());
        publisher.commit(AccountRefusedEncoder.BLOCK_LENGTH);
    }

    void transferRecorded(final TransferAction action, final long transferId, final Booking booking) {
        recorded.wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .transferId(transferId)
                .debitAccountId(accounts.accountId(booking.debit()))
                .creditAccountId(accounts.accountId(booking.credit()))
                .amountMinor(booking.amountMinor())
                .expiresAtNs(booking.expiresAtNs() == TransferTable.NEVER ? 0 : booking.expiresAtNs())
                .currency(accounts.currency(booking.debit()))
                .action(action);
        publisher.commit(TransferRecordedEncoder.BLOCK_LENGTH);
    }

    /** The answer that a submission got, now or before. */
    void transfersAnswered(final int submission, final BooleanType repeated) {
        answered.wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .legs((short) submissions.legs(submission))
                .problem(submissions.problem(submission))
                .leg((short) submissions.leg(submission))
                .repeated(repeated);
        answered.submissionId().high(submissions.idHigh(submission)).low(submissions.idLow(submission));
        if (submissions.problem(submission) != LedgerProblem.NONE) {
            publisher.outcome().refused(submissions.problem(submission).value());
        }
        publisher.commit(TransfersAnsweredEncoder.BLOCK_LENGTH);
    }

    /** A submission that is not remembered. */
    void transfersRefused(final SubmitTransfersDecoder command, final LedgerProblem problem) {
        answered.wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .legs((short) 0)
                .problem(problem)
                .leg((short) 0)
                .repeated(BooleanType.FALSE);
        answered.submissionId()
                .high(command.submissionId().high())
                .low(command.submissionId().low());
        publisher.outcome().refused(problem.value());
        publisher.commit(TransfersAnsweredEncoder.BLOCK_LENGTH);
    }

    void transferExpired(final int slot) {
        final boolean isOfPayment = transfers.isOfPayment(slot);
        expired.wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .transferId(isOfPayment ? 0 : transfers.transferId(slot))
                .paymentId(isOfPayment ? transfers.transferId(slot) : 0)
                .debitAccountId(accounts.accountId(transfers.debit(slot)))
                .creditAccountId(accounts.accountId(transfers.credit(slot)))
                .amountMinor(transfers.amountMinor(slot))
                .expiresAtNs(transfers.expiresAtNs(slot))
                .currency(accounts.currency(transfers.debit(slot)));
        publisher.commit(TransferExpiredEncoder.BLOCK_LENGTH);
    }

    void businessDateOpened() {
        dateOpened
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .businessDate(dates.current())
                .oldestOpenDate(dates.oldestOpen());
        publisher.commit(BusinessDateOpenedEncoder.BLOCK_LENGTH);
    }

    void cutOverRefused(final long businessDate, final LedgerProblem problem) {
        cutOverRefused
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .businessDate(businessDate)
                .problem(problem);
        publisher.outcome().refused(problem.value());
        publisher.commit(CutOverRefusedEncoder.BLOCK_LENGTH);
    }

    void positionClosed(final int number) {
        positionClosed
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .accountId(accounts.accountId(number))
                .debitsMinor(accounts.debitsPostedMinor(number))
                .creditsMinor(accounts.creditsPostedMinor(number))
                .participantId(accounts.owner(number))
                .businessDate(accounts.businessDate(number))
                .currency(accounts.currency(number));
        publisher.commit(PositionClosedEncoder.BLOCK_LENGTH);
    }

    void capUsageChanged(final int total, final long usedMinor, final int fromPercent, final int toPercent) {
        capUsageChanged
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .accountId(accounts.accountId(total))
                .netDebitCapMinor(accounts.debitLimitMinor(total))
                .usedMinor(usedMinor)
                .participantId(Integer.toUnsignedLong(accounts.owner(total)))
                .currency(accounts.currency(total))
                .fromPercent((short) fromPercent)
                .toPercent((short) toPercent);
        publisher.commit(CapUsageChangedEncoder.BLOCK_LENGTH);
    }

    void limitExceeded(
            final long paymentId,
            final int debit,
            final int credit,
            final long amountMinor,
            final LedgerProblem problem) {
        limitExceeded
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .paymentId(paymentId)
                .debitAccountId(accounts.accountId(debit))
                .creditAccountId(accounts.accountId(credit))
                .amountMinor(amountMinor)
                .currency(accounts.currency(debit))
                .problem(problem);
        publisher.commit(LedgerLimitExceededEncoder.BLOCK_LENGTH);
    }
}
