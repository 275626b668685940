/**
 * The issuers' edge: links that speak ISO 8583 to banks. A link keeps a connection signed on, writes what the switch
 * says and hands over what the bank answers. It decides nothing about payments.
 */
package io.turnout.gateway.issuer;
