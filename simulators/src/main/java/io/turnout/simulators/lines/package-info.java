/**
 * The record files of the simulated parties: one flat JSON object per line, appended in batches, readable while they
 * are written and after a kill. They are the only thing the oracle sees.
 */
package io.turnout.simulators.lines;
