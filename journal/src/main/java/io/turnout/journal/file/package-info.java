/**
 * A journal in plain files: records are gathered in memory, written with {@code FileChannel.write} into zero-filled
 * pre-allocated segment files, and forced to the device by {@code fdatasync}. Files rather than memory mapping because
 * a full disk is then an exception and not the death of the process, and because the order of writes is known.
 *
 * <p>A directory holds {@code LOCK}, the segments {@code <epoch>-<first sequence>.journal}, at most one
 * {@code next.prepared} and, after an unclean stop, {@code quarantine}. Each opening for writing starts a new epoch: no
 * file is ever appended to by a second process.
 */
package io.turnout.journal.file;
