package io.turnout.core.engine;

/**
 * The events that store-and-forward causes, by their kind.
 *
 * @param advices about advices
 * @param reversals about reversals
 * @param payments about answers that match nothing
 */
record ForwardEvents(AdviceEvents advices, ReversalEvents reversals, PaymentEvents payments) {}
