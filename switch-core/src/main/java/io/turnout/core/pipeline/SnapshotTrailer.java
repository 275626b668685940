package io.turnout.core.pipeline;

import java.nio.ByteBuffer;

/** What stands at the end of a snapshot file: where in history the state belongs. */
final class SnapshotTrailer {
    static final int LENGTH = 5 * Long.BYTES + EventChain.VALUE_LENGTH;

    private final long commandSequence;
    private final long eventSequence;
    private final byte[] chainValue;
    private final long recordCount;
    private final long stateHash;
    private final long configurationHash;
    private final int schemaVersion;

    SnapshotTrailer(
            final long commandSequence,
            final long eventSequence,
            final byte[] chainValue,
            final long recordCount,
            final long stateHash,
            final long configurationHash,
            final int schemaVersion) {
        this.commandSequence = commandSequence;
        this.eventSequence = eventSequence;
        this.chainValue = chainValue.clone();
        this.recordCount = recordCount;
        this.stateHash = stateHash;
        this.configurationHash = configurationHash;
        this.schemaVersion = schemaVersion;
    }

    void put(final ByteBuffer buffer) {
        buffer.putLong(commandSequence);
        buffer.putLong(eventSequence);
        buffer.put(chainValue);
        buffer.putLong(recordCount);
        buffer.putLong(stateHash);
        buffer.putLong(configurationHash);
    }

    /** @param schemaVersion of the records, which stands elsewhere in the file */
    static SnapshotTrailer get(final ByteBuffer buffer, final int schemaVersion) {
        final long commandSequence = buffer.getLong();
        final long eventSequence = buffer.getLong();
        final byte[] chainValue = new byte[EventChain.VALUE_LENGTH];
        buffer.get(chainValue);
        return new SnapshotTrailer(
                commandSequence,
                eventSequence,
                chainValue,
                buffer.getLong(),
                buffer.getLong(),
                buffer.getLong(),
                schemaVersion);
    }

    /** Last command the state contains. */
    long commandSequence() {
        return commandSequence;
    }

    /** Last event the state contains. */
    long eventSequence() {
        return eventSequence;
    }

    /** Chain value of that event in the event journal; zero bytes when there is none. */
    byte[] chainValue() {
        return chainValue.clone();
    }

    /** Records of the engine in the file. */
    long recordCount() {
        return recordCount;
    }

    /** Hash over the state. */
    long stateHash() {
        return stateHash;
    }

    /** Schema version of the records. */
    int schemaVersion() {
        return schemaVersion;
    }

    /** Names the configuration in force. */
    long configurationHash() {
        return configurationHash;
    }
}
