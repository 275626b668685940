package io.turnout.core.ports;

/** How much of the ingress ring a command may fill. */
public enum Admission {
    /** A new request of an acquirer: refused when the ring is three quarters full. */
    NEW_REQUEST,
    /** Bank answers, link events and whatever else finishes work already begun: refused only when the ring is full. */
    CONTINUATION
}
