package io.turnout.simulators.bank;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.ResponseCodes;
import io.turnout.simulators.Counters;
import org.agrona.concurrent.UnsafeBuffer;

/** Sends new keys to the switch and hears whether it takes them; remembers old messages to send them again. */
final class BankKeyOffers {
    private static final int NETWORK_RESPONSE = 810;
    private static final int RESPONSE_CODE = 39;
    private static final int STANS = 1_000_000;
    /** The bank's own messages have STANs of their own, from here on. */
    private static final int FIRST_STAN = 900_000;

    private final BankSecurity security;
    private final BankAnswerWriter writer;
    private final PendingAnswers pending;
    private final Counters<BankCounter> counters;
    private final byte[] first = new byte[PendingAnswers.SLOT_BYTES];
    private int firstLength;
    private int stan = FIRST_STAN;

    BankKeyOffers(
            final BankSecurity security,
            final BankAnswerWriter writer,
            final PendingAnswers pending,
            final Counters<BankCounter> counters) {
        this.security = security;
        this.writer = writer;
        this.pending = pending;
        this.counters = counters;
    }

    /** Makes a new key and sends it. */
    void send(final BankConnection connection, final IsoDecoder request, final UnsafeBuffer header, final long nowNs) {
        if (!pending.hasRoom()) {
            counters.increment(BankCounter.OVERLOADED);
            return;
        }
        stan = stan + 1 == STANS ? FIRST_STAN : stan + 1;
        final int slot = pending.claim();
        final int offset = pending.offset(slot);
        final int length = writer.writeKey(
                request, header, stan, security.offer(), pending.buffer(), offset, PendingAnswers.SLOT_BYTES);
        if (length == BankAnswerWriter.TOO_LONG) {
            counters.increment(BankCounter.ANSWERS_LOST);
            pending.free(slot);
            return;
        }
        if (firstLength == 0) {
            firstLength = length;
            pending.buffer().getBytes(offset, first, 0, length);
        }
        counters.increment(BankCounter.KEYS_SENT);
        pending.schedule(slot, connection, length, Delivery.WHOLE, nowNs);
    }

    /** Takes the answer to a message with a key; false when it is something else. */
    boolean onAnswer(final IsoDecoder answer, final Dialect dialect) {
        if (answer.mti() != NETWORK_RESPONSE || answer.getLong(70) != security.changeCode()) {
            return false;
        }
        final String code = answer.getString(RESPONSE_CODE);
        final boolean accepted = code != null
                && dialect.responseCodes().canonical(ResponseCodes.pack(code)) < ResponseCodes.FIRST_DECLINE;
        counters.increment(security.onAnswered(answer, accepted) ? BankCounter.KEYS_TAKEN : BankCounter.KEYS_REFUSED);
        return true;
    }

    /** Sends the first message with a key again, as somebody does who has listened. */
    void sendFirstAgain(final BankConnection connection, final long dueNs) {
        sendAgain(connection, first, firstLength, dueNs);
    }

    /** Sends an old frame again. */
    void sendAgain(final BankConnection connection, final byte[] frame, final int length, final long dueNs) {
        if (length > 0 && pending.hasRoom()) {
            final int slot = pending.claim();
            pending.buffer().putBytes(pending.offset(slot), frame, 0, length);
            pending.schedule(slot, connection, length, Delivery.WHOLE, dueNs);
        }
    }
}
