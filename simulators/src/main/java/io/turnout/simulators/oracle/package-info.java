/**
 * The judge: compares what acquirers were told with what banks did, from the records of both and from nothing else. It
 * knows no counter and no file of the switch.
 */
package io.turnout.simulators.oracle;
