package io.turnout.simulators.acquirer;

/**
 * A payment of an earlier run that something is still expected for.
 *
 * @param number of the payment
 * @param createdAtNs second half of its key
 * @param originalCreatedAtNs second half of the key of the payment it follows up; 0 when none
 * @param intendedAtNs when it was due
 * @param reversalCreatedAtNs second half of the reversal's key; 0 when the payment itself has no answer yet
 */
record OpenPayment(
        long number, long createdAtNs, long originalCreatedAtNs, long intendedAtNs, long reversalCreatedAtNs) {}
