package io.turnout.security;

/** PIN block formats of ISO 9564-1 that may travel; format 2 is for the chip of a card alone. */
public enum PinBlockFormat {
    /** Filled with F and bound to the card number; DES. The same as ANSI X9.8 and ECI-1. */
    FORMAT_0(0, CipherAlgorithm.TDES),
    /** Filled with random digits and bound to nothing; DES. */
    FORMAT_1(1, CipherAlgorithm.TDES),
    /** Filled with F and bound to nothing; only between a terminal and a chip. */
    FORMAT_2(2, CipherAlgorithm.TDES),
    /** Filled with random A to F and bound to the card number; DES. */
    FORMAT_3(3, CipherAlgorithm.TDES),
    /** 16 bytes, bound to the card number by a double encryption; AES. */
    FORMAT_4(4, CipherAlgorithm.AES);

    private final int code;
    private final CipherAlgorithm cipher;

    PinBlockFormat(final int code, final CipherAlgorithm cipher) {
        this.code = code;
        this.cipher = cipher;
    }

    /** The number of the format, the first digit of a clear block. */
    public int code() {
        return code;
    }

    /** The cipher that blocks of this format are made for; format 4 takes any with blocks of 16 bytes. */
    public CipherAlgorithm cipher() {
        return cipher;
    }

    /** Bytes of a block. */
    public int length() {
        return cipher.blockLength();
    }

    /** Whether the block says which card it is for. */
    public boolean isBoundToCard() {
        return this == FORMAT_0 || this == FORMAT_3 || this == FORMAT_4;
    }

    /**
     * Whether ISO 9564-1 clause 9.4 lets a PIN pass from this format into another: never into a format that loses the
     * card, never into or out of the chip's.
     */
    public boolean mayBecome(final PinBlockFormat target) {
        if (this == FORMAT_2 || target == FORMAT_2) {
            return false;
        }
        return target.isBoundToCard() || this == FORMAT_1;
    }
}
