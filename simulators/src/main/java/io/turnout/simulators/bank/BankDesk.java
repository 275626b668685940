package io.turnout.simulators.bank;

import io.turnout.codecs.iso8583.ResponseCodes;
import io.turnout.simulators.Counters;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Decides about each message by the script, enters it in the books, and puts the answer among those that wait for their
 * time. Nothing is sent here: the answers leave after the books have been flushed.
 */
final class BankDesk {

    private static final int DUPLICATE_TRANSMISSION = 9113;
    private static final int INVALID_TRANSACTION = 9102;
    private static final int ORIGINAL_NOT_FOUND = 9114;
    private static final int ORIGINAL_AMOUNT_INCORRECT = 4005;
    private static final int FORMAT_ERROR = 9100;
    private static final int FUNCTION_NOT_SUPPORTED = 1015;
    private static final int ISSUER_INOPERATIVE = 9107;
    private static final int SYSTEM_MALFUNCTION = 9109;
    private static final int MAC_INCORRECT = 9116;
    private static final int PIN_UNREADABLE = 1017;
    private static final int APPROVED = 0;
    private static final int NO_APPROVAL = -1;
    private static final int RESPONSE_BIT = 10;
    private static final int GARBAGE_BYTES = 64;
    private static final int VERSION = 1000;
    private static final int RECONCILIATION_ANSWER = 51;
    private static final int RECONCILIATION_ADVICE_ANSWER = 53;

    private final BankConfiguration configuration;
    private final BankBooks books;
    private final BankScript script;
    private final PendingAnswers pending;
    private final Counters<BankCounter> counters;
    private final BankMessageReader reader;
    private final BankMessage message;
    private final BankAnswerWriter writer;
    private final TotalsDesk totals;
    private final BankSecurity security;
    private final BankKeyOffers keyOffers;
    private final byte[] firstAnswer = new byte[PendingAnswers.SLOT_BYTES];
    private int firstAnswerLength;
    private final UnsafeBuffer header = new UnsafeBuffer(0, 0);
    private long payments;

    BankDesk(
            final BankConfiguration configuration,
            final BankBooks books,
            final BankScript script,
            final PendingAnswers pending,
            final Counters<BankCounter> counters) {
        this.configuration = configuration;
        this.books = books;
        this.script = script;
        this.pending = pending;
        this.counters = counters;
        this.reader = new BankMessageReader(configuration.dialect());
        this.message = reader.message();
        this.security = new BankSecurity(configuration.dialect(), configuration.security(), configuration.seed());
        this.writer = new BankAnswerWriter(configuration.dialect(), configuration.framing(), security);
        this.keyOffers = new BankKeyOffers(security, writer, pending, counters);
        this.totals = new TotalsDesk(configuration, books.totals(), pending, counters, security);
    }

    void onMessage(
            final BankConnection connection,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long nowNs) {
        if (!pending.hasRoom()) {
            counters.increment(BankCounter.OVERLOADED);
            return;
        }
        if (!reader.wrap(buffer, offset, length)) {
            onUnreadable(connection, buffer, offset, nowNs);
            return;
        }
        header.wrap(buffer, offset, configuration.dialect().headerLength());
        if (!security.isBelievable(reader.decoder(), buffer, offset)) {
            if (message.mti / RESPONSE_BIT % 2 == 0) {
                refuse(connection, BankCounter.MACS_REFUSED, MAC_INCORRECT, nowNs);
            }
            return;
        }
        final MessageKind kind = security.isRequest(reader.decoder()) ? MessageKind.KEY_REQUEST : reader.kind();
        switch (kind) {
            case KEY_REQUEST -> {
                counters.increment(BankCounter.KEY_REQUESTS);
                accept(connection, nowNs);
                keyOffers.send(connection, reader.decoder(), header, nowNs);
            }
            case PAYMENT -> onPayment(connection, nowNs);
            case ADVICE -> onAdvice(connection, nowNs);
            case REVERSAL -> onReversal(connection, nowNs);
            case RECONCILIATION -> onTotals(connection, nowNs);
            case SIGN_ON, SIGN_OFF, ECHO -> onNetwork(connection, kind, nowNs);
            default -> onOther(connection, nowNs);
        }
        reader.clear();
    }

