/**
 * The cryptography of payments, as the standards have it: PIN blocks, DUKPT, MACs, check values and key blocks. Every
 * algorithm asks of a key only that it encrypts and decrypts in ECB and CBC ({@link KeyedCipher}), so that a key inside
 * a token serves as well as one in memory.
 */
package io.turnout.security;
