package io.turnout.core.ports;

/** How much of the ingress ring a command may fill. */
public enum Admission {
    /** A question that changes nothing: refused when the ring is half full, so that payments go first. */
    STATUS_INQUIRY,
    /** A new request of an acquirer: refused when the ring is three quarters full. */
    NEW_REQUEST,
    /** Bank answers, link events and whatever else finishes work already begun: refused only when the ring is full. */
    CONTINUATION
}
