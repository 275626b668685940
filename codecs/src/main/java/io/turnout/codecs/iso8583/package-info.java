/**
 * ISO 8583 messages of 1987, 1993 and 2003 as flyweights: one pass finds every field of a message, and nothing is
 * allocated per message. How a partner writes its messages is data, a {@link io.turnout.codecs.iso8583.Dialect}, so
 * that a new bank is a new file and not a new class.
 */
package io.turnout.codecs.iso8583;
