package io.turnout.journal.file;

import io.turnout.journal.JournalReader;
import io.turnout.journal.JournalTail;
import io.turnout.journal.RecordHandler;
import io.turnout.journal.disk.Chain;
import io.turnout.journal.disk.ChainName;
import io.turnout.journal.disk.ChainReader;
import io.turnout.journal.disk.PartCursor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads the segments of a {@link FileJournal} from any process. An empty or missing directory is an empty journal. */
public final class FileJournalReader implements JournalReader {
    private final ChainReader reader;

    /** Opens nothing yet. */
    public FileJournalReader(final Path directory) {
        reader = new ChainReader(new Segments(directory));
    }

    @Override
    public long firstSequence() {
        return reader.firstSequence();
    }

    @Override
    public long lastSequence() {
        return reader.lastSequence();
    }

    @Override
    public long replay(final long fromSequence, final RecordHandler handler) {
        return reader.replay(fromSequence, handler);
    }

    @Override
    public JournalTail tail(final long fromSequence) {
        return reader.tail(fromSequence);
    }

    @Override
    public void close() {
        reader.close();
    }

    private record Segments(Path directory) implements Chain {
        @Override
        public List<ChainName> parts() {
            return ChainName.list(directory, Segment.SUFFIX);
        }

        @Override
        public PartCursor open(final ChainName name) throws IOException {
            return new SegmentCursor(directory, name);
        }
    }
}
