package io.turnout.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DevelopmentOnlyTest {

    @ParameterizedTest
    @ValueSource(strings = {"production", "PRODUCTION", "prod", "test", "", "developmentt"})
    void shouldRefuseWhateverIsNotDevelopment(final String environment) {
        final CommandFailure refusal =
                assertThrows(CommandFailure.class, () -> DevelopmentOnly.require("this shows keys", environment));
        assertEquals(ExitCode.REFUSED, refusal.exitCode());
    }

    @Test
    void shouldAllowDevelopmentInAnyCase() {
        DevelopmentOnly.require("this shows keys", "development");
        DevelopmentOnly.require("this shows keys", "Development");
    }
}
