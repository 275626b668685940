package io.turnout.security.calculator;

import io.turnout.security.CryptoError;
import io.turnout.security.CryptoException;
import io.turnout.security.Hex;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line: named parameters, and a name that says in words what is asked and may hold parameters too. A parameter of
 * its own always counts for more than the name.
 *
 * @param parameters by their names
 */
public record Question(Map<String, String> parameters) {

    /** Copies the parameters. */
    public Question {
        parameters = Map.copyOf(parameters);
    }

    String category() throws CryptoException {
        return text("cat");
    }

    /** What is asked, in words; empty when the line has no name. */
    String name() {
        return parameters.getOrDefault("name", "");
    }

    boolean has(final String parameter) {
        return parameters.containsKey(parameter);
    }

    /** Whether the name contains any of the words, whatever their case. */
    boolean names(final String... words) {
        final String name = name().toLowerCase(Locale.ROOT);
        for (final String word : words) {
            if (name.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** What a pattern's first group finds in the name. */
    Optional<String> inName(final Pattern pattern) {
        final Matcher matcher = pattern.matcher(name());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    Optional<String> optional(final String parameter) {
        return Optional.ofNullable(parameters.get(parameter));
    }

    /** A parameter, or else what a pattern finds in the name. */
    Optional<String> optional(final String parameter, final Pattern pattern) {
        return optional(parameter).or(() -> inName(pattern));
    }

    String text(final String parameter) throws CryptoException {
        return optional(parameter).orElseThrow(() -> missing(parameter));
    }

    String text(final String parameter, final Pattern pattern) throws CryptoException {
        return optional(parameter, pattern).orElseThrow(() -> missing(parameter));
    }

    byte[] bytes(final String parameter) throws CryptoException {
        return Hex.decode(parameter, text(parameter));
    }

    /** Characters as bytes, for PINs and messages. */
    byte[] characters(final String parameter) throws CryptoException {
        return text(parameter).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A number of at most six digits. */
    int number(final String parameter, final Pattern pattern, final int otherwise) throws CryptoException {
        final Optional<String> text = optional(parameter, pattern);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.get().matches("[0-9]{1,6}")) {
            throw new CryptoException(CryptoError.BAD_PARAMETER, parameter + " is not a number");
        }
        return Integer.parseInt(text.get());
    }

    static CryptoException missing(final String parameter) {
        return new CryptoException(CryptoError.BAD_PARAMETER, parameter + " is missing");
    }

    static CryptoException unknown(final String what, final String text) {
        return new CryptoException(CryptoError.BAD_PARAMETER, "unknown " + what + ": " + text);
    }
}
