/**
 * A bank's host over ISO 8583 that decides by script, misbehaves by script, and keeps books of its own: every debit and
 * every reversal it made, whatever it told the switch.
 */
package io.turnout.simulators.bank;
