package io.turnout.journal.chronicle;

import java.nio.file.Path;

/**
 * What a Chronicle journal has to know.
 *
 * @param directory owned by the journal; is created when missing
 * @param blockSizeBytes Chronicle maps a file in blocks of this size, from 1 MiB to 1 GiB and a power of two
 * @param maximumPayloadLengthBytes longest payload of a record, from 1 to an eighth of a block
 * @param reservedBytes appends fail while less than this is usable on the file system, from 1 MiB; writing to a mapped
 *     file on a full disk would kill the process
 */
public record ChronicleJournalConfiguration(
        Path directory, int blockSizeBytes, int maximumPayloadLengthBytes, long reservedBytes) {

    /** Bytes of a block unless said otherwise. */
    public static final int DEFAULT_BLOCK_SIZE_BYTES = 64 << 20;

    /** Bytes of the longest payload unless said otherwise. */
    public static final int DEFAULT_MAXIMUM_PAYLOAD_LENGTH_BYTES = 64 << 10;

    /** Bytes kept free unless said otherwise. */
    public static final long DEFAULT_RESERVED_BYTES = 256L << 20;

    /** Fewest bytes that can be kept free. */
    public static final long MINIMUM_RESERVED_BYTES = RoomCheck.INTERVAL_BYTES;

    private static final int MINIMUM_BLOCK_SIZE_BYTES = 1 << 20;
    private static final int MAXIMUM_BLOCK_SIZE_BYTES = 1 << 30;
    private static final int RECORDS_IN_A_BLOCK = 8;

    /** Checks the ranges. */
    public ChronicleJournalConfiguration {
        requireRange("blockSizeBytes", blockSizeBytes, MINIMUM_BLOCK_SIZE_BYTES, MAXIMUM_BLOCK_SIZE_BYTES);
        if (Integer.bitCount(blockSizeBytes) != 1) {
            throw new IllegalArgumentException("blockSizeBytes=" + blockSizeBytes + " is no power of two");
        }
        requireRange("maximumPayloadLengthBytes", maximumPayloadLengthBytes, 1, blockSizeBytes / RECORDS_IN_A_BLOCK);
        requireRange("reservedBytes", reservedBytes, MINIMUM_RESERVED_BYTES, Long.MAX_VALUE);
    }

    /** The defaults, in this directory. */
    public static ChronicleJournalConfiguration of(final Path directory) {
        return new ChronicleJournalConfiguration(
                directory, DEFAULT_BLOCK_SIZE_BYTES, DEFAULT_MAXIMUM_PAYLOAD_LENGTH_BYTES, DEFAULT_RESERVED_BYTES);
    }

    private static void requireRange(final String name, final long value, final long minimum, final long maximum) {
        if (value < minimum || value > maximum) {
            throw new IllegalArgumentException(name + "=" + value + " is not between " + minimum + " and " + maximum);
        }
    }
}
