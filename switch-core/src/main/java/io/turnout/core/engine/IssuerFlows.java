package io.turnout.core.engine;

/** The parts of the engine that hear what issuers say. */
record IssuerFlows(IssuerFlow requests, StoreAndForward forwards, ReconciliationFlow reconciliation) {}
