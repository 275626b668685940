package io.turnout.journal.disk;

import java.io.IOException;
import java.util.List;

/** The parts of a journal, which others may add to at any time. */
public interface Chain {

    /** The parts that can be read now, in order. */
    List<ChainName> parts();

    /**
     * Opens a part at its beginning.
     *
     * @throws java.nio.file.NoSuchFileException when it was removed since it was listed
     */
    PartCursor open(ChainName name) throws IOException;
}
