package io.turnout.simulators.lines;

/** A record file holds something its writer never writes. */
public final class LineFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A message that names the place. */
    public LineFormatException(final String message) {
        super(message);
    }
}
