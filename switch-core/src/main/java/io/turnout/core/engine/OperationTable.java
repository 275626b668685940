package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.OperationResult;
import io.turnout.codecs.sbe.engine.OperationState;
import io.turnout.codecs.sbe.engine.SnapshotOperationDecoder;
import io.turnout.codecs.sbe.engine.SnapshotOperationEncoder;
import io.turnout.codecs.sbe.engine.SubmitOperationDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The operations remembered, in the order in which they came, each as the block of {@code SnapshotOperation}. Operators
 * are slow and few: everything here walks the table, and what every command asks for is kept at hand.
 *
 * <p>A place is good until the next operation is added.
 */
final class OperationTable {
    /** More than this cannot be configured, so that no state needs a larger table. */
    static final int CAPACITY = 1_024;

    static final int NONE = -1;
    static final int BLOCK_LENGTH = SnapshotOperationEncoder.BLOCK_LENGTH;

    private final UnsafeBuffer records = new UnsafeBuffer(new byte[CAPACITY * BLOCK_LENGTH]);
    private final SnapshotOperationDecoder decoder = new SnapshotOperationDecoder();
    private final SnapshotOperationEncoder encoder = new SnapshotOperationEncoder();
    private int count;
    private int openCount;
    private long forgottenUntilNs;
    private int nextToExpire = NONE;
    private long earliestExpiryNs = Long.MAX_VALUE;
    private int nextScheduled = NONE;
    private long earliestSequence = Long.MAX_VALUE;

    static long bytes() {
        return (long) CAPACITY * BLOCK_LENGTH;
    }

    int count() {
        return count;
    }

    /** Highest createdAtNs of an operation that was forgotten: unknown ones up to it may have been executed before. */
    long forgottenUntilNs() {
        return forgottenUntilNs;
    }

    void forgottenUntilNs(final long value) {
        forgottenUntilNs = value;
    }

    /** The record at a place, until the next call. */
    SnapshotOperationDecoder at(final int place) {
        return decoder.wrap(records, place * BLOCK_LENGTH, BLOCK_LENGTH, CommandTemplates.VERSION);
    }

    DirectBuffer buffer() {
        return records;
    }

    /** Where the nested command of a record stands in {@link #buffer()}. */
    static int commandAt(final int place) {
        return place * BLOCK_LENGTH + SnapshotOperationDecoder.commandEncodingOffset();
    }

    /** Template id of the nested command of a record. */
    int templateIdAt(final int place) {
        return records.getShort(
                        commandAt(place) + MessageHeaderDecoder.templateIdEncodingOffset(),
                        SnapshotOperationDecoder.BYTE_ORDER)
                & 0xFFFF;
    }

    int find(final long idHigh, final long idLow) {
        for (int place = 0; place < count; place++) {
            if (at(place).operationId().low() == idLow && decoder.operationId().high() == idHigh) {
                return place;
            }
        }
        return NONE;
    }

    /** Whether a command of that template is waiting. */
    boolean isOpen(final int templateId) {
        for (int place = 0; place < count && openCount > 0; place++) {
            if (isOpen(at(place)) && templateIdAt(place) == templateId) {
                return true;
            }
        }
        return false;
    }

    /** Forgets closed operations, oldest first, until there is room for one more; answers whether there is. */
    boolean makeRoom(final long maximum) {
        while (count >= maximum) {
            final int oldest = oldestClosed();
            if (oldest == NONE) {
                return false;
            }
            forgottenUntilNs = Math.max(forgottenUntilNs, at(oldest).createdAtNs());
            final int next = (oldest + 1) * BLOCK_LENGTH;
            records.putBytes(oldest * BLOCK_LENGTH, records, next, count * BLOCK_LENGTH - next);
            count--;
        }
        return true;
    }

