/**
 * What operators do from the command line: operations sent to a running switch, and what the event journal says of
 * them.
 */
package io.turnout.launcher.admin;
