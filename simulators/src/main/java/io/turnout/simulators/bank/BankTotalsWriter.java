package io.turnout.simulators.bank;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.codecs.iso8583.ResponseCodes;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes what a bank says about totals: answers to 0500 and 0520, and an 0520 of its own; of 1993 as well. */
final class BankTotalsWriter {

    static final int IN_BALANCE = 1;
    static final int OUT_OF_BALANCE = 2;
    static final int NO_TOTALS = 9;

    private static final int VERSION = 1000;
    private static final int RESPONSE = 10;
    private static final int ADVICE = 520;
    private static final int FINAL_RECONCILIATION = 500;
    private static final int RECONCILE_ERROR = 9115;
    private static final int CODES_OF_1993 = 499;
    private static final int NO_TOTALS_OF_1993 = 503;

    private final Dialect dialect;
    private final Framing framing;
    private final BankSecurity security;
    private final IsoEncoder encoder;
    private final UnsafeBuffer text = new UnsafeBuffer(new byte[256]);

    BankTotalsWriter(final Dialect dialect, final Framing framing, final BankSecurity security) {
        this.security = security;
        this.dialect = dialect;
        this.framing = framing;
        this.encoder = new IsoEncoder(dialect);
    }

    /** The answer to totals: the outcome, and the bank's own totals when they differ; the length of the frame. */
    int answer(
            final IsoDecoder request,
            final int outcome,
            final long[] totals,
            final MutableDirectBuffer buffer,
            final int offset,
            final int capacity) {
        final boolean of1993 = request.mti() / VERSION == 1;
        begin((request.mti() & ~1) + RESPONSE, buffer, offset, capacity);
        echo(request, 7, 11, 12, 15, 24, 28, 33);
        encoder.putPacked(39, of1993 ? codeOf1993(outcome) : codeOf1987(outcome));
        echo(request, 50);
        if (!of1993) {
            encoder.putLong(66, outcome);
        }
        if (outcome == OUT_OF_BALANCE) {
            putTotals(totals);
        }
        echo(request, 99, 100);
        return finish(buffer, offset);
    }

    /** Totals of the bank for the date and currency of a request of the other side. */
    int request(
            final IsoDecoder like,
            final int stan,
            final long[] totals,
            final MutableDirectBuffer buffer,
            final int offset,
            final int capacity) {
        final boolean of1993 = like.mti() / VERSION == 1;
        begin(like.mti() / VERSION * VERSION + ADVICE, buffer, offset, capacity);
        echo(like, 7);
        encoder.putLong(11, stan);
        echo(like, 12, 15);
        if (of1993) {
            encoder.putLong(24, FINAL_RECONCILIATION);
        }
        echo(like, 28, 50);
        putTotals(totals);
        echo(like, 99, 100);
        return finish(buffer, offset);
    }

    private void begin(final int mti, final MutableDirectBuffer buffer, final int offset, final int capacity) {
        encoder.wrap(
                        buffer,
                        offset + framing.headerLength(),
                        capacity - framing.headerLength() - framing.trailerLength())
                .begin(mti);
    }

    private int finish(final MutableDirectBuffer buffer, final int offset) {
        final int length = security.finish(encoder, buffer, offset + framing.headerLength(), Behaviour.ANSWER);
        return length < 0
                ? BankAnswerWriter.TOO_LONG
                : Math.max(BankAnswerWriter.TOO_LONG, framing.write(buffer, offset, length));
    }

    private void echo(final IsoDecoder request, final int... fields) {
        for (final int field : fields) {
            if (request.isPresent(field)) {
                encoder.putAscii(field, text, 0, request.getAscii(field, text, 0));
            }
        }
    }

    private void putTotals(final long[] totals) {
        for (int i = 0; i < totals.length; i++) {
            encoder.putLong(BankTotals.FIELDS[i], totals[i]);
        }
    }

    private int codeOf1987(final int outcome) {
        return dialect.responseCodes().packed(outcome == OUT_OF_BALANCE ? RECONCILE_ERROR : 0);
    }

    private static int codeOf1993(final int outcome) {
        return ResponseCodes.pack(Integer.toString(outcome == NO_TOTALS ? NO_TOTALS_OF_1993 : CODES_OF_1993 + outcome));
    }
}
