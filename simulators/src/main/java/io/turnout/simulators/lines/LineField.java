package io.turnout.simulators.lines;

/** A name in a record file. Implemented by enums, one per kind of file. */
public interface LineField {

    /** The name as it stands in the file: ASCII letters only. */
    String key();

    /** Place among the fields of the same kind of file; given by {@link Enum#ordinal()}. */
    int ordinal();
}
