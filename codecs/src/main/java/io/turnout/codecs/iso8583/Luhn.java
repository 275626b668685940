package io.turnout.codecs.iso8583;

import org.agrona.DirectBuffer;

/** The check digit of card numbers, ISO/IEC 7812-1 annex B: every second digit from the right is doubled. */
public final class Luhn {
    private static final int[] DOUBLED = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9};

    private Luhn() {}

    /**
     * Whether the last digit checks the others.
     *
     * @param buffer holds the number in ASCII digits
     * @return false as well when it is empty or has anything else than digits
     */
    public static boolean isValid(final DirectBuffer buffer, final int offset, final int length) {
        int sum = 0;
        boolean doubled = false;
        for (int i = offset + length - 1; i >= offset; i--) {
            final int digit = buffer.getByte(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            sum += doubled ? DOUBLED[digit] : digit;
            doubled = !doubled;
        }
        return length > 0 && sum % 10 == 0;
    }
}
