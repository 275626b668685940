package io.turnout.journal.chronicle;

/**
 * Makes Chronicle keep quiet and start no threads. Its classes read these properties when they are loaded, so this
 * class refers to none of them and is called before the first is used. What is already set stays.
 */
final class ChronicleSettings {
    private static final String[][] PROPERTIES = {
        {"chronicle.announcer.disable", "true"},
        {"chronicle.analytics.disable", "true"},
        {"chronicle.disk.monitor.disable", "true"},
        {"background.releaser", "false"},
    };

    static {
        for (final String[] property : PROPERTIES) {
            if (System.getProperty(property[0]) == null) {
                System.setProperty(property[0], property[1]);
            }
        }
    }

    private ChronicleSettings() {}

    /** Has happened once it returns. */
    static void apply() {
        // The static initialiser has done it.
    }
}