    private void accept(final BankConnection connection, final long nowNs) {
        schedule(connection, packed(APPROVED), NO_APPROVAL, Behaviour.ANSWER, Delivery.WHOLE, nowNs);
    }

    private void onPayment(final BankConnection connection, final long nowNs) {
        counters.increment(BankCounter.PAYMENTS);
        if (security.isChangeDue(++payments)) {
            keyOffers.send(connection, reader.decoder(), header, nowNs);
        }
        if (!reader.readPayment()) {
            refuse(connection, BankCounter.FORMAT_ERRORS, FORMAT_ERROR, nowNs);
            return;
        }
        if (configuration.signOnRequired() && !connection.isSignedOn()) {
            refuse(connection, BankCounter.NOT_SIGNED_ON, ISSUER_INOPERATIVE, nowNs);
            return;
        }
        if (security.hasPin(reader.decoder())) {
            final boolean isReadable = security.isPinReadable(reader.decoder());
            if (!isReadable) {
                refuse(connection, BankCounter.PINS_UNREADABLE, PIN_UNREADABLE, nowNs);
                return;
            }
            counters.increment(BankCounter.PINS_READ);
        }
        script.decide(MessageKind.PAYMENT, message);
        if (script.behaviour() == Behaviour.SILENCE) {
            counters.increment(BankCounter.MISBEHAVIOURS);
            return;
        }
        final boolean approving = script.isApproving();
        switch (books.postPayment(message, approving, nowNs)) {
            case POSTED -> {
                counters.increment(BankCounter.DEBITS);
                answer(connection, script.code(), books.postedCount(), script.behaviour(), nowNs);
            }
            case DECLINED -> {
                counters.increment(BankCounter.DECLINES);
                answer(connection, script.code(), NO_APPROVAL, script.behaviour(), nowNs);
            }
            case DUPLICATE -> refuse(connection, BankCounter.DUPLICATES, DUPLICATE_TRANSMISSION, nowNs);
            case LATE_ORIGINAL -> refuse(connection, BankCounter.LATE_ORIGINALS, INVALID_TRANSACTION, nowNs);
            case ORIGINAL_NOT_FOUND -> refuse(connection, BankCounter.ORIGINALS_UNFIT, ORIGINAL_NOT_FOUND, nowNs);
            case ORIGINAL_STATE -> refuse(connection, BankCounter.ORIGINALS_UNFIT, INVALID_TRANSACTION, nowNs);
            case AMOUNT_DIFFERS -> refuse(connection, BankCounter.ORIGINALS_UNFIT, ORIGINAL_AMOUNT_INCORRECT, nowNs);
            default -> refuse(connection, BankCounter.BOOKS_FULL, SYSTEM_MALFUNCTION, nowNs);
        }
    }

    /** An advice is taken; only the script can refuse one, and then nothing is posted. */
    private void onAdvice(final BankConnection connection, final long nowNs) {
        counters.increment(BankCounter.ADVICES);
        if (!reader.readPayment()) {
            refuse(connection, BankCounter.FORMAT_ERRORS, FORMAT_ERROR, nowNs);
            return;
        }
        script.decide(MessageKind.ADVICE, message);
        if (script.behaviour() == Behaviour.SILENCE) {
            counters.increment(BankCounter.MISBEHAVIOURS);
            return;
        }
        if (!script.isApproving()) {
            answer(connection, script.code(), NO_APPROVAL, script.behaviour(), nowNs);
            return;
        }
        switch (books.postAdvice(message, nowNs)) {
            case POSTED -> {
                counters.increment(BankCounter.ADVICES_TAKEN);
                answer(connection, script.code(), NO_APPROVAL, script.behaviour(), nowNs);
            }
            case ADVICE_REPEATED -> answer(connection, script.code(), NO_APPROVAL, script.behaviour(), nowNs);
            case LATE_ORIGINAL -> refuse(connection, BankCounter.LATE_ORIGINALS, INVALID_TRANSACTION, nowNs);
            default -> refuse(connection, BankCounter.BOOKS_FULL, SYSTEM_MALFUNCTION, nowNs);
        }
    }

