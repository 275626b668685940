package io.turnout.gateway.iso;

import org.agrona.MutableDirectBuffer;

/**
 * The point-of-service data code of 1993 (DE22), twelve positions, from what 1987 says in DE22 and DE25. What 1987 does
 * not say is written as unknown. Allocates nothing.
 *
 * <pre>
 *   1 card data input capability     5 cardholder present      9 who authenticates
 *   2 authentication capability      6 card present           10 card data output capability
 *   3 card capture capability        7 card data input mode   11 terminal output capability
 *   4 operating environment          8 authentication method  12 PIN capture capability
 * </pre>
 */
final class PosDataCode {

    static final int LENGTH = 12;

    private static final byte UNKNOWN = '0';
    private static final byte NO = '0';
    private static final byte YES = '1';

    // Entry modes of 1987 (DE22 positions 1 and 2).
    private static final int MANUAL = 1;
    private static final int MAGNETIC_STRIPE = 2;
    private static final int BAR_CODE = 3;
    private static final int OCR = 4;
    private static final int CHIP = 5;
    private static final int KEYED = 6;
    private static final int CONTACTLESS_CHIP = 7;
    private static final int FALLBACK_MANUAL = 79;
    private static final int FALLBACK_STRIPE = 80;
    private static final int FULL_STRIPE = 90;
    private static final int CONTACTLESS_STRIPE = 91;
    private static final int CHIP_UNRELIABLE = 95;

    // Conditions of 1987 (DE25).
    private static final int CUSTOMER_NOT_PRESENT = 1;
    private static final int UNATTENDED = 2;
    private static final int MAIL_OR_TELEPHONE = 8;
    private static final int ELECTRONIC_COMMERCE = 59;

    // PIN capabilities of 1987 (DE22 position 3).
    private static final int PIN_POSSIBLE = 1;
    private static final int PIN_PAD_INOPERATIVE = 6;
    private static final int PIN_PAD_OUT_OF_SERVICE = 8;
    private static final int PIN_VERIFIED_BY_TERMINAL = 9;

    private PosDataCode() {}

    /** Writes the twelve positions from index 0. */
    static void put(
            final int panEntryMode,
            final int pinEntryCapability,
            final int posCondition,
            final boolean hasPin,
            final MutableDirectBuffer target) {
        final byte mode = inputMode(panEntryMode);
        final boolean offline = pinEntryCapability == PIN_VERIFIED_BY_TERMINAL;
        target.putByte(0, mode);
        target.putByte(1, authenticationCapability(pinEntryCapability));
        target.putByte(2, NO);
        target.putByte(3, environment(posCondition));
        target.putByte(4, cardholderPresent(posCondition));
        target.putByte(5, isCardPresent(mode, posCondition) ? YES : NO);
        target.putByte(6, mode);
        target.putByte(7, hasPin || offline ? YES : NO);
        target.putByte(8, entity(hasPin, offline));
        target.putByte(9, UNKNOWN);
        target.putByte(10, UNKNOWN);
        target.putByte(11, pinEntryCapability == PIN_POSSIBLE || offline ? (byte) '1' : NO);
    }

    private static byte inputMode(final int panEntryMode) {
        return switch (panEntryMode) {
            case MANUAL, KEYED, FALLBACK_MANUAL -> '6';
            case MAGNETIC_STRIPE, FALLBACK_STRIPE, FULL_STRIPE, CONTACTLESS_STRIPE -> '2';
            case BAR_CODE -> '3';
            case OCR -> '4';
            case CHIP, CONTACTLESS_CHIP, CHIP_UNRELIABLE -> '5';
            default -> UNKNOWN;
        };
    }

    private static byte authenticationCapability(final int pinEntryCapability) {
        return switch (pinEntryCapability) {
            case PIN_POSSIBLE, PIN_VERIFIED_BY_TERMINAL -> '1';
            case PIN_PAD_INOPERATIVE, PIN_PAD_OUT_OF_SERVICE -> '5';
            default -> UNKNOWN;
        };
    }

    private static byte environment(final int posCondition) {
        return switch (posCondition) {
            case UNATTENDED -> '2';
            case CUSTOMER_NOT_PRESENT, MAIL_OR_TELEPHONE, ELECTRONIC_COMMERCE -> '0';
            default -> '1';
        };
    }

    private static byte cardholderPresent(final int posCondition) {
        return switch (posCondition) {
            case CUSTOMER_NOT_PRESENT -> '1';
            case MAIL_OR_TELEPHONE -> '2';
            case ELECTRONIC_COMMERCE -> '5';
            default -> '0';
        };
    }

    private static boolean isCardPresent(final byte mode, final int posCondition) {
        return mode != UNKNOWN && cardholderPresent(posCondition) == '0';
    }

    /** The authorising agent checks a PIN that is sent, the card one that is not. */
    private static byte entity(final boolean hasPin, final boolean offline) {
        if (hasPin) {
            return '3';
        }
        return offline ? (byte) '1' : NO;
    }
}
