package io.turnout.gateway.security;

import io.turnout.codecs.iso8583.IsoDecoder;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The manner of UnionPay: some data elements as text, joined by single blanks, in upper case, without anything but
 * letters, digits, blanks, commas and full stops. Data elements a message lacks are left out. 0 stands for the MTI.
 */
final class SelectedFields implements MacCoverage {
    private static final int LONGEST_FIELD = 2 * 1024;
    private static final int MTI_DIGITS = 4;

    private final int[] fields;
    private final UnsafeBuffer text = new UnsafeBuffer(new byte[LONGEST_FIELD]);
    private byte[] target;
    private int length;

    SelectedFields(final List<Integer> fields) {
        this.fields = fields.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public int collect(
            final IsoDecoder decoder,
            final DirectBuffer buffer,
            final int offset,
            final int messageLength,
            final byte[] newTarget) {
        target = newTarget;
        length = 0;
        for (final int field : fields) {
            final int characters = field == 0 ? mti(decoder.mti()) : characters(decoder, field);
            if (characters >= 0 && !append(characters)) {
                return TOO_LONG;
            }
        }
        while (length > 0 && target[length - 1] == ' ') {
            length--;
        }
        return length;
    }

    private int mti(final int mti) {
        int rest = mti;
        for (int i = MTI_DIGITS - 1; i >= 0; i--) {
            text.putByte(i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
        return MTI_DIGITS;
    }

    private int characters(final IsoDecoder decoder, final int field) {
        return 2 * decoder.count(field) > LONGEST_FIELD ? LONGEST_FIELD : decoder.getAscii(field, text, 0);
    }

    private boolean append(final int characters) {
        if (length + characters + 1 > target.length || characters == LONGEST_FIELD) {
            return false;
        }
        for (int i = 0; i < characters; i++) {
            appendCharacter(Character.toUpperCase(text.getByte(i)));
        }
        appendCharacter(' ');
        return true;
    }

    private void appendCharacter(final int character) {
        final boolean isBlank = character == ' ';
        final boolean isKept = (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == ','
                || character == '.'
                || (isBlank && length > 0 && target[length - 1] != ' ');
        if (isKept) {
            target[length++] = (byte) character;
        }
    }
}
