package io.turnout.configuration;

/**
 * One thing wrong with a configuration file.
 *
 * @param file name of the file, as given by whoever read it
 * @param line from 1; 0 when the whole file is meant
 * @param column from 1; 0 when the whole file is meant
 * @param message a sentence without a full stop that names the key, what is wrong with it and what was expected
 */
public record ConfigurationProblem(String file, int line, int column, String message) {
    @Override
    public String toString() {
        return line == 0 ? file + ": " + message : file + ":" + line + ":" + column + ": " + message;
    }
}
