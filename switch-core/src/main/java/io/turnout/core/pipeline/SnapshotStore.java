package io.turnout.core.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The snapshots in a directory, by command sequence. One process writes; any may read. */
public final class SnapshotStore {
    private static final Pattern NAME = Pattern.compile("snapshot-(\\d{19})\\.snap");
    private static final String TEMPORARY_SUFFIX = ".tmp";

    private final Path directory;

    /** @param directory need not exist yet */
    public SnapshotStore(final Path directory) {
        this.directory = directory;
    }

    /** Snapshot files, newest first. None has been looked into. */
    public List<Path> newestFirst() {
        return list(name -> NAME.matcher(name).matches()).stream()
                .sorted(Comparator.comparingLong(SnapshotStore::commandSequence).reversed())
                .toList();
    }

    /** Command sequence in the name of a snapshot file. */
    public static long commandSequence(final Path file) {
        final Matcher matcher = NAME.matcher(file.getFileName().toString());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not the name of a snapshot: " + file);
        }
        return Long.parseLong(matcher.group(1));
    }

    /** A name to write a snapshot under until it is whole. */
    Path temporary(final long commandSequence) {
        return directory.resolve(name(commandSequence) + TEMPORARY_SUFFIX);
    }

    /** Gives a whole, synced snapshot its name. */
    Path publish(final Path temporary, final long commandSequence) {
        final Path file = directory.resolve(name(commandSequence));
        try {
            DurableFiles.rename(temporary, file);
        } catch (final IOException ex) {
            throw new UncheckedIOException("cannot rename snapshot " + temporary, ex);
        }
        return file;
    }

    /** Creates the directory and removes what an interrupted writer left. */
    void prepare() {
        try {
            Files.createDirectories(directory);
            for (final Path leftover : list(name -> name.endsWith(TEMPORARY_SUFFIX))) {
                DurableFiles.delete(leftover);
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException("cannot prepare " + directory, ex);
        }
    }

    /** Deletes all but the newest snapshots. */
    void retain(final int count) {
        final List<Path> files = newestFirst();
        try {
            for (int i = files.size() - 1; i >= count; i--) {
                DurableFiles.delete(files.get(i));
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException("cannot delete old snapshots in " + directory, ex);
        }
    }

    private List<Path> list(final java.util.function.Predicate<String> wanted) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> wanted.test(file.getFileName().toString()))
                    .toList();
        } catch (final IOException ex) {
            throw new UncheckedIOException("cannot list " + directory, ex);
        }
    }

    private static String name(final long commandSequence) {
        return String.format(Locale.ROOT, "snapshot-%019d.snap", commandSequence);
    }
}
