package io.turnout.security.module;

/** Which of the keys of one name. */
public enum KeyGeneration {
    /** No key at all. */
    NONE,
    /** Used until the last change, still good for incoming messages for a while. */
    PREVIOUS,
    /** In use. */
    CURRENT,
    /** Imported, not yet in use. */
    NEXT
}
