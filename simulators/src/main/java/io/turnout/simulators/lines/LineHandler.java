package io.turnout.simulators.lines;

/** Told about each record of a file, in order. */
@FunctionalInterface
public interface LineHandler {

    /**
     * A whole record.
     *
     * @param line valid only during the call
     */
    void onLine(Line line);
}
