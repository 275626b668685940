package io.turnout.gateway.issuer;

/** Who has to sign on before a link carries payments. Who signs on signs off, too. */
public enum SignOn {
    /** The switch signs on to the issuer. */
    OURS(true, false),
    /** The issuer signs on to the switch. */
    THEIRS(false, true),
    /** Each signs on to the other. */
    BOTH(true, true),
    /** Nobody: an open connection is enough. */
    NONE(false, false);

    private final boolean ours;
    private final boolean theirs;

    SignOn(final boolean ours, final boolean theirs) {
        this.ours = ours;
        this.theirs = theirs;
    }

    boolean isOurs() {
        return ours;
    }

    boolean isTheirs() {
        return theirs;
    }
}
