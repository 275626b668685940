package io.turnout.launcher.admin;

/** How results are printed. */
enum OutputFormat {
    /** For people. */
    TABLE,
    /** One object a line. */
    JSON
}
