package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.LedgerProblem;
import io.turnout.codecs.sbe.engine.SubmitTransfersDecoder;
import io.turnout.codecs.sbe.engine.TransferAction;
import io.turnout.codecs.sbe.engine.TransferLegDecoder;

/**
 * Chains of transfers: all of their legs happen, in order, or none. A leg sees what the legs before it did; the first
 * that is refused takes those back. Reservations whose time is over are given up at that instant, whatever is still
 * waiting to be worked off.
 */
final class TransferFlow {
    static final int MAXIMUM_LEGS = 8;
    private static final int MAXIMUM_FORGOTTEN = 4;

    /** From this schema version on a chain may leave it to the engine to say when it was made. */
    private static final int VERSION_WITHOUT_CREATION = 2;

    private final TransferLegDecoder leg = new TransferLegDecoder();
    private final Booking[] done = new Booking[MAXIMUM_LEGS];
    private final EngineTime time;
    private final Configurations configurations;
    private final Retention retention;
    private final AccountTable accounts;
    private final TransferTable transfers;
    private final SubmissionTable submissions;
    private final Ledger ledger;
    private final LedgerEvents events;

    TransferFlow(final EngineState state, final LedgerEvents events) {
        this.time = state.time();
        this.configurations = state.configurations();
        this.retention = state.retention();
        this.accounts = state.ledger().accounts();
        this.transfers = state.ledger().transfers();
        this.submissions = state.ledger().submissions();
        this.ledger = state.ledger().ledger();
        this.events = events;
        for (int i = 0; i < done.length; i++) {
            done[i] = new Booking();
        }
    }

    void onSubmitTransfers(final SubmitTransfersDecoder command) {
        final long hash = contentHash(command);
        final int known = submissions.find(
                command.submissionId().high(), command.submissionId().low());
        if (known != SubmissionTable.NONE && submissions.contentHash(known) == hash) {
            events.transfersAnswered(known, BooleanType.TRUE);
            return;
        }
        final LedgerProblem problem =
                known == SubmissionTable.NONE ? check(command) : LedgerProblem.SUBMISSION_CONFLICT;
        if (problem != LedgerProblem.NONE) {
            events.transfersRefused(command, problem);
            return;
        }
        final int submission = submissions.add(
                command.submissionId().high(), command.submissionId().low(), createdAtNs(command), hash);
        apply(command, submission);
        events.transfersAnswered(submission, BooleanType.FALSE);
    }

    /** When the next reservation is given up, or {@link TransferTable#NEVER}. */
    long nextNs() {
        return transfers.earliestNs();
    }

    /** Gives up reservations whose time is over, earliest first, up to a limit. */
    void expire(final int limit) {
        for (int i = 0; i < limit && transfers.earliestNs() <= time.nowNs(); i++) {
            final int slot = transfers.earliest();
            events.transferExpired(slot);
            ledger.release(transfers.debit(slot), transfers.credit(slot), transfers.amountMinor(slot));
            transfers.remove(slot);
        }
    }

    private LedgerProblem check(final SubmitTransfersDecoder command) {
        if (!configuration().isDefined()) {
            return LedgerProblem.NO_LEDGER;
        }
        final long createdAtNs = createdAtNs(command);
        if (retention.isStale(createdAtNs) || createdAtNs <= submissions.forgottenUntilNs()) {
            return LedgerProblem.STALE_SUBMISSION;
        }
        if (retention.isInFuture(createdAtNs)) {
            return LedgerProblem.CREATED_IN_FUTURE;
        }
        for (int i = 0; i < MAXIMUM_FORGOTTEN && submissions.count() > 0 && isOldestStale(); i++) {
            submissions.forgetOldest();
        }
        return submissions.count() < configuration().maximumSubmissions()
                ? LedgerProblem.NONE
                : LedgerProblem.SUBMISSIONS_FULL;
    }

    /** An operation may wait longer than the horizon for its approval, and is executed once for other reasons. */
    private long createdAtNs(final SubmitTransfersDecoder command) {
        final boolean isLeftOpen = command.createdAtNs() == 0 && command.actingVersion() >= VERSION_WITHOUT_CREATION;
        return isLeftOpen ? time.nowNs() : command.createdAtNs();
    }

    private boolean isOldestStale() {
        return retention.isStale(submissions.createdAtNs(submissions.slotAt(0)));
    }

    private void apply(final SubmitTransfersDecoder command, final int submission) {
        final int legs = command.legCount();
        if (legs < 1 || legs > MAXIMUM_LEGS) {
            submissions.answer(submission, 0, LedgerProblem.INVALID_CHAIN, 0);
            return;
        }
        for (int i = 0; i < legs; i++) {
            final LedgerProblem problem = apply(wrap(command, i), done[i]);
            if (problem != LedgerProblem.NONE) {
                takeBack(command, i);
                submissions.answer(submission, 0, problem, i + 1);
                return;
            }
        }
        for (int i = 0; i < legs; i++) {
            wrap(command, i);
            events.transferRecorded(TransferAction.get(leg.actionRaw()), leg.transferId(), done[i]);
        }
        submissions.answer(submission, legs, LedgerProblem.NONE, 0);
    }

    private LedgerProblem apply(final TransferLegDecoder request, final Booking booking) {
        if (request.actionRaw() < TransferAction.POST.value()
                || request.actionRaw() > TransferAction.VOID_PENDING.value()) {
            return LedgerProblem.INVALID_CHAIN;
        }
        return switch (request.action()) {
            case POST -> post(request, booking);
            case RESERVE -> reserve(request, booking);
            case POST_PENDING -> postPending(request, booking);
            default -> voidPending(request, booking);
        };
    }

