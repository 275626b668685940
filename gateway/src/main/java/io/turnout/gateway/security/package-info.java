/**
 * What edges do with keys: they verify messages before anything in them is believed, authenticate what goes out, change
 * keys while messages are under way, and translate PINs. Used by the gateway's thread, never by the pipeline's own.
 */
package io.turnout.gateway.security;
