/**
 * The operators' edge of a gateway: a listener on a loopback address, who is who, and the way of an operation into the
 * switch. What an operator may do is decided by the engine.
 */
package io.turnout.gateway.admin;
