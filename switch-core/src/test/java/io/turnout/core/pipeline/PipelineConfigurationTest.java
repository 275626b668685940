package io.turnout.core.pipeline;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PipelineConfigurationTest {

    @Test
    void shouldAcceptItsOwnDefaults() {
        assertDoesNotThrow(() -> PipelineConfiguration.of(Durability.SYNC, true));
    }

    @ParameterizedTest
    @CsvSource({
        "ingressCapacity, 8, 632, 64, 1, 1000000, 1000000",
        "ingressCapacity, 17, 632, 64, 1, 1000000, 1000000",
        "maximumCommandLengthBytes, 16, 244, 64, 1, 1000000, 1000000",
        "egressCapacity, 16, 632, 32, 1, 1000000, 1000000",
        "egressCapacity, 16, 632, 100, 1, 1000000, 1000000",
        "batchLimit, 16, 632, 64, 0, 1000000, 1000000",
        "commandSyncIntervalNs, 16, 632, 64, 1, 999999, 1000000",
        "eventSyncIntervalNs, 16, 632, 64, 1, 1000000, 60000000001"
    })
    void shouldNameWhatIsOutOfRange(
            final String name,
            final int ingress,
            final int length,
            final int egress,
            final int batch,
            final long commandSync,
            final long eventSync) {
        final Exception error = assertThrows(
                IllegalArgumentException.class,
                () -> new PipelineConfiguration(
                        Durability.ASYNC, false, ingress, length, egress, batch, commandSync, eventSync));

        assertTrue(error.getMessage().startsWith(name + "="), error.getMessage());
    }
}
