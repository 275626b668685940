/** The heart of the switch: the ports, the deterministic engine and the pipeline that hosts it. */
package io.turnout.core;
