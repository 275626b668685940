package io.turnout.core.engine;

/** Where the records of a snapshot come from: a file, a cluster's snapshot stream, or another engine. */
@FunctionalInterface
public interface SnapshotSource {

    /** Hands over every record, in the order in which {@link SwitchEngine#writeSnapshot} wrote them. */
    void read(SnapshotSink sink);
}
