package io.turnout.launcher;

import io.turnout.journal.JournalReader;
import io.turnout.launcher.node.DataDirectory;
import io.turnout.launcher.node.Journals;
import io.turnout.launcher.text.MessageText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.agrona.DirectBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code turnout journal dump}: the records of a journal as lines of JSON. */
@Command(
        name = "dump",
        description = "Prints the records of a journal as lines of JSON.",
        mixinStandardHelpOptions = true)
final class JournalDumpCommand implements Callable<Integer> {

    @Option(names = "--data", required = true, paramLabel = "DIRECTORY", description = "Data directory of the switch.")
    private Path dataDirectory;

    @Option(names = "--events", description = "The event journal instead of the command journal.")
    private boolean events;

    @Option(
            names = "--from",
            paramLabel = "SEQUENCE",
            defaultValue = "1",
            description = "First sequence (default: ${DEFAULT-VALUE}).")
    private long from;

    @Option(
            names = "--limit",
            paramLabel = "COUNT",
            defaultValue = "" + Long.MAX_VALUE,
            description = "Records at most (default: all).")
    private long limit;

    @Spec
    private CommandSpec spec;

    private final MessageText text = new MessageText();
    private PrintWriter out;
    private long printed;

    @Override
    public Integer call() {
        final DataDirectory directory = DataDirectory.existing(dataDirectory);
        out = spec.commandLine().getOut();
        try (JournalReader reader = events ? Journals.events(directory) : Journals.commands(directory)) {
            if (limit > 0) {
                reader.replay(from, this::print);
            }
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private boolean print(
            final long sequence,
            final long timestampNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        final int header = events ? Journals.EVENT_OFFSET : 0;
        out.println(text.json(sequence, timestampNs, buffer, offset + header, length - header));
        return ++printed < limit && !out.checkError();
    }
}
