package io.turnout.core.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The snapshots in a directory, by command sequence. Any process may read while one writes. */
public final class SnapshotStore {
    private static final Pattern NAME = Pattern.compile("snapshot-(\\d{19})\\.snap");
    private static final String TEMPORARY_SUFFIX = ".tmp";

    private final Path directory;

    /** @param directory need not exist yet */
    public SnapshotStore(final Path directory) {
        this.directory = directory;
    }

    /** Where the snapshots are. */
    public Path directory() {
        return directory;
    }

    /** Snapshot files, newest first. None has been looked into. */
    public List<Path> newestFirst() {
        return list(name -> NAME.matcher(name).matches()).stream()
                .sorted(Comparator.comparingLong(SnapshotStore::commandSequence).reversed())
                .toList();
    }

    /** Command sequence in the name of a snapshot file. */
    public static long commandSequence(final Path file) {
        final Matcher matcher = NAME.matcher(String.valueOf(file.getFileName()));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not the name of a snapshot: " + file);
        }
        return Long.parseLong(matcher.group(1));
    }

    /** The name of a whole snapshot. */
    Path file(final long commandSequence) {
        return directory.resolve(String.format(Locale.ROOT, "snapshot-%019d.snap", commandSequence));
    }

    /** The name that a snapshot has until it is whole. */
    static Path temporary(final Path file) {
        return file.resolveSibling(file.getFileName() + TEMPORARY_SUFFIX);
    }

    /** What interrupted writers left. */
    List<Path> leftovers() {
        return list(name -> name.endsWith(TEMPORARY_SUFFIX));
    }

    private List<Path> list(final Predicate<String> wanted) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> wanted.test(String.valueOf(file.getFileName())))
                    .toList();
        } catch (final IOException ex) {
            throw new UncheckedIOException("cannot list " + directory, ex);
        }
    }
}
