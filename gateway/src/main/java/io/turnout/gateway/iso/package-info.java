/**
 * ISO 8583 in its versions: which data element holds what, and how, in 1987 and in 1993. Dialects say how a field is
 * encoded; this package says which field it is. Shared by the links to issuers and by acquirers that speak ISO 8583.
 */
package io.turnout.gateway.iso;
