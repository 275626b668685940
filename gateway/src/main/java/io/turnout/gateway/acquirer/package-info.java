/**
 * The acquirers' edge: sessions that speak the acquirer protocol (SBE behind a Simple Open Framing Header). A session
 * decides nothing about payments; it checks who speaks and whether the message has the form the protocol says.
 */
package io.turnout.gateway.acquirer;
