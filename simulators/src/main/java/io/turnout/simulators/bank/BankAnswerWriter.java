package io.turnout.simulators.bank;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.codecs.iso8583.ResponseCodes;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes answers as whole frames: echoes what ISO 8583 wants echoed, adds DE38 and DE39, and distorts on request. */
final class BankAnswerWriter {

    /** Answered when the answer does not fit. */
    static final int TOO_LONG = -1;

    private static final int APPROVAL_CODE = 38;
    private static final int RESPONSE_CODE = 39;
    private static final int BALANCES = 54;
    private static final int NETWORK_REQUEST = 800;
    private static final int BALANCE_CHARACTERS = 20;
    private static final int FIRST_INQUIRY = 30_0000;
    private static final int FIRST_TRANSFER = 40_0000;
    private static final int APPROVAL_CODE_LENGTH = 6;
    private static final int BASE = 36;
    private static final int STANS = 1_000_000;
    private static final int RESPONSE = 10;
    private static final int CLASS = 100;
    private static final int REVERSAL_OF_1993 = 14;
    private static final int NETWORK_OF_1993 = 18;
    private static final int APPROVED_OF_1993 = ResponseCodes.pack("000");
    private static final int REVERSED_OF_1993 = ResponseCodes.pack("400");
    private static final int NETWORK_ACCEPTED_OF_1993 = ResponseCodes.pack("800");
    private static final int[] ECHOED = {
        2,
        3,
        4,
        7,
        11,
        12,
        13,
        15,
        24,
        28,
        30,
        32,
        33,
        37,
        APPROVAL_CODE,
        RESPONSE_CODE,
        41,
        42,
        49,
        BALANCES,
        56,
        70,
        90,
        100
    };

    private final Dialect dialect;
    private final Framing framing;
    private final IsoEncoder encoder;
    private final BankSecurity security;
    private final UnsafeBuffer text = new UnsafeBuffer(new byte[2048]);

    BankAnswerWriter(final Dialect dialect, final Framing framing, final BankSecurity security) {
        this.security = security;
        this.dialect = dialect;
        this.framing = framing;
        this.encoder = new IsoEncoder(dialect);
    }

    /**
     * Writes the answer to a request.
     *
     * @param header buffer and offset of the request's header, copied where the dialect has one
     * @param code DE39, packed
     * @param approvalNumber made into DE38; negative = none
     * @return length of the frame, or {@link #TOO_LONG}
     */
    int write(
            final IsoDecoder request,
            final UnsafeBuffer header,
            final int code,
            final long approvalNumber,
            final Behaviour distortion,
            final MutableDirectBuffer buffer,
            final int offset,
            final int capacity) {
        final int messageCapacity = capacity - framing.headerLength() - framing.trailerLength();
        encoder.wrap(buffer, offset + framing.headerLength(), messageCapacity);
        encoder.begin((request.mti() & ~1) + RESPONSE);
        encoder.putHeader(header, 0, dialect.headerLength());
        for (final int field : ECHOED) {
            if (field == APPROVAL_CODE) {
                putApprovalCode(approvalNumber);
            } else if (field == RESPONSE_CODE) {
                encoder.putPacked(RESPONSE_CODE, codeOf(request.mti(), code));
            } else if (field == BALANCES) {
                putBalance(request, approvalNumber);
            } else if (request.isPresent(field)) {
                echo(request, field, distortion);
            }
        }
        final int length = security.finish(encoder, buffer, offset + framing.headerLength(), distortion);
        return length < 0 ? TOO_LONG : Math.max(TOO_LONG, framing.write(buffer, offset, length));
    }

    /** Writes 0800 with a new key in DE48; date and time are those of a message of the switch. */
    int writeKey(
            final IsoDecoder request,
            final UnsafeBuffer header,
            final int stan,
            final String key,
            final MutableDirectBuffer buffer,
            final int offset,
            final int capacity) {
        final int messageCapacity = capacity - framing.headerLength() - framing.trailerLength();
        encoder.wrap(buffer, offset + framing.headerLength(), messageCapacity).begin(NETWORK_REQUEST);
        encoder.putHeader(header, 0, dialect.headerLength())
                .putLong(7, request.getLong(7))
                .putLong(11, stan)
                .putString(48, key)
                .putLong(70, security.changeCode());
        final int length = security.finish(encoder, buffer, offset + framing.headerLength(), Behaviour.ANSWER);
        return length < 0 ? TOO_LONG : Math.max(TOO_LONG, framing.write(buffer, offset, length));
    }

    /** In 1993 an accepted reversal is 400, and accepted network management 800. */
    private static int codeOf(final int mti, final int code) {
        return code != APPROVED_OF_1993
                ? code
                : switch (mti / CLASS) {
                    case REVERSAL_OF_1993 -> REVERSED_OF_1993;
                    case NETWORK_OF_1993 -> NETWORK_ACCEPTED_OF_1993;
                    default -> code;
                };
    }

    private void echo(final IsoDecoder request, final int field, final Behaviour distortion) {
        if (field == 11 && distortion == Behaviour.UNKNOWN_STAN) {
            encoder.putLong(field, (request.getLong(field) + STANS / 2) % STANS);
            return;
        }
        if (field == 4 && distortion == Behaviour.WRONG_AMOUNT) {
            encoder.putLong(field, request.getLong(field) + 1);
            return;
        }
        final int length = request.getAscii(field, text, 0);
        if (field == 37 && distortion == Behaviour.WRONG_RRN) {
            text.putByte(0, (byte) (text.getByte(0) == 'X' ? 'Y' : 'X'));
        }
        encoder.putAscii(field, text, 0, length);
    }

    /** The available balance, in answer to an inquiry that is approved: of each card, the last four digits. */
    private void putBalance(final IsoDecoder request, final long approvalNumber) {
        final long processingCode = request.getLong(3);
        final int panLength = request.count(2);
        if (approvalNumber < 0 || processingCode < FIRST_INQUIRY || processingCode >= FIRST_TRANSFER) {
            return;
        }
        text.setMemory(0, BALANCE_CHARACTERS, (byte) '0');
        text.putByte(3, (byte) '2');
        request.getAscii(49, text, 4);
        text.putByte(7, (byte) 'C');
        for (int i = 1; i <= 4; i++) {
            text.putByte(BALANCE_CHARACTERS - i, (byte) request.characterAt(2, panLength - i));
        }
        encoder.putAscii(BALANCES, text, 0, BALANCE_CHARACTERS);
    }

    private void putApprovalCode(final long approvalNumber) {
        if (approvalNumber < 0 || !dialect.has(APPROVAL_CODE)) {
            return;
        }
        long rest = approvalNumber;
        for (int i = APPROVAL_CODE_LENGTH - 1; i >= 0; i--) {
            text.putByte(i, (byte) Character.toUpperCase(Character.forDigit((int) (rest % BASE), BASE)));
            rest /= BASE;
        }
        encoder.putAscii(APPROVAL_CODE, text, 0, APPROVAL_CODE_LENGTH);
    }
}