    private LedgerProblem post(final TransferLegDecoder request, final Booking booking) {
        final int debit = accounts.find(request.debitAccountId());
        final int credit = accounts.find(request.creditAccountId());
        final LedgerProblem problem = ledger.checkPost(debit, credit, request.amountMinor(), request.currency());
        if (problem == LedgerProblem.NONE) {
            booking.set(debit, credit, 0, request.amountMinor(), 0);
            ledger.post(debit, credit, 0, request.amountMinor());
        }
        return problem;
    }

    private LedgerProblem reserve(final TransferLegDecoder request, final Booking booking) {
        final long expiresAtNs = request.expiresAtNs() == 0 ? TransferTable.NEVER : request.expiresAtNs();
        if (request.transferId() < 1
                || request.transferId() > EngineAccounts.LAST_OPERATOR_ID
                || expiresAtNs <= time.nowNs()) {
            return LedgerProblem.INVALID_TRANSFER;
        }
        if (transfers.find(request.transferId(), false) != TransferTable.NONE) {
            return LedgerProblem.DUPLICATE_TRANSFER;
        }
        if (transfers.count() >= configuration().maximumTransfers()) {
            return LedgerProblem.TRANSFERS_FULL;
        }
        final int debit = accounts.find(request.debitAccountId());
        final int credit = accounts.find(request.creditAccountId());
        final LedgerProblem problem = ledger.checkReserve(debit, credit, request.amountMinor(), request.currency());
        if (problem == LedgerProblem.NONE) {
            booking.set(debit, credit, 0, request.amountMinor(), expiresAtNs);
            ledger.reserve(debit, credit, request.amountMinor());
            transfers.add(request.transferId(), false, debit, credit, request.amountMinor(), expiresAtNs);
        }
        return problem;
    }

    private LedgerProblem postPending(final TransferLegDecoder request, final Booking booking) {
        final int slot = findPending(request);
        if (slot == TransferTable.NONE) {
            return LedgerProblem.TRANSFER_NOT_FOUND;
        }
        final long heldMinor = transfers.amountMinor(slot);
        final long amountMinor = request.amountMinor() == 0 ? heldMinor : request.amountMinor();
        if (amountMinor < 1 || amountMinor > heldMinor) {
            return LedgerProblem.INVALID_AMOUNT;
        }
        take(slot, booking, amountMinor);
        ledger.post(booking.debit(), booking.credit(), heldMinor, amountMinor);
        return LedgerProblem.NONE;
    }

    private LedgerProblem voidPending(final TransferLegDecoder request, final Booking booking) {
        final int slot = findPending(request);
        if (slot == TransferTable.NONE) {
            return LedgerProblem.TRANSFER_NOT_FOUND;
        }
        take(slot, booking, transfers.amountMinor(slot));
        ledger.release(booking.debit(), booking.credit(), booking.heldMinor());
        return LedgerProblem.NONE;
    }

    private int findPending(final TransferLegDecoder request) {
        final int slot = transfers.find(request.transferId(), false);
        return slot != TransferTable.NONE && transfers.expiresAtNs(slot) <= time.nowNs() ? TransferTable.NONE : slot;
    }

    private void take(final int slot, final Booking booking, final long amountMinor) {
        booking.set(
                transfers.debit(slot),
                transfers.credit(slot),
                transfers.amountMinor(slot),
                amountMinor,
                transfers.expiresAtNs(slot));
        transfers.remove(slot);
    }

    private void takeBack(final SubmitTransfersDecoder command, final int legs) {
        for (int i = legs - 1; i >= 0; i--) {
            final TransferLegDecoder request = wrap(command, i);
            final Booking booking = done[i];
            switch (request.action()) {
                case POST -> ledger.unpost(booking.debit(), booking.credit(), 0, booking.amountMinor());
                case RESERVE -> {
                    transfers.remove(transfers.find(request.transferId(), false));
                    ledger.release(booking.debit(), booking.credit(), booking.amountMinor());
                }
                case POST_PENDING -> {
                    ledger.unpost(booking.debit(), booking.credit(), booking.heldMinor(), booking.amountMinor());
                    putBack(request, booking);
                }
                default -> {
                    ledger.reserve(booking.debit(), booking.credit(), booking.heldMinor());
                    putBack(request, booking);
                }
            }
        }
    }

    private void putBack(final TransferLegDecoder request, final Booking booking) {
        transfers.add(
                request.transferId(),
                false,
                booking.debit(),
                booking.credit(),
                booking.heldMinor(),
                booking.expiresAtNs());
    }

    private TransferLegDecoder wrap(final SubmitTransfersDecoder command, final int index) {
        final int offset = SubmitTransfersDecoder.leg1EncodingOffset() + index * TransferLegDecoder.ENCODED_LENGTH;
        return leg.wrap(command.buffer(), command.offset() + offset);
    }

    private long contentHash(final SubmitTransfersDecoder command) {
        long hash = Hash.fold(command.createdAtNs(), command.legCount());
        for (int i = 0; i < Math.min(command.legCount(), MAXIMUM_LEGS); i++) {
            wrap(command, i);
            hash = Hash.fold(hash, leg.transferId());
            hash = Hash.fold(hash, leg.debitAccountId());
            hash = Hash.fold(hash, leg.creditAccountId());
            hash = Hash.fold(hash, leg.amountMinor());
            hash = Hash.fold(hash, leg.expiresAtNs());
            hash = Hash.fold(hash, (long) leg.currency() << Byte.SIZE | leg.actionRaw());
        }
        return hash;
    }

    private LedgerConfiguration configuration() {
        return configurations.active().ledger();
    }
}
