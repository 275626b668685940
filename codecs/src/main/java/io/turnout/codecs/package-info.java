/** Bytes to fields and back: ISO 8583 in every dialect, and the generated codecs of the SBE schemas. */
package io.turnout.codecs;
