/**
 * An acquirer that asks the switch for payments at a fixed rate or as fast as it can, repeats what stays unanswered
 * with the same key, and keeps a log of its own: what it asked and what it was told.
 */
package io.turnout.simulators.acquirer;
