package io.turnout.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.journal.JournalReader;
import io.turnout.launcher.node.Journals;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A subscriber gets every event once, in order, also those of runs during which it did not look. */
final class SubscriberTest {
    private static final Pattern SEQUENCE = Pattern.compile("^\\{\"sequence\":(\\d+),.*\\}$");

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void shouldGoOnWhereItStoppedAndLoseNothing() {
        try (SwitchFixture fixture = SwitchFixture.running(directory.resolve("data"))) {
            pay(fixture, 3);
            fixture.stop();
            final long first = lastSequence(fixture);
            final List<String> all = follow(fixture, "audit");
            final List<String> nothing = follow(fixture, "audit");

            // A whole run without the subscriber, then one that goes on while it looks.
            fixture.start();
            pay(fixture, 2);
            fixture.stop();
            final long second = lastSequence(fixture);
            fixture.start();
            final List<String> rest = follow(fixture, "audit");
            final List<String> again = follow(fixture, "newcomer");
            fixture.pay();

            assertConsecutive(1, first, all);
            assertEquals(3, answered(all));
            assertEquals(List.of(), nothing);
            assertAtLeast(first + 1, second, rest);
            assertEquals(2, answered(rest));
            assertAtLeast(1, second, again);
            assertEquals(5, answered(again));
        }
    }

    private static void pay(final SwitchFixture fixture, final int count) {
        for (int i = 0; i < count; i++) {
            fixture.pay();
        }
    }

    private List<String> follow(final SwitchFixture fixture, final String name) {
        final TurnoutProcess command = TurnoutProcess.run(
                directory, "events", "follow", "--once", "--subscriber", name, "--data", dataOf(fixture));
        assertEquals(0, command.exitCode(), command.err());
        return command.lines();
    }

    private static String dataOf(final SwitchFixture fixture) {
        return fixture.directory().root().toString();
    }

    private static long lastSequence(final SwitchFixture fixture) {
        try (JournalReader events = Journals.events(fixture.directory())) {
            return events.lastSequence();
        }
    }

    private static long answered(final List<String> lines) {
        return lines.stream()
                .filter(line -> line.contains("\"message\":\"PaymentAnswered\""))
                .count();
    }

    private static void assertAtLeast(final long from, final long to, final List<String> lines) {
        assertTrue(lines.size() >= to - from + 1, lines.size() + " lines from " + from + " to at least " + to);
        assertConsecutive(from, from + lines.size() - 1, lines);
    }

    private static void assertConsecutive(final long from, final long to, final List<String> lines) {
        assertEquals(
                LongStream.rangeClosed(from, to).boxed().toList(),
                lines.stream().map(SubscriberTest::sequence).toList());
    }

    private static long sequence(final String line) {
        final Matcher matcher = SEQUENCE.matcher(line);
        assertTrue(matcher.matches(), "no event: " + line);
        return Long.parseLong(matcher.group(1));
    }
}
