package io.turnout.security.module;

import io.turnout.security.CipherAlgorithm;

/**
 * What may be known of a key.
 *
 * @param name of the key
 * @param id name and number of the import, {@code bank-a.mac#3}; never used twice while the module runs
 * @param algorithm its cipher
 * @param keyLength bytes
 * @param checkValue upper-case hexadecimal: 3 bytes of encrypted zeros, for AES 5 bytes of a CMAC
 */
public record KeyDescription(String name, String id, CipherAlgorithm algorithm, int keyLength, String checkValue) {}
