/** A switch that dies at a named step, for the kill loop. */
package io.turnout.systemtests.crash;
