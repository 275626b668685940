package io.turnout.core.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.core.pipeline.AdmissionGate.Reason;
import org.junit.jupiter.api.Test;

final class AdmissionGateTest {
    private final AdmissionGate gate = new AdmissionGate();

    @Test
    void shouldBeClosedUntilTheHostHasRecovered() {
        assertFalse(gate.isOpen());
        assertEquals(Reason.RECOVERING, gate.reason());

        gate.onRecovered();

        assertTrue(gate.isOpen());
    }

    @Test
    void shouldNotBeOpenedByFreeSpaceWhileItRecovers() {
        gate.onDiskSpaceLow();
        gate.onDiskSpaceBack();

        assertEquals(Reason.RECOVERING, gate.reason());
    }

    @Test
    void shouldCloseAndOpenWithTheSpaceLeft() {
        gate.onRecovered();

        gate.onDiskSpaceLow();
        assertEquals(Reason.DISK_SPACE_LOW, gate.reason());
        gate.onDiskSpaceBack();
        assertTrue(gate.isOpen());
    }

    @Test
    void shouldStayClosedOnceTheHostCloses() {
        gate.onRecovered();
        gate.onClosing();

        gate.onDiskSpaceBack();
        gate.onRecovered();

        assertEquals(Reason.CLOSING, gate.reason());
    }

    @Test
    void shouldRememberAFailureForGood() {
        gate.onRecovered();
        gate.onFailed();

        gate.onClosing();
        gate.onDiskSpaceBack();

        assertEquals(Reason.FAILED, gate.reason());
    }
}
