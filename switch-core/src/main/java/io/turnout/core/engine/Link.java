package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.LinkService;

/** What the engine knows of one link. Kept for ever once configured, because payments may refer to it. */
final class Link {
    private final RecordList requests;
    private final RecordList forwards;
    private int linkId;
    private Issuer issuer;
    private Link nextOfIssuer;
    private int gatewayId;
    private long window;
    private boolean configured;
    private boolean signedOn;
    private LinkService service = LinkService.IN_SERVICE;

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

    /** Whether one more payment request may be in flight. */
    boolean hasRoom() {
        return requests.count() < window;
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

    void configure(final Issuer linkIssuer, final int linkGatewayId, final long linkWindow) {
        issuer = linkIssuer;
        gatewayId = linkGatewayId;
        window = linkWindow;
        configured = true;
    }

    void unconfigure() {
        configured = false;
    }

    void signedOn(final boolean value) {
        signedOn = value;
    }

    void service(final LinkService value) {
        service = value;
    }
}
