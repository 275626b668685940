package io.turnout.gateway.issuer;

/**
 * The institutions that the messages of a link name beside the acquirer.
 *
 * @param forwarding who forwards (DE33): the switch itself, as the issuer's network numbers it; 0 = not said
 * @param receiving who receives (DE100): the issuer; 0 = not said
 */
public record LinkInstitutions(long forwarding, long receiving) {

    /** The messages name nobody but the acquirer. */
    public static final LinkInstitutions NONE = new LinkInstitutions(0, 0);

    private static final long LARGEST = 99_999_999_999L;

    /** Checks the ranges. */
    public LinkInstitutions {
        if (forwarding < 0 || forwarding > LARGEST || receiving < 0 || receiving > LARGEST) {
            throw new IllegalArgumentException(
                    "forwarding=" + forwarding + " receiving=" + receiving + " must be 0 to " + LARGEST);
        }
    }
}
