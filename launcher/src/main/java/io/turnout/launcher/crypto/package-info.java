/** {@code turnout crypto}: the calculator of payment engineers. Each command puts one question to the calculator. */
package io.turnout.launcher.crypto;
