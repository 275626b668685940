package io.turnout.configuration;

import java.util.Collection;
import java.util.Optional;

/** Finds what somebody probably meant to write. */
final class Spelling {
    private Spelling() {}

    /** The candidate with the fewest edits to the word, unless that would be a different word altogether. */
    static Optional<String> nearest(final String word, final Collection<String> candidates) {
        String nearest = null;
        int fewest = 1 + Math.max(2, word.length() / 3);
        for (final String candidate : candidates) {
            final int edits = edits(word, candidate);
            if (edits < fewest) {
                fewest = edits;
                nearest = candidate;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
    static int edits(final String from, final String to) {
        final int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                edits[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : fewest(edits, i, j, from, to);
            }
        }
        return edits[from.length()][to.length()];
    }

    private static int fewest(final int[][] edits, final int i, final int j, final String from, final String to) {
        final int substitution = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int fewest = Math.min(edits[i - 1][j - 1] + substitution, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        final boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        if (swapped) {
            fewest = Math.min(fewest, edits[i - 2][j - 2] + 1);
        }
        return fewest;
    }
}
