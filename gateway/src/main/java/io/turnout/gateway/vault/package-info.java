/**
 * What the gateway does with card data so that the core never sees any: the keyed token and the sealed card number that
 * travel through the switch, and the table of sensitive authentication data that stays in this process' memory.
 */
package io.turnout.gateway.vault;
