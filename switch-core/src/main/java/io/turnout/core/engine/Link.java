package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.DefineLinkDecoder;
import io.turnout.codecs.sbe.engine.LinkService;

/** What the engine knows of one link. Kept for ever once configured, because payments may refer to it. */
final class Link {
    private final RecordList requests;
    private final RecordList forwards;
    private final LinkPace pace = new LinkPace();
    private int linkId;
    private Issuer issuer;
    private Link nextOfIssuer;
    private int gatewayId;
    private long window;
    private boolean configured;
    private boolean signedOn;
    private LinkService service = LinkService.IN_SERVICE;
    private boolean degraded;

    Link(final PaymentSlab slab) {
        this.requests = new RecordList(slab);
        this.forwards = new RecordList(slab);
    }

    int linkId() {
        return linkId;
    }

    void linkId(final int value) {
        linkId = value;
    }

    Issuer issuer() {
        return issuer;
    }

    Link nextOfIssuer() {
        return nextOfIssuer;
    }

    void nextOfIssuer(final Link link) {
        nextOfIssuer = link;
    }

    int gatewayId() {
        return gatewayId;
    }

    /** Whether it is part of the configuration in force. */
    boolean isConfigured() {
        return configured;
    }

    /** Whether it may carry messages: it is signed on, and operators let it. */
    boolean isSignedOn() {
        return signedOn && service == LinkService.IN_SERVICE;
    }

    /** Whether its gateway has it signed on. */
    boolean isUp() {
        return signedOn;
    }

    LinkService service() {
        return service;
    }

    /** Whether nothing on it may still be answered in time. */
    boolean isIdle() {
        return requests.count() == 0 && forwards.count() == 0;
    }

    /** Whether it is signed on but the issuer leaves its echoes unanswered. */
    boolean isDegraded() {
        return degraded;
    }

    /** Whether it may carry one more payment request now: it is signed on, has room, and keeps within its rate. */
    boolean takesRequest(final long nowNs) {
        return isSignedOn() && requests.count() < window && pace.admits(nowNs);
    }

    /** Its latency and its rate. */
    LinkPace pace() {
        return pace;
    }

    /** Payments whose request went out on this link and may still be answered in time. */
    RecordList requests() {
        return requests;
    }

    /** Payments with an attempt of their advice or reversal in flight on this link. */
    RecordList forwards() {
        return forwards;
    }

    /** Whether the configuration in force has it between that issuer and that gateway. */
    boolean joins(final int issuerId, final int ofGatewayId) {
        return configured && issuer.issuerId() == issuerId && gatewayId == ofGatewayId;
    }

    void configure(final Issuer linkIssuer, final DefineLinkDecoder definition) {
        issuer = linkIssuer;
        gatewayId = definition.gatewayId();
        window = definition.window();
        final boolean hasRate = definition.actingVersion() >= DefineLinkDecoder.maximumRateSinceVersion();
        pace.configure(hasRate ? definition.maximumRate() : 0);
        configured = true;
    }

    void unconfigure() {
        configured = false;
    }

    /** To be called by {@link Network}, which counts the links that are signed on. */
    void signedOn(final boolean value) {
        if (value != signedOn) {
            pace.forget();
        }
        signedOn = value;
    }

    void degraded(final boolean value) {
        degraded = value;
    }

    /** To be called by {@link Network}, which counts the links that may carry messages. */
    void service(final LinkService value) {
        service = value;
    }
}
