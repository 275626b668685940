package io.turnout.journal.file;

import io.turnout.journal.disk.ChainName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Makes the next segment ready: a file full of zeros whose blocks are allocated and on the device, so that writing to
 * it never has to ask the file system for room.
 *
 * <p>Two threads may use it, one to prepare and one to take. Its monitor is held for one slice at most, unless the
 * taker comes too early and must do the rest itself.
 */
final class SegmentPreparer {
    static final String FILE_NAME = "next.prepared";

    private final Path directory;
    private final Path file;
    private final int segmentLengthBytes;
    private final ByteBuffer zeros;
    private FileChannel channel;
    private int filledBytes;

    SegmentPreparer(final Path directory, final int segmentLengthBytes, final int sliceBytes) {
        this.directory = directory;
        this.file = directory.resolve(FILE_NAME);
        this.segmentLengthBytes = segmentLengthBytes;
        this.zeros = ByteBuffer.allocateDirect(Math.min(sliceBytes, segmentLengthBytes));
    }

    /**
     * Writes and forces one slice.
     *
     * @return bytes written, 0 when the next segment is ready
     */
    synchronized int prepareSlice() throws IOException {
        if (channel == null) {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
            filledBytes = 0;
        }
        final int lengthBytes = Math.min(zeros.capacity(), segmentLengthBytes - filledBytes);
        if (lengthBytes > 0) {
            zeros.clear().limit(lengthBytes);
            Segment.writeFully(channel, zeros, filledBytes);
            // Forced slice by slice: one force at the end would hold the device for as long as all of them together.
            channel.force(true);
            filledBytes += lengthBytes;
        }
        return lengthBytes;
    }

    /** Whether {@link #activate} will find everything done. */
    synchronized boolean isReady() {
        return channel != null && filledBytes == segmentLengthBytes;
    }

    /**
     * Hands over the next segment under its own name, with its header written but neither forced yet.
     *
     * <p>The header comes first and the name second, so that a reader never sees a segment without a header.
     */
    synchronized Segment activate(final ChainName name, final ByteBuffer header, final Segment previous)
            throws IOException {
        while (prepareSlice() > 0) {
            // The taker came too early and does the rest itself.
        }
        Segment.writeFully(channel, header, 0);
        Files.move(file, name.in(directory), StandardCopyOption.ATOMIC_MOVE);
        final Segment segment = new Segment(name, channel, previous);
        channel = null;
        return segment;
    }

    /** Gives the room of the file back. */
    synchronized void discard() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
        Files.deleteIfExists(file);
    }
}
