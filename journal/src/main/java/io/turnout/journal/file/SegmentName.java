package io.turnout.journal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Place of a segment in the journal: {@code <epoch, 8 digits>-<first sequence, 19 digits>.journal}, so that names in
 * alphabetical order are segments in order.
 *
 * @param epoch counts the openings that have written, from 1
 * @param firstSequence of the first record in the file
 */
record SegmentName(long epoch, long firstSequence) implements Comparable<SegmentName> {
    private static final Pattern PATTERN = Pattern.compile("(\\d{8})-(\\d{19})\\.journal");
    private static final Comparator<SegmentName> ORDER =
            Comparator.comparingLong(SegmentName::epoch).thenComparingLong(SegmentName::firstSequence);

    /** The segments in a directory in order; other files are none of our business. */
    static List<SegmentName> list(final Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> PATTERN.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(match -> new SegmentName(Long.parseLong(match.group(1)), Long.parseLong(match.group(2))))
                    .sorted()
                    .toList();
        } catch (final NoSuchFileException exception) {
            return List.of();
        }
    }

    Path in(final Path directory) {
        return directory.resolve(toString());
    }

    @Override
    public int compareTo(final SegmentName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return String.format("%08d-%019d.journal", epoch, firstSequence);
    }
}
