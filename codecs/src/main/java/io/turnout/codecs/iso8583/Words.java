package io.turnout.codecs.iso8583;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Words of eight, four and two bytes anywhere in an array, little-endian: the first byte is the lowest of the word.
 *
 * <p>The codec works on arrays and not through buffers, because of what the compiler knows of them: a store into an
 * array changes no field of an object, while after each access to a buffer, which may lie on the heap or outside,
 * everything is loaded anew. Bounds are always checked.
 */
final class Words {
    private static final VarHandle LONGS = view(long[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle SHORTS = view(short[].class);

    private Words() {}

    static long eight(final byte[] bytes, final int offset) {
        return (long) LONGS.get(bytes, offset);
    }

    static int four(final byte[] bytes, final int offset) {
        return (int) INTS.get(bytes, offset);
    }

    static short two(final byte[] bytes, final int offset) {
        return (short) SHORTS.get(bytes, offset);
    }

    static void putEight(final byte[] bytes, final int offset, final long word) {
        LONGS.set(bytes, offset, word);
    }

    static void putFour(final byte[] bytes, final int offset, final int word) {
        INTS.set(bytes, offset, word);
    }

    static void putTwo(final byte[] bytes, final int offset, final short word) {
        SHORTS.set(bytes, offset, word);
    }

    private static VarHandle view(final Class<?> words) {
        return MethodHandles.byteArrayViewVarHandle(words, ByteOrder.LITTLE_ENDIAN);
    }
}
