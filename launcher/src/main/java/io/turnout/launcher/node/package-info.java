/** One running switch: its parts put together, its agents on threads. */
package io.turnout.launcher.node;
