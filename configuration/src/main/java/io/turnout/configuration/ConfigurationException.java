package io.turnout.configuration;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown once for a configuration, with every problem found in it; nothing may be started from such a configuration.
 */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<ConfigurationProblem> problems;

    public ConfigurationException(final List<ConfigurationProblem> problems) {
        super(problems.stream().map(ConfigurationProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, in the order of file, line and column in which it was found. */
    public List<ConfigurationProblem> problems() {
        return problems;
    }
}
