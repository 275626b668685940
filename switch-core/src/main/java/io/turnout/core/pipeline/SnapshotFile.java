package io.turnout.core.pipeline;

import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.core.engine.EngineCapacity;
import io.turnout.core.engine.SnapshotException;
import io.turnout.core.engine.SwitchEngine;
import io.turnout.core.pipeline.SnapshotFileException.Problem;
import io.turnout.core.ports.EventSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * One snapshot of an engine in one file. All numbers are little-endian.
 *
 * <pre>
 * header   magic "TURNSNAP" (8)  version int32  reserved int32
 * records  { length int32 (from 1)  record of the engine }
 * end      length int32 = 0  reserved int32
 * trailer  command sequence, event sequence, chain value (32), records, state hash, configuration hash
 * close    CRC-32C int32 of all bytes before  magic "PANS" int32
 * </pre>
 *
 * A file is written under another name, synced, and renamed, so that a file of the right name is whole unless something
 * damaged it later; the checksum finds that.
 */
final class SnapshotFile {
    static final long MAGIC = 0x50414E534E525554L;
    static final int CLOSING_MAGIC = 0x534E4150;

    /** One more than the schema version of its records. */
    static final int VERSION = MessageHeaderDecoder.SCHEMA_VERSION + 1;

    static final int HEADER_LENGTH = 16;
    static final int FOOTER_LENGTH = 8 + SnapshotTrailer.LENGTH + 8;

    private SnapshotFile() {}

    /** A restored engine and where it stands. */
    record Restored(SwitchEngine engine, SnapshotTrailer trailer) {}

    /**
     * Writes and syncs a file. The engine stands between two commands.
     *
     * @param file must not be the final name
     * @param chainValue of the engine's last event
     */
    static SnapshotTrailer write(final Path file, final SwitchEngine engine, final byte[] chainValue) {
        try (SnapshotWriter writer = new SnapshotWriter(file)) {
            engine.writeSnapshot(writer::record);
            final SnapshotTrailer trailer = new SnapshotTrailer(
                    engine.commandSequence(),
                    engine.eventSequence(),
                    chainValue.clone(),
                    writer.recordCount(),
                    engine.stateHash(),
                    engine.configurationHash(),
                    MessageHeaderDecoder.SCHEMA_VERSION);
            writer.finish(trailer);
            return trailer;
        } catch (final IOException ex) {
            throw new UncheckedIOException("cannot write snapshot " + file, ex);
        }
    }

    /**
     * Checks the whole file and reads its trailer.
     *
     * @throws SnapshotFileException when the file is not a whole snapshot
     */
    static SnapshotTrailer check(final Path file) {
        try (SnapshotReader reader = new SnapshotReader(file)) {
            return reader.check();
        } catch (final IOException ex) {
            throw new SnapshotFileException(Problem.UNREADABLE, file, ex);
        }
    }

    /**
     * Restores an engine from a file that {@link #check} has found whole.
     *
     * @throws SnapshotFileException when the engine does not accept it
     * @throws io.turnout.core.engine.EngineCapacityException when the capacity is too small for it
     */
    static Restored restore(
            final Path file, final SnapshotTrailer trailer, final EngineCapacity capacity, final EventSink sink) {
        final SwitchEngine engine;
        try (SnapshotReader reader = new SnapshotReader(file)) {
            engine = SwitchEngine.restore(capacity, sink, reader::records);
        } catch (final SnapshotException ex) {
            throw new SnapshotFileException(Problem.ENGINE_REFUSED, file, ex);
        } catch (final UncheckedIOException | IOException ex) {
            throw new SnapshotFileException(Problem.UNREADABLE, file, ex);
        }
        if (engine.snapshotVersion() != trailer.schemaVersion()
                || engine.snapshotHash() != trailer.stateHash()
                || engine.commandSequence() != trailer.commandSequence()
                || engine.eventSequence() != trailer.eventSequence()
                || engine.configurationHash() != trailer.configurationHash()) {
            throw new SnapshotFileException(
                    Problem.STATE_DIFFERS,
                    file,
                    "schemaVersion=" + engine.snapshotVersion() + " expected=" + trailer.schemaVersion() + " stateHash="
                            + Long.toHexString(engine.snapshotHash()) + " expected="
                            + Long.toHexString(trailer.stateHash()) + " commandSequence=" + engine.commandSequence()
                            + " expected=" + trailer.commandSequence());
        }
        return new Restored(engine, trailer);
    }

    /**
     * The hash that today's engine has in the state of a file that {@link #check} has found whole. One of an earlier
     * schema version has to be restored for that.
     *
     * @throws SnapshotFileException when the engine does not accept it
     */
    static long stateHash(final Path file, final SnapshotTrailer trailer, final EngineCapacity capacity) {
        if (trailer.schemaVersion() == MessageHeaderDecoder.SCHEMA_VERSION) {
            return trailer.stateHash();
        }
        final ScratchSink nobody =
                new ScratchSink((eventSequence, commandSequence, timestampNs, buffer, offset, length) -> {});
        return restore(file, trailer, capacity, nobody).engine().stateHash();
    }
}
