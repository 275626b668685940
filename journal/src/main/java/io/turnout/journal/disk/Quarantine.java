package io.turnout.journal.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** Where bytes go that are no part of the journal and may still tell somebody something. Nothing is removed from it. */
public final class Quarantine {
    /** Name of the directory inside that of the journal. */
    public static final String DIRECTORY_NAME = "quarantine";

    private static final String UNFINISHED = "copy.unfinished";

    private final Path source;
    private final Path directory;
    private long bytes;

    /** Nothing is created before it is needed. */
    public Quarantine(final Path journalDirectory) {
        this.source = journalDirectory;
        this.directory = journalDirectory.resolve(DIRECTORY_NAME);
    }

    /** Bytes put here by this opening. */
    public long bytes() {
        return bytes;
    }

    /** Copies what lies behind the last valid record to {@code <segment>-<offset>}; doing it twice is doing it once. */
    public void copy(final Path segment, final Tail tail) throws IOException {
        if (tail.isEmpty()) {
            return;
        }
        final long length = tail.end() - tail.offset();
        final Path target = directory.resolve(segment.getFileName() + "-" + tail.offset());
        bytes += length;
        if (Files.exists(target) && Files.size(target) == length) {
            return;
        }
        Directories.create(directory);
        final Path unfinished = directory.resolve(UNFINISHED);
        try (FileChannel from = FileChannel.open(segment, StandardOpenOption.READ);
                FileChannel to = FileChannel.open(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            long copied = 0;
            while (copied < length) {
                copied += from.transferTo(tail.offset() + copied, length - copied, to);
            }
            to.force(true);
        }
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        Directories.force(directory);
    }

    /** Moves a whole part here, file or directory. An epoch may be started twice, so the name may be taken already. */
    public void move(final Path part) throws IOException {
        Directories.create(directory);
        bytes += size(part);
        final String name = part.getFileName().toString();
        Path target = directory.resolve(name);
        for (int number = 1; Files.exists(target); number++) {
            target = directory.resolve(name + "." + number);
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        Directories.force(directory);
        Directories.force(source);
    }

    private static long size(final Path part) throws IOException {
        try (Stream<Path> files = Files.walk(part)) {
            long size = 0;
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                size += Files.size(file);
            }
            return size;
        }
    }
}