    private void onReversal(final BankConnection connection, final long nowNs) {
        counters.increment(BankCounter.REVERSALS);
        if (!reader.readReversal()) {
            refuse(connection, BankCounter.FORMAT_ERRORS, FORMAT_ERROR, nowNs);
            return;
        }
        script.decide(MessageKind.REVERSAL, message);
        if (script.behaviour() == Behaviour.SILENCE) {
            counters.increment(BankCounter.MISBEHAVIOURS);
            return;
        }
        if (!script.isApproving()) {
            answer(connection, script.code(), NO_APPROVAL, script.behaviour(), nowNs);
            return;
        }
        switch (books.postReversal(message, nowNs)) {
            case REVERSED -> {
                counters.increment(BankCounter.REVERSED);
                answer(connection, script.code(), NO_APPROVAL, script.behaviour(), nowNs);
            }
            case NOTHING_TO_REVERSE -> answer(connection, script.code(), NO_APPROVAL, script.behaviour(), nowNs);
            case UNKNOWN_ORIGINAL -> {
                counters.increment(BankCounter.REVERSALS_UNKNOWN);
                answer(connection, unknownOriginalCode(), NO_APPROVAL, script.behaviour(), nowNs);
            }
            case AMOUNT_DIFFERS ->
                refuse(connection, BankCounter.REVERSALS_DIFFERENT, ORIGINAL_AMOUNT_INCORRECT, nowNs);
            default -> refuse(connection, BankCounter.BOOKS_FULL, SYSTEM_MALFUNCTION, nowNs);
        }
    }

    /** A code that is no approval stands for totals that differ. */
    private void onTotals(final BankConnection connection, final long nowNs) {
        script.decide(MessageKind.RECONCILIATION, message);
        if (script.behaviour() == Behaviour.SILENCE) {
            counters.increment(BankCounter.MISBEHAVIOURS);
            return;
        }
        reader.readTotals();
        totals.onTotals(
                connection,
                reader.decoder(),
                message,
                script.isApproving(),
                script.behaviour() == Behaviour.SEND_TOTALS,
                nowNs + configuration.latency().drawNs(script.random()) + script.delayNs());
    }

    private void onNetwork(final BankConnection connection, final MessageKind kind, final long nowNs) {
        script.decide(kind, message);
        if (script.behaviour() == Behaviour.SILENCE) {
            counters.increment(BankCounter.MISBEHAVIOURS);
            return;
        }
        final boolean accepted = script.isApproving();
        switch (kind) {
            case SIGN_ON -> {
                counters.increment(accepted ? BankCounter.SIGN_ONS : BankCounter.SIGN_ONS_REFUSED);
                connection.signedOn(accepted);
            }
            case SIGN_OFF -> connection.signedOn(connection.isSignedOn() && !accepted);
            default -> counters.increment(BankCounter.ECHOES);
        }
        answer(connection, script.code(), NO_APPROVAL, script.behaviour(), nowNs);
    }

    /** A request the bank does not know is refused; an answer nobody asked for is dropped. */
    private void onOther(final BankConnection connection, final long nowNs) {
        final int classAndFunction = message.mti % VERSION / RESPONSE_BIT;
        if (classAndFunction == RECONCILIATION_ANSWER || classAndFunction == RECONCILIATION_ADVICE_ANSWER) {
            totals.onAnswer(reader.decoder());
        } else if (message.mti / RESPONSE_BIT % 2 == 0) {
            refuse(connection, BankCounter.FORMAT_ERRORS, FUNCTION_NOT_SUPPORTED, nowNs);
        } else if (!keyOffers.onAnswer(reader.decoder(), configuration.dialect())) {
            counters.increment(BankCounter.FORMAT_ERRORS);
        }
    }

    /** Refuses a message that breaks off, if it got as far as its STAN; the sender can tell nothing from less. */
    private void onUnreadable(
            final BankConnection connection, final DirectBuffer buffer, final int offset, final long nowNs) {
        final boolean request = message.mti > 0 && message.mti / RESPONSE_BIT % 2 == 0;
        if (request && reader.decoder().isPresent(11)) {
            header.wrap(buffer, offset, configuration.dialect().headerLength());
            refuse(connection, BankCounter.FORMAT_ERRORS, FORMAT_ERROR, nowNs);
        } else {
            counters.increment(BankCounter.FORMAT_ERRORS);
        }
    }

