package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.LinkService;

/**
 * Issuers and links: which are signed on, what is in flight on them, and who has advices and reversals to send. They
 * are kept by id, apart from the configuration, so that payments go on when the configuration changes.
 */
final class Network {
    static final int ANY_GATEWAY = -1;
    private static final int IDS = 1 << 16;
    private static final int REFERENCE_BYTES = 4;
    private static final long OBJECT_BYTES = 160;

    private final Issuer[] issuerById = new Issuer[IDS];
    private final Link[] linkById = new Link[IDS];
    private final Issuer[] issuers;
    private final Link[] links;
    private int issuerCount;
    private int linkCount;
    private int readyCount;
    private int drainingCount;

    Network(final EngineCapacity capacity, final PaymentSlab slab) {
        this.issuers = new Issuer[capacity.issuers()];
        this.links = new Link[capacity.links()];
        for (int i = 0; i < issuers.length; i++) {
            issuers[i] = new Issuer(slab);
        }
        for (int i = 0; i < links.length; i++) {
            links[i] = new Link(slab);
        }
    }

    static long bytes(final EngineCapacity capacity) {
        return 2L * IDS * REFERENCE_BYTES + OBJECT_BYTES * (capacity.issuers() + capacity.links());
    }

    int issuerCount() {
        return issuerCount;
    }

    /** Issuers by place, in the order of their ids. */
    Issuer issuerAt(final int index) {
        return issuers[index];
    }

    int linkCount() {
        return linkCount;
    }

    /** Links by place, in the order of their ids. */
    Link linkAt(final int index) {
        return links[index];
    }

    /** The issuer, or null when it was never configured. */
    Issuer issuer(final int issuerId) {
        return issuerById[issuerId];
    }

    /** The link, or null when it was never configured. */
    Link link(final int linkId) {
        return linkById[linkId];
    }

    int freeIssuers() {
        return issuers.length - issuerCount;
    }

    int freeLinks() {
        return links.length - linkCount;
    }

    /** The issuer, added when it is new. */
    Issuer addIssuer(final int issuerId) {
        if (issuerById[issuerId] == null) {
            int index = issuerCount++;
            final Issuer issuer = issuers[index];
            issuer.issuerId(issuerId);
            while (index > 0 && issuers[index - 1].issuerId() > issuerId) {
                issuers[index] = issuers[--index];
            }
            issuers[index] = issuer;
            issuerById[issuerId] = issuer;
        }
        return issuerById[issuerId];
    }

    /** The link, added when it is new. */
    Link addLink(final int linkId) {
        if (linkById[linkId] == null) {
            int index = linkCount++;
            final Link link = links[index];
            link.linkId(linkId);
            while (index > 0 && links[index - 1].linkId() > linkId) {
                links[index] = links[--index];
            }
            links[index] = link;
            linkById[linkId] = link;
        }
        return linkById[linkId];
    }

    /** Brings the chains of links and the counts of signed-on links up to date after links were configured. */
    void relink() {
        for (int i = 0; i < issuerCount; i++) {
            issuers[i].firstLink(null);
            issuers[i].signedOnLinks(0);
        }
        for (int i = linkCount - 1; i >= 0; i--) {
            final Link link = links[i];
            if (link.isConfigured()) {
                link.nextOfIssuer(link.issuer().firstLink());
                link.issuer().firstLink(link);
                link.issuer().signedOnLinks(link.issuer().signedOnLinks() + (link.isSignedOn() ? 1 : 0));
            }
        }
        for (int i = 0; i < issuerCount; i++) {
            refresh(issuers[i]);
        }
    }

    void signedOn(final Link link, final boolean signedOn) {
        final boolean before = link.isSignedOn();
        link.degraded(false);
        link.signedOn(signedOn);
        recount(link, before);
    }

    void service(final Link link, final LinkService service) {
        final boolean before = link.isSignedOn();
        drainingCount += draining(service) - draining(link.service());
        link.service(service);
        recount(link, before);
    }

    /** Whether a link of the issuer is signed on, in service or not, so that an answer may come. */
    static boolean isAnyUp(final Issuer issuer) {
        for (Link link = issuer.firstLink(); link != null; link = link.nextOfIssuer()) {
            if (link.isUp()) {
                return true;
            }
        }
        return false;
    }

    /** The link with the lowest id that is out of service, idle, and not yet said to be drained; null: none. */
    Link firstDrained() {
        if (drainingCount > 0) {
            for (int i = 0; i < linkCount; i++) {
                final Link link = links[i];
                if (link.service() == LinkService.DRAINING && link.isConfigured() && link.isIdle()) {
                    return link;
                }
            }
        }
        return null;
    }

    private void recount(final Link link, final boolean before) {
        if (link.isSignedOn() != before && link.isConfigured()) {
            link.issuer().signedOnLinks(link.issuer().signedOnLinks() + (before ? -1 : 1));
            refresh(link.issuer());
        }
    }

    private static int draining(final LinkService service) {
        return service == LinkService.DRAINING ? 1 : 0;
    }

    /** Whether a link of the issuer is signed on, in that gateway or in {@link #ANY_GATEWAY}. */
    static boolean isReachable(final Issuer issuer, final int gatewayId) {
        for (Link link = issuer.firstLink(); link != null; link = link.nextOfIssuer()) {
            if (link.isSignedOn() && isIn(link, gatewayId)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The link of what was sent before, if anything was, while it is signed on and not degraded, else the signed-on
     * link of the issuer with the least to do, a degraded one only when there is no other.
     */
    Link forForward(final Issuer issuer, final int originalLinkId) {
        final Link original = linkById[originalLinkId];
        final boolean isAlive =
                original != null && original.isSignedOn() && original.isConfigured() && original.issuer() == issuer;
        if (isAlive && !original.isDegraded()) {
            return original;
        }
        Link best = isAlive ? original : null;
        for (Link link = issuer.firstLink(); link != null; link = link.nextOfIssuer()) {
            if (link.isSignedOn() && isFreer(link, best)) {
                best = link;
            }
        }
        return best;
    }

    /** To be called after anything that decides whether the issuer can be sent an advice or a reversal. */
    void refresh(final Issuer issuer) {
        final boolean ready = issuer.canForward();
        if (ready != issuer.isReady()) {
            issuer.ready(ready);
            readyCount += ready ? 1 : -1;
        }
    }

    boolean hasReady() {
        return readyCount > 0;
    }

    /** The issuer with the lowest id that can be sent an advice or a reversal; null when there is none. */
    Issuer firstReady() {
        if (readyCount > 0) {
            for (int i = 0; i < issuerCount; i++) {
                if (issuers[i].isReady()) {
                    return issuers[i];
                }
            }
        }
        return null;
    }

    static boolean isIn(final Link link, final int gatewayId) {
        return gatewayId == ANY_GATEWAY || link.gatewayId() == gatewayId;
    }

    private static boolean isFreer(final Link link, final Link best) {
        if (best == null || link.isDegraded() != best.isDegraded()) {
            return best == null || best.isDegraded();
        }
        return link.requests().count() < best.requests().count();
    }
}
