/** The configuration file of the switch: its options, their ranges and defaults, each in one place. */
package io.turnout.launcher.settings;
