package io.turnout.gateway.iso;

/** A data element that the messages of a link need, and its greatest length in the standard. */
record NeededField(int number, int length) {}
