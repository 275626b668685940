package io.turnout.security;

/** The check digit of card numbers, ISO/IEC 7812-1 annex B. */
public final class LuhnNumber {
    private LuhnNumber() {}

    /** Whether the last digit is the right one. */
    public static boolean isValid(final CharSequence number) throws CryptoException {
        requireDigits(number);
        return number.length() > 1 && sum(number, false) % 10 == 0;
    }

    /** The digit to append to a number that lacks it. */
    public static char checkDigit(final CharSequence number) throws CryptoException {
        requireDigits(number);
        return (char) ('0' + (10 - sum(number, true) % 10) % 10);
    }

    private static int sum(final CharSequence number, final boolean doubleLast) {
        int sum = 0;
        boolean doubled = doubleLast;
        for (int i = number.length() - 1; i >= 0; i--) {
            final int digit = number.charAt(i) - '0';
            final int value = doubled ? 2 * digit : digit;
            sum += value > 9 ? value - 9 : value;
            doubled = !doubled;
        }
        return sum;
    }

    private static void requireDigits(final CharSequence number) throws CryptoException {
        if (number.length() == 0 || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new CryptoException(CryptoError.BAD_PARAMETER, "the number is not all digits");
        }
    }
}
