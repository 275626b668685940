/** The edges of the switch: acquirers, banks and the card vault. */
package io.turnout.gateway;
