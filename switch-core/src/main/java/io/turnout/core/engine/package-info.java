/**
 * The deterministic state machine of the switch: commands in, events out, and nothing else. It has no clock, thread,
 * random number, file or logger, so that the same commands always give the same state and the same events, on any
 * machine, live or in a replay.
 */
package io.turnout.core.engine;
