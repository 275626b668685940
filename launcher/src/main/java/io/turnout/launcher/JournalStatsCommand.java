package io.turnout.launcher;

import io.turnout.journal.JournalReader;
import io.turnout.launcher.node.DataDirectory;
import io.turnout.launcher.node.Journals;
import io.turnout.launcher.text.MessageText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.agrona.DirectBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code turnout journal stats}: how much of what is in a journal. */
@Command(
        name = "stats",
        description = "Counts the records of a journal by message, with sizes and times.",
        mixinStandardHelpOptions = true)
final class JournalStatsCommand implements Callable<Integer> {

    @Option(names = "--data", required = true, paramLabel = "DIRECTORY", description = "Data directory of the switch.")
    private Path dataDirectory;

    @Option(names = "--events", description = "The event journal instead of the command journal.")
    private boolean events;

    @Spec
    private CommandSpec spec;

    private final MessageText text = new MessageText();
    private final Map<String, Tally> tallies = new TreeMap<>();
    private long firstTimestampNs = -1;
    private long lastTimestampNs;

    private static final class Tally {
        private long count;
        private long lengthBytes;
    }

    @Override
    public Integer call() {
        final DataDirectory directory = DataDirectory.existing(dataDirectory);
        final PrintWriter out = spec.commandLine().getOut();
        try (JournalReader reader = events ? Journals.events(directory) : Journals.commands(directory)) {
            reader.replay(reader.firstSequence(), this::count);
            out.printf("sequences  %d to %d%n", reader.firstSequence(), reader.lastSequence());
        }
        if (firstTimestampNs >= 0) {
            out.printf("time       %s to %s%n", instant(firstTimestampNs), instant(lastTimestampNs));
        }
        out.printf("%n%-28s %14s %18s%n", "message", "records", "payload bytes");
        tallies.forEach((name, tally) -> out.printf("%-28s %,14d %,18d%n", name, tally.count, tally.lengthBytes));
        out.flush();
        return ExitCode.OK.code();
    }

    private boolean count(
            final long sequence,
            final long timestampNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        final int header = events ? Journals.EVENT_OFFSET : 0;
        final Tally tally = tallies.computeIfAbsent(text.name(buffer, offset + header), name -> new Tally());
        tally.count++;
        tally.lengthBytes += length;
        firstTimestampNs = firstTimestampNs < 0 ? timestampNs : firstTimestampNs;
        lastTimestampNs = timestampNs;
        return true;
    }

    private static Instant instant(final long timestampNs) {
        return Instant.ofEpochSecond(0, timestampNs);
    }
}
