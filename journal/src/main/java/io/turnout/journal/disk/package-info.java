/**
 * What both journals need from a disk: the record layout, names that form a chain, a way to look behind the last valid
 * record and to judge what is found there, quarantine, and names for what goes wrong. Not for users of a journal.
 */
package io.turnout.journal.disk;
