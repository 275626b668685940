/** Whole-system scenarios, faults, and the rules of the architecture and the repository. */
package io.turnout.systemtests;
