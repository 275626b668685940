/** Reads YAML into checked values: every problem at once, with file, line and column. */
package io.turnout.configuration;
