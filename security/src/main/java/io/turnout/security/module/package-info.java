/**
 * The port behind which keys are kept, and its two implementations: in memory, and in a PKCS#11 token. Callers name
 * keys and never see them; a token may take milliseconds, so a security module is used at the edge and never in the
 * pipeline.
 */
package io.turnout.security.module;