    private int unknownOriginalCode() {
        final String code = configuration.unknownOriginalCode();
        return code.isEmpty() ? packed(ORIGINAL_NOT_FOUND) : ResponseCodes.pack(code);
    }

    private int packed(final int canonical) {
        return configuration.dialect().responseCodes().packed(canonical);
    }

    /** Answers a message that the script has no say in. */
    private void refuse(
            final BankConnection connection, final BankCounter counter, final int canonical, final long nowNs) {
        counters.increment(counter);
        schedule(connection, packed(canonical), NO_APPROVAL, Behaviour.ANSWER, Delivery.WHOLE, nowNs);
    }

    private void answer(
            final BankConnection connection,
            final int code,
            final long approvalNumber,
            final Behaviour behaviour,
            final long nowNs) {
        if (behaviour != Behaviour.ANSWER) {
            counters.increment(BankCounter.MISBEHAVIOURS);
        }
        final long dueNs = nowNs + configuration.latency().drawNs(script.random());
        final long delayedNs = dueNs + script.delayNs();
        switch (behaviour) {
            case SILENCE, SILENCE_AFTER_POSTING -> {
                // Nothing is sent.
            }
            case DUPLICATE_ANSWER -> {
                schedule(connection, code, approvalNumber, behaviour, Delivery.WHOLE, dueNs);
                schedule(connection, code, approvalNumber, behaviour, Delivery.WHOLE, delayedNs);
            }
            case REPLAY_ANSWER -> {
                schedule(connection, code, approvalNumber, behaviour, Delivery.WHOLE, dueNs);
                keyOffers.sendAgain(connection, firstAnswer, firstAnswerLength, delayedNs);
            }
            case REPLAY_KEY_CHANGE -> {
                schedule(connection, code, approvalNumber, behaviour, Delivery.WHOLE, dueNs);
                keyOffers.sendFirstAgain(connection, delayedNs);
            }
            case GARBAGE -> scheduleGarbage(connection, delayedNs);
            case HALF_MESSAGE ->
                schedule(connection, code, approvalNumber, behaviour, Delivery.HALF_THEN_SILENCE, delayedNs);
            case TRICKLE -> schedule(connection, code, approvalNumber, behaviour, Delivery.TRICKLE, delayedNs);
            case DISCONNECT ->
                schedule(connection, code, approvalNumber, behaviour, Delivery.HALF_THEN_RESET, delayedNs);
            default -> schedule(connection, code, approvalNumber, behaviour, Delivery.WHOLE, delayedNs);
        }
    }

    private void schedule(
            final BankConnection connection,
            final int code,
            final long approvalNumber,
            final Behaviour behaviour,
            final Delivery delivery,
            final long dueNs) {
        final int slot = pending.claim();
        final int length = writer.write(
                reader.decoder(),
                header,
                code,
                approvalNumber,
                behaviour,
                pending.buffer(),
                pending.offset(slot),
                PendingAnswers.SLOT_BYTES);
        if (length == BankAnswerWriter.TOO_LONG) {
            counters.increment(BankCounter.ANSWERS_LOST);
            pending.free(slot);
        } else {
            if (firstAnswerLength == 0 && approvalNumber >= 0) {
                firstAnswerLength = length;
                pending.buffer().getBytes(pending.offset(slot), firstAnswer, 0, length);
            }
            pending.schedule(slot, connection, length, delivery, dueNs);
        }
    }

    private void scheduleGarbage(final BankConnection connection, final long dueNs) {
        final int slot = pending.claim();
        final int offset = pending.offset(slot);
        for (int i = 0; i < GARBAGE_BYTES; i += Long.BYTES) {
            pending.buffer().putLong(offset + i, script.random().nextLong());
        }
        pending.schedule(slot, connection, GARBAGE_BYTES, Delivery.WHOLE, dueNs);
    }
}
