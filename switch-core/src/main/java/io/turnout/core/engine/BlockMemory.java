package io.turnout.core.engine;

import org.agrona.UnsafeApi;

/**
 * A block of off-heap memory whose fields are read and written by address, in the byte order of the schema. Unchecked:
 * offsets are those that the schema's codecs give.
 */
class BlockMemory {
    /** First byte of the block. */
    private long address;

    final void address(final long value) {
        address = value;
    }

    final long addressOf(final int fieldOffset) {
        return address + fieldOffset;
    }

    final long getLong(final int fieldOffset) {
        return UnsafeApi.getLong(address + fieldOffset);
    }

    final void putLong(final int fieldOffset, final long value) {
        UnsafeApi.putLong(address + fieldOffset, value);
    }

    final int getInt(final int fieldOffset) {
        return UnsafeApi.getInt(address + fieldOffset);
    }

    final void putInt(final int fieldOffset, final int value) {
        UnsafeApi.putInt(address + fieldOffset, value);
    }

    final int getShort(final int fieldOffset) {
        return UnsafeApi.getShort(address + fieldOffset) & 0xFFFF;
    }

    final void putShort(final int fieldOffset, final int value) {
        UnsafeApi.putShort(address + fieldOffset, (short) value);
    }

    final int getByte(final int fieldOffset) {
        return UnsafeApi.getByte(address + fieldOffset) & 0xFF;
    }

    final void putByte(final int fieldOffset, final int value) {
        UnsafeApi.putByte(address + fieldOffset, (byte) value);
    }
}
