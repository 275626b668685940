package io.turnout.journal.disk;

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
 * Name of a part of a journal: {@code <epoch, 8 digits>-<first sequence, 19 digits><suffix>}, so that names in
 * alphabetical order are parts in order. A part ends where the next one begins, whatever else lies in it.
 *
 * @param epoch counts the openings that have written, from 1
 * @param firstSequence of the first record in it
 * @param suffix tells the kind of part, with its dot
 */
public record ChainName(long epoch, long firstSequence, String suffix) implements Comparable<ChainName> {
    private static final Pattern PATTERN = Pattern.compile("(\\d{8})-(\\d{19})(\\.[a-z]+)");
    private static final Comparator<ChainName> ORDER =
            Comparator.comparingLong(ChainName::epoch).thenComparingLong(ChainName::firstSequence);

    /** The parts in a directory in order; other files are none of our business. A missing directory has none. */
    public static List<ChainName> list(final Path directory, final String suffix) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> PATTERN.matcher(file.getFileName().toString()))
                    .filter(match -> match.matches() && match.group(3).equals(suffix))
                    .map(ChainName::of)
                    .sorted()
                    .toList();
        } catch (final NoSuchFileException exception) {
            return List.of();
        } catch (final IOException exception) {
            throw Failures.named("list", directory, exception);
        }
    }

    private static ChainName of(final Matcher match) {
        return new ChainName(Long.parseLong(match.group(1)), Long.parseLong(match.group(2)), match.group(3));
    }

    /** The last part that starts at or before a sequence, or the first of all, or null when there is none. */
    public static ChainName holding(final List<ChainName> names, final long sequence) {
        ChainName best = names.isEmpty() ? null : names.get(0);
        for (final ChainName name : names) {
            if (name.firstSequence <= sequence) {
                best = name;
            }
        }
        return best;
    }

    /** The part after this one, or null. */
    public ChainName following(final List<ChainName> names) {
        for (final ChainName candidate : names) {
            if (candidate.compareTo(this) > 0) {
                return candidate;
            }
        }
        return null;
    }

    /** The path of this part. */
    public Path in(final Path directory) {
        return directory.resolve(toString());
    }

    @Override
    public int compareTo(final ChainName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return String.format("%08d-%019d%s", epoch, firstSequence, suffix);
    }
}
