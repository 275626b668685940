package io.turnout.journal.file;

import io.turnout.journal.disk.ChainName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A segment open for writing. The appending thread writes; whoever holds the sync lock forces and closes. */
final class Segment {
    static final String SUFFIX = ".journal";

    private final ChainName name;
    private final FileChannel channel;

    /** The segment before this one while it is not known to be on the device, else null. */
    private volatile Segment previous;

    Segment(final ChainName name, final FileChannel channel, final Segment previous) {
        this.name = name;
        this.channel = channel;
        this.previous = previous;
    }

    ChainName name() {
        return name;
    }

    Segment previous() {
        return previous;
    }

    /** Writes all that remains in the bytes; on return nothing does. */
    static void writeFully(final FileChannel channel, final ByteBuffer bytes, final long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    void write(final ByteBuffer bytes, final long position) throws IOException {
        writeFully(channel, bytes, position);
    }

    void force() throws IOException {
        channel.force(false);
    }

    /** Forces the segment before this one, which is full, and lets go of it. */
    void forcePrevious() throws IOException {
        final Segment full = previous;
        if (full != null) {
            full.force();
            full.close();
            previous = null;
        }
    }

    /** Cuts off what was pre-allocated and not used. */
    void truncate(final long length) throws IOException {
        channel.truncate(length);
        channel.force(true);
    }

    void close() throws IOException {
        channel.close();
    }
}
