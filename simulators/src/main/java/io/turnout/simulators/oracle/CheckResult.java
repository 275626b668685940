package io.turnout.simulators.oracle;

import java.util.List;

/**
 * How one check went.
 *
 * @param check which
 * @param checkedCount how many cases there were
 * @param violationCount how many of them were wrong
 * @param examples the first that were wrong, one sentence each
 */
public record CheckResult(Check check, long checkedCount, long violationCount, List<String> examples) {

    /** Whether no case was wrong. */
    public boolean isPassed() {
        return violationCount == 0;
    }
}
