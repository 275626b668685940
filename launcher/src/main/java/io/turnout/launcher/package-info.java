/** The composition root and the command line. */
package io.turnout.launcher;
