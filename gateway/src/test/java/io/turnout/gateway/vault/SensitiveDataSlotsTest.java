package io.turnout.gateway.vault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SensitiveDataSlotsTest {

    private static final long INCARNATION = 99;
    private static final long TIME_TO_LIVE = 1000;
    private static final long HIGH = 11;
    private static final long LOW = 22;
    private static final String TRACK = "4111111111111111=29122011000012345678";

    private final SensitiveDataSlots slots = new SensitiveDataSlots(3, TIME_TO_LIVE, INCARNATION);

    @Test
    void shouldKeepEachValueOfASlot() {
        slots.allocate(HIGH, LOW, 1, 0);
        final int index = slots.allocate(HIGH, LOW, 1, 0);
        put(index, SensitiveDataKind.TRACK2, TRACK);
        put(index, SensitiveDataKind.SECURITY_CODE, "123");
        put(index, SensitiveDataKind.ICC_DATA, "x".repeat(254));

        assertEquals(TRACK, value(index, SensitiveDataKind.TRACK2));
        assertEquals("", value(index, SensitiveDataKind.PIN_BLOCK));
        assertEquals("123", value(index, SensitiveDataKind.SECURITY_CODE));
        assertEquals("x".repeat(254), value(index, SensitiveDataKind.ICC_DATA));
    }

    @Test
    void shouldOpenOnlyWhenIncarnationIndexGenerationAndTokenAgree() {
        final int index = slots.allocate(HIGH, LOW, 1, 0);
        final int generation = slots.generation(index);

        assertTrue(slots.matches(INCARNATION, index, generation, HIGH, LOW));
        assertFalse(slots.matches(INCARNATION + 1, index, generation, HIGH, LOW));
        assertFalse(slots.matches(INCARNATION, index + 1, generation, HIGH, LOW));
        assertFalse(slots.matches(INCARNATION, index, generation + 1, HIGH, LOW));
        assertFalse(slots.matches(INCARNATION, index, generation, HIGH + 1, LOW));
        assertFalse(slots.matches(INCARNATION, index, generation, HIGH, LOW + 1));
        assertFalse(slots.matches(INCARNATION, SensitiveDataSlots.NONE, generation, HIGH, LOW));
        assertFalse(slots.matches(INCARNATION, 3, generation, HIGH, LOW));
    }

    @Test
    void shouldWipeAFreedSlotAndRefuseItsOldName() {
        final int index = slots.allocate(HIGH, LOW, 1, 0);
        final int generation = slots.generation(index);
        put(index, SensitiveDataKind.TRACK2, TRACK);

        assertTrue(slots.free(INCARNATION, index, generation));

        assertAllZero();
        assertFalse(slots.matches(INCARNATION, index, generation, HIGH, LOW));
        assertFalse(slots.free(INCARNATION, index, generation), "freeing twice changes nothing");
        assertEquals(index, slots.allocate(HIGH, LOW, 2, 0));
        assertNotEquals(generation, slots.generation(index));
        assertFalse(slots.free(INCARNATION, index, generation), "an old name does not free the next use");
    }

    @Test
    void shouldSayWhenAllSlotsAreInUse() {
        for (int i = 0; i < 3; i++) {
            assertNotEquals(SensitiveDataSlots.NONE, slots.allocate(HIGH, LOW, 1, 0));
        }

        assertEquals(SensitiveDataSlots.NONE, slots.allocate(HIGH, LOW, 1, 0));
        assertEquals(3, slots.usedCount());
    }

    @Test
    void shouldWipeTheSlotsOfALostSessionOnly() {
        put(slots.allocate(HIGH, LOW, 1, 0), SensitiveDataKind.TRACK2, TRACK);
        final int other = slots.allocate(HIGH, LOW, 2, 0);
        put(slots.allocate(HIGH, LOW, 1, 0), SensitiveDataKind.TRACK2, TRACK);

        assertEquals(2, slots.freeSession(1));
        assertEquals(1, slots.usedCount());
        assertTrue(slots.matches(INCARNATION, other, slots.generation(other), HIGH, LOW));
        assertAllZero();
    }

    @Test
    void shouldWipeSlotsAfterTheirTimeToLive() {
        put(slots.allocate(HIGH, LOW, 1, 0), SensitiveDataKind.TRACK2, TRACK);
        final int later = slots.allocate(HIGH, LOW, 1, 500);

        assertEquals(0, slots.expire(TIME_TO_LIVE - 1));
        assertEquals(1, slots.expire(TIME_TO_LIVE));
        assertAllZero();
        assertEquals(0, slots.expire(TIME_TO_LIVE + 499));
        assertTrue(slots.matches(INCARNATION, later, slots.generation(later), HIGH, LOW));
        assertEquals(1, slots.expire(TIME_TO_LIVE + 500));
        assertEquals(0, slots.usedCount());
    }

    @Test
    void shouldRefuseAValueLongerThanItsPlace() {
        final int index = slots.allocate(HIGH, LOW, 1, 0);

        assertThrows(IllegalArgumentException.class, () -> put(index, SensitiveDataKind.SECURITY_CODE, "12345"));
    }

    private void put(final int index, final SensitiveDataKind kind, final String value) {
        slots.put(index, kind, new UnsafeBuffer(value.getBytes(US_ASCII)), 0, value.length());
    }

    private String value(final int index, final SensitiveDataKind kind) {
        return slots.buffer().getStringWithoutLengthAscii(slots.offset(index, kind), slots.length(index, kind));
    }

    private void assertAllZero() {
        for (int i = 0; i < slots.buffer().capacity(); i++) {
            assertEquals(0, slots.buffer().getByte(i), "byte " + i);
        }
    }
}
