package io.turnout.security.link;

import io.turnout.security.CryptoException;
import io.turnout.security.Hex;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How a MAC stands in DE64 or DE128. */
public enum MacForm {
    /** Its bytes, followed by zeros if the field is longer. */
    BYTES {
        @Override
        byte[] toField(final byte[] mac, final int fieldLength) {
            return Arrays.copyOf(mac, fieldLength);
        }

        @Override
        byte[] macIn(final byte[] field, final int macLength) {
            return isZeroFrom(field, macLength) ? Arrays.copyOf(field, macLength) : new byte[0];
        }
    },
    /** Two hexadecimal characters for each byte, as in DE128 of UnionPay; either case is accepted. */
    HEXADECIMAL {
        @Override
        byte[] toField(final byte[] mac, final int fieldLength) {
            return Hex.encode(mac).getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        byte[] macIn(final byte[] field, final int macLength) {
            try {
                return Hex.decode("the MAC", new String(field, StandardCharsets.ISO_8859_1));
            } catch (final CryptoException e) {
                return new byte[0];
            }
        }
    };

    /** The field's content for a MAC. */
    abstract byte[] toField(byte[] mac, int fieldLength);

    /** The MAC in a field; something of another length, which no MAC equals, when the field is malformed. */
    abstract byte[] macIn(byte[] field, int macLength);

    private static boolean isZeroFrom(final byte[] field, final int from) {
        int rest = field.length < from ? 1 : 0;
        for (int i = from; i < field.length; i++) {
            rest |= field[i];
        }
        return rest == 0;
    }
}
