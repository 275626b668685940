package io.turnout.simulators.bank;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.IsoDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads requests with a flyweight: says what kind they are and fills a {@link BankMessage}; decides nothing. */
final class BankMessageReader {

    private static final int LONGEST_REFERENCE = 12;
    private static final int ORIGINAL_DIGITS = 42;
    private static final int ORIGINAL_STAN = 4;
    private static final int ORIGINAL_TRANSMISSION = 10;
    private static final int ORIGINAL_INSTITUTION = 20;
    private static final int ORIGINAL_END = 31;
    private static final int ORIGINAL_LENGTH_OF_1993 = 22;
    private static final int ORIGINAL_INSTITUTION_OF_1993 = 24;
    private static final int REPLACEMENT_END = 12;
    private static final int PARTIAL_REVERSAL = 401;
    private static final int VERSION = 1000;
    private static final int MONTH_AND_DAY = 10_000;
    private static final long YEAR = 10_000_000_000L;
    /** DE3 has the type of transaction in front of four digits of accounts. */
    private static final int ACCOUNTS = 10_000;

    private final IsoDecoder decoder;
    private final BankMessage message = new BankMessage();
    private final UnsafeBuffer text = new UnsafeBuffer(new byte[512]);

    BankMessageReader(final Dialect dialect) {
        decoder = new IsoDecoder(dialect);
    }

    /** The flyweight on the request. */
    IsoDecoder decoder() {
        return decoder;
    }

    /** What was read. */
    BankMessage message() {
        return message;
    }

    /** Wraps a request; false when it cannot be read to its end. */
    boolean wrap(final DirectBuffer buffer, final int offset, final int length) {
        message.clear();
        final boolean readable = decoder.decode(buffer, offset, length) == 0;
        message.mti = decoder.mti();
        return readable;
    }

    /** What the request asks for. */
    MessageKind kind() {
        return switch (message.mti % 1000 / 10) {
            case 10, 20 -> MessageKind.PAYMENT;
            case 12, 22 -> MessageKind.ADVICE;
            case 40, 42 -> MessageKind.REVERSAL;
            case 50, 52 -> MessageKind.RECONCILIATION;
            case 80, 82 -> networkKind();
            default -> MessageKind.OTHER;
        };
    }

    /** Reads a payment request or an advice; false when a field is missing that the books need. */
    boolean readPayment() {
        final boolean namesOriginal = decoder.isPresent(isOf1993() ? 56 : 90);
        final int type = (int) Math.max(0, decoder.getLong(3) / ACCOUNTS);
        message.purpose = Purpose.of(type, message.mti % 1000 / 100 == 1, namesOriginal);
        return readCommon() && (!namesOriginal || readOriginal());
    }

    /** Reads a reversal; false when a field is missing that the books need. */
    boolean readReversal() {
        return readCommon() && readOriginal() && readReplacement();
    }

    /** Forgets the card number. */
    void clear() {
        message.clear();
    }

    /** Reads of which date and currency totals are. */
    void readTotals() {
        message.settlementDate = monthAndDay(decoder.getLong(isOf1993() ? 28 : 15));
        message.currency = (int) Math.max(0, decoder.getLong(50));
    }

    private static int monthAndDay(final long date) {
        return (int) (Math.max(0, date) % MONTH_AND_DAY);
    }

    private boolean readCommon() {
        message.settlementDate = monthAndDay(decoder.getLong(15));
        return readPan() && readReference() && readKey() && readMoney();
    }

    private MessageKind networkKind() {
        final long code = decoder.isPresent(70) ? decoder.getLong(70) : decoder.getLong(24);
        return switch ((int) Math.max(-1, Math.min(code, 999))) {
            case 1, 61, 801 -> MessageKind.SIGN_ON;
            case 2, 62, 802 -> MessageKind.SIGN_OFF;
            case 270, 301, 831 -> MessageKind.ECHO;
            default -> MessageKind.OTHER;
        };
    }

