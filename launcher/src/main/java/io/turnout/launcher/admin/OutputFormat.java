package io.turnout.launcher.admin;

/** How results are printed. */
public enum OutputFormat {
    /** For people. */
    TABLE,
    /** One object a line. */
    JSON
}
