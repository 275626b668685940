package io.turnout.launcher;

import io.turnout.core.pipeline.EventRecord;
import io.turnout.journal.JournalReader;
import io.turnout.journal.JournalTail;
import io.turnout.launcher.node.DataDirectory;
import io.turnout.launcher.node.Journals;
import io.turnout.launcher.text.MessageText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code turnout events follow}: hands events to a subscriber, at least once, from where it stopped. */
@Command(
        name = "follow",
        description = {
            "Prints events as lines of JSON as they happen, from where the subscriber stopped.",
            "Each event is printed at least once; missing ones are reported as a line with a gap."
        },
        mixinStandardHelpOptions = true)
final class EventsFollowCommand implements Callable<Integer> {
    private static final int BATCH = 512;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    @Option(names = "--data", required = true, paramLabel = "DIRECTORY", description = "Data directory of the switch.")
    private Path dataDirectory;

    @Option(
            names = "--subscriber",
            required = true,
            paramLabel = "NAME",
            description = "Who reads; how far it has read is kept under this name.")
    private String subscriber;

    @Option(names = "--once", description = "Stop when there is nothing new.")
    private boolean once;

    @Spec
    private CommandSpec spec;

    private final MessageText text = new MessageText();
    private final EventRecord event = new EventRecord();
    private PrintWriter out;

    @Override
    public Integer call() {
        out = spec.commandLine().getOut();
        final DataDirectory directory = DataDirectory.existing(dataDirectory);
        try (SubscriberCursor cursor = SubscriberCursor.open(dataDirectory, subscriber);
                JournalReader reader = Journals.events(directory);
                JournalTail tail = reader.tail(cursor.read() + 1)) {
            while (!Thread.currentThread().isInterrupted()) {
                final int count = tail.poll(this::print, BATCH);
                if (count == JournalTail.GAP) {
                    reportGap(tail);
                } else if (count > 0) {
                    out.flush();
                    cursor.write(tail.position() - 1);
                } else if (once) {
                    break;
                } else {
                    LockSupport.parkNanos(PAUSE_NS);
                }
            }
        }
        return ExitCode.OK.code();
    }

    private void reportGap(final JournalTail tail) {
        final long next = tail.nextAvailableSequence();
        out.println("{\"gap\":{\"firstMissing\":" + tail.position() + ",\"lastMissing\":" + (next - 1) + "}}");
        out.flush();
        tail.seek(next);
    }

    private boolean print(
            final long sequence,
            final long timestampNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        event.wrap(buffer, offset, length);
        out.println(text.json(sequence, timestampNs, buffer, event.eventOffset(), event.eventLength()));
        return true;
    }
}
