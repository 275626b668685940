package io.turnout.gateway.issuer;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.codecs.sbe.engine.PanTokenDecoder;
import io.turnout.gateway.iso.IsoFields;
import io.turnout.gateway.security.PinTranslator;
import io.turnout.gateway.vault.CardVault;
import io.turnout.gateway.vault.SensitiveDataKind;
import io.turnout.gateway.vault.SensitiveDataSlots;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.agrona.AsciiSequenceView;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The data elements that hold card data in clear: the card number, and what is kept of a payment in a slot. Used by one
 * thread; nothing but opening the card number allocates.
 */
final class CardFields {

    private static final byte[] HEX_DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private final Dialect dialect;
    private final CardVault vault;
    private final SensitiveDataSlots slots;
    private final PinTranslator pins;
    private final UnsafeBuffer pan = new UnsafeBuffer(ByteBuffer.allocateDirect(CardVault.MAXIMUM_PAN_LENGTH));
    private final UnsafeBuffer hex =
            new UnsafeBuffer(ByteBuffer.allocateDirect(2 * SensitiveDataKind.ICC_DATA.maximumLength()));
    private final AsciiSequenceView panText = new AsciiSequenceView();
    private int panLength;
    private int pinLength;

    CardFields(final Dialect dialect, final CardVault vault, final SensitiveDataSlots slots, final PinTranslator pins) {
        this.dialect = dialect;
        this.vault = vault;
        this.slots = slots;
        this.pins = pins;
    }

    /** Opens the card number of an event; false when that cannot be done. {@link #putPan} follows. */
    boolean openPan(final DirectBuffer source, final int offset, final PanTokenDecoder token) {
        panLength = vault.unseal(source, offset, token.high(), token.low(), pan, 0);
        return panLength >= 0;
    }

    /** DE2, from the card number opened last, which is wiped. */
    void putPan(final IsoEncoder encoder) {
        encoder.putAscii(IsoFields.PAN, pan, 0, panLength);
        pan.setMemory(0, CardVault.MAXIMUM_PAN_LENGTH, (byte) 0);
    }

    /** DE35, if the slot has it. */
    void putTrack2(final IsoEncoder encoder, final int slot) {
        final int length = length(slot, SensitiveDataKind.TRACK2);
        if (length != 0) {
            encoder.putAscii(IsoFields.TRACK2, slots.buffer(), slots.offset(slot, SensitiveDataKind.TRACK2), length);
        }
    }

    /**
     * Makes the PIN block that the issuer can read, with the card number opened last; false when there is one and that
     * is impossible. {@link #putPinBlock} follows.
     */
    boolean translatePin(final int acquirerId, final int slot, final long nowNs) {
        final int length = length(slot, SensitiveDataKind.PIN_BLOCK);
        pinLength = 0;
        if (length != 0) {
            panText.wrap(pan, 0, panLength);
            pinLength = pins.translate(
                    acquirerId,
                    slots.buffer(),
                    slots.offset(slot, SensitiveDataKind.PIN_BLOCK),
                    length,
                    slots.offset(slot, SensitiveDataKind.PIN_KSN),
                    slots.length(slot, SensitiveDataKind.PIN_KSN),
                    panText,
                    nowNs);
        }
        return pinLength != PinTranslator.FAILED;
    }

    /** Whether there is a PIN block to be sent. */
    boolean hasPinBlock() {
        return pinLength > 0;
    }

    /** DE52, and DE53 where the issuer wants to be told how it is made. */
    void putPinBlock(final IsoEncoder encoder) {
        if (hasPinBlock()) {
            encoder.putBytes(IsoFields.PIN_BLOCK, pins.block(), 0, pinLength);
            pins.wipe();
            if (!pins.control().isEmpty()) {
                encoder.putString(IsoFields.SECURITY_CONTROL, pins.control());
            }
        }
    }

    /** DE55, if the slot has it. Where the dialect has it as text, the bytes are written as hexadecimal characters. */
    void putIccData(final IsoEncoder encoder, final int slot) {
        final int length = length(slot, SensitiveDataKind.ICC_DATA);
        if (length == 0) {
            return;
        }
        final int offset = slots.offset(slot, SensitiveDataKind.ICC_DATA);
        if (dialect.isBinary(IsoFields.ICC_DATA)) {
            encoder.putBytes(IsoFields.ICC_DATA, slots.buffer(), offset, length);
        } else {
            putHex(slots.buffer(), offset, length);
            encoder.putAscii(IsoFields.ICC_DATA, hex, 0, 2 * length);
            hex.setMemory(0, 2 * length, (byte) 0);
        }
    }

    private int length(final int slot, final SensitiveDataKind kind) {
        return slot == SensitiveDataSlots.NONE ? 0 : slots.length(slot, kind);
    }

    private void putHex(final DirectBuffer source, final int offset, final int length) {
        for (int i = 0; i < length; i++) {
            final int value = source.getByte(offset + i) & 0xFF;
            hex.putByte(2 * i, HEX_DIGITS[value >> 4]);
            hex.putByte(2 * i + 1, HEX_DIGITS[value & 0xF]);
        }
    }
}
