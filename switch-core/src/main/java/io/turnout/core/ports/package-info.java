/** The interfaces through which the engine, its host and the edges speak. Nothing here points outward. */
package io.turnout.core.ports;