    /** Adds an operation and answers its place. */
    int add(
            final SubmitOperationDecoder submission,
            final OperationState state,
            final long proposedSequence,
            final long expiresAtNs,
            final long contentHash) {
        final int place = count++;
        edit(place)
                .createdAtNs(submission.createdAtNs())
                .effectiveSequence(submission.effectiveSequence())
                .proposedSequence(proposedSequence)
                .expiresAtNs(expiresAtNs)
                .contentHash(contentHash)
                .operatorId(submission.operatorId())
                .approverId(0)
                .problem(0)
                .nestedLength(submission.nestedLength())
                .state(state)
                .result(OperationResult.NONE);
        encoder.operationId()
                .high(submission.operationId().high())
                .low(submission.operationId().low());
        copyTexts(submission, place);
        refresh();
        return place;
    }

    /** Adds a record of a snapshot. */
    void restore(final DirectBuffer buffer, final int block) {
        records.putBytes(count * BLOCK_LENGTH, buffer, block, BLOCK_LENGTH);
        count++;
        refresh();
    }

    void state(final int place, final OperationState state) {
        edit(place).state(state);
        refresh();
    }

    void decided(final int place, final OperationState state, final long approverId) {
        edit(place).state(state).approverId(approverId);
        refresh();
    }

    void result(final int place, final CommandOutcome outcome) {
        edit(place).result(outcome.result()).problem(outcome.problem());
    }

    /** The open operation that expires first, or {@link #NONE}. */
    int nextToExpire() {
        return nextToExpire;
    }

    long earliestExpiryNs() {
        return earliestExpiryNs;
    }

    /** The scheduled operation with the lowest effective sequence, the oldest of several; or {@link #NONE}. */
    int nextScheduled() {
        return nextScheduled;
    }

    long earliestSequence() {
        return earliestSequence;
    }

    /** Whether a submission says what the operation at a place says. */
    boolean isSame(final SubmitOperationDecoder submission, final int place) {
        at(place);
        return decoder.createdAtNs() == submission.createdAtNs()
                && decoder.effectiveSequence() == submission.effectiveSequence()
                && decoder.operatorId() == submission.operatorId()
                && decoder.nestedLength() == submission.nestedLength()
                && isSameText(submission, place);
    }

    static boolean isOpen(final SnapshotOperationDecoder operation) {
        return operation.state() == OperationState.AWAITING_APPROVAL || operation.state() == OperationState.SCHEDULED;
    }

    private SnapshotOperationEncoder edit(final int place) {
        return encoder.wrap(records, place * BLOCK_LENGTH);
    }

    /** Reason and nested command stand at the end of both blocks, in one order. */
    private void copyTexts(final SubmitOperationDecoder submission, final int place) {
        final int from = SubmitOperationDecoder.reasonEncodingOffset();
        records.putBytes(
                place * BLOCK_LENGTH + SnapshotOperationDecoder.reasonEncodingOffset(),
                submission.buffer(),
                submission.offset() + from,
                SubmitOperationDecoder.BLOCK_LENGTH - from);
    }

    private boolean isSameText(final SubmitOperationDecoder submission, final int place) {
        final int from = submission.offset() + SubmitOperationDecoder.reasonEncodingOffset();
        final int at = place * BLOCK_LENGTH + SnapshotOperationDecoder.reasonEncodingOffset();
        for (int i = 0; at + i < (place + 1) * BLOCK_LENGTH; i++) {
            if (submission.buffer().getByte(from + i) != records.getByte(at + i)) {
                return false;
            }
        }
        return true;
    }

    private int oldestClosed() {
        for (int place = 0; place < count; place++) {
            if (!isOpen(at(place))) {
                return place;
            }
        }
        return NONE;
    }

    private void refresh() {
        openCount = 0;
        nextToExpire = NONE;
        earliestExpiryNs = Long.MAX_VALUE;
        nextScheduled = NONE;
        earliestSequence = Long.MAX_VALUE;
        for (int place = 0; place < count; place++) {
            if (isOpen(at(place))) {
                openCount++;
                if (decoder.expiresAtNs() < earliestExpiryNs) {
                    earliestExpiryNs = decoder.expiresAtNs();
                    nextToExpire = place;
                }
                if (decoder.state() == OperationState.SCHEDULED && decoder.effectiveSequence() < earliestSequence) {
                    earliestSequence = decoder.effectiveSequence();
                    nextScheduled = place;
                }
            }
        }
    }
}
