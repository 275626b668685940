package io.turnout.launcher.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.launcher.CommandFailure;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OperationIdsTest {
    private static final long NOW_NS = 1_795_479_413_158_780_517L;

    @Test
    void shouldHoldTheTimeToAQuarterOfAMicrosecond() {
        final UUID id = OperationIds.next(NOW_NS);

        assertEquals(7, id.version());
        assertEquals(2, id.variant());
        final long lostNs = NOW_NS - OperationIds.createdAtNs(id);
        assertTrue(lostNs >= 0 && lostNs < 250, "lostNs=" + lostNs);
        assertEquals(id, OperationIds.parse(id.toString()));
        assertNotEquals(id, OperationIds.next(NOW_NS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4711", "2c5ea4c0-4067-41e9-8bad-9b1deb4d3b7d"})
    void shouldRefuseWhatIsNoNameOfAnOperation(final String text) {
        assertThrows(CommandFailure.class, () -> OperationIds.parse(text));
    }
}
