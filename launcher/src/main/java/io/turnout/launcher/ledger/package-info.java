/** What is in the ledger of a switch, read from its state for people and scripts. */
package io.turnout.launcher.ledger;
