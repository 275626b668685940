package io.turnout.codecs.iso8583;

/** Parts cannot be put together: one of them has no place or does not fit. */
public final class SubFieldException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final EncodeError error;
    private final String part;

    SubFieldException(final String part, final EncodeError error, final String problem) {
        super(problem);
        this.part = part;
        this.error = error;
    }

    /** The same of a part of a part. */
    public SubFieldException within(final String outerPart) {
        return new SubFieldException(outerPart + "." + part, error, "in part " + outerPart + ": " + getMessage());
    }

    /** The tag or position of the part; of a part of a part, both with a dot between them. */
    public String part() {
        return part;
    }

    /** What is wrong with it. */
    public EncodeError error() {
        return error;
    }
}
