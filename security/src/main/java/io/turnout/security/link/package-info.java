/**
 * The security of one link to a bank or an acquirer: whether a message may be believed, and when keys change. It
 * decides and says what to send; the link that owns it speaks the dialect and does the sending.
 */
package io.turnout.security.link;
