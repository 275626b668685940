package io.turnout.systemtests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.core.pipeline.Durability;
import io.turnout.launcher.demo.Demo;
import io.turnout.launcher.demo.DemoConsole;
import io.turnout.launcher.demo.DemoPlan;
import io.turnout.launcher.settings.Idle;
import io.turnout.launcher.settings.Layout;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demonstration passes all its own checks: the acquirer's log and the banks' books agree. */
final class DemoTest {
    private static final int PAYMENTS = 4_000;
    private static final long SEED = 1;

    @ParameterizedTest
    @CsvSource({"FUSED, ASYNC, 0", "SPLIT, SYNC, 2000"})
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void shouldPassEveryCheck(
            final Layout layout, final Durability durability, final int perSecond, @TempDir final Path directory) {
        final StringWriter text = new StringWriter();
        final DemoPlan plan = new DemoPlan(PAYMENTS, perSecond, durability, layout, Idle.BACKOFF, SEED, directory);

        final boolean passed = new Demo(plan, new DemoConsole(new PrintWriter(text), false)).run();

        assertTrue(passed, text.toString());
        assertTrue(text.toString().contains("Every check passed."), text.toString());
    }
}
