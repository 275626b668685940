package io.turnout.security;

import java.util.Locale;

/** The check character of resident identity numbers of China, GB 11643-1999 (ISO 7064 MOD 11-2). */
public final class ResidentIdentity {
    private static final int LENGTH = 18;
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHARACTERS = "10X98765432";

    private ResidentIdentity() {}

    /** Whether all 18 characters are there and the last is the right one; a small x is accepted. */
    public static boolean isValid(final String number) throws CryptoException {
        return number.length() == LENGTH
                && checkCharacter(number) == number.toUpperCase(Locale.ROOT).charAt(LENGTH - 1);
    }

    /**
     * The character that belongs at the end.
     *
     * @param number the first 17 digits, or all 18 characters, of which the last is not looked at
     */
    public static char checkCharacter(final String number) throws CryptoException {
        if (number.length() != LENGTH && number.length() != LENGTH - 1) {
            throw new CryptoException(CryptoError.BAD_PARAMETER, "a resident identity has 17 digits and a check");
        }
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            final char digit = number.charAt(i);
            if (digit < '0' || digit > '9') {
                throw new CryptoException(CryptoError.BAD_PARAMETER, "character " + (i + 1) + " is not a digit");
            }
            sum += WEIGHTS[i] * (digit - '0');
        }
        return CHARACTERS.charAt(sum % CHARACTERS.length());
    }
}
