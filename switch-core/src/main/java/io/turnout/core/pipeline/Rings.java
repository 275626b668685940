package io.turnout.core.pipeline;

/**
 * The two rings around an engine.
 *
 * @param ingress commands in
 * @param egress events out
 */
public record Rings(IngressRing ingress, EgressRing egress) {}
