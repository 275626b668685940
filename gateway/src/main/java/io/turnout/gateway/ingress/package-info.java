/** The way from the edges into the switch: commands, encoded and offered. */
package io.turnout.gateway.ingress;
