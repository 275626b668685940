package io.turnout.gateway.vault;

/** The kinds of sensitive authentication data a slot holds (PCI DSS 3.3.1), and where in the slot each lies. */
public enum SensitiveDataKind {
    /** Track 2 without sentinels, at most 37 characters. */
    TRACK2(0, 37),
    /** Encrypted PIN block, 8 or 16 bytes. */
    PIN_BLOCK(TRACK2.endOffset(), 16),
    /** Card security code, 3 or 4 digits. */
    SECURITY_CODE(PIN_BLOCK.endOffset(), 4),
    /** EMV data as BER-TLV. */
    ICC_DATA(SECURITY_CODE.endOffset(), 254),
    /** Key serial number of the device that made the PIN block (DUKPT), 10 or 12 bytes. */
    PIN_KSN(ICC_DATA.endOffset(), 12);

    private static final int LENGTH_BYTES = 1;

    private final int lengthOffset;
    private final int maximumLength;

    SensitiveDataKind(final int lengthOffset, final int maximumLength) {
        this.lengthOffset = lengthOffset;
        this.maximumLength = maximumLength;
    }

    /** The longest value in bytes. */
    public int maximumLength() {
        return maximumLength;
    }

    int lengthOffset() {
        return lengthOffset;
    }

    int dataOffset() {
        return lengthOffset + LENGTH_BYTES;
    }

    int endOffset() {
        return dataOffset() + maximumLength;
    }
}
