/**
 * A journal in Chronicle Queue: written by one process, followed by any number of others. Chronicle is hidden here; no
 * other package sees its classes.
 *
 * <p>A directory holds {@code LOCK}, one directory {@code <epoch>-<first sequence>.queue} for each opening that has
 * written, each of them a Chronicle queue of its own, and, after trouble, {@code quarantine}. A queue whose writer died
 * is never written again: there is no stale lock to break, no half-written excerpt to repair and no index to trust.
 */
package io.turnout.journal.chronicle;
