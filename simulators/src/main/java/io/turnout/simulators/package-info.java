/** A bank and an acquirer that can be scripted and can misbehave, and the oracle that compares their books. */
package io.turnout.simulators;
