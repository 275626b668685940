package io.turnout.security.link;

/** Whether a message may be believed. */
public enum Verdict {
    /** Its MAC is right. */
    BELIEVED,
    /** It has no MAC, and it needs one. */
    MISSING_MAC,
    /** Its MAC is wrong: nothing in it may be acted on. */
    WRONG_MAC,
    /** There is no key to verify it with. */
    NO_KEY,
    /** The security module failed; the message is not believed, and nothing is said against the peer. */
    NOT_VERIFIABLE;

    /** Whether the message may be acted on. */
    public boolean isBelieved() {
        return this == BELIEVED;
    }
}
