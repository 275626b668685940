/** The demonstration: a switch, two banks and an acquirer on one machine, and the proof that their books agree. */
package io.turnout.launcher.demo;