    private boolean readPan() {
        final int length = decoder.count(2);
        if (length < 1 || length > BankMessage.LONGEST_PAN) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            final int digit = decoder.characterAt(2, i);
            if (digit < '0' || digit > '9') {
                return false;
            }
            message.pan[i] = (byte) digit;
        }
        message.panLength = length;
        return true;
    }

    private boolean readReference() {
        if (decoder.count(37) != LONGEST_REFERENCE) {
            return false;
        }
        long high = 0;
        int low = 0;
        for (int i = 0; i < LONGEST_REFERENCE; i++) {
            final int character = decoder.characterAt(37, i);
            if (character < ' ' || character > '~' || character == '"' || character == '\\') {
                return false;
            }
            if (i < Long.BYTES) {
                high = high << Byte.SIZE | character;
            } else {
                low = low << Byte.SIZE | character;
            }
        }
        message.rrnHigh = high;
        message.rrnLow = low;
        return true;
    }

    private boolean readKey() {
        final long stan = decoder.getLong(11);
        message.stan = (int) stan;
        message.transmissionDateTime = isOf1993() ? localTime(decoder.getLong(12)) : decoder.getLong(7);
        message.institutionId = decoder.getLong(32);
        return stan >= 0 && message.transmissionDateTime >= 0 && message.institutionId >= 0;
    }

    /** 1993 names an original by its local date and time, of which the year is left out here. */
    private static long localTime(final long yymmddhhmmss) {
        return yymmddhhmmss < 0 ? -1 : yymmddhhmmss % YEAR;
    }

    private boolean isOf1993() {
        return message.mti / VERSION == 1;
    }

    private boolean readMoney() {
        message.amountMinor = decoder.getLong(4);
        final long currency = decoder.getLong(49);
        message.currency = (int) currency;
        return message.amountMinor >= 0 && currency >= 0 && currency <= 999;
    }

    private boolean readOriginal() {
        return isOf1993() ? readOriginalOf1993() : readOriginalOf1987();
    }

    private boolean readOriginalOf1993() {
        final int length = decoder.count(56);
        if (length < ORIGINAL_INSTITUTION_OF_1993 || decoder.getAscii(56, text, 0) != length) {
            return false;
        }
        final long stan = number(ORIGINAL_STAN, ORIGINAL_TRANSMISSION);
        message.originalStan = (int) stan;
        message.originalTransmissionDateTime = localTime(number(ORIGINAL_TRANSMISSION, ORIGINAL_LENGTH_OF_1993));
        message.originalInstitutionId = number(ORIGINAL_INSTITUTION_OF_1993, length);
        return stan >= 0
                && message.originalTransmissionDateTime >= 0
                && message.originalInstitutionId > 0
                && number(ORIGINAL_LENGTH_OF_1993, ORIGINAL_INSTITUTION_OF_1993)
                        == length - ORIGINAL_INSTITUTION_OF_1993;
    }

    private boolean readOriginalOf1987() {
        if (decoder.count(90) != ORIGINAL_DIGITS || decoder.getAscii(90, text, 0) != ORIGINAL_DIGITS) {
            return false;
        }
        final long stan = number(ORIGINAL_STAN, ORIGINAL_TRANSMISSION);
        message.originalStan = (int) stan;
        message.originalTransmissionDateTime = number(ORIGINAL_TRANSMISSION, ORIGINAL_INSTITUTION);
        final long institution = number(ORIGINAL_INSTITUTION, ORIGINAL_END);
        message.originalInstitutionId = institution == 0 ? message.institutionId : institution;
        return stan >= 0 && message.originalTransmissionDateTime >= 0 && institution >= 0;
    }

    /** The first amount of DE95, if there is one; in 1993 DE4, if DE24 says so, and DE30 has what DE4 was. */
    private boolean readReplacement() {
        return isOf1993() ? readReplacementOf1993() : readReplacementOf1987();
    }

    private boolean readReplacementOf1993() {
        if (decoder.getLong(24) != PARTIAL_REVERSAL) {
            return !decoder.isPresent(30);
        }
        if (decoder.getAscii(30, text, 0) < REPLACEMENT_END) {
            return false;
        }
        message.replacementMinor = message.amountMinor;
        message.amountMinor = number(0, REPLACEMENT_END);
        return message.amountMinor >= 0 && message.replacementMinor > 0;
    }

    private boolean readReplacementOf1987() {
        if (!decoder.isPresent(95)) {
            return true;
        }
        if (decoder.getAscii(95, text, 0) < REPLACEMENT_END) {
            return false;
        }
        message.replacementMinor = number(0, REPLACEMENT_END);
        return message.replacementMinor >= 0;
    }

    /** The digits of the field in {@link #text} from one position to below another as a number, or -1. */
    private long number(final int from, final int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            final int digit = text.getByte(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
