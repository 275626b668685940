package io.turnout.gateway.issuer;

import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.sbe.engine.IssuerResponseEncoder;
import io.turnout.gateway.iso.IsoFields;

/**
 * The balances of an answer (DE54): up to six amounts of twenty characters each. Account type (2), type of amount (2),
 * currency (3), C or D, and the amount in minor units (12). Used by one thread; allocates nothing.
 */
final class Balances {

    /** No balance is given, or none that can be read. */
    static final long UNKNOWN = IssuerResponseEncoder.balanceMinorNullValue();

    private static final int AMOUNT_LENGTH = 20;
    private static final int TYPE_OFFSET = 2;
    private static final int CURRENCY_OFFSET = 4;
    private static final int SIGN_OFFSET = 7;
    private static final int VALUE_OFFSET = 8;
    private static final int AVAILABLE = 2;
    private static final int NOT_DIGITS = -1;

    private final IsoDecoder decoder;

    Balances(final IsoDecoder decoder) {
        this.decoder = decoder;
    }

    /** The first available balance in the currency of the answer decoded last, or {@link #UNKNOWN}. */
    long availableMinor() {
        final int length = decoder.count(IsoFields.ADDITIONAL_AMOUNTS);
        final long currency = decoder.getLong(IsoFields.CURRENCY);
        for (int from = 0; currency >= 0 && from + AMOUNT_LENGTH <= length; from += AMOUNT_LENGTH) {
            if (digits(from + TYPE_OFFSET, CURRENCY_OFFSET - TYPE_OFFSET) == AVAILABLE
                    && digits(from + CURRENCY_OFFSET, SIGN_OFFSET - CURRENCY_OFFSET) == currency) {
                return signed(from);
            }
        }
        return UNKNOWN;
    }

    private long signed(final int from) {
        final long amountMinor = digits(from + VALUE_OFFSET, AMOUNT_LENGTH - VALUE_OFFSET);
        final int sign = decoder.characterAt(IsoFields.ADDITIONAL_AMOUNTS, from + SIGN_OFFSET);
        if (amountMinor == NOT_DIGITS || (sign != 'C' && sign != 'D')) {
            return UNKNOWN;
        }
        return sign == 'C' ? amountMinor : -amountMinor;
    }

    private long digits(final int from, final int count) {
        long value = 0;
        for (int i = from; i < from + count; i++) {
            final int digit = decoder.characterAt(IsoFields.ADDITIONAL_AMOUNTS, i) - '0';
            if (digit < 0 || digit > 9) {
                return NOT_DIGITS;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
