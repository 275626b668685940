package io.turnout.core.pipeline;

import io.turnout.journal.RecordHandler;

/** Records of a journal in order, whoever holds the journal: {@code journal::replay} or {@code reader::replay}. */
@FunctionalInterface
public interface RecordSource {

    /** See {@link io.turnout.journal.Journal#replay}. */
    long replay(long fromSequence, RecordHandler handler);
}
