/** Commands and events of the engine as lines of JSON. */
package io.turnout.launcher.text;
