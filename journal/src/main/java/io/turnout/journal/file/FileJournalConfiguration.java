package io.turnout.journal.file;

import io.turnout.journal.disk.RecordFlyweight;
import java.nio.file.Path;

/**
 * What a file journal has to know.
 *
 * @param directory owned by the journal; is created when missing
 * @param segmentLengthBytes size of a segment file, from 4 KiB to 1 GiB and a multiple of 8; disk space is taken one
 *     segment ahead
 * @param bufferLengthBytes size of the buffer that gathers records until they are flushed, from the longest record to
 *     the size of a segment
 * @param maximumPayloadLengthBytes longest payload of a record; a segment holds at least one such record
 * @param prepareSliceBytes most bytes that one call of {@code prepare} writes, from 4 KiB
 */
public record FileJournalConfiguration(
        Path directory,
        int segmentLengthBytes,
        int bufferLengthBytes,
        int maximumPayloadLengthBytes,
        int prepareSliceBytes) {

    /** Bytes of a segment unless said otherwise. */
    public static final int DEFAULT_SEGMENT_LENGTH_BYTES = 64 << 20;

    /** Bytes of the gathering buffer unless said otherwise. */
    public static final int DEFAULT_BUFFER_LENGTH_BYTES = 1 << 20;

    /** Bytes of the longest payload unless said otherwise. */
    public static final int DEFAULT_MAXIMUM_PAYLOAD_LENGTH_BYTES = 64 << 10;

    /** Bytes prepared in one step unless said otherwise. */
    public static final int DEFAULT_PREPARE_SLICE_BYTES = 256 << 10;

    private static final int MINIMUM_SEGMENT_LENGTH_BYTES = 4 << 10;
    private static final int MAXIMUM_SEGMENT_LENGTH_BYTES = 1 << 30;
    private static final int MINIMUM_PREPARE_SLICE_BYTES = 4 << 10;

    /** Checks the ranges. */
    public FileJournalConfiguration {
        requireRange(
                "segmentLengthBytes", segmentLengthBytes, MINIMUM_SEGMENT_LENGTH_BYTES, MAXIMUM_SEGMENT_LENGTH_BYTES);
        if (segmentLengthBytes % RecordFlyweight.ALIGNMENT != 0) {
            throw new IllegalArgumentException("segmentLengthBytes=" + segmentLengthBytes + " is no multiple of 8");
        }
        final int roomForRecords =
                segmentLengthBytes - SegmentHeader.LENGTH - RecordFlyweight.HEADER_LENGTH; // the last for a clean mark
        requireRange(
                "maximumPayloadLengthBytes",
                maximumPayloadLengthBytes,
                1,
                roomForRecords - RecordFlyweight.recordLength(0));
        requireRange(
                "bufferLengthBytes",
                bufferLengthBytes,
                RecordFlyweight.recordLength(maximumPayloadLengthBytes),
                segmentLengthBytes);
        requireRange("prepareSliceBytes", prepareSliceBytes, MINIMUM_PREPARE_SLICE_BYTES, MAXIMUM_SEGMENT_LENGTH_BYTES);
    }

    /** The defaults, in this directory. */
    public static FileJournalConfiguration of(final Path directory) {
        return new FileJournalConfiguration(
                directory,
                DEFAULT_SEGMENT_LENGTH_BYTES,
                DEFAULT_BUFFER_LENGTH_BYTES,
                DEFAULT_MAXIMUM_PAYLOAD_LENGTH_BYTES,
                DEFAULT_PREPARE_SLICE_BYTES);
    }

    private static void requireRange(final String name, final int value, final int minimum, final int maximum) {
        if (value < minimum || value > maximum) {
            throw new IllegalArgumentException(name + "=" + value + " is not between " + minimum + " and " + maximum);
        }
    }
}
