/**
 * Acquirers that speak ISO 8583. A message is translated at this edge into the very request that an acquirer of the
 * binary protocol would have sent, goes the same way into the switch, and the switch's answer is written in the
 * acquirer's dialect. What an answer must echo is kept here, in memory, for as long as the request is open. Sans-IO:
 * told what arrived and what time it is.
 */
package io.turnout.gateway.acquirer.iso;
