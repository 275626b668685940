package io.turnout.security.link;

import java.util.Arrays;

/** How a MAC stands in DE64 or DE128. */
public enum MacForm {
    /** Its bytes, followed by zeros if the field is longer. */
    BYTES {
        @Override
        int fieldLength(final int macLength, final int wanted) {
            return Math.max(macLength, wanted);
        }

        @Override
        void toField(final byte[] mac, final int macLength, final byte[] field, final int fieldLength) {
            System.arraycopy(mac, 0, field, 0, macLength);
            Arrays.fill(field, macLength, fieldLength, (byte) 0);
        }

        @Override
        boolean macIn(final byte[] field, final int fieldLength, final byte[] mac, final int macLength) {
            int rest = fieldLength < macLength ? 1 : 0;
            for (int i = macLength; i < fieldLength; i++) {
                rest |= field[i];
            }
            System.arraycopy(field, 0, mac, 0, Math.min(macLength, fieldLength));
            return rest == 0;
        }
    },
    /** Two hexadecimal characters for each byte, as in DE128 of UnionPay; either case is accepted. */
    HEXADECIMAL {
        @Override
        int fieldLength(final int macLength, final int wanted) {
            return 2 * macLength;
        }

        @Override
        void toField(final byte[] mac, final int macLength, final byte[] field, final int fieldLength) {
            for (int i = 0; i < macLength; i++) {
                field[2 * i] = digit((mac[i] & 0xFF) >> 4);
                field[2 * i + 1] = digit(mac[i] & 0xF);
            }
        }

        @Override
        boolean macIn(final byte[] field, final int fieldLength, final byte[] mac, final int macLength) {
            boolean valid = fieldLength == 2 * macLength;
            for (int i = 0; valid && i < macLength; i++) {
                final int high = Character.digit(field[2 * i], 16);
                final int low = Character.digit(field[2 * i + 1], 16);
                valid = high >= 0 && low >= 0;
                mac[i] = (byte) (high << 4 | low);
            }
            return valid;
        }
    };

    /** Bytes or characters that the field must have when it is configured to have so many. */
    abstract int fieldLength(int macLength, int wanted);

    /** Writes the field's content for a MAC. */
    abstract void toField(byte[] mac, int macLength, byte[] field, int fieldLength);

    /** Takes the MAC out of a field; false when the field is malformed, so that no MAC equals it. */
    abstract boolean macIn(byte[] field, int fieldLength, byte[] mac, int macLength);

    private static byte digit(final int value) {
        return (byte) (value < 10 ? '0' + value : 'A' + value - 10);
    }
}
