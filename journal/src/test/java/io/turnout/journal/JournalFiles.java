package io.turnout.journal;

import io.turnout.journal.disk.RecordFlyweight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Finds and damages records in the files of a journal, knowing only the record layout. */
public final class JournalFiles {
    private JournalFiles() {}

    /** Where a record starts. */
    public record Place(Path file, long offset) {}

    /** The place of the record with this sequence; it must occur once. */
    public static Place find(final Path directory, final long sequence) {
        final byte[] mark = Records.mark(sequence);
        final List<Place> places = regularFiles(directory).stream()
                .flatMap(file -> indexesOf(read(file), mark).stream()
                        .map(index -> new Place(file, index - RecordFlyweight.HEADER_LENGTH)))
                .toList();
        if (places.size() != 1) {
            throw new AssertionError("sequence=" + sequence + " found at " + places);
        }
        return places.get(0);
    }

    public static List<Path> regularFiles(final Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static List<Integer> indexesOf(final byte[] bytes, final byte[] wanted) {
        final List<Integer> indexes = new ArrayList<>();
        for (int at = 0; at + wanted.length <= bytes.length; at += Integer.BYTES) {
            if (bytes[at] == wanted[0] && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                indexes.add(at);
            }
        }
        return indexes;
    }

    public static byte[] read(final Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Replaces the whole file, so that nothing the file's former reader has cached can hide the change. */
    public static void write(final Path file, final byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    public static void flipBit(final Path file, final long offset, final int bit) {
        final byte[] bytes = read(file);
        bytes[(int) offset] ^= (byte) (1 << bit);
        write(file, bytes);
    }

    public static void zero(final Path file, final long offset, final int length) {
        final byte[] bytes = read(file);
        Arrays.fill(bytes, (int) offset, (int) offset + length, (byte) 0);
        write(file, bytes);
    }

    public static int recordLength(final long sequence) {
        return RecordFlyweight.recordLength(Records.expected(sequence).length());
    }
}
